// The picture and its tools: fit, one to one, zoom, pan, full screen, a sharp still.
// Nothing here can send anything to the other side but the wish for a still.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../i18n/seats'
import type { Still } from '../rtc/still-take'
import { Button, Waiting } from '../ui/kit'
import { firstFrame } from './frame'
import { PaperPicture, StillButton, StillPicture } from './still'
import { percent, type Sizes, shown, stepped, type Zoom } from './zoom'

export interface ViewerProps {
  stream: MediaStream
  /** Made ready, but there is nothing to be seen yet. */
  hidden: boolean
  still: Still
  onStill: () => void
}

export function Viewer({ stream, hidden, still, onStill }: ViewerProps) {
  const video = useRef<HTMLVideoElement>(null)
  const room = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  const [sizes, setSizes] = useState<Sizes>({ width: 0, height: 0, room: { width: 0, height: 0 }, density: 1 })
  const [zoom, setZoom] = useState<Zoom>('fit')
  const [aside, setAside] = useState(false)
  useEffect(() => setAside(false), [still.is === 'there'])

  useEffect(() => {
    const v = video.current
    if (!v) return
    setSeen(false)
    v.srcObject = stream
    void v.play().catch(() => undefined) // muted video may always play; a torn-down element says AbortError
    const stop = firstFrame(v, () => setSeen(true))
    return () => {
      stop()
      v.srcObject = null // not even the last picture stays
    }
  }, [stream])

  useEffect(() => {
    const [r, v] = [room.current, video.current]
    if (!r || !v) return
    const measure = () =>
      setSizes({
        width: v.videoWidth,
        height: v.videoHeight,
        room: { width: r.clientWidth, height: r.clientHeight },
        density: devicePixelRatio
      })
    // Not at once: what is drawn then may change the room again, which the browser reports as an endless loop.
    let next = 0
    const watch = new ResizeObserver(() => {
      cancelAnimationFrame(next)
      next = requestAnimationFrame(measure)
    })
    watch.observe(r)
    v.addEventListener('resize', measure)
    measure()
    return () => {
      watch.disconnect()
      cancelAnimationFrame(next)
      v.removeEventListener('resize', measure)
    }
  }, [])

  // the video of a thin line is smaller than what is shared
  const own = still.is === 'live' ? { ...sizes, width: still.paper.width, height: still.paper.height } : sizes
  const size = shown(zoom, own)
  const style = { width: `${size.width}px`, height: `${size.height}px` }
  const nearer = (direction: 1 | -1) => setZoom(stepped(zoom, own, direction))
  return (
    <div class="viewer" ref={frame} hidden={hidden}>
      <Tools zoom={zoom} percent={percent(zoom, own)} onZoom={setZoom} onStep={nearer} onFull={() => void full(frame.current)}>
        <StillButton still={still} aside={aside} onAsk={onStill} onAside={setAside} />
      </Tools>
      <section
        class="room"
        ref={room}
        aria-label={t('viewer.picture')}
        tabIndex={0}
        onWheel={(e) => {
          if (!e.ctrlKey && !e.metaKey) return
          e.preventDefault()
          nearer(e.deltaY < 0 ? 1 : -1)
        }}
        onKeyDown={(e) => keyed(e, nearer, setZoom, frame.current)}
        onPointerDown={(e) => pan(e)}
      >
        <video ref={video} class={seen ? 'picture' : 'picture picture-unseen'} style={style} muted autoplay playsInline />
        {still.is === 'there' && !aside && <StillPicture picture={still.picture} style={style} />}
        {still.is === 'live' && <PaperPicture paper={still.paper} style={style} />}
        {!seen && (
          <div class="room-waiting">
            <Waiting>{t('viewer.coming')}</Waiting>
          </div>
        )}
      </section>
    </div>
  )
}

interface ToolsProps {
  zoom: Zoom
  percent: number
  onZoom: (z: Zoom) => void
  onStep: (direction: 1 | -1) => void
  onFull: () => void
  children: ComponentChildren
}

function Tools(p: ToolsProps) {
  return (
    <div class="tools" role="toolbar" aria-label={t('viewer.tools')}>
      <Button kind="quiet" icon="fit" pressed={p.zoom === 'fit'} onClick={() => p.onZoom('fit')}>
        {t('viewer.fit')}
      </Button>
      <Button kind="quiet" pressed={p.zoom === 1} hint={t('viewer.oneToOne')} onClick={() => p.onZoom(1)}>
        1:1
      </Button>
      <Button kind="quiet" icon="minus" label={t('viewer.zoomOut')} onClick={() => p.onStep(-1)} />
      <output class="percent" aria-label={t('viewer.zoom')}>
        {p.percent}%
      </output>
      <Button kind="quiet" icon="plus" label={t('viewer.zoomIn')} onClick={() => p.onStep(1)} />
      <Button kind="quiet" icon="full" onClick={p.onFull}>
        {t('viewer.full')}
      </Button>
      {p.children}
    </div>
  )
}

/** + and - zoom, 0 fits, 1 is one to one, f is full screen; arrows scroll by themselves. */
function keyed(e: KeyboardEvent, nearer: (d: 1 | -1) => void, zoom: (z: Zoom) => void, frame: HTMLElement | null): void {
  if (e.ctrlKey || e.metaKey || e.altKey) return
  switch (e.key) {
    case '+':
    case '=':
      nearer(1)
      break
    case '-':
      nearer(-1)
      break
    case '0':
      zoom('fit')
      break
    case '1':
      zoom(1)
      break
    case 'f':
      void full(frame)
      break
    default:
      return
  }
  e.preventDefault()
}

async function full(frame: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await frame?.requestFullscreen?.().catch(() => undefined) // refused without a gesture, or by policy
}

/** Drags the picture around under the pointer. */
function pan(down: PointerEvent): void {
  const room = down.currentTarget
  if (!(room instanceof HTMLElement) || down.button !== 0 || down.pointerType === 'touch') return
  const [left, top] = [room.scrollLeft, room.scrollTop]
  const move = (e: PointerEvent) => room.scrollTo(left - (e.clientX - down.clientX), top - (e.clientY - down.clientY))
  room.setPointerCapture(down.pointerId)
  room.addEventListener('pointermove', move)
  room.addEventListener('pointerup', () => room.removeEventListener('pointermove', move), { once: true })
}

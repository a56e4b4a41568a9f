// A sharp still over the picture: the button that asks for one, what becomes of it, and
// the still itself, until the picture under it is another one. On a thin line a sharp
// picture goes on by itself, strip by strip.
import { useEffect, useRef } from 'preact/hooks'
import { t } from '../i18n/seats'
import type { Paper } from '../rtc/paper'
import type { Still } from '../rtc/still-take'
import { Button } from '../ui/kit'

interface ButtonProps {
  still: Still
  /** The still is there but the helper looks at the live picture. */
  aside: boolean
  onAsk: () => void
  onAside: (aside: boolean) => void
}

/** Asks for a still; while there is one, changes between it and the live picture. */
export function StillButton({ still, aside, onAsk, onAside }: ButtonProps) {
  const there = still.is === 'there'
  return (
    <>
      {still.is !== 'live' && (
        <Button
          kind="quiet"
          icon="sharp"
          hint={t('still.hint')}
          pressed={there && !aside}
          busy={still.is === 'asked' || still.is === 'coming'}
          onClick={() => {
            if (there) onAside(!aside)
            else onAsk()
          }}
        >
          {t('still.button')}
        </Button>
      )}
      <span class="still-said" role="status">
        {said(still, aside)}
      </span>
    </>
  )
}

function said(still: Still, aside: boolean): string {
  switch (still.is) {
    case 'none':
      return ''
    case 'asked':
      return t('still.asked')
    case 'coming':
      return t('still.coming', { percent: Math.round(still.share * 100) })
    case 'there':
      return aside ? t('still.aside') : t('still.there')
    case 'live':
      return t('still.live')
    case 'refused':
      return t(`still.refused.${still.why}`)
  }
}

/** The still, in the size of the picture under it. */
export function StillPicture({ picture, style }: { picture: Blob; style: { width: string; height: string } }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let wanted = true
    void createImageBitmap(picture).then(
      (b) => {
        if (wanted && canvas.current) draw(canvas.current, b)
        b.close()
      },
      () => undefined // what came is no picture: the live one is there
    )
    return () => {
      wanted = false
    }
  }, [picture])
  return <canvas ref={canvas} class="picture still" style={style} role="img" aria-label={t('still.picture')} />
}

/** What is out of date for longer than this is shown in outline until the new comes, in ms. */
const soon = 300

/** A sharp picture that follows what is shared. */
export function PaperPicture({ paper, style }: { paper: Paper; style: { width: string; height: string } }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const c = canvas.current
    const g = c?.getContext('2d')
    if (!c || !g) return
    Object.assign(c, { width: paper.width, height: paper.height })
    const fading = new Map<number, ReturnType<typeof setTimeout>>()
    const stop = paper.watch((row) => {
      if (!paper.old(row)) {
        clearTimeout(fading.get(row))
        fading.delete(row)
        paper.draw(g, row, false)
      } else if (!fading.has(row))
        fading.set(
          row,
          setTimeout(() => paper.draw(g, row, true), soon)
        )
    })
    return () => {
      stop()
      for (const timer of fading.values()) clearTimeout(timer)
    }
  }, [paper])
  return <canvas ref={canvas} class="picture still" style={style} role="img" aria-label={t('still.picture')} />
}

function draw(canvas: HTMLCanvasElement, b: ImageBitmap): void {
  canvas.width = b.width
  canvas.height = b.height
  canvas.getContext('2d')?.drawImage(b, 0, 0)
}

// Frames out of a picture that is being shared, as it is before any coding. The page is
// hidden most of the time: where ImageCapture exists it does not mind, elsewhere a
// player that nobody sees is asked.

/** The part of ImageCapture that is used (W3C MediaStream Image Capture; not in every target). */
interface FrameGrabber {
  grabFrame(): Promise<ImageBitmap>
}

export interface Source {
  /** The picture as it is now. Close it after use. */
  frame(): Promise<ImageBitmap>
  close(): void
}

export function sourceOf(track: MediaStreamTrack): Source {
  const { ImageCapture: Grabber } = globalThis as { ImageCapture?: new (t: MediaStreamTrack) => FrameGrabber }
  if (Grabber && 'grabFrame' in Grabber.prototype) {
    const grabber = new Grabber(track)
    return { frame: () => grabber.grabFrame(), close: () => undefined }
  }
  const player = document.createElement('video')
  player.muted = true
  player.srcObject = new MediaStream([track])
  const ready = player.play()
  return {
    frame: async () => {
      await ready
      return createImageBitmap(player)
    },
    close: () => {
      player.srcObject = null
    }
  }
}

/** Each cell of the thumb stands for so many pixels of the picture, each way. */
const cell = 16

/** How bright each cell of a picture is. */
export interface Thumb {
  width: number
  light: Uint8ClampedArray
}

export function thumbOf(frame: ImageBitmap): Thumb {
  const [width, height] = [Math.ceil(frame.width / cell), Math.ceil(frame.height / cell)]
  const g = drawn(new OffscreenCanvas(width, height), frame, 'medium') // medium: every pixel counts, not only some
  const { data } = g.getImageData(0, 0, width, height)
  const light = new Uint8ClampedArray(width * height)
  for (let i = 0; i < light.length; i++) {
    light[i] = ((data[4 * i] ?? 0) + 2 * (data[4 * i + 1] ?? 0) + (data[4 * i + 2] ?? 0)) / 4
  }
  return { width, light }
}

/** A cell counts as another one from this difference on, of 255. */
const different = 5
/** What changes within so many cells, each way, is a caret that blinks. */
const caret = 2

/** Whether two thumbs show different pictures. A blinking caret makes no difference; with 0, everything does. */
export function changed(a: Thumb, b: Thumb, cells = caret): boolean {
  if (a.width !== b.width || a.light.length !== b.light.length) return true
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, -1, -1, -1]
  for (let i = 0; i < a.light.length; i++) {
    if (Math.abs((a.light[i] ?? 0) - (b.light[i] ?? 0)) < different) continue
    const [x, y] = [i % a.width, Math.floor(i / a.width)]
    left = Math.min(left, x)
    right = Math.max(right, x)
    if (top < 0) top = y
    bottom = y
  }
  return right >= 0 && (right - left >= cells || bottom - top >= cells)
}

/** A picture's pixels, 32 bits each. */
export function pixelsOf(frame: ImageBitmap): Uint32Array<ArrayBuffer> {
  const g = drawn(new OffscreenCanvas(frame.width, frame.height), frame)
  return new Uint32Array(g.getImageData(0, 0, frame.width, frame.height).data.buffer)
}

/** A picture without any loss, in the smallest of the formats that this browser writes so. */
export async function lossless(frame: ImageBitmap): Promise<Blob> {
  const canvas = new OffscreenCanvas(frame.width, frame.height)
  drawn(canvas, frame)
  return (await webpIsLossless())
    ? canvas.convertToBlob({ type: 'image/webp', quality: 1 })
    : canvas.convertToBlob({ type: 'image/png' })
}

let webp: Promise<boolean> | null = null

/** Chromium writes WebP of the best quality without loss, a third as large as its PNG; others may not: tried out once. */
function webpIsLossless(): Promise<boolean> {
  webp ??= tryWebp().catch(() => false)
  return webp
}

async function tryWebp(): Promise<boolean> {
  const size = 16
  const canvas = new OffscreenCanvas(size, size)
  const g = drawn(canvas)
  const noise = g.createImageData(size, size)
  for (let i = 0; i < noise.data.length; i++) noise.data[i] = i % 4 === 3 ? 255 : (i * 7919) % 251
  g.putImageData(noise, 0, 0)
  const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 1 })
  if (blob.type !== 'image/webp') return false
  const back = drawn(new OffscreenCanvas(size, size), await createImageBitmap(blob)).getImageData(0, 0, size, size)
  return back.data.every((v, i) => v === noise.data[i])
}

function drawn(canvas: OffscreenCanvas, frame?: ImageBitmap, quality?: ImageSmoothingQuality): OffscreenCanvasRenderingContext2D {
  const g = canvas.getContext('2d', { willReadFrequently: true })
  if (!g) throw new Error('no canvas')
  if (quality) g.imageSmoothingQuality = quality
  if (frame) g.drawImage(frame, 0, 0, canvas.width, canvas.height)
  return g
}

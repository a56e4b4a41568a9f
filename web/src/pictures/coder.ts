// Codes pictures: a VP8 stream by WebCodecs where both browsers have it, so that a
// picture holds only what changed; else WebP or JPEG stills.
import type { Format } from './head'
import { type Pace, steps } from './pace'

export interface Coded {
  bytes: Uint8Array<ArrayBuffer>
  whole: boolean
}

export interface Coder {
  readonly format: Format
  /** How much smaller than the screen its pictures are. */
  scale(p: Pace): number
  /** Codes what is on the canvas; null: the browser left it out. Throws when it cannot. */
  code(canvas: OffscreenCanvas, whole: boolean, p: Pace): Promise<Coded | null>
  close(): void
}

/** The best that both browsers can. stillsOnly: video coding has failed here. */
export async function coderFor(wanted: readonly Format[], stillsOnly: boolean): Promise<Coder> {
  if (!stillsOnly && wanted.includes('vp8') && (await canEncode())) return new VideoCoder()
  return new StillCoder(wanted.includes('webp') && (await makesWebP()) ? 'webp' : 'jpeg')
}

async function canEncode(): Promise<boolean> {
  if (typeof VideoEncoder === 'undefined' || typeof VideoFrame === 'undefined') return false
  return VideoEncoder.isConfigSupported(videoConfig(1280, 720, 1_000_000)).then(
    (s) => s.supported === true,
    () => false
  )
}

/** Safari reads WebP but writes PNG instead. */
async function makesWebP(): Promise<boolean> {
  const canvas = new OffscreenCanvas(1, 1)
  canvas.getContext('2d')
  return (await canvas.convertToBlob({ type: 'image/webp' })).type === 'image/webp'
}

class StillCoder implements Coder {
  constructor(readonly format: 'jpeg' | 'webp') {}

  scale(p: Pace): number {
    return steps[p.step]?.scale ?? 1
  }

  async code(canvas: OffscreenCanvas, _: boolean, p: Pace): Promise<Coded> {
    const blob = await canvas.convertToBlob({ type: `image/${this.format}`, quality: steps[p.step]?.quality ?? 0.4 })
    return { bytes: new Uint8Array(await blob.arrayBuffer()), whole: true }
  }

  close(): void {}
}

/** Pictures a second that the encoder is told. */
const frameRate = 2
/** The encoder is told a new rate when it is off by this factor. */
const tolerance = 1.5

const videoConfig = (width: number, height: number, bitrate: number): VideoEncoderConfig => ({
  codec: 'vp8',
  width,
  height,
  bitrate,
  framerate: frameRate,
  latencyMode: 'realtime'
})

class VideoCoder implements Coder {
  readonly format = 'vp8'
  private encoder: VideoEncoder | null = null
  private config: VideoEncoderConfig | null = null
  private made: EncodedVideoChunk[] = []
  private failure: Error | null = null
  private time = 0 // of the next frame, in µs

  scale(): number {
    return 1
  }

  async code(canvas: OffscreenCanvas, whole: boolean, p: Pace): Promise<Coded | null> {
    const fresh = this.prepare(canvas.width, canvas.height, p.room * 8 * frameRate)
    const frame = new VideoFrame(canvas, { timestamp: this.time })
    this.time += 1_000_000 / frameRate
    this.encoder?.encode(frame, { keyFrame: whole || fresh })
    frame.close()
    await this.encoder?.flush()
    if (this.failure) throw this.failure
    const chunk = this.made.shift()
    if (!chunk) return null
    const bytes = new Uint8Array(chunk.byteLength)
    chunk.copyTo(bytes)
    return { bytes, whole: chunk.type === 'key' }
  }

  close(): void {
    if (this.encoder && this.encoder.state !== 'closed') this.encoder.close()
    this.encoder = null
  }

  /** Sets the encoder up for a size and rate; true when it begins anew. */
  private prepare(width: number, height: number, bitrate: number): boolean {
    const old = this.config
    const sameSize = old?.width === width && old.height === height
    const off = Math.max(bitrate / (old?.bitrate ?? 1), (old?.bitrate ?? 1) / bitrate)
    if (this.encoder && sameSize && off < tolerance) return false
    this.encoder ??= new VideoEncoder({
      output: (chunk) => this.made.push(chunk),
      error: (e) => {
        this.failure = e
      }
    })
    this.config = videoConfig(width, height, Math.round(bitrate))
    this.encoder.configure(this.config)
    return !sameSize
  }
}

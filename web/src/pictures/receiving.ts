// The helper's end of pictures through the server: asks for one after another and
// draws them into a canvas, whose stream the player shows as it shows video.
import { type PictureLine, PictureSocket } from '../live/pictures'
import { type Format, type Head, readHead } from './head'
import type { Seal } from './seal'

/** A request without a picture is repeated after this, in ms. */
const repeatAfter = 1000
/** After so many the socket is not trusted any more. */
const mostRepeats = 8

export interface ReceivingWorld extends PictureLine {
  seal: Seal
  every(ms: number, run: () => void): () => void
}

export class PictureReceiver {
  readonly stream: MediaStream
  /** Size of the last picture; 0: none yet. */
  width = 0
  height = 0
  private readonly canvas = document.createElement('canvas')
  private readonly paper = this.canvas.getContext('2d', { alpha: false })
  private readonly socket: PictureSocket
  private readonly stopAsking: () => void
  private readonly formats: Promise<Format[]> = shownHere()
  private decoder: VideoDecoder | null = null
  private decoding: Head | null = null // the picture that the decoder has
  private number = 0 // of the last picture taken
  private whole = true // only one that stands alone will do
  private allowed = false
  private quiet = 0 // requests without a picture
  private work: Promise<void> = Promise.resolve()

  constructor(
    private readonly world: ReceivingWorld,
    private readonly shown: () => void
  ) {
    this.stream = this.canvas.captureStream()
    this.socket = new PictureSocket(world, { open: () => this.ask(), picture: (m) => this.take(m) })
    this.stopAsking = world.every(repeatAfter, () => {
      if (this.quiet > 0) this.ask()
      if (++this.quiet % mostRepeats === 0 && this.allowed) this.socket.renew()
    })
  }

  /** Pictures may be seen, or must not; not even the last one stays. */
  allow(may: boolean): void {
    if (may === this.allowed) return
    this.allowed = may
    this.whole = true
    this.paper?.clearRect(0, 0, this.canvas.width, this.canvas.height)
  }

  close(): void {
    this.allow(false)
    this.stopAsking()
    this.socket.close()
    this.forgetDecoder()
    for (const t of this.stream.getTracks()) t.stop()
  }

  private ask(): void {
    void this.formats.then((formats) => this.socket.want({ after: this.number, whole: this.whole, formats }))
  }

  /** Pictures are opened and drawn one after another. */
  private take(message: Uint8Array<ArrayBuffer>): void {
    this.quiet = 0
    this.work = this.work.then(() => this.open(message)).catch(() => this.again())
  }

  private async open(message: Uint8Array<ArrayBuffer>): Promise<void> {
    const head = readHead(message)
    const picture = head && (await this.world.seal.open(message))
    if (!head || !picture || head.number <= this.number) return
    const follows = head.whole || (head.number === this.number + 1 && !this.whole)
    this.number = head.number
    if (!follows) return this.again()
    if (head.format === 'vp8') return this.decode(head, picture)
    const image = await createImageBitmap(new Blob([picture], { type: `image/${head.format}` }))
    this.draw(head, image)
    image.close()
  }

  private decode(head: Head, picture: ArrayBuffer): void {
    if (!this.decoder || this.decoder.state === 'closed') {
      this.decoder = new VideoDecoder({ output: (f) => this.decoded(f), error: () => this.again() })
      this.decoder.configure({ codec: 'vp8', optimizeForLatency: true })
    }
    this.decoding = head
    this.whole = false
    this.decoder.decode(new EncodedVideoChunk({ type: head.whole ? 'key' : 'delta', timestamp: head.number, data: picture }))
  }

  private decoded(f: VideoFrame): void {
    if (this.decoding) this.draw(this.decoding, f)
    f.close()
  }

  private draw(head: Head, image: CanvasImageSource): void {
    this.whole = false
    if (this.allowed) {
      if (this.canvas.width !== head.width || this.canvas.height !== head.height) Object.assign(this.canvas, sizeOf(head))
      this.paper?.drawImage(image, 0, 0, head.width, head.height)
      Object.assign(this, sizeOf(head))
      this.shown()
    }
    this.ask()
  }

  /** Something is missing: from the beginning. */
  private again(): void {
    this.forgetDecoder()
    this.whole = true
    this.ask()
  }

  private forgetDecoder(): void {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.decoder = null
  }
}

const sizeOf = ({ width, height }: Head) => ({ width, height })

/** What this browser can show. */
async function shownHere(): Promise<Format[]> {
  const stills: Format[] = ['webp', 'jpeg']
  if (typeof VideoDecoder === 'undefined') return stills
  const vp8 = await VideoDecoder.isConfigSupported({ codec: 'vp8' }).then(
    (s) => s.supported === true,
    () => false
  )
  return vp8 ? ['vp8', ...stills] : stills
}

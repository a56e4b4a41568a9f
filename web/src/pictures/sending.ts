// The sharer's end of pictures through the server: one picture for each request,
// not more than three a second, always of the newest frame.
import { type PictureLine, PictureSocket } from '../live/pictures'
import type { Want } from '../wire'
import { type Coded, type Coder, coderFor } from './coder'
import { type Head, writeHead } from './head'
import { firstPace, type Pace, paced } from './pace'
import type { Seal } from './seal'
import { type Source, sourceOf } from './source'

/** Time between two pictures at least, in ms. */
const between = 333
/** How often to look whether the next picture is due, in ms. */
const lookEvery = 50
/** Something that does not change is shown again after this, in ms. */
const again = 3000
/** The helper asks once a second: when nobody did for this long the socket is not trusted any more, in ms. */
const askedWithin = 5000
/** A picture that was not shown by then is given up, in ms. */
const givenUpAfter = 6000
/** The longer side of a picture at most, in pixels. */
const longest = 1920
/** The server's limit for one picture, less head and seal. */
const mostBytes = (512 << 10) - 64

export interface SendingWorld extends PictureLine {
  seal: Seal
  now(): number
  every(ms: number, run: () => void): () => void
}

export interface SendingEvents {
  /** There is a first picture to be sent, for somebody who asked. */
  ready(): void
  /** The server passes pictures on now. */
  open(): boolean
}

export class PictureSender {
  private readonly socket: PictureSocket
  private readonly stopLooking: () => void
  private source: Source | null = null
  private coder: Coder | null = null
  private stillsOnly = false
  private want: Want | null = null
  private wantedAt: number
  private pace: Pace = firstPace
  private number = 0
  private sentAt = Number.NEGATIVE_INFINITY
  private triedAt = Number.NEGATIVE_INFINITY
  private sentBytes = 0
  private last: Uint8Array | null = null // the last still: the same again is not sent
  private renewedAt = Number.NEGATIVE_INFINITY
  private busy = false
  private closed = false

  constructor(
    private readonly world: SendingWorld,
    private readonly events: SendingEvents
  ) {
    this.wantedAt = world.now()
    this.socket = new PictureSocket(world, { want: (w) => this.asked(w) })
    this.stopLooking = world.every(lookEvery, () => void this.look())
  }

  /** Whether nobody has asked for a picture for so long, in ms. */
  unwanted(ms: number): boolean {
    return this.world.now() - this.wantedAt > ms
  }

  /** Shows another track, or nothing. */
  show(track: MediaStreamTrack | null): void {
    this.source?.close()
    this.source = track && sourceOf(track)
    this.last = null
  }

  close(): void {
    this.closed = true
    this.stopLooking()
    this.socket.close()
    this.show(null)
    this.coder?.close()
  }

  private asked(w: Want): void {
    const now = this.world.now()
    this.wantedAt = now
    const shown = w.after === this.number
    const overdue = now - this.sentAt > givenUpAfter
    if (!shown && !overdue && this.number > 0) return // it is on its way
    if (this.sentBytes > 0) this.pace = paced(this.pace, this.sentBytes, now - this.sentAt)
    this.sentBytes = 0
    this.want = shown || this.number === 0 ? w : { ...w, whole: true }
  }

  private renew(): void {
    this.renewedAt = this.world.now()
    this.socket.renew()
  }

  private async look(): Promise<void> {
    if (this.unwanted(askedWithin) && this.world.now() - this.renewedAt > askedWithin) this.renew()
    if (this.busy || this.closed || !this.want || this.world.now() - this.triedAt < between) return
    if (!this.source?.newest()) return
    if (!this.events.open()) return this.events.ready()
    this.busy = true
    this.triedAt = this.world.now()
    try {
      await this.send(this.want)
    } catch {
      this.coder?.close()
      this.coder = null
      this.stillsOnly = true
    } finally {
      this.busy = false
    }
  }

  private async send(w: Want): Promise<void> {
    this.coder ??= await coderFor(w.formats ?? [], this.stillsOnly)
    const canvas = this.draw(this.coder.scale(this.pace))
    if (!canvas) return
    const coded = await this.coder.code(canvas, w.whole, this.pace)
    if (!coded || this.closed || !this.source) return
    if (coded.bytes.length > mostBytes) {
      this.pace = paced(this.pace, coded.bytes.length, Number.POSITIVE_INFINITY)
      return
    }
    if (!w.whole && this.unchanged(coded) && this.world.now() - this.sentAt < again) return
    this.number++
    const { width, height } = canvas
    const head: Head = { format: this.coder.format, whole: coded.whole, number: this.number, width, height }
    const message = await this.world.seal.close(writeHead(head), coded.bytes)
    const may = !this.closed && this.source !== null && this.events.open() // not paused or stopped meanwhile
    this.want = may && this.socket.send(message) ? null : { ...w, whole: true }
    if (this.want) return
    this.sentAt = this.world.now()
    this.sentBytes = message.length
  }

  /** The newest frame, at most as big as a picture may be. */
  private draw(scale: number): OffscreenCanvas | null {
    const from = this.source?.newest()
    if (!from) return null
    const fit = scale * Math.min(1, longest / Math.max(from.width, from.height))
    const even = (n: number) => Math.max(2, 2 * Math.round((n * fit) / 2)) // video has half the colours
    const canvas = new OffscreenCanvas(even(from.width), even(from.height))
    canvas.getContext('2d', { alpha: false })?.drawImage(from.image, 0, 0, canvas.width, canvas.height)
    return canvas
  }

  private unchanged(c: Coded): boolean {
    const before = this.last
    if (this.coder?.format === 'vp8') return false
    this.last = c.bytes
    return before?.length === c.bytes.length && before.every((b, i) => b === c.bytes[i])
  }
}

// The sharer's side of a sharp still: takes the picture as it is, sends it without loss
// as fast as the line takes it, and says when it is out of date. Downloaded when the
// first still is wanted.
import { type FromSharer, maxPixels, maxStill, type NoStill, piece, type StillType, tell } from './aside'
import { changed, lossless, type Source, sourceOf, type Thumb, thumbOf } from './grab'
import { SendWindow } from './window'

export interface GiverEvents {
  now(): number
  /** What the line gives, in kbit/s; null: not known. */
  room(): number | null
  /** A still sets out: the video makes room for it. */
  sends(): void
  /** It is over. kbps: how fast the line was; null: that was too little to tell. */
  sent(kbps: number | null): void
}

/** After so many looks without a change, the next change is taken for a whole one, as when a page is opened: it is not waited out. */
const longRest = 3

interface Sending {
  bytes: Uint8Array<ArrayBuffer>
  next: number
  window: SendWindow
}

export class StillGiver {
  private track: MediaStreamTrack | null = null
  private source: Source | null = null
  private sending: Sending | null = null
  private still = 0
  /** What the last still showed, while it may be on the helper's screen; null: none is. */
  private shown: Thumb | null = null
  private before: Thumb | null = null
  private rested = 0
  private looking = false

  constructor(
    private readonly channel: RTCDataChannel,
    private readonly events: GiverEvents
  ) {}

  /** What is shared now; null: nothing may be seen. Whatever was on its way stops. */
  use(track: MediaStreamTrack | null): void {
    if (track === this.track) return
    this.outdated()
    this.source?.close()
    this.track = track
    this.source = track && sourceOf(track)
    this.before = null
    this.rested = 0
  }

  /** The helper would like a still. */
  async asked(): Promise<void> {
    if (this.sending) return
    const { source } = this
    try {
      if (source) await this.give(source, await source.frame())
    } catch {
      if (source === this.source) this.refuse('failed')
    }
    if (!source || source !== this.source) this.refuse('paused')
  }

  /** The helper has so many bytes of a still. */
  got(still: number, bytes: number): void {
    if (!this.sending || still !== this.still) return
    this.sending.window.arrived(bytes, this.events.now())
    this.pump()
  }

  /** Looks whether the picture is another one. byItself: a still is sent when the picture comes to rest. */
  async look(byItself: boolean): Promise<void> {
    const { source } = this
    if (!source || this.looking || (!byItself && !this.shown && !this.sending)) return
    this.looking = true
    try {
      await this.compare(source, await source.frame(), byItself)
    } catch {
      // it ended in this very moment
    } finally {
      this.looking = false
    }
  }

  private async compare(source: Source, frame: ImageBitmap, byItself: boolean): Promise<void> {
    const thumb = thumbOf(frame)
    const rests = this.before !== null && !changed(this.before, thumb)
    const settled = rests || this.rested >= longRest
    this.before = thumb
    this.rested = rests ? this.rested + 1 : 0
    if (this.shown && changed(this.shown, thumb)) this.outdated()
    const wanted = byItself && settled && !this.shown && !this.sending && source === this.source
    if (wanted) await this.give(source, frame)
    else frame.close()
  }

  private async give(source: Source, frame: ImageBitmap): Promise<void> {
    const { width, height } = frame
    const thumb = thumbOf(frame)
    const blob = width * height > maxPixels ? null : await lossless(frame)
    const bytes = blob && blob.size <= maxStill ? new Uint8Array(await blob.arrayBuffer()) : null
    frame.close()
    if (source !== this.source || this.sending) return // paused, or another one was quicker
    this.shown = thumb
    if (bytes) this.begin(bytes, { type: blob?.type === 'image/webp' ? 'image/webp' : 'image/png', width, height })
    else this.refuse('too_large')
  }

  private begin(bytes: Uint8Array<ArrayBuffer>, about: { type: StillType; width: number; height: number }): void {
    this.sending = { bytes, next: 0, window: new SendWindow(this.events.room()) }
    this.say({ is: 'still', still: ++this.still, bytes: bytes.length, ...about })
    this.events.sends()
    this.pump()
  }

  private refuse(why: NoStill): void {
    this.say({ is: 'none', why })
  }

  /** Sends as much as the window lets through. */
  private pump(): void {
    const s = this.sending
    if (!s) return
    try {
      for (; s.next < s.bytes.length && s.window.open; s.next += piece) {
        const part = s.bytes.subarray(s.next, s.next + piece)
        this.channel.send(part)
        s.window.goes(part.length, this.events.now())
      }
      if (s.window.got >= s.bytes.length) this.stop()
    } catch {
      this.stop() // the channel is closing
    }
  }

  private stop(): void {
    const s = this.sending
    if (!s) return
    this.sending = null
    this.events.sent(s.window.rate)
  }

  /** The last still shows something else than what may be seen now. */
  private outdated(): void {
    this.stop()
    if (!this.shown) return
    this.shown = null
    this.say({ is: 'stale', still: this.still })
  }

  private say(m: FromSharer): void {
    tell(this.channel, m)
  }
}

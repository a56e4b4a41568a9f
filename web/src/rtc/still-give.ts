// The sharer's side of a sharp picture. On a thin line what is shared goes in strips for
// as long as it is text. Else, or when asked: the picture as it is, whole, as fast as the
// line takes it; and it is said when that is out of date. Downloaded when the first one is wanted.
import { type FromSharer, maxPixels, maxStill, type NoStill, piece, type StillType, tell, widestPaper } from './aside'
import { changed, lossless, pixelsOf, type Source, sourceOf, type Thumb, thumbOf } from './grab'
import { StripGiver } from './strips-give'
import type { Others } from './tuning'
import { SendWindow } from './window'

export interface GiverEvents {
  now(): number
  /** What the line gives, in kbit/s; null: not known. */
  room(): number | null
  /** The video makes room, or need not any more. */
  needs(others: Others): void
  /** Something sharp went to the helper. */
  still(): void
  /** How fast the line was just now. */
  sent(kbps: number): void
}

/** After so many looks without a change, the next change is taken for a whole one, as when a page is opened: it is not waited out. */
const longRest = 3
/** What is too colourful for strips stays so for this long, in ms. */
const colourfulFor = 10_000
/** Changes too small to be noticed in passing are looked for every so many looks. */
const closely = 16

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
  private readonly strips: StripGiver
  private readonly turns = new MessageChannel() // a hidden page's timers would be late
  private target: Thumb | null = null // what the strips on their way show
  private looks = 0
  private colourfulUntil = Number.NEGATIVE_INFINITY

  constructor(
    private readonly channel: RTCDataChannel,
    private readonly events: GiverEvents
  ) {
    this.turns.port1.onmessage = () => {
      if (this.strips.on && !this.strips.more()) this.tooColourful()
    }
    this.strips = new StripGiver(channel, {
      now: () => events.now(),
      room: () => events.room(),
      soon: () => this.turns.port2.postMessage(null),
      gone: () => events.still(),
      came: (kbps) => events.sent(kbps)
    })
  }

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
    this.endStrips() // one whole still is wanted; strips go on from there
    const { source } = this
    try {
      if (source) await this.give(source, await source.frame())
    } catch {
      if (source === this.source) this.refuse('failed')
    }
    if (!source || source !== this.source) this.refuse('paused')
  }

  /** The helper's page has no paper, or lost it: the next look begins one. */
  anew(): void {
    this.endStrips()
  }

  /** The helper has so many bytes of a still, or of the paper. */
  got(still: number, bytes: number): void {
    if (this.strips.on && !this.strips.got(bytes)) this.tooColourful()
    if (!this.sending || still !== this.still) return
    this.sending.window.arrived(bytes, this.events.now())
    this.pump()
  }

  /** Looks whether the picture is another one. byItself: a still is sent when the picture comes to rest. */
  async look(byItself: boolean): Promise<void> {
    const { source } = this
    const out = this.shown !== null || this.sending !== null || this.strips.on
    if (!source || this.looking || (!byItself && !out)) return
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
    if (byItself && source === this.source && this.forStrips(frame, thumb)) {
      this.write(frame, thumb)
      return
    }
    this.endStrips()
    const rests = this.before !== null && !changed(this.before, thumb)
    const settled = rests || this.rested >= longRest
    this.before = thumb
    this.rested = rests ? this.rested + 1 : 0
    if (this.shown && changed(this.shown, thumb)) this.outdated()
    const wanted = byItself && settled && !this.shown && !this.sending && source === this.source
    if (wanted) await this.give(source, frame)
    else frame.close()
  }

  /** A whole still that is good, or on its way, stays; so does the way of what is no text, for a while. */
  private forStrips({ width, height }: ImageBitmap, thumb: Thumb): boolean {
    if (width > widestPaper || width * height > maxPixels) return false
    const still = this.shown !== null && !changed(this.shown, thumb)
    return !still && !this.sending && this.events.now() > this.colourfulUntil
  }

  /** Lets the helper's paper follow. */
  private write(frame: ImageBitmap, thumb: Thumb): void {
    const other = !this.strips.on || !this.target || changed(this.target, thumb, 0)
    const anyway = ++this.looks % closely === 0 && this.strips.idle
    const { width, height } = frame
    this.strips.mark()
    if (other || anyway) {
      this.target = thumb
      this.shown = null
      this.events.needs('strips')
      if (!this.strips.show(pixelsOf(frame), { width, height }, () => ++this.still)) this.tooColourful()
    }
    frame.close()
  }

  private tooColourful(): void {
    this.colourfulUntil = this.events.now() + colourfulFor
    this.endStrips()
  }

  private endStrips(): void {
    if (!this.strips.on) return
    this.strips.drop()
    this.target = null
    this.events.needs('none')
    this.say({ is: 'stale', still: this.still })
  }

  private async give(source: Source, frame: ImageBitmap): Promise<void> {
    const { width, height } = frame
    const thumb = thumbOf(frame)
    const blob = width * height > maxPixels ? null : await lossless(frame)
    const bytes = blob && blob.size <= maxStill ? new Uint8Array(await blob.arrayBuffer()) : null
    frame.close()
    if (source !== this.source || this.sending) return // paused, or another one was quicker
    this.endStrips()
    this.shown = thumb
    if (bytes) this.begin(bytes, { type: blob?.type === 'image/webp' ? 'image/webp' : 'image/png', width, height })
    else this.refuse('too_large')
  }

  private begin(bytes: Uint8Array<ArrayBuffer>, about: { type: StillType; width: number; height: number }): void {
    this.sending = { bytes, next: 0, window: new SendWindow(this.events.room()) }
    this.say({ is: 'still', still: ++this.still, bytes: bytes.length, ...about })
    this.events.needs('still')
    this.events.still()
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
    this.events.needs('none')
    const { rate } = s.window
    if (rate !== null) this.events.sent(rate)
  }

  /** The last still shows something else than what may be seen now. */
  private outdated(): void {
    this.endStrips()
    this.stop()
    if (!this.shown) return
    this.shown = null
    this.say({ is: 'stale', still: this.still })
  }

  private say(m: FromSharer): void {
    tell(this.channel, m)
  }
}

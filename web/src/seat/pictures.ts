// Pictures through the server for as long as WebRTC is impossible: both pages begin
// as soon as one of them finds so, agree on a key, and go back to video when the
// helper sees it again. Either seat's; what is sent or shown is its end's.
import { type Half, makeHalf, type Seal } from '../pictures/seal'
import type { OutSignal } from '../rtc/peer'
import type { Why } from '../session/way'
import type { Signal } from '../wire'

/** What the other page must know is said a few times, because a socket may be lost under it: every so many ms, and how often. */
const repeatEvery = 3000
const repeats = 5

export interface PicturesEvents<P> {
  /** Tells the other page. */
  send(s: OutSignal): void
  now(): number
  /** Makes this seat's end; its code is downloaded only now. */
  make(seal: Seal): Promise<P>
  /** Pictures began, or ended, or their end is there. */
  changed(): void
}

export class Pictures<P extends { close(): void }> {
  /** Why there are pictures; null: there is video, or nothing yet. */
  why: Why | null = null
  end: P | null = null
  private half: Half | null = null
  private theirs = '' // the other page's half
  private agreed = '' // the one that the end is made with, or will be
  private toldAt = 0
  private told = 0
  private round = 0 // what was begun before the present round comes to nothing

  constructor(private readonly events: PicturesEvents<P>) {}

  /** Begins, unless they have begun. */
  begin(why: Why): void {
    if (this.why) return
    this.why = why
    this.told = 0
    const round = ++this.round
    this.events.changed()
    void makeHalf().then((half) => {
      if (round !== this.round) return
      this.half = half
      this.tell()
      this.agree()
    })
  }

  /** What the other page says of pictures. */
  take(s: Signal): void {
    if (s.kind === 'video') this.stop()
    if (s.kind !== 'pictures' || !s.key || s.key === this.theirs) return
    this.end?.close() // it began anew
    this.end = null
    this.theirs = s.key
    this.begin(s.why ?? 'unreachable')
    this.agree()
  }

  /** Time passed: what got lost is said again. */
  tick(): void {
    if (this.told <= repeats && this.events.now() - this.toldAt > repeatEvery) this.tell()
  }

  /** Video is there again, or there is nobody on the other side. */
  stop(): void {
    if (!this.why) return
    this.round++
    this.end?.close()
    this.end = this.half = this.why = null
    this.theirs = this.agreed = ''
    this.events.changed()
  }

  private tell(): void {
    if (!this.half || !this.why) return
    this.toldAt = this.events.now()
    this.told++
    this.events.send({ kind: 'pictures', why: this.why, key: this.half.key })
  }

  /** Makes the end when both halves are there. */
  private agree(): void {
    const { half, theirs } = this
    if (!half || theirs === '' || theirs === this.agreed) return
    this.agreed = theirs
    void half
      .with(theirs)
      .then((seal) => this.events.make(seal))
      .then((end) => {
        if (theirs !== this.agreed) return end.close()
        this.end = end
        this.events.changed()
      })
      .catch(() => {
        if (theirs === this.agreed) this.theirs = this.agreed = '' // no key, or the code could not be downloaded: the other page tells again
      })
  }
}

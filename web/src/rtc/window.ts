// How much of a still may be on its way at once. A thin line would hold whatever it is
// given in a queue, and the heartbeat behind it: so the time until an answer comes
// decides. Pure: times are arguments, in ms.

/** Bytes. The least keeps even a slow line busy. */
const [least, most] = [4_000, 512_000]
/** So many bytes for each kbit/s of the line are on their way at the start: a third of a second's worth. */
const perKbps = 42
/** Where nothing is known of the line, in bytes. */
const unknown = 12_000
/** The window grows while the queue costs less than this, and shrinks when it costs more, in ms. */
const [short, long] = [150, 300]

/** Less than so many bytes say nothing about a line. */
const enough = 8_000

export class SendWindow {
  private size: number
  private quickest = Number.POSITIVE_INFINITY
  private sent = 0
  private counted = 0 // bytes that came from firstAt to lastAt
  private sentAt = 0
  private firstAt = 0
  private lastAt = 0
  /** Bytes that the other side has. */
  got = 0
  private readonly marks: { upTo: number; at: number }[] = []

  /** kbps: what the line gives; null: not known. */
  constructor(kbps: number | null) {
    this.size = Math.min(most, Math.max(least, kbps === null ? unknown : kbps * perKbps))
  }

  /** Whether a piece more may go. */
  get open(): boolean {
    return this.sent - this.got < this.size
  }

  /** How fast it went, in kbit/s; null: too little came to tell. */
  get rate(): number | null {
    if (this.counted < enough) return null
    const together = (this.lastAt - this.sentAt) / 2 // what waited for a lost packet comes all at once
    return Math.round((this.counted * 8) / Math.max(1, together, this.lastAt - this.firstAt))
  }

  /** Something new sets out on a line that gives so much: what was proven before holds, how fast it is, is measured anew. */
  begins(kbps: number | null): void {
    this.counted = this.firstAt = this.sentAt = 0
    if (kbps !== null) this.size = Math.max(this.size, Math.min(most, kbps * perKbps))
  }

  /** Something is on its way. */
  get waits(): boolean {
    return this.sent > this.got
  }

  /** A piece of so many bytes goes. */
  goes(bytes: number, now: number): void {
    if (this.sentAt === 0) this.sentAt = now
    this.sent += bytes
    this.marks.push({ upTo: this.sent, at: now })
  }

  /** The other side has so many bytes by now. */
  arrived(bytes: number, now: number): void {
    const fresh = Math.min(bytes, this.sent) - this.got
    if (fresh <= 0) return
    if (this.firstAt === 0) this.firstAt = now
    else this.counted += fresh
    this.lastAt = now
    this.got += fresh
    let began: number | null = null
    while (this.marks[0] && this.marks[0].upTo <= this.got) began = this.marks.shift()?.at ?? began
    if (began === null) return
    const took = now - began
    this.quickest = Math.min(this.quickest, took)
    const queued = took - this.quickest
    if (queued < short) this.size = Math.min(most, this.size + fresh / 4)
    else if (queued > long) this.size = Math.max(least, this.size - fresh)
  }
}

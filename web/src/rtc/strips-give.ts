// The sharer's side of a sharp picture that goes on: whatever changed on the screen goes
// in strips, without loss, as fast as the line takes them. What was not sent yet when
// the next change comes is never sent.
import { type FromSharer, mostStrip, rowsText, tell } from './aside'
import { Inker } from './ink'
import { SendWindow } from './window'

export interface StripEvents {
  now(): number
  /** What the line gives, in kbit/s; null: not known. */
  room(): number | null
  /** There is more to send, when the page has done what else waits: more() goes on. */
  soon(): void
  /** All that was announced has gone. */
  gone(): void
  /** It is there. kbps: how fast the line was. */
  came(kbps: number): void
}

/** What got lost is sent again at once when so many packets came after it (RFC 9260, 7.2.4), else after half a second and more. */
const marks = 3
/** Strips are written for so long in one go, in ms: the page has other things to do. */
const atOnce = 20

export class StripGiver {
  private ink: Inker | null = null
  private window = new SendWindow(null)
  private frame = new Uint32Array()
  private left: number[] = [] // strips that are still to go
  private next = 0 // where the next picture begins: a restless strip must not hold up those below it

  constructor(
    private readonly channel: RTCDataChannel,
    private readonly events: StripEvents
  ) {}

  /** Whether there is a paper, here and on its way. */
  get on(): boolean {
    return this.ink !== null
  }

  /** Everything that the paper needs in order to show this. false: it is not for strips. */
  show(frame: Uint32Array<ArrayBuffer>, size: { width: number; height: number }, still: () => number): boolean {
    const fresh = this.ink?.width !== size.width || this.ink.height !== size.height
    if (fresh) {
      this.ink = new Inker(size.width, size.height)
      this.window = new SendWindow(this.events.room())
      this.next = 0
    }
    const { ink } = this
    if (!ink) return false
    this.frame = frame
    this.left = Array.from({ length: ink.rows }, (_, i) => (i + this.next) % ink.rows).filter((r) => ink.differs(frame, r))
    if (this.left.length === 0) return true
    this.window.begins(this.events.room())
    this.say({ is: 'strips', still: still(), ...size, fresh, rows: rowsText(this.left, ink.rows) })
    return this.pump()
  }

  /** Goes on. false: what is next is not for strips. */
  more(): boolean {
    return this.pump()
  }

  /** The helper has so many bytes of this paper. false: what is next is not for strips. */
  got(bytes: number): boolean {
    const { window } = this
    window.arrived(bytes, this.events.now())
    if (this.idle && !window.waits && window.rate !== null) this.events.came(window.rate)
    return this.pump()
  }

  /** Called again and again: what got lost at the very end must not wait long. */
  mark(): void {
    if (this.left.length === 0 && this.window.waits) this.say({ is: 'mark' })
  }

  /** Whether all that was announced has gone. */
  get idle(): boolean {
    return this.left.length === 0
  }

  /** The paper is out of use. */
  drop(): void {
    this.ink = null
    this.left = []
    this.frame = new Uint32Array()
  }

  /** Sends as much as the window lets through. */
  private pump(): boolean {
    const { ink, window, left } = this
    if (!ink || left.length === 0) return true
    const until = this.events.now() + atOnce
    while (window.open) {
      if (this.events.now() > until) {
        this.events.soon()
        return true
      }
      const row = left.shift()
      if (row === undefined) break
      const code = ink.write(this.frame, row, mostStrip)
      if (!code) return false
      this.send(row, code)
      this.next = (row + 1) % ink.rows
    }
    if (left.length > 0) return true
    for (let i = 0; i < marks; i++) this.mark()
    this.events.gone()
    return true
  }

  private send(row: number, code: Uint8Array): void {
    const message = new Uint8Array(2 + code.length)
    new DataView(message.buffer).setUint16(0, row)
    message.set(code, 2)
    try {
      this.channel.send(message)
      this.window.goes(message.length, this.events.now())
    } catch {
      this.drop() // the channel is closing, or full
    }
  }

  private say(m: FromSharer): void {
    tell(this.channel, m)
  }
}

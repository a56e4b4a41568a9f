// Keeps the heartbeat between the two pages and judges the other side's presence.
import { type Beat, type Heartbeat, heard, noHeartbeat, type Pulse, readBeat, ticked } from '../session/heartbeat'
import { judge, type Presence } from '../session/presence'
import type { Party } from '../wire'

/** While the other side is missing the server is told again this often, in ms: it also shows whether our own socket lives. */
const repeatEvery = 2000

export class PulseKeeper {
  private state: Heartbeat = noHeartbeat
  private told: Pulse = 'unknown'
  private toldAt = 0
  private goodbye = ''

  constructor(
    /** Tells the server; false when it could not be sent. */
    private readonly tell: (peer: 'seen' | 'missing') => boolean
  ) {}

  get pulse(): Pulse {
    return this.state.pulse
  }

  /** What the other page said last. */
  get last(): Beat | null {
    return this.state.last
  }

  /** Something came over a channel; gives the beat when it was one. */
  heard(data: unknown, now: number): Beat | null {
    const beat = readBeat(data)
    if (!beat) return null
    this.state = heard(this.state, beat, now)
    this.report(now)
    return beat
  }

  /** Time passed; true when the other side fell silent just now. */
  tick(now: number): boolean {
    const before = this.state.pulse
    this.state = ticked(this.state, now)
    this.report(now)
    return before !== 'missing' && this.state.pulse === 'missing'
  }

  /** The other page said goodbye. */
  left(page: string): void {
    this.goodbye = page
  }

  /** The server forgot what it was told, or never got it. */
  repeat(now: number): void {
    this.told = 'unknown'
    this.report(now)
  }

  /** A new page sits on the other side. */
  reset(): void {
    this.state = { ...noHeartbeat, tickedAt: this.state.tickedAt }
    this.told = 'unknown'
  }

  judge(peer: Party, online: boolean): Presence {
    return judge({ peer, pulse: this.state.pulse, goodbye: this.goodbye, online })
  }

  private report(now: number): void {
    const { pulse } = this.state
    const due = pulse !== this.told || (pulse === 'missing' && now - this.toldAt >= repeatEvery)
    if (pulse === 'unknown' || !due || !this.tell(pulse)) return
    this.told = pulse
    this.toldAt = now
  }
}

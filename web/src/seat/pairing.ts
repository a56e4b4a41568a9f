// The peer connection to whoever sits on the other side: made when both have said
// yes, made anew for a new page, dropped at the end. Either seat's.
import type { Peer, PeerEvents } from '../rtc/peer'
import { readWord, type Word } from '../session/heartbeat'
import { linked } from '../session/machine'
import type { FromBrowser, Link, Signal, Snapshot } from '../wire'
import { EarlySignals } from './early'
import type { PulseKeeper } from './pulse'

/** One seat's end of the connection. */
export interface End {
  readonly peer: Peer
  take(s: Signal): void
}

/** Looking for a new way takes a moment: not more often than this, in ms. */
const restartEvery = 4000
/** Without a connection for this long the way counts as stuck, in ms. */
const stuckAfter = 15_000

export interface PairingEvents {
  send(m: FromBrowser): boolean
  now(): number
  /** Something about the other side changed. */
  changed(): void
  word(w: Word): void
}

export class Pairing<E extends End> {
  end: E | null = null
  private page = ''
  private relay = ''
  private triedAt = 0
  private readonly early = new EarlySignals()

  constructor(
    private readonly pulse: PulseKeeper,
    private readonly make: (link: Link, events: PeerEvents) => E,
    private readonly events: PairingEvents
  ) {}

  /** Follows a snapshot; true when a new end was made. */
  follow(s: Snapshot): boolean {
    const page = s.peer?.page ?? ''
    if (!linked(s.state) || !s.link || page === '') {
      if (s.state === 'ended') this.drop()
      return false
    }
    const relay = JSON.stringify(s.link)
    if (this.end && page === this.page) {
      if (relay !== this.relay) this.end.peer.use(s.link)
      this.relay = relay
      return false
    }
    this.begin(page, s.link)
    this.relay = relay
    return true
  }

  /** A signal came; one from a page that is not known yet waits. */
  signal(s: Signal): void {
    if (this.end && s.page === this.page) this.end.take(s)
    else this.early.keep(s)
  }

  beat(data: object): void {
    this.end?.peer.beat(data)
  }

  /** Says something that must arrive. */
  control(data: object): void {
    this.end?.peer.control(data)
  }

  /** Whether it is time to look for a new way: nothing was heard, or nothing ever came to be. */
  overdue(): boolean {
    if (!this.end) return false
    const { peer } = this.end
    const troubled = this.pulse.pulse === 'missing' || peer.pc.connectionState === 'failed' || !peer.everConnected
    return troubled && this.events.now() - this.triedAt > (peer.everConnected ? restartEvery : stuckAfter)
  }

  /** Notes that a new way is being looked for. */
  tried(): void {
    this.triedAt = this.events.now()
  }

  drop(): void {
    this.end?.peer.close()
    this.end = null
    this.page = ''
  }

  private begin(page: string, link: Link): void {
    this.drop()
    this.pulse.reset()
    this.page = page
    this.triedAt = this.events.now()
    const end = this.make(link, {
      signal: (s) => this.events.send({ type: 'signal', signal: { page, ...s } }),
      state: () => this.events.changed(),
      beat: (data) => this.hear(data),
      control: (data) => this.hear(data)
    })
    this.end = end
    for (const s of this.early.take(page)) end.take(s)
  }

  private hear(data: unknown): void {
    const word = readWord(data)
    if (word === 'bye') this.pulse.left(this.page)
    if (word) this.events.word(word)
    else this.pulse.heard(data, this.events.now())
    this.events.changed()
  }
}

// The peer connection to whoever sits on the other side: made when both have said
// yes, made anew for a new page, dropped at the end. Either seat's.
import type { OutSignal, Peer, PeerEvents } from '../rtc/peer'
import { type Beat, missingAfter, readWord, type Word } from '../session/heartbeat'
import { linked } from '../session/machine'
import type { Way } from '../session/way'
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
/** A way that is being looked for is given this long before the other page may ask for another one, in ms. */
const settlesIn = 3000
/** Without a connection for this long the way counts as stuck, in ms. */
const stuckAfter = 15_000
/** The server was away, and perhaps its relay: silence this long then means that the way is gone, in ms. Two beats. */
const doubtedAfter = 1000
/** It is doubted for so long after the server is back, in ms. */
const doubtedFor = 5000
/** Our own clock stood still this long: nothing is known of the way for the time being, in ms. */
const sleptAfter = 1500

export interface PairingEvents {
  send(m: FromBrowser): boolean
  now(): number
  /** Something about the other side changed. */
  changed(): void
  word(w: Word): void
  /** The other page speaks of pictures instead of video. */
  pictures(s: Signal): void
}

export class Pairing<E extends End> {
  end: E | null = null
  /** There are pictures instead of video: beats go through the server as well. */
  standIn = false
  private page = ''
  private relay = ''
  private beganAt = 0
  private triedAt = Number.NEGATIVE_INFINITY // when a new way was last looked for
  private returnedAt = Number.NEGATIVE_INFINITY // when the server was there again
  private heardAt = 0 // over the connection itself
  private tickedAt = 0
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
    if (page === this.page) {
      if (relay !== this.relay) this.end?.peer.use(s.link)
      this.relay = relay
      return false
    }
    this.begin(page, s.link)
    this.relay = relay
    return true
  }

  /** A signal came; one from a page that is not known yet waits. */
  signal(s: Signal): void {
    if (s.page !== '' && s.page === this.page) this.take(s)
    else this.early.keep(s)
  }

  beat(b: Beat): void {
    this.end?.peer.beat(b)
    if (this.standIn) this.signals({ kind: 'beat', beat: b })
  }

  /** Says something that must arrive. */
  control(data: Beat | { word: Word }): void {
    this.end?.peer.control(data)
    if (this.standIn && !('word' in data)) this.signals({ kind: 'beat', beat: data }) // the server is told of the others anyway
  }

  /** Sends the other page a signal. */
  signals(s: OutSignal): void {
    if (this.page !== '') this.events.send({ type: 'signal', signal: { page: this.page, ...s } })
  }

  /** Time passed. Called more often than sleptAfter. */
  tick(now: number): void {
    if (now - this.tickedAt > sleptAfter) this.heardAt = now
    this.tickedAt = now
  }

  /** How the way between the browsers is; null while there is nobody to reach. */
  way(now: number): Way | null {
    if (this.page === '') return null
    const { peer } = this.end ?? {}
    const connected = peer?.connected === true && now - this.heardAt < missingAfter
    return { possible: peer !== undefined, connected, at: this.heardAt, ever: peer?.everConnected === true }
  }

  /** Whether it is time to look for a new way: nothing was heard, or nothing ever came to be. */
  overdue(): boolean {
    if (!this.end) return false
    const { peer } = this.end
    const now = this.events.now()
    const bridged = this.standIn && !this.way(now)?.connected
    const doubted = now - this.returnedAt < doubtedFor && now - this.heardAt > doubtedAfter
    const troubled =
      bridged || doubted || this.pulse.pulse === 'missing' || peer.pc.connectionState === 'failed' || !peer.everConnected
    if (!troubled) return false
    return peer.everConnected && !bridged
      ? now - this.triedAt > restartEvery
      : now - Math.max(this.triedAt, this.beganAt) > stuckAfter
  }

  /** Notes that a new way is being looked for. */
  tried(): void {
    this.triedAt = this.events.now()
  }

  /** Notes that the server is there again. */
  returned(): void {
    this.returnedAt = this.events.now()
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
    this.triedAt = Number.NEGATIVE_INFINITY
    this.beganAt = this.heardAt = this.events.now()
    this.end = this.attempt(link)
    for (const s of this.early.take(page)) this.take(s)
  }

  /** null: this browser has no WebRTC, or is not allowed to use it. */
  private attempt(link: Link): E | null {
    const over = (data: unknown) => {
      this.heardAt = this.events.now()
      this.hear(data)
    }
    try {
      return this.make(link, { signal: (s) => this.signals(s), state: () => this.events.changed(), beat: over, control: over })
    } catch {
      return null
    }
  }

  private take(s: Signal): void {
    switch (s.kind) {
      case 'beat':
        this.hear(s.beat)
        break
      case 'pictures':
      case 'video':
        this.events.pictures(s)
        break
      case 'restart':
        if (!this.settles()) this.look(s)
        break
      case 'offer':
        this.look(s)
        break
      default:
        this.end?.take(s)
    }
  }

  /** The other page looks for a new way, or wants us to: our own turn comes later. */
  private look(s: Signal): void {
    this.tried()
    this.end?.take(s)
  }

  /** Whether a new way was found, or may still be, that the other page had not heard of when it asked. */
  private settles(): boolean {
    const { signalingState, connectionState } = this.end?.peer.pc ?? {}
    return this.events.now() - this.triedAt < settlesIn && signalingState === 'stable' && connectionState !== 'failed'
  }

  private hear(data: unknown): void {
    const word = readWord(data)
    if (word === 'bye') this.pulse.left(this.page)
    if (word) this.events.word(word)
    else this.pulse.heard(data, this.events.now())
    this.events.changed()
  }
}

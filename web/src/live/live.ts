// The socket of one page: attaches first, comes back by itself, says in one word
// how it stands. It reads and writes the contract's messages and decides nothing.
import type { Attach, FromBrowser, FromServer } from '../wire'
import { backoff } from './backoff'

/** Close codes of wire/live.go that end a socket for good, and what they mean. */
const verdicts: Record<number, Verdict> = {
  4401: 'sign_in_required',
  4403: 'not_yours',
  4404: 'not_found',
  4409: 'seat_taken',
  4410: 'replaced'
}

/** Why the server does not want this page. */
export type Verdict = 'sign_in_required' | 'not_yours' | 'not_found' | 'seat_taken' | 'replaced'

/** opening: never attached yet; open: attached; retrying: was lost, comes back by itself; closed: for good. */
export type LiveState = { is: 'opening' } | { is: 'open' } | { is: 'retrying' } | { is: 'closed'; verdict: Verdict | 'done' }

/** The part of WebSocket that is used. */
export interface Socket {
  onopen: ((e: Event) => void) | null
  onmessage: ((e: MessageEvent) => void) | null
  onclose: ((e: CloseEvent) => void) | null
  send(data: string | Uint8Array<ArrayBuffer>): void
  close(code?: number): void
}

/** What a Live needs of the world; tests give their own. */
export interface LiveWorld {
  connect(path: '/live' | '/live/pictures'): Socket
  setTimer(run: () => void, ms: number): number
  clearTimer(id: number): void
  random(): number
}

export interface LiveEvents {
  /** What to attach with, asked anew for every socket. */
  attach(): Attach
  message(m: FromServer): void
  state(s: LiveState): void
}

/** A socket that has not brought its first message by then is given up, in ms. */
const openingFor = 8000

export class Live {
  private socket: Socket | null = null
  private tries = 0
  private timer = 0
  private current: LiveState = { is: 'opening' }
  private attached = false // the server has answered on this socket
  private everAttached = false

  constructor(
    private readonly world: LiveWorld,
    private readonly events: LiveEvents
  ) {}

  get state(): LiveState {
    return this.current
  }

  /** Opens the socket, also after a verdict (with takeover, or after signing in again). */
  open(): void {
    this.drop()
    this.set(this.everAttached ? { is: 'retrying' } : { is: 'opening' })
    const s = this.world.connect('/live')
    this.socket = s
    this.timer = this.world.setTimer(() => this.lost(s), openingFor)
    s.onopen = () => this.write(s, { type: 'attach', attach: this.events.attach() })
    s.onmessage = (e) => this.read(s, e.data)
    s.onclose = (e) => this.closed(s, e.code)
  }

  /** Sends when attached; tells whether it was sent. What must arrive is sent again by its owner. */
  send(m: FromBrowser): boolean {
    if (!this.socket || !this.attached) return false
    this.write(this.socket, m)
    return true
  }

  /** The network changed, or a probe got no answer: this socket is not trusted any more. */
  renew(): void {
    if (this.current.is === 'closed' || !this.socket) return
    if (this.attached) this.tries = 0
    this.lost(this.socket)
  }

  /** A retry that waits is done at once. */
  hurry(): void {
    if (this.current.is === 'retrying' && !this.socket) this.open()
  }

  /** Closes for good. Said once: who hears it may close again. */
  close(): void {
    this.drop()
    if (this.current.is !== 'closed') this.set({ is: 'closed', verdict: 'done' })
  }

  private read(s: Socket, data: unknown): void {
    if (s !== this.socket || typeof data !== 'string') return
    if (!this.attached) {
      this.attached = true
      this.everAttached = true
      this.tries = 0
      this.world.clearTimer(this.timer)
      this.set({ is: 'open' })
    }
    this.events.message(JSON.parse(data) as FromServer)
  }

  private closed(s: Socket, code: number): void {
    if (s !== this.socket) return
    const verdict = verdicts[code]
    if (verdict) {
      this.drop()
      this.set({ is: 'closed', verdict })
    } else {
      this.lost(s)
    }
  }

  private lost(s: Socket): void {
    if (s !== this.socket) return
    this.drop()
    this.set({ is: 'retrying' })
    this.timer = this.world.setTimer(() => this.open(), backoff(this.tries, this.world.random))
    this.tries++
  }

  /** Lets go of the socket without any word to the owner. */
  private drop(): void {
    this.world.clearTimer(this.timer)
    const s = this.socket
    this.socket = null
    this.attached = false
    if (!s) return
    s.onopen = s.onmessage = s.onclose = null
    s.close()
  }

  private write(s: Socket, m: FromBrowser): void {
    try {
      s.send(JSON.stringify(m))
    } catch {
      this.lost(s) // the browser has closed it already and says so later
    }
  }

  private set(s: LiveState): void {
    this.current = s
    this.events.state(s)
  }
}

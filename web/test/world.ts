// A world for the socket whose clock stands still until a test moves it.
import type { LiveWorld, Socket } from '../src/live/live'
import type { FromBrowser, FromServer } from '../src/wire'

export class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null
  onmessage: Socket['onmessage'] = null
  onclose: Socket['onclose'] = null
  readonly sent: FromBrowser[] = []
  closed = false

  send(data: string): void {
    if (this.closed) throw new Error('closed')
    this.sent.push(JSON.parse(data) as FromBrowser)
  }
  close(): void {
    this.closed = true
  }

  opens(): void {
    this.onopen?.(new Event('open'))
  }
  brings(m: FromServer): void {
    this.onmessage?.({ data: JSON.stringify(m) } as MessageEvent)
  }
  closes(code: number): void {
    this.closed = true
    this.onclose?.({ code } as CloseEvent)
  }
}

export class FakeWorld implements LiveWorld {
  readonly sockets: FakeSocket[] = []
  time = 0
  private timers: { id: number; at: number; run: () => void; every: number }[] = []
  private nextId = 1

  connect = (): Socket => {
    const s = new FakeSocket()
    this.sockets.push(s)
    return s
  }
  setTimer = (run: () => void, ms: number): number => {
    const id = this.nextId++
    this.timers.push({ id, at: this.time + ms, run, every: 0 })
    return id
  }
  clearTimer = (id: number): void => {
    this.timers = this.timers.filter((t) => t.id !== id)
  }
  random = (): number => 0.5
  now = (): number => this.time
  newId = (): string => `id-${String(this.nextId++).padStart(16, '0')}`
  every = (ms: number, run: () => void): (() => void) => {
    const id = this.nextId++
    this.timers.push({ id, at: this.time + ms, run, every: ms })
    return () => this.clearTimer(id)
  }

  get last(): FakeSocket {
    const s = this.sockets.at(-1)
    if (!s) throw new Error('no socket was opened')
    return s
  }

  /** Moves the clock, running what falls due on the way. */
  pass(ms: number): void {
    const end = this.time + ms
    for (;;) {
      const due = this.timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0]
      if (!due) break
      this.time = due.at
      if (due.every > 0) due.at += due.every
      else this.clearTimer(due.id)
      due.run()
    }
    this.time = end
  }
}

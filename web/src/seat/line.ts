// The page's line to the server: its socket, the latest snapshot with the page's
// own acts applied on top, and the chat thread. Either seat's, without a picture.
import * as api from '../api'
import { backoff } from '../live/backoff'
import { Live, type LiveState, type LiveWorld } from '../live/live'
import * as chat from '../session/chat'
import { skewOf } from '../session/clock'
import { later, predict } from '../session/predict'
import type { ActBody, FromBrowser, FromServer, Refused, SeatAct, Signal, Snapshot } from '../wire'
import type { Store } from './store'
import type { SeatView } from './view'

/** The server was not heard for this long: ask it, in ms. */
const quietFor = 10_000
/** A socket that does not answer a heartbeat message for this long is dead, in ms: its network may have gone without a word. */
const answersIn = 1500
/** How long a probe waits for its answer, in ms. */
const probeFor = 3000
/** An act that must arrive is tried this often. */
const actTries = 12
/** A chat line refused for speed is sent again after this, in ms. */
const chatPause = 1200

/** What the seat does with the news. */
export interface LineEvents {
  /** The snapshot changed, or the socket did. */
  changed(): void
  signal(s: Signal): void
  /** The socket is open (again): repeat what must be known. */
  opened(): void
}

export interface LineWorld extends LiveWorld {
  now(): number
  newId(): string
}

interface Doing {
  name: SeatAct
  body: ActBody
}

export class Line {
  readonly page: string
  private readonly live: Live
  private truth: Snapshot | null = null
  private doing: Doing[] = []
  private takeover = false
  private heardAt = 0
  private askedAt: number | null = null // a heartbeat message that has no answer yet
  private probing = false

  constructor(
    readonly session: string,
    readonly view: Store<SeatView>,
    private readonly world: LineWorld,
    private readonly events: LineEvents
  ) {
    this.page = world.newId()
    this.live = new Live(world, {
      attach: () => ({ session, page: this.page, takeover: this.takeover, chatFrom: chat.knownUpTo(view.get().thread) }),
      message: (m) => this.message(m),
      state: (s) => this.moved(s)
    })
  }

  open(): void {
    this.heardAt = this.world.now()
    this.live.open()
  }

  /** Sits down here although another window has the seat. */
  takeOver(): void {
    this.takeover = true
    this.open()
  }

  close(): void {
    this.live.close()
  }

  send(m: FromBrowser): boolean {
    const sent = this.live.send(m)
    if (sent && m.type === 'heartbeat') this.askedAt ??= this.world.now()
    return sent
  }

  /** The browser says that the network came back or changed. */
  networkChanged(): void {
    this.live.renew()
    this.live.hurry()
  }

  /** Called a few times a second: asks the server when it was quiet for long. */
  tick(): void {
    if (this.askedAt !== null && this.world.now() - this.askedAt > answersIn) this.live.renew()
    if (this.live.state.is === 'open' && this.world.now() - this.heardAt > quietFor) void this.probe()
  }

  /** Asks over HTTP whether the server is there and has news that the socket did not bring. */
  async probe(): Promise<void> {
    if (this.probing || this.live.state.is !== 'open') return
    this.probing = true
    try {
      const before = this.truth?.version ?? 0
      const s = await api.snapshot(this.session, probeFor)
      this.heardAt = this.world.now()
      if (s.version > before && (this.truth?.version ?? 0) < s.version) this.live.renew()
      this.take(s)
    } catch (e) {
      if (e instanceof api.Refusal && e.status === 0) this.live.renew()
    } finally {
      this.probing = false
    }
  }

  /**
   * Does an act of this seat: shown at once, then confirmed or taken back. sure
   * repeats it while there is no answer: a pause must arrive. True when done.
   */
  async act(name: SeatAct, body: ActBody = {}, sure = false): Promise<boolean> {
    const mine: Doing = { name, body }
    this.doing = [...this.doing, mine]
    this.show({ refusal: null })
    try {
      const s = await this.tryAct(mine, sure)
      this.doing = this.doing.filter((d) => d !== mine)
      this.take(s)
      return true
    } catch (e) {
      this.doing = this.doing.filter((d) => d !== mine)
      const refusal = e instanceof api.Refusal ? e : api.offline()
      this.show(sure && !api.passing(refusal) ? {} : { refusal })
      if (refusal.status === 409) void this.refresh()
      return false
    }
  }

  /** Writes a chat line; it is kept until the server has ordered it. */
  say(text: string): void {
    const id = this.world.newId()
    this.chatIs(chat.said(this.view.get().thread, id, text))
    this.send({ type: 'say', say: { id, text } })
  }

  /** Sends a refused line again. */
  sayAgain(id: string): void {
    this.chatIs(chat.retried(this.view.get().thread, id))
    const line = this.view.get().thread.waiting.find((w) => w.id === id)
    if (line) this.send({ type: 'say', say: { id, text: line.text } })
  }

  private async tryAct(a: Doing, sure: boolean): Promise<Snapshot> {
    for (let n = 0; ; n++) {
      try {
        return await api.act(this.session, a.name, a.body)
      } catch (e) {
        if (!sure || n >= actTries || !(e instanceof api.Refusal) || !api.passing(e)) throw e
      }
      await new Promise<void>((done) => this.world.setTimer(done, backoff(n, this.world.random)))
    }
  }

  private async refresh(): Promise<void> {
    await api.snapshot(this.session).then(
      (s) => this.take(s),
      () => undefined
    )
  }

  private message(m: FromServer): void {
    this.heardAt = this.world.now()
    this.askedAt = null
    switch (m.type) {
      case 'snapshot':
        if (m.snapshot) this.take(m.snapshot)
        break
      case 'signal':
        if (m.signal) this.events.signal(m.signal)
        break
      case 'chat':
        this.chatIs(chat.received(this.view.get().thread, m.chat ?? []))
        break
      case 'refused':
        if (m.refused) this.notTaken(m.refused)
        break
    }
  }

  private notTaken(r: Refused): void {
    if (r.re !== 'say') return // the others are repeated by their owners, or do not matter any more
    const slow = r.code === 'too_many_requests'
    this.chatIs(chat.refused(this.view.get().thread, r))
    if (slow && r.id) this.world.setTimer(() => this.sayAgain(r.id ?? ''), chatPause)
  }

  private moved(s: LiveState): void {
    this.askedAt = null
    this.view.set({ socket: s })
    if (s.is === 'open') {
      this.takeover = false
      for (const w of chat.unsent(this.view.get().thread)) this.send({ type: 'say', say: { id: w.id, text: w.text } })
      this.events.opened()
    }
    this.events.changed()
  }

  private take(s: Snapshot): void {
    this.truth = later(this.truth, s)
    this.show({ skew: this.truth === s ? skewOf(s.now, Date.now()) : this.view.get().skew })
    this.events.changed()
  }

  /** Shows the truth with our own acts on top. */
  private show(more: Partial<SeatView>): void {
    const at = new Date(Date.now() + this.view.get().skew)
    const snapshot = this.truth && this.doing.reduce((s, d) => predict(s, d.name, d.body, at), this.truth)
    this.view.set({ snapshot, doing: this.doing.map((d) => d.name), ...more })
  }

  private chatIs(thread: chat.Thread): void {
    this.view.set({ thread })
  }
}

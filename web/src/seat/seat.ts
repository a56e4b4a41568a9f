// What both seats do alike: hold the line, beat, judge the other side, chat, act,
// say goodbye. sharer.ts and helper.ts add the picture.
import * as api from '../api'
import type { Seal } from '../pictures/seal'
import type { PeerEvents } from '../rtc/peer'
import { emptyThread } from '../session/chat'
import { type Beat, beatEvery, type Word } from '../session/heartbeat'
import { linked } from '../session/machine'
import { type Way, whyPictures } from '../session/way'
import type { ActBody, FromBrowser, Link, SeatAct, Signal, Snapshot } from '../wire'
import { Line, type LineWorld } from './line'
import { type End, Pairing } from './pairing'
import { Pictures } from './pictures'
import { PulseKeeper } from './pulse'
import type { Store } from './store'
import type { SeatView } from './view'

/** What a seat needs of the world. */
export interface SeatWorld extends LineWorld {
  /** Runs every ms, also while the page is hidden, until the returned function is called. */
  every(ms: number, run: () => void): () => void
}

export const emptyView: SeatView = {
  socket: { is: 'opening' },
  snapshot: null,
  skew: 0,
  thread: emptyThread,
  presence: 'unstable',
  doing: [],
  refusal: null,
  ending: false,
  pictures: null
}

/** E: its end of the connection, P: its end of pictures through the server. */
export abstract class Seat<E extends End, P extends { close(): void }, V extends SeatView> {
  protected readonly line: Line
  protected readonly pulse: PulseKeeper
  protected readonly pairing: Pairing<E>
  protected readonly pictures: Pictures<P>
  private stopBeat: () => void = () => undefined
  private left = false
  private moved = false // to another network, since the socket was opened

  constructor(
    session: string,
    readonly view: Store<V>,
    protected readonly world: SeatWorld
  ) {
    const send = (m: FromBrowser) => this.line.send(m)
    this.line = new Line(session, view as Store<SeatView>, world, {
      changed: () => this.follow(),
      signal: (s: Signal) => this.pairing.signal(s),
      opened: () => this.opened()
    })
    this.pulse = new PulseKeeper((peer) => send({ type: 'heartbeat', heartbeat: { peer } }))
    this.pairing = new Pairing<E>(this.pulse, (link, events) => this.makeEnd(link, events), {
      send,
      now: () => world.now(),
      changed: () => this.judge(),
      word: (w) => this.word(w),
      pictures: (s) => this.pictures.take(s)
    })
    this.pictures = new Pictures<P>({
      send: (s) => this.pairing.signals(s),
      now: () => world.now(),
      make: (seal) => this.makePictures(seal),
      changed: () => this.bridged()
    })
  }

  /** Takes the seat. */
  start(): void {
    this.line.open()
    this.stopBeat = this.world.every(beatEvery, () => this.tick())
  }

  /** Takes the seat although another window has it. */
  takeOver(): void {
    this.line.takeOver()
  }

  /** Comes back after signing in again. */
  reopen(): void {
    this.line.open()
  }

  say(text: string): void {
    this.line.say(text)
  }

  sayAgain(id: string): void {
    this.line.sayAgain(id)
  }

  act(name: SeatAct, body?: ActBody): Promise<boolean> {
    return this.line.act(name, body)
  }

  /** The network came back or is another one: what is connected may not know it yet. */
  networkChanged(): void {
    this.moved = true
    this.line.networkChanged()
  }

  /** The page goes away: said on every way there is, because none is sure while a page is torn down. */
  bye(): void {
    if (this.left || this.snapshot?.state === 'ended') return
    this.left = true
    this.pairing.control({ word: 'bye' })
    this.line.send({ type: 'bye' })
    api.sayBye(this.line.session, { page: this.line.page })
    this.stop()
  }

  /** Lets go of everything. */
  stop(): void {
    this.stopBeat()
    this.pictures.stop()
    this.pairing.drop()
    this.line.close()
  }

  protected abstract makeEnd(link: Link, events: PeerEvents): E
  protected abstract makePictures(seal: Seal): Promise<P>
  /** The snapshot, the socket or the other side changed. newEnd: there is a fresh connection. */
  protected abstract followed(s: Snapshot, newEnd: boolean): void
  /** Looks for a new way between the browsers. */
  protected abstract restart(end: E): void
  /** What this page says with every beat. */
  protected abstract beatNow(): Beat
  /** Called with every beat while the session lives. */
  protected abstract ticked(): void
  /** Called with every beat while there are pictures instead of video: ends them when video is there again. */
  protected abstract bridging(way: Way): void

  protected get snapshot(): Snapshot | null {
    return this.view.get().snapshot
  }

  /** Ends the session from here: the other page is told before the server is. */
  protected async finish(act: 'end' | 'leave'): Promise<void> {
    this.pairing.control({ word: 'end' })
    await this.line.act(act, {}, true)
  }

  protected set(change: Partial<V>): void {
    this.view.set(change)
  }

  private tick(): void {
    this.line.tick()
    if (!this.snapshot || !linked(this.snapshot.state)) return
    const now = this.world.now()
    this.pairing.tick(now)
    this.pairing.beat(this.beatNow())
    if (this.pulse.tick(now)) void this.line.probe()
    this.recover()
    this.bridge(now)
    this.judge()
    this.ticked()
  }

  /** Looks for a new way when the other side is not heard although the server is there. */
  private recover(): void {
    const { end } = this.pairing
    if (!end || this.view.get().socket.is !== 'open' || !this.pairing.overdue()) return
    this.pairing.tried()
    this.restart(end)
  }

  /** Pictures while WebRTC is impossible, as long as the other page can be told at all. */
  private bridge(now: number): void {
    const way = this.pairing.way(now)
    const peer = this.snapshot?.peer
    if (!way || !peer) return
    this.pictures.tick()
    if (this.pictures.why) {
      this.bridging(way)
      return
    }
    const told = this.view.get().socket.is === 'open' && peer.presence !== 'lost' && !peer.pageClosed
    const why = whyPictures(way, now)
    if (why && told) this.pictures.begin(why)
  }

  /** Pictures began, ended, or can be sent now. */
  protected bridged(): void {
    this.pairing.standIn = this.pictures.why !== null
    this.set({ pictures: this.pictures.why } as Partial<V>)
    this.judged()
  }

  private opened(): void {
    this.pulse.repeat(this.world.now())
    this.pairing.returned()
    const { end } = this.pairing
    if (!end || (end.peer.connected && !this.moved && this.pulse.pulse !== 'missing')) return
    this.moved = false
    this.pairing.tried()
    this.restart(end)
  }

  private follow(): void {
    const s = this.snapshot
    if (!s) return
    const fresh = this.pairing.follow(s)
    if (fresh) this.pictures.stop()
    this.judge()
    if (this.snapshot) this.followed(this.snapshot, fresh)
    if (s.state === 'ended' && this.view.get().doing.length === 0) this.stop()
  }

  private judge(): void {
    const { snapshot, socket, presence } = this.view.get()
    if (!snapshot?.peer) return
    const now = this.pulse.judge(snapshot.peer, socket.is === 'open')
    if (now !== presence) this.set({ presence: now } as Partial<V>)
    if (now === 'present' && presence !== 'present') this.present()
    this.judged()
  }

  /** The other side is there, for the first time or again. */
  protected present(): void {}

  /** The other side's presence, or what it said, may have changed. */
  protected judged(): void {}

  private word(w: Word): void {
    if (w === 'end') this.set({ ending: true } as Partial<V>)
    if (w === 'end') void this.line.probe()
  }
}

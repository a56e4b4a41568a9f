// The helper's seat: receives the picture and decides when it may be shown.
import type { PeerEvents } from '../rtc/peer'
import { ReceivingPeer } from '../rtc/receiving'
import { noStill } from '../rtc/still-take'
import { gone } from '../session/presence'
import type { Connection, Link, Snapshot } from '../wire'
import { emptyView, Seat, type SeatWorld } from './seat'
import { Store } from './store'
import type { HelperView } from './view'

/** Every how many beats the path is measured: once a second. */
const measureEvery = 2

export class HelperSeat extends Seat<ReceivingPeer, HelperView> {
  private stream: MediaStream | null = null
  private seq = 0
  private told: Connection['kind'] | '' = ''

  constructor(session: string, world: SeatWorld) {
    super(session, new Store<HelperView>({ ...emptyView, picture: null, coming: null, path: null, still: noStill }), world)
  }

  /** Leaves the session, which ends it. */
  async leave(): Promise<void> {
    await this.finish('leave')
  }

  /** Asks for a sharp still of what is seen. */
  askStill(): void {
    if (this.view.get().picture) this.pairing.end?.askStill()
  }

  protected makeEnd(link: Link, events: PeerEvents): ReceivingPeer {
    this.stream = null
    this.told = ''
    return new ReceivingPeer(link, {
      ...events,
      track: (t) => {
        this.stream = new MediaStream([t])
        this.judged()
      },
      still: (s) => this.set({ still: s })
    })
  }

  protected restart(end: ReceivingPeer): void {
    end.askRestart()
  }

  protected beatNow(): object {
    return { seq: ++this.seq, sharing: false, paused: false, surface: '' }
  }

  protected followed(_: Snapshot): void {
    this.judged()
  }

  protected ticked(): void {
    if (this.seq % measureEvery === 0) void this.look()
  }

  /** Decides whether the picture may be shown: never while held back, stopped, or its sender is away. */
  protected override judged(): void {
    const { snapshot, presence, ending, picture, coming } = this.view.get()
    const said = this.pulse.last
    const may =
      !ending &&
      said?.sharing === true &&
      !said.paused &&
      (snapshot?.state === 'connecting' || snapshot?.state === 'sharing') &&
      !gone(presence)
    if (!may && picture && picture === this.stream) this.stream = fresh(picture)
    if (!may && picture) this.pairing.end?.dropStill()
    const next = may ? this.stream : null
    const soon = !may && !ending && snapshot?.state === 'connecting' && !gone(presence) ? this.stream : null
    if (next !== picture || soon !== coming) this.set({ picture: next, coming: soon })
  }

  private async look(): Promise<void> {
    const { end } = this.pairing
    if (!end?.peer.connected) return
    const path = await end.measure().catch(() => null)
    if (!path) return
    this.set({ path })
    const sent = path.kind !== this.told && this.line.send({ type: 'connection', connection: { kind: path.kind } })
    if (sent) this.told = path.kind
  }
}

/** The same track in a new stream: a player that changes over to it lets go of the last frame. */
function fresh(picture: MediaStream): MediaStream {
  return new MediaStream(picture.getTracks())
}

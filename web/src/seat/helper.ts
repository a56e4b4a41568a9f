// The helper's seat: receives the picture and decides when it may be shown.
import type { PictureReceiver } from '../pictures/receiving'
import type { Seal } from '../pictures/seal'
import type { PeerEvents } from '../rtc/peer'
import { ReceivingPeer } from '../rtc/receiving'
import type { PathStats } from '../rtc/stats'
import { noStill } from '../rtc/still-take'
import type { Beat } from '../session/heartbeat'
import { gone } from '../session/presence'
import type { Way } from '../session/way'
import type { Connection, Link, Snapshot } from '../wire'
import { emptyView, Seat, type SeatWorld } from './seat'
import { Store } from './store'
import type { HelperView } from './view'

/** Every how many beats the path is measured: once a second. */
const measureEvery = 2

export class HelperSeat extends Seat<ReceivingPeer, PictureReceiver, HelperView> {
  private stream: MediaStream | null = null
  private seq = 0
  private told: Connection['kind'] | '' = ''
  private decodedBefore = -1 // frames of video when the way came back; -1: it has not

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
    this.set({ still: noStill })
    return new ReceivingPeer(link, {
      ...events,
      track: (t) => {
        this.stream = new MediaStream([t])
        this.judged()
      },
      still: (s) => this.set({ still: s })
    })
  }

  protected async makePictures(seal: Seal): Promise<PictureReceiver> {
    const { PictureReceiver } = await import('../pictures/receiving')
    const attach = { session: this.line.session, page: this.line.page }
    return new PictureReceiver({ ...this.world, attach, seal }, () => this.pictured())
  }

  protected restart(end: ReceivingPeer): void {
    end.askRestart()
  }

  protected beatNow(): Beat {
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
    this.pictures.end?.allow(may)
    const stream = this.pictures.end?.stream ?? this.stream
    const next = may ? stream : null
    const soon = !may && !ending && snapshot?.state === 'connecting' && !gone(presence) ? stream : null
    if (next !== picture || soon !== coming) this.set({ picture: next, coming: soon })
  }

  /** Video is there again when the way is, and frames come if they should. */
  protected bridging(way: Way): void {
    const { end } = this.pairing
    if (!way.connected || !end) {
      this.decodedBefore = -1
      return
    }
    const said = this.pulse.last
    void end.peer.framesDecoded().then(
      (n) => {
        if (!this.pictures.why || !this.pairing.way(this.world.now())?.connected) return
        if (this.decodedBefore < 0) this.decodedBefore = n
        else if (n > this.decodedBefore || !said?.sharing || said.paused) this.backToVideo()
      },
      () => undefined
    )
  }

  protected override bridged(): void {
    this.decodedBefore = -1
    super.bridged()
  }

  private backToVideo(): void {
    this.pairing.signals({ kind: 'video' })
    this.pictures.stop()
    void this.look()
  }

  /** A picture through the server was drawn. */
  private pictured(): void {
    const { end } = this.pictures
    if (end) this.cameBy({ kind: 'pictures', roundTrip: null, width: end.width, height: end.height, flow: null, room: null })
  }

  private async look(): Promise<void> {
    const { end } = this.pairing
    if (this.pictures.why || !end?.peer.connected) return
    const path = await end.measure().catch(() => null)
    if (path && !this.pictures.why) this.cameBy(path)
  }

  private cameBy(path: PathStats): void {
    this.set({ path })
    const sent = path.kind !== this.told && this.line.send({ type: 'connection', connection: { kind: path.kind } })
    if (sent) this.told = path.kind
  }
}

/** The same track in a new stream: a player that changes over to it lets go of the last frame. */
function fresh(picture: MediaStream): MediaStream {
  return new MediaStream(picture.getTracks())
}

// The helper's end: answers, receives one picture, and can send none.
import type { Link, Signal } from '../wire'
import { asideChannel, probeChannel, readFromSharer, tell } from './aside'
import { Peer, type PeerEvents } from './peer'
import { TrainMeter } from './probe'
import { Meter, type PathStats } from './stats'
import { type Still, StillTaker } from './still-take'

export interface ReceivingEvents extends PeerEvents {
  /** The picture's track is there; frames come when the sharer chose something. */
  track(t: MediaStreamTrack): void
  /** There is more, or less, of a sharp still. */
  still(s: Still): void
}

/** The rest of a probe is not waited for longer than this, in ms. */
const trainWithin = 1500

export class ReceivingPeer {
  readonly peer: Peer
  private readonly aside: RTCDataChannel
  private readonly taker: StillTaker
  private readonly meter: Meter
  private room: number | null = null // kbit/s, as the sharer's page says

  constructor(
    link: Link,
    private readonly events: ReceivingEvents
  ) {
    this.peer = new Peer(link, events)
    const { pc } = this.peer
    pc.ontrack = (e) => events.track(e.track)
    this.meter = new Meter(pc)
    this.aside = pc.createDataChannel('aside', { negotiated: true, id: asideChannel })
    this.aside.binaryType = 'arraybuffer'
    this.aside.onmessage = (e) => this.told(e.data)
    this.taker = new StillTaker(this.aside, (s) => events.still(s))
    this.tryLine()
  }

  /** Asks the sharer's page for a sharp still. */
  askStill(): void {
    this.taker.ask()
  }

  /** No still may be seen any more. */
  dropStill(): void {
    this.taker.drop()
  }

  /** How the browsers are connected and what comes; null while they are not. */
  async measure(): Promise<PathStats | null> {
    const path = await this.meter.read()
    return path && { ...path, room: this.room }
  }

  /** What the sharer's page sent. */
  take(s: Signal): void {
    switch (s.kind) {
      case 'offer':
        this.peer.queue(() => this.answer(s))
        break
      case 'candidate':
        this.peer.queue(() => this.peer.candidate(s))
        break
      case 'answer':
      case 'restart':
        break // the helper answers and asks, nobody else
    }
  }

  /** Asks the sharer for a new way between the browsers. */
  askRestart(): void {
    this.events.signal({ kind: 'restart' })
  }

  private told(data: unknown): void {
    const m = readFromSharer(data)
    if (data instanceof ArrayBuffer) this.taker.took(data)
    else if (m?.is === 'room') this.room = m.kbps
    else if (m) this.taker.said(m)
  }

  /** Tells the sharer's page how the packets of its probe came. */
  private tryLine(): void {
    const probe = this.peer.pc.createDataChannel('probe', {
      negotiated: true,
      id: probeChannel,
      ordered: false,
      maxRetransmits: 0
    })
    probe.binaryType = 'arraybuffer'
    const meter = new TrainMeter()
    let waiting: ReturnType<typeof setTimeout> | undefined
    const done = () => {
      probe.onmessage = null
      clearTimeout(waiting)
      if (meter.rate !== null) tell(this.aside, { is: 'line', kbps: meter.rate })
    }
    probe.onmessage = (e) => {
      if (!(e.data instanceof ArrayBuffer)) return
      meter.came(e.data, performance.now())
      waiting ??= setTimeout(done, trainWithin)
      if (meter.complete) done()
    }
  }

  private async answer({ sdp = '', round = 0 }: Signal): Promise<void> {
    const { pc } = this.peer
    await this.peer.describe({ type: 'offer', sdp })
    for (const t of pc.getTransceivers()) t.direction = 'recvonly'
    await pc.setLocalDescription(await pc.createAnswer())
    this.events.signal({ kind: 'answer', sdp: pc.localDescription?.sdp ?? '', round })
  }
}

// The helper's end: answers, receives one picture, and can send none.
import type { Link, Signal } from '../wire'
import { Peer, type PeerEvents } from './peer'

export interface ReceivingEvents extends PeerEvents {
  /** The picture's track is there; frames come when the sharer chose something. */
  track(t: MediaStreamTrack): void
}

export class ReceivingPeer {
  readonly peer: Peer

  constructor(
    link: Link,
    private readonly events: ReceivingEvents
  ) {
    this.peer = new Peer(link, events)
    this.peer.pc.ontrack = (e) => events.track(e.track)
  }

  /** What the sharer's page sent. */
  take(s: Signal): void {
    switch (s.kind) {
      case 'offer':
        this.peer.queue(() => this.answer(s.sdp ?? ''))
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

  private async answer(sdp: string): Promise<void> {
    const { pc } = this.peer
    await this.peer.describe({ type: 'offer', sdp })
    for (const t of pc.getTransceivers()) t.direction = 'recvonly'
    await pc.setLocalDescription(await pc.createAnswer())
    this.events.signal({ kind: 'answer', sdp: pc.localDescription?.sdp ?? '' })
  }
}

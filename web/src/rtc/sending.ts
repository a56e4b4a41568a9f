// The sharer's end: offers at once with an empty video line, so that the way is
// ready while the person still chooses what to share; the picture is put in later
// without a new negotiation.
import type { Link, Signal } from '../wire'
import { Peer, type PeerEvents } from './peer'
import { byLibwebrtc, withStartBitrate } from './sdp'

export class SendingPeer {
  readonly peer: Peer
  private readonly video: RTCRtpTransceiver
  private again = false // an ICE restart was asked for while an offer was out

  constructor(
    link: Link,
    private readonly events: PeerEvents
  ) {
    this.peer = new Peer(link, events)
    this.video = this.peer.pc.addTransceiver('video', { direction: 'sendonly' })
    preferVP8(this.video)
    this.offer(false)
  }

  /** What the helper's page sent. */
  take(s: Signal): void {
    switch (s.kind) {
      case 'answer':
        this.peer.queue(() => this.answered(s.sdp ?? ''))
        break
      case 'candidate':
        this.peer.queue(() => this.peer.candidate(s))
        break
      case 'restart':
        this.restart()
        break
      case 'offer':
        break // the sharer offers, nobody else
    }
  }

  /** Looks for a new way between the browsers; an offer that got no answer is repeated as it is. */
  restart(): void {
    if (this.peer.pc.signalingState !== 'have-local-offer') {
      this.offer(true)
      return
    }
    this.again = this.peer.everConnected
    const sdp = this.peer.pc.localDescription?.sdp
    if (sdp) this.events.signal({ kind: 'offer', sdp })
  }

  /** Puts a picture in, another one, or none: null sends nothing from this moment on. */
  async show(track: MediaStreamTrack | null): Promise<void> {
    if (!this.peer.closed) await this.video.sender.replaceTrack(track)
  }

  /** Frames that really left since the connection began. */
  async framesSent(): Promise<number> {
    const report = await this.video.sender.getStats()
    let frames = 0
    report.forEach((s: { type: string; framesSent?: number; framesEncoded?: number }) => {
      if (s.type === 'outbound-rtp') frames += s.framesSent ?? s.framesEncoded ?? 0
    })
    return frames
  }

  private offer(iceRestart: boolean): void {
    this.peer.queue(async () => {
      const { pc } = this.peer
      if (pc.signalingState !== 'stable') return
      await pc.setLocalDescription(await pc.createOffer({ iceRestart }))
      this.events.signal({ kind: 'offer', sdp: pc.localDescription?.sdp ?? '' })
    })
  }

  private async answered(sdp: string): Promise<void> {
    const { pc } = this.peer
    if (pc.signalingState !== 'have-local-offer') return // doubled
    const ours = pc.localDescription?.sdp ?? ''
    await this.peer.describe({ type: 'answer', sdp: byLibwebrtc(ours) ? withStartBitrate(sdp) : sdp })
    await keepSharp(this.video.sender)
    if (!this.again) return
    this.again = false
    this.offer(true)
  }
}

/** VP8 first: every browser has it, and it brings the first picture soonest. The others stay in the offer. */
function preferVP8(t: RTCRtpTransceiver): void {
  const codecs = RTCRtpSender.getCapabilities?.('video')?.codecs
  if (!codecs || !t.setCodecPreferences) return
  const isVP8 = (c: { mimeType: string }) => c.mimeType.toLowerCase() === 'video/vp8'
  try {
    t.setCodecPreferences([...codecs.filter(isVP8), ...codecs.filter((c) => !isVP8(c))])
  } catch {
    // an older browser wants the receiver's list here; its own order has VP8 first as well
  }
}

/**
 * Text stays readable: fewer frames rather than fewer pixels, where the browser can
 * be told. Said before there is a picture: libwebrtc sets the encoder up anew for it,
 * and would do so under the first frame.
 */
async function keepSharp(sender: RTCRtpSender): Promise<void> {
  const p = sender.getParameters()
  p.degradationPreference = 'maintain-resolution'
  await sender.setParameters(p).catch(() => undefined)
}

// The sharer's end: offers at once with an empty video line, so that the way is
// ready while the person still chooses what to share; the picture is put in later
// without a new negotiation. How fast the line is, is tried out meanwhile.
import type { Link, Signal } from '../wire'
import { asideChannel, probeChannel, readFromHelper, tell } from './aside'
import { Planner, startOf, unknownLine } from './line'
import { Peer, type PeerEvents } from './peer'
import { train } from './probe'
import { byLibwebrtc, withStartBitrate } from './sdp'
import { roomOf } from './stats'
import type { StillGiver } from './still-give'
import { Sender } from './tuning'

export interface SendingEvents extends PeerEvents {
  now(): number
  /** A sharp still of the picture goes to the helper. */
  still(): void
}

/** The first picture has the line for itself for so long, in ms. */
const firstPicture = 2500
/** The browser's own estimate gropes upwards for a while: what really went through counts for so long, in ms. */
const shownFor = 15_000
/** Every how many ticks the line is looked at: once a second. */
const lookEvery = 2

export class SendingPeer {
  readonly peer: Peer
  private readonly video: RTCRtpTransceiver
  private readonly aside: RTCDataChannel
  private readonly sender: Sender
  private readonly planner = new Planner()
  private round = 0 // number of the last offer
  private restarting = false // the last offer was an ICE restart
  private again = false // an ICE restart was asked for while another offer was out
  private shown: MediaStreamTrack | null = null
  private room: number | null = null // kbit/s
  private start = startOf(unknownLine) // kbit/s; once changed it stays: another one would undo the choice of codec
  private line = 0 // kbit/s that really went through, at shownAt
  private shownAt = 0
  private seenFrom = 0 // from when stills may go by themselves
  private ticks = 0
  private giver: Promise<StillGiver> | null = null

  constructor(
    link: Link,
    private readonly events: SendingEvents
  ) {
    this.peer = new Peer(link, events)
    this.video = this.peer.pc.addTransceiver('video', { direction: 'sendonly' })
    preferVP8(this.video)
    this.sender = new Sender(this.video.sender)
    this.aside = this.peer.pc.createDataChannel('aside', { negotiated: true, id: asideChannel })
    this.aside.onmessage = (e) => this.told(e.data)
    this.tryLine()
    this.offer(false)
  }

  /** What the helper's page sent. */
  take(s: Signal): void {
    switch (s.kind) {
      case 'answer':
        this.peer.queue(() => this.answered(s))
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
    this.again = this.peer.everConnected && !this.restarting
    this.sendOffer()
  }

  /** Puts a picture in, another one, or none: null sends nothing from this moment on. */
  async show(track: MediaStreamTrack | null): Promise<void> {
    if (track && !this.shown) this.seenFrom = this.events.now() + firstPicture
    this.shown = track
    this.stills((g) => g.use(this.shown))
    if (!this.peer.closed) await this.video.sender.replaceTrack(track)
  }

  /** Called twice a second, also while the page is hidden: follows what the line gives. */
  tick(): void {
    if (!this.peer.connected || !this.shown) return
    if (++this.ticks % lookEvery === 0) void this.look()
    if (!this.sharpByItself) this.stills((g) => void g.look(false))
  }

  /** Called many times a second, also while the page is hidden: on a thin line what changes is noticed soon. */
  glance(): void {
    if (!this.sharpByItself) return
    this.giver ??= this.makeGiver()
    this.stills((g) => void g.look(true))
  }

  private get sharpByItself(): boolean {
    return this.peer.connected && this.shown !== null && this.sender.plan.stills && this.events.now() > this.seenFrom
  }

  /** The helper's page was out of reach for a while, and may have missed what it needs for the next frame. */
  refresh(): void {
    void this.sender.keyFrame()
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
      this.round++
      this.restarting = iceRestart
      this.sendOffer()
    })
  }

  private sendOffer(): void {
    const sdp = this.peer.pc.localDescription?.sdp
    if (sdp) this.events.signal({ kind: 'offer', sdp, round: this.round })
  }

  private async answered({ sdp = '', round }: Signal): Promise<void> {
    const { pc } = this.peer
    if (pc.signalingState !== 'have-local-offer' || round !== this.round) return // doubled, or too late
    const ours = pc.localDescription?.sdp ?? ''
    await this.peer.describe({
      type: 'answer',
      sdp: byLibwebrtc(ours) ? withStartBitrate(sdp, this.start) : sdp
    })
    await this.sender.prepare()
    this.restartIfAsked()
  }

  private restartIfAsked(): void {
    if (!this.again) return
    this.again = false
    this.offer(true)
  }

  /** Sends a few packets as soon as the two browsers can hear each other; the other side tells how they came. */
  private tryLine(): void {
    const probe = this.peer.pc.createDataChannel('probe', {
      negotiated: true,
      id: probeChannel,
      ordered: false,
      maxRetransmits: 0
    })
    probe.onopen = () => {
      for (const packet of train()) probe.send(packet)
    }
  }

  private told(data: unknown): void {
    const m = readFromHelper(data)
    switch (m?.is) {
      case 'line':
        if (this.room === null) this.begin(m.kbps)
        break
      case 'ask':
        this.giver ??= this.makeGiver()
        this.stills((g) => void g.asked())
        break
      case 'got':
        this.stills((g) => g.got(m.still, m.bytes))
        break
      case 'anew':
        this.stills((g) => g.anew())
        break
      case undefined:
        break // nothing that a helper's page says
    }
  }

  /** Does something with what gives stills, if there is one; one that could not be downloaded is tried again at the next wish. */
  private stills(act: (g: StillGiver) => void): void {
    void this.giver?.then(act, () => undefined)
  }

  private makeGiver(): Promise<StillGiver> {
    const made = import('./still-give').then((m) => {
      const giver = new m.StillGiver(this.aside, {
        now: () => this.events.now(),
        room: () => this.room,
        needs: (others) => this.sender.makeRoom(others),
        still: () => this.events.still(),
        sent: (kbps) => this.shows(kbps)
      })
      giver.use(this.shown)
      return giver
    })
    made.catch(() => {
      this.giver = null
    })
    return made
  }

  /**
   * Lets the estimate of the line's speed begin where the line has shown itself to be.
   * Only a changed description can tell libwebrtc so: ours is made again, and the
   * answer that we have is taken once more. Nothing of it leaves this page.
   */
  private begin(kbps: number): void {
    this.shows(kbps)
    this.start = startOf(kbps)
    this.peer.queue(async () => {
      const { pc } = this.peer
      const answer = pc.remoteDescription?.sdp
      if (pc.signalingState === 'stable' && answer && byLibwebrtc(pc.localDescription?.sdp ?? '')) {
        await pc.setLocalDescription(await pc.createOffer())
        await pc.setRemoteDescription({ type: 'answer', sdp: withStartBitrate(answer, this.start) })
        this.restartIfAsked()
      }
      await this.follow()
    })
  }

  private async look(): Promise<void> {
    const estimated = await roomOf(this.peer.pc).catch(() => null)
    const lately = this.sender.rests || this.events.now() - this.shownAt < shownFor
    if (estimated !== null) this.room = lately ? Math.max(estimated, this.line) : estimated
    if (this.room !== null) tell(this.aside, { is: 'room', kbps: this.room })
    await this.follow()
  }

  /** The line carried so much just now, in kbit/s. */
  private shows(kbps: number): void {
    this.room = this.line = kbps
    this.shownAt = this.events.now()
  }

  /** Does what the line asks for. */
  private follow(): Promise<void> {
    const { width = 0, height = 0 } = this.shown?.getSettings() ?? {}
    return this.sender.follow(this.planner.next(this.room, width * height))
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

// One peer connection with its two channels: beat (late is worthless) and control
// (must arrive). What both seats' ends have in common; it decides nothing.
import type { Link, Signal } from '../wire'

/** A signal on its way to the other page; the owner adds whose page that is. */
export type OutSignal = Omit<Signal, 'page'>

export interface PeerEvents {
  signal(s: OutSignal): void
  /** The connection's state changed. */
  state(s: RTCPeerConnectionState): void
  beat(data: unknown): void
  control(data: unknown): void
}

/** Numbers of the pre-negotiated data channels; both ends must agree (RFC 8832 is not used). */
const beatChannel = 0
const controlChannel = 1

export class Peer {
  readonly pc: RTCPeerConnection
  /** Whether the two browsers ever reached each other. */
  everConnected = false
  private readonly beats: RTCDataChannel
  private readonly controls: RTCDataChannel
  private readonly early: RTCIceCandidateInit[] = [] // came before the description they belong to
  private work: Promise<void> = Promise.resolve()

  constructor(
    link: Link,
    private readonly events: PeerEvents
  ) {
    this.pc = new RTCPeerConnection(configuration(link))
    this.beats = this.pc.createDataChannel('beat', { negotiated: true, id: beatChannel, ordered: false, maxRetransmits: 0 })
    this.controls = this.pc.createDataChannel('control', { negotiated: true, id: controlChannel })
    this.beats.onmessage = (e) => events.beat(parsed(e.data))
    this.controls.onmessage = (e) => events.control(parsed(e.data))
    this.pc.onicecandidate = (e) => this.found(e.candidate)
    this.pc.onconnectionstatechange = () => this.changed()
  }

  /** Sends a heartbeat if the channel is open; a lost one does not matter. */
  beat(data: object): void {
    send(this.beats, data)
  }

  /** Sends what must arrive, if the channel is open. */
  control(data: object): void {
    send(this.controls, data)
  }

  /** Runs steps one after another: descriptions must not overtake each other. A failed step ends alone. */
  queue(step: () => Promise<void>): Promise<void> {
    const run = this.work.then(() => (this.closed ? undefined : step()))
    this.work = run.catch(() => undefined)
    return this.work
  }

  /** Takes the other side's candidate, now or once its description is there. */
  async candidate(s: Signal): Promise<void> {
    const init: RTCIceCandidateInit = { candidate: s.candidate ?? '', sdpMid: s.mid ?? '0' }
    if (!this.pc.remoteDescription) this.early.push(init)
    else await this.pc.addIceCandidate(init)
  }

  /** Takes the other side's description, and the candidates that were too early. */
  async describe(d: RTCSessionDescriptionInit): Promise<void> {
    await this.pc.setRemoteDescription(d)
    for (const init of this.early.splice(0)) await this.pc.addIceCandidate(init).catch(() => undefined)
  }

  /** Fresh credentials of the relay, for the next restart. */
  use(link: Link): void {
    if (!this.closed) this.pc.setConfiguration(configuration(link))
  }

  get closed(): boolean {
    return this.pc.signalingState === 'closed'
  }

  get connected(): boolean {
    return this.pc.connectionState === 'connected'
  }

  /** Frames of the picture that were decoded since the connection began. */
  async framesDecoded(): Promise<number> {
    const report = await this.pc.getStats()
    let frames = 0
    report.forEach((s: { type: string; framesDecoded?: number }) => {
      if (s.type === 'inbound-rtp') frames += s.framesDecoded ?? 0
    })
    return frames
  }

  close(): void {
    this.pc.onicecandidate = this.pc.onconnectionstatechange = this.pc.ontrack = null
    this.beats.onmessage = this.controls.onmessage = null
    this.pc.close()
  }

  private found(c: RTCIceCandidate | null): void {
    if (!c) return
    this.events.signal({ kind: 'candidate', candidate: c.candidate, mid: c.sdpMid ?? '0' })
  }

  private changed(): void {
    if (this.connected) this.everConnected = true
    this.events.state(this.pc.connectionState)
  }
}

function configuration(link: Link): RTCConfiguration {
  return {
    iceServers: (link.iceServers ?? []).map((s) => ({ ...s, urls: s.urls ?? [] })),
    iceTransportPolicy: link.relayOnly ? 'relay' : 'all',
    bundlePolicy: 'max-bundle'
  }
}

function send(channel: RTCDataChannel, data: object): void {
  if (channel.readyState !== 'open') return
  try {
    channel.send(JSON.stringify(data))
  } catch {
    // closing, or its buffer is full: the next beat repeats what matters
  }
}

/** The other page's message, or null when it is not JSON. */
function parsed(data: unknown): unknown {
  if (typeof data !== 'string' || data.length > 1024) return null
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}

// How the two browsers are connected and how the picture comes, from the
// browser's own statistics (W3C webrtc-stats).
import type { Connection } from '../wire'

export interface PathStats {
  kind: Connection['kind']
  /** Round trip in ms; null: not measured yet. */
  roundTrip: number | null
  width: number
  height: number
  /** What comes, from one reading to the next; null: not known yet. */
  flow: Flow | null
  /** What the line could give, kbit/s, as the sharer's browser sees it; null: not known. */
  room: number | null
}

export interface Flow {
  kbps: number
  /** Pictures a second. */
  frames: number
  /** Share of the packets that got lost, 0 to 1. */
  lost: number
}

/** The members we read; a browser may lack any of them. */
interface Stat {
  id: string
  type: string
  kind?: string
  selectedCandidatePairId?: string
  selected?: boolean
  nominated?: boolean
  state?: string
  localCandidateId?: string
  remoteCandidateId?: string
  currentRoundTripTime?: number
  candidateType?: string
  relayProtocol?: string
  url?: string
  frameWidth?: number
  frameHeight?: number
  timestamp?: number
  bytesReceived?: number
  framesDecoded?: number
  packetsReceived?: number
  packetsLost?: number
  availableOutgoingBitrate?: number
}

/** Reads the statistics; null while no way is chosen. before: the reading before, for what flows. */
export function pathOf(stats: readonly Stat[], before: readonly Stat[] = []): PathStats | null {
  const byId = new Map(stats.map((s) => [s.id, s]))
  const pair = chosenPair(stats, byId)
  if (!pair) return null
  const video = inbound(stats)
  const rtt = pair.currentRoundTripTime
  return {
    kind: kindOf(byId.get(pair.localCandidateId ?? ''), byId.get(pair.remoteCandidateId ?? '')),
    roundTrip: rtt === undefined ? null : Math.round(rtt * 1000),
    width: video?.frameWidth ?? 0,
    height: video?.frameHeight ?? 0,
    flow: flowOf(video, inbound(before)),
    room: null
  }
}

const inbound = (stats: readonly Stat[]) => stats.find((s) => s.type === 'inbound-rtp' && s.kind === 'video')

/** What came between two readings of the same stream. */
function flowOf(now: Stat | undefined, before: Stat | undefined): Flow | null {
  if (!now || !before || now.id !== before.id) return null
  const seconds = ((now.timestamp ?? 0) - (before.timestamp ?? 0)) / 1000
  if (seconds <= 0) return null
  const more = (name: 'bytesReceived' | 'framesDecoded' | 'packetsReceived' | 'packetsLost') =>
    Math.max(0, (now[name] ?? 0) - (before[name] ?? 0))
  const [came, missed] = [more('packetsReceived'), more('packetsLost')]
  return {
    kbps: Math.round((more('bytesReceived') * 8) / 1000 / seconds),
    frames: Math.round(more('framesDecoded') / seconds),
    lost: came + missed === 0 ? 0 : missed / (came + missed)
  }
}

/** The pair in use: named by the transport, or (Firefox) marked on the pair itself. */
function chosenPair(stats: readonly Stat[], byId: Map<string, Stat>): Stat | undefined {
  for (const s of stats) {
    if (s.type === 'transport' && s.selectedCandidatePairId) return byId.get(s.selectedCandidatePairId)
  }
  const pairs = stats.filter((s) => s.type === 'candidate-pair')
  return pairs.find((s) => s.selected) ?? pairs.find((s) => s.nominated && s.state === 'succeeded')
}

function kindOf(local: Stat | undefined, remote: Stat | undefined): Connection['kind'] {
  if (local?.candidateType !== 'relay' && remote?.candidateType !== 'relay') return 'direct'
  if (local?.relayProtocol === 'tls' || local?.url?.startsWith('turns:')) return 'relay_tls'
  return local?.relayProtocol === 'tcp' ? 'relay_tcp' : 'relay_udp'
}

/** Reads a connection again and again. */
export class Meter {
  private readonly readings: Stat[][] = []

  constructor(private readonly pc: RTCPeerConnection) {}

  /** How it is connected, and what came since a few readings ago. */
  async read(): Promise<PathStats | null> {
    const now = await all(this.pc)
    const path = pathOf(now, this.readings[0])
    this.readings.push(now)
    if (this.readings.length > over) this.readings.shift()
    return path
  }
}

/** What flows is told over so many readings. */
const over = 4

/** What the browser thinks that a connection could send, in kbit/s; null: it does not say. */
export async function roomOf(pc: RTCPeerConnection): Promise<number | null> {
  const stats = await all(pc)
  const bits = chosenPair(stats, new Map(stats.map((s) => [s.id, s])))?.availableOutgoingBitrate
  return bits === undefined ? null : Math.round(bits / 1000)
}

async function all(pc: RTCPeerConnection): Promise<Stat[]> {
  const out: Stat[] = []
  const report = await pc.getStats()
  report.forEach((s: Stat) => {
    out.push(s)
  })
  return out
}

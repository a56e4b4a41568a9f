// How the two browsers are connected and how the picture comes, from the
// browser's own statistics (W3C webrtc-stats).
import type { Connection } from '../wire'

export interface PathStats {
  kind: Connection['kind']
  /** Round trip in ms; null: not measured yet. */
  roundTrip: number | null
  width: number
  height: number
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
}

/** Reads the statistics; null while no way is chosen. */
export function pathOf(stats: readonly Stat[]): PathStats | null {
  const byId = new Map(stats.map((s) => [s.id, s]))
  const pair = chosenPair(stats, byId)
  if (!pair) return null
  const video = stats.find((s) => s.type === 'inbound-rtp' && s.kind === 'video')
  const rtt = pair.currentRoundTripTime
  return {
    kind: kindOf(byId.get(pair.localCandidateId ?? ''), byId.get(pair.remoteCandidateId ?? '')),
    roundTrip: rtt === undefined ? null : Math.round(rtt * 1000),
    width: video?.frameWidth ?? 0,
    height: video?.frameHeight ?? 0
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

/** Asks a connection for its path. */
export async function measure(pc: RTCPeerConnection): Promise<PathStats | null> {
  const all: Stat[] = []
  const report = await pc.getStats()
  report.forEach((s: Stat) => {
    all.push(s)
  })
  return pathOf(all)
}

// What the two pages tell each other about the picture, over a channel of its own: how
// fast the line is, and sharp stills of it. Nothing here asks for more than to see.

/** Numbers of the pre-negotiated channels; peer.ts has the ones before. */
export const asideChannel = 2
export const probeChannel = 3

/** What the helper's page says. */
export type FromHelper =
  | { is: 'line'; kbps: number } // how fast packets of the probe came
  | { is: 'ask' } // a sharp still, please
  | { is: 'got'; still: number; bytes: number } // of a still, so far

/** Why there is no still. */
export type NoStill = 'paused' | 'too_large' | 'failed'

/** What the sharer's page says. The bytes of a still follow its announcement as binary messages. */
export type FromSharer =
  | { is: 'room'; kbps: number } // what the line gives, as the sharer's browser sees it
  | { is: 'still'; still: number; bytes: number; type: StillType; width: number; height: number }
  | { is: 'stale'; still: number } // the picture is another one by now, or may not be seen any more
  | { is: 'none'; why: NoStill }

export type StillType = 'image/png' | 'image/webp'

/** The largest still, in bytes and in pixels. */
export const maxStill = 6 << 20
export const maxPixels = 16_000_000

/** A still goes in pieces of this size, in bytes: heartbeats come through in between. */
export const piece = 2048

type Members = Partial<Record<string, unknown>>

/** Reads what the helper's page said; null: nothing that a helper's page says. */
export function readFromHelper(data: unknown): FromHelper | null {
  const m = members(data)
  switch (m?.['is']) {
    case 'line':
      return count(m['kbps']) ? { is: 'line', kbps: m['kbps'] } : null
    case 'ask':
      return { is: 'ask' }
    case 'got':
      return count(m['still']) && count(m['bytes']) ? { is: 'got', still: m['still'], bytes: m['bytes'] } : null
    default:
      return null
  }
}

/** Reads what the sharer's page said; null: nothing that a sharer's page says. */
export function readFromSharer(data: unknown): FromSharer | null {
  const m = members(data)
  switch (m?.['is']) {
    case 'room':
      return count(m['kbps']) ? { is: 'room', kbps: m['kbps'] } : null
    case 'still':
      return announced(m)
    case 'stale':
      return count(m['still']) ? { is: 'stale', still: m['still'] } : null
    case 'none': {
      const why = m['why']
      return why === 'paused' || why === 'too_large' || why === 'failed' ? { is: 'none', why } : null
    }
    default:
      return null
  }
}

function announced(m: Members): FromSharer | null {
  const { still, bytes, type, width, height } = m
  if (!count(still) || !count(bytes) || !count(width) || !count(height)) return null
  if (type !== 'image/png' && type !== 'image/webp') return null
  if (bytes === 0 || bytes > maxStill || width * height === 0 || width * height > maxPixels) return null
  return { is: 'still', still, bytes, type, width, height }
}

/** A message's members, or null when it is not a short JSON object. */
function members(data: unknown): Members | null {
  if (typeof data !== 'string' || data.length > 256) return null
  try {
    const m: unknown = JSON.parse(data)
    return typeof m === 'object' && m !== null ? (m as Members) : null
  } catch {
    return null
  }
}

function count(v: unknown): v is number {
  return typeof v === 'number' && Number.isInteger(v) && v >= 0 && v <= 0xffff_ffff
}

/** Says something if the channel is open. */
export function tell(channel: RTCDataChannel, m: FromHelper | FromSharer): void {
  if (channel.readyState !== 'open') return
  try {
    channel.send(JSON.stringify(m))
  } catch {
    // closing, or full: it is about a picture that goes on by itself
  }
}

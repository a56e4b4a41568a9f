// What the two pages tell each other about the picture, over a channel of its own: how
// fast the line is, and sharp stills of it. Nothing here asks for more than to see.

/** Numbers of the pre-negotiated channels; peer.ts has the ones before. */
export const asideChannel = 2
export const probeChannel = 3

/** What the helper's page says. */
export type FromHelper =
  | { is: 'line'; kbps: number } // how fast packets of the probe came
  | { is: 'ask' } // a sharp still, please
  | { is: 'got'; still: number; bytes: number } // of a still, or of a paper, so far
  | { is: 'anew' } // the paper is not here (any more)

/** Why there is no still. */
export type NoStill = 'paused' | 'too_large' | 'failed'

/** What the sharer's page says. The bytes of a still follow its announcement as binary messages. */
export type FromSharer =
  | { is: 'room'; kbps: number } // what the line gives, as the sharer's browser sees it
  | { is: 'still'; still: number; bytes: number; type: StillType; width: number; height: number }
  | ({ is: 'strips' } & Strips)
  | { is: 'mark' } // nothing: that it comes tells what got lost before it
  | { is: 'stale'; still: number } // the picture is another one by now, or may not be seen any more
  | { is: 'none'; why: NoStill }

/** The paper becomes another one. A binary message follows for each strip: its row (16 bits, big-endian) and its code (ink.ts). */
export interface Strips {
  still: number
  width: number
  height: number
  /** A new paper begins, with nothing on it. */
  fresh: boolean
  /** Which strips will come: the letters of their numbers in hexadecimal, four strips each. What was announced before and did not come is in it. */
  rows: string
}

/** Writes the numbers of strips down. */
export function rowsText(rows: readonly number[], of: number): string {
  const nibbles = new Array<number>(Math.ceil(of / 4)).fill(0)
  for (const r of rows) nibbles[r >> 2] = (nibbles[r >> 2] ?? 0) | (1 << (r & 3))
  return nibbles.map((n) => n.toString(16)).join('')
}

/** Reads them. */
export function rowsOf(text: string): number[] {
  return [...text].flatMap((c, i) => [0, 1, 2, 3].filter((bit) => (Number.parseInt(c, 16) >> bit) & 1).map((bit) => 4 * i + bit))
}

export type StillType = 'image/png' | 'image/webp'

/** The largest still, in bytes, in pixels, and on one side. */
export const maxStill = 6 << 20
export const maxPixels = 16_000_000
const maxSide = 16_384

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
    case 'anew':
      return { is: 'anew' }
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
    case 'mark':
      return { is: 'mark' }
    case 'strips':
      return strips(m)
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
  const { still, bytes, type } = m
  const size = sizeOf(m)
  if (!count(still) || !count(bytes) || !size) return null
  if (type !== 'image/png' && type !== 'image/webp') return null
  if (bytes === 0 || bytes > maxStill) return null
  return { is: 'still', still, bytes, type, ...size }
}

/** How large a picture is said to be; null: none is so large, or so small. */
function sizeOf({ width, height }: Members): { width: number; height: number } | null {
  if (!count(width) || !count(height) || Math.max(width, height) > maxSide) return null
  return width * height === 0 || width * height > maxPixels ? null : { width, height }
}

/** Wider pictures do not go in strips: one strip must not keep the other page busy for long. */
export const widestPaper = 4096

/** A strip with more than this is no text, in bytes: other ways are better at it. */
export const mostStrip = 8 << 10

/** No picture has more strips of 16 lines. */
const mostRows = maxSide / 16

function strips(m: Members): FromSharer | null {
  const { still, fresh, rows } = m
  const size = sizeOf(m)
  if (!count(still) || !size || size.width > widestPaper || typeof fresh !== 'boolean') return null
  if (typeof rows !== 'string' || rows.length > mostRows / 4 || !/^[0-9a-f]*$/.test(rows)) return null
  return { is: 'strips', still, ...size, fresh, rows }
}

/** A message's members, or null when it is not a short JSON object. */
function members(data: unknown): Members | null {
  if (typeof data !== 'string' || data.length > 512) return null
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

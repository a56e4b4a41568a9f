// The head of a picture on its way through the server (docs/protocol.md): 12 bytes,
// big-endian. It is also the nonce under which the picture is encrypted, so that
// nothing in it can be changed on the way, and no number is ever used twice.
import type { Want } from '../wire'

export type Format = NonNullable<Want['formats']>[number]

export interface Head {
  format: Format
  /** It stands alone; else it builds on the picture before. */
  whole: boolean
  /** 1, 2, 3 … of the pictures sent under one key. */
  number: number
  width: number
  height: number
}

export const headBytes = 12
const version = 1
/** By the numbers they have in the head. */
const formats: Record<number, Format> = { 1: 'jpeg', 2: 'webp', 3: 'vp8' }

export function writeHead(h: Head): Uint8Array<ArrayBuffer> {
  const b = new Uint8Array(headBytes)
  const v = new DataView(b.buffer)
  const format = Object.entries(formats).find(([, f]) => f === h.format)
  b.set([version, Number(format?.[0]), h.whole ? 1 : 0, 0])
  v.setUint32(4, h.number)
  v.setUint16(8, h.width)
  v.setUint16(10, h.height)
  return b
}

/** Reads a head; null when it is none of this version. */
export function readHead(b: Uint8Array): Head | null {
  const v = new DataView(b.buffer, b.byteOffset, b.byteLength)
  const format = formats[b[1] ?? 0]
  if (b.length <= headBytes || b[0] !== version || !format) return null
  return { format, whole: b[2] === 1, number: v.getUint32(4), width: v.getUint16(8), height: v.getUint16(10) }
}

// Pictures are encrypted from browser to browser, as video is: the server passes on
// what it cannot read. Each page makes a key pair (ECDH, P-256) for the time that
// pictures are needed, and tells the other page the public half; both derive the
// same key (HKDF, SHA-256) for AES-GCM. A picture's head is its nonce.
import { headBytes } from './head'

/** One page's half of a key. */
export interface Half {
  /** Public, in base 64. */
  key: string
  /** Makes the seal with the other page's public half. Throws when that is none. */
  with(other: string): Promise<Seal>
}

const curve = { name: 'ECDH', namedCurve: 'P-256' }
const info = new TextEncoder().encode('tasuke pictures v1')

export async function makeHalf(): Promise<Half> {
  const mine = await crypto.subtle.generateKey(curve, false, ['deriveBits'])
  const key = toText(new Uint8Array(await crypto.subtle.exportKey('raw', mine.publicKey)))
  return {
    key,
    with: async (other) => {
      const theirs = await crypto.subtle.importKey('raw', fromText(other), curve, false, [])
      const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine.privateKey, 256)
      const secret = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
      const salt = new TextEncoder().encode([key, other].sort().join(' ')) // the same at both ends
      const derived = { name: 'HKDF', hash: 'SHA-256', salt, info }
      return new Seal(
        await crypto.subtle.deriveKey(derived, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
      )
    }
  }
}

export class Seal {
  constructor(private readonly key: CryptoKey) {}

  /** The whole message: head and encrypted picture. A head must never come twice. */
  async close(head: Uint8Array<ArrayBuffer>, picture: BufferSource): Promise<Uint8Array<ArrayBuffer>> {
    const coded = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv: head }, this.key, picture))
    const out = new Uint8Array(headBytes + coded.length)
    out.set(head)
    out.set(coded, headBytes)
    return out
  }

  /** The picture of a message; null when it was not made by the other page, or was changed. */
  async open(message: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer | null> {
    const iv = message.subarray(0, headBytes)
    return crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.key, message.subarray(headBytes)).catch(() => null)
  }
}

const toText = (b: Uint8Array) => btoa(String.fromCharCode(...b))

const fromText = (s: string) => Uint8Array.from(atob(s), (c) => c.charCodeAt(0))

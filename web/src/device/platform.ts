// The device's own authenticator (fingerprint, face, PIN): it makes a credential
// that never leaves the device, and signs with it. The server takes none that is
// synced to other devices.
import { assert, bind, challenge } from '../api/device'
import type { Assertion, ThisDevice } from '../wire'

/** Shorter than the server's patience with a challenge, in ms. */
const timeout = 55_000

/** ECDSA and RSA with SHA-256 (COSE); the latter for older Windows Hello. */
const algorithms = [-7, -257]

/** Whether this browser could make such a credential here. */
export async function canBind(here: ThisDevice): Promise<boolean> {
  if (here.state !== 'proven' || !here.bindable || here.bound !== '' || !('PublicKeyCredential' in globalThis)) return false
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().catch(() => false)
}

/** Throws Refusal, or DOMException when the person or the browser did not want to. */
export async function bindDevice(known: { id: string; name: string }): Promise<ThisDevice> {
  const c = await challenge('bind')
  const made = (await navigator.credentials.create({
    publicKey: {
      challenge: await toSign('bind', c, known.id, ''),
      rp: { name: 'Tasuke' },
      user: { id: new TextEncoder().encode(known.id), name: known.name, displayName: known.name },
      pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
      // Not discoverable: those that are tend to be synced.
      authenticatorSelection: { authenticatorAttachment: 'platform', residentKey: 'discouraged', userVerification: 'required' },
      attestation: 'none',
      timeout
    }
  })) as PublicKeyCredential
  const response = made.response as AuthenticatorAttestationResponse
  return bind({
    nonce: c.nonce,
    id: base64url(made.rawId),
    clientData: base64url(response.clientDataJSON),
    attestation: base64url(response.attestationObject)
  })
}

/** Signs for a security code, or for none; null: the device has no credential, or the person did not want to. */
export async function assertion(here: ThisDevice, code: string): Promise<Assertion | null> {
  if (here.bound === '' || !here.device || !('PublicKeyCredential' in globalThis)) return null
  const c = await challenge('assert')
  const challenged = await toSign('assert', c, here.device.id, code)
  try {
    const signed = (await navigator.credentials.get({
      publicKey: {
        challenge: challenged,
        allowCredentials: [{ type: 'public-key', id: bytes(here.bound), transports: ['internal'] }],
        userVerification: 'required',
        timeout
      }
    })) as PublicKeyCredential
    const response = signed.response as AuthenticatorAssertionResponse
    return {
      nonce: c.nonce,
      id: base64url(signed.rawId),
      clientData: base64url(response.clientDataJSON),
      authenticatorData: base64url(response.authenticatorData),
      signature: base64url(response.signature)
    }
  } catch (e) {
    if (e instanceof DOMException) return null
    throw e
  }
}

/** Proves the device by its authenticator for this sign-in, where only the browser's key did. */
export async function strengthen(here: ThisDevice): Promise<void> {
  if (here.grade !== 'profile_key') return
  const signed = await assertion(here, '')
  if (signed) await assert(signed)
}

/** The hash that is signed; the server makes the same. */
async function toSign(
  purpose: 'bind' | 'assert',
  c: { org: string; signIn: string; nonce: string },
  device: string,
  code: string
): Promise<ArrayBuffer> {
  const text = [`tasuke device ${purpose} v1`, c.org, c.signIn, device, c.nonce, code].join('\n')
  return crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
}

function base64url(b: ArrayBuffer): string {
  const text = btoa(String.fromCharCode(...new Uint8Array(b)))
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (c) => c.charCodeAt(0))
}

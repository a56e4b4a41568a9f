// Proves to the server which device this browser is enrolled as. Whatever comes
// of it, the person goes on: what follows is the server's to decide.
import { Refusal } from '../api'
import { challenge, lost, prove, thisDevice } from '../api/device'
import type { Assertion, ThisDevice } from '../wire'
import { showCertificate } from './certificate'
import { nextUse, sign } from './keys'
import { assertion, strengthen } from './platform'

/** One tab at a time: signatures must reach the server in the order of their numbers. */
export async function present(device: string): Promise<void> {
  await navigator.locks.request('tasuke-device', async () => {
    await unlessRefused(() => proveAs(device))
  })
}

async function proveAs(device: string): Promise<void> {
  const use = await nextUse(device).catch(() => null)
  if (!use) return lost(device)
  const c = await challenge('prove')
  const statement = { purpose: 'prove', org: c.org, signIn: c.signIn, device, nonce: c.nonce } as const
  await prove({ device, nonce: c.nonce, counter: use.counter, signature: await sign(use.key, statement, use.counter) })
}

/** Proves the device by a client certificate, where the server asks for one. */
export async function certified(here: ThisDevice): Promise<void> {
  await unlessRefused(() => showCertificate(here))
}

/** What the device's own authenticator signs for a security code; null: nothing. */
export async function forCode(code: string): Promise<Assertion | null> {
  return unlessRefused(async () => assertion(await thisDevice(), code))
}

/** Proves the device as strongly as it can be, once for each sign-in. */
export async function strongly(): Promise<void> {
  await unlessRefused(async () => {
    await strengthen(await thisDevice())
    return null
  })
}

async function unlessRefused<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act()
  } catch (e) {
    if (e instanceof Refusal) return null
    throw e
  }
}

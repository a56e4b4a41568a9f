// Proves to the server which device this browser is enrolled as. Whatever comes
// of it, the person goes on: what follows is the server's to decide.
import { Refusal } from '../api'
import { challenge, lost, prove } from '../api/device'
import { nextUse, sign } from './keys'

/** One tab at a time: signatures must reach the server in the order of their numbers. */
export async function present(device: string): Promise<void> {
  await navigator.locks.request('tasuke-device', async () => {
    try {
      await proveAs(device)
    } catch (e) {
      if (!(e instanceof Refusal)) throw e
    }
  })
}

async function proveAs(device: string): Promise<void> {
  const use = await nextUse(device).catch(() => null)
  if (!use) return lost(device)
  const c = await challenge('prove')
  const statement = { purpose: 'prove', org: c.org, signIn: c.signIn, device, nonce: c.nonce } as const
  await prove({ device, nonce: c.nonce, counter: use.counter, signature: await sign(use.key, statement, use.counter) })
}

// Makes this browser a device of the person who is signed in.
import { challenge, enrol } from '../api/device'
import type { ThisDevice } from '../wire'
import { keepHint } from './hint'
import { keepKey, makeKey, publicKey, sign } from './keys'

/** code: of an enrolment link; empty: by oneself. Throws Refusal, or what the browser's storage says. */
export async function enrolDevice(person: string, code: string, name: string): Promise<ThisDevice> {
  const counter = 1
  const pair = await makeKey()
  await keepKey('', { key: pair.privateKey, counter }) // a browser that cannot keep it says so now
  const c = await challenge('enrol')
  const statement = { purpose: 'enrol', org: c.org, signIn: c.signIn, device: '', nonce: c.nonce } as const
  const known = await enrol({
    code,
    name,
    key: await publicKey(pair),
    nonce: c.nonce,
    counter,
    signature: await sign(pair.privateKey, statement, counter)
  })
  const device = known.device?.id ?? ''
  await keepKey(device, { key: pair.privateKey, counter })
  keepHint(person, device)
  void navigator.storage?.persist?.() // asks the browser not to clear it away
  return known
}

// Which device this browser was enrolled as, for each person: only a hint, which
// outlives cookies. What proves the device is the key beside it.
import { thisDevice } from '../api/device'
import type { Redeem } from '../wire'

const name = (person: string) => `tasuke.device.${person}`

/** The id of the device, or empty. */
export function deviceHint(person: string): string {
  try {
    return localStorage.getItem(name(person)) ?? ''
  } catch {
    return ''
  }
}

export function keepHint(person: string, device: string): void {
  try {
    localStorage.setItem(name(person), device)
  } catch {
    // storage is switched off: the browser will be unknown next time
  }
}

/** Proves the device by whatever the server asks for and this browser has: only then is anything more downloaded. */
export async function presentDevice(person: string): Promise<void> {
  const device = deviceHint(person)
  if (device !== '') await (await import('./present')).present(device)
  const here = await thisDevice().catch(() => null) // what follows is the server's to decide
  if (here && here.asked !== '' && here.grade !== 'client_certificate') await (await import('./present')).certified(here)
}

/** For a helper: proves the device as strongly as it can be. */
export async function presentStrongly(person: string): Promise<void> {
  await presentDevice(person)
  if (deviceHint(person) !== '') await (await import('./present')).strongly()
}

/** For a sharer: proves the device, and gives the code with what its own authenticator signs for it, if it has one. */
export async function presentFor(person: string, code: string): Promise<Redeem> {
  await presentDevice(person)
  const proof = deviceHint(person) === '' ? null : await (await import('./present')).forCode(code)
  return proof ? { code, proof } : { code }
}

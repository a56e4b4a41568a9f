// What the help page remembers in this tab: the code it is showing, so that a
// reload does not lose it (it is sent only once by the server and kept nowhere
// else), and the device it was opened for, over the sign-in.
import type { NewSession } from '../wire'

const key = 'tasuke.shown-code'

export function keepShown(n: NewSession): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(n))
  } catch {
    // storage is switched off: after a reload a new code is needed
  }
}

/** The code of this session, if this tab asked for it. */
export function shownFor(session: string): NewSession | null {
  try {
    const n = JSON.parse(sessionStorage.getItem(key) ?? 'null') as NewSession | null
    return n?.session === session ? n : null
  } catch {
    return null
  }
}

export function forgetShown(): void {
  try {
    sessionStorage.removeItem(key)
  } catch {
    // nothing is kept then
  }
}

const deviceKey = 'tasuke.help.device'

/** Remembers for which device the page was opened: the sign-in comes back to a path only. */
export function keepDevice(device: string): void {
  try {
    sessionStorage.setItem(deviceKey, device)
  } catch {
    // storage is switched off: the device must be chosen anew
  }
}

/** The device that the page was opened for before the sign-in, or empty. Once. */
export function takeDevice(): string {
  try {
    const device = sessionStorage.getItem(deviceKey) ?? ''
    sessionStorage.removeItem(deviceKey)
    return device
  } catch {
    return ''
  }
}

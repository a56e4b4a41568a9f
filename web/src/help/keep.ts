// What the help page remembers in this tab: the code it is showing, so that a
// reload does not lose it. It is sent only once by the server and kept nowhere else.
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

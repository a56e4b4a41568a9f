// To the sign-in and back to the same place. The sign-in comes back to a path
// only, so that what was filtered for stays out of its address and logs; the
// rest waits in this tab.
import { hrefOf, routeOf } from './route'

const kept = 'tasuke.admin.return'

/** Where to sign in, to come back to this page. */
export function signInHref(): string {
  const route = routeOf(location.pathname)
  return `/signin?return=${encodeURIComponent(hrefOf(route.page === 'unknown' ? 'overview' : route.page))}`
}

/** Remembers the whole address for the way back. Call on the way out. */
export function keepAddress(): void {
  try {
    sessionStorage.setItem(kept, location.pathname + location.search)
  } catch {
    // storage is switched off: the page comes back without its filter
  }
}

/** The address to show instead of the one the sign-in came back to, or nothing. Once. */
export function keptAddress(): string | null {
  try {
    const address = sessionStorage.getItem(kept)
    sessionStorage.removeItem(kept)
    if (location.search !== '' || address === null) return null
    return address.startsWith(`${location.pathname}?`) ? address : null
  } catch {
    return null
  }
}

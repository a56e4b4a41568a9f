// Ties a seat to its browser page: goodbye when the page goes, a fresh start when
// the browser brings an old one back, and a hint when the network changes.
import { browserWorld } from '../live/world'
import { Ticker } from '../rtc/ticker'
import type { SeatWorld } from './seat'

/** The part of a seat that the page needs. */
interface Tied {
  bye(): void
  networkChanged(): void
}

/** The world of a real page. Make it once per page. */
export function pageWorld(): SeatWorld {
  const ticker = new Ticker()
  return {
    ...browserWorld(),
    now: () => performance.now(),
    newId: () => [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join(''),
    every: (ms, run) => ticker.every(ms, run)
  }
}

/** Listens to the page until the returned function is called. */
export function tie(seat: Tied): () => void {
  const going = () => seat.bye()
  const back = (e: PageTransitionEvent) => {
    if (e.persisted) location.reload() // its seat was given up with pagehide
  }
  const network = () => seat.networkChanged()
  addEventListener('pagehide', going)
  addEventListener('pageshow', back)
  addEventListener('online', network)
  return () => {
    removeEventListener('pagehide', going)
    removeEventListener('pageshow', back)
    removeEventListener('online', network)
  }
}

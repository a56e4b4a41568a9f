// When WebRTC counts as impossible, so that pictures go through the server instead,
// and why. Pure: times are in ms of a clock that never steps back.
import type { Signal } from '../wire'

/** Why there are pictures instead of video. */
export type Why = NonNullable<Signal['why']>

/** The way between the two browsers by WebRTC. */
export interface Way {
  /** This browser has WebRTC. */
  possible: boolean
  /** It is there now, and the other page is heard over it. */
  connected: boolean
  /** When it was there last; when it was first looked for, while it never was. */
  at: number
  /** It was there once. */
  ever: boolean
}

/** Relays are found within a second or two, over TCP and TLS as well: what is not there by now needs something else meanwhile. */
export const unreachableAfter = 4000
/** A lost way is looked for anew after 2 and after 6 s; then pictures bridge the time. */
export const lostAfter = 8000

export function whyPictures(w: Way, now: number): Why | null {
  if (!w.possible) return 'webrtc_missing'
  if (w.connected) return null
  if (w.ever) return now - w.at >= lostAfter ? 'lost' : null
  return now - w.at >= unreachableAfter ? 'unreachable' : null
}

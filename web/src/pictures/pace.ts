// How big the next picture may be. Pure: what the last one took is an argument.

/** room: bytes a picture should have. step: which of the steps of a still is used. */
export interface Pace {
  room: number
  step: number
}

/** A still's size and quality, from the best to the smallest. */
export const steps: readonly { scale: number; quality: number }[] = [
  { scale: 1, quality: 0.85 },
  { scale: 1, quality: 0.6 },
  { scale: 1, quality: 0.4 },
  { scale: 0.75, quality: 0.4 },
  { scale: 0.5, quality: 0.4 },
  { scale: 0.35, quality: 0.35 }
]

/** Until something is known of the line: 100 kB. */
export const firstPace: Pace = { room: 100_000, step: 1 }

const leastRoom = 8_000
const mostRoom = 350_000
/** A picture that takes longer than this was too big, one below quick could have been bigger, in ms. */
const slow = 900
const quick = 400

/** The pace after a picture of so many bytes was shown ms after it had left. */
export function paced(p: Pace, bytes: number, ms: number): Pace {
  if (ms > slow) return stepped({ ...p, room: Math.max(leastRoom, Math.min(p.room, bytes) * (slow / 2 / ms)) }, bytes)
  const room = ms < quick && bytes > p.room / 2 ? Math.min(mostRoom, p.room * 1.5) : p.room
  return stepped({ ...p, room }, bytes)
}

/** One step down for a still that had no room, one up when there was plenty. */
function stepped(p: Pace, bytes: number): Pace {
  if (bytes > p.room) return { ...p, step: Math.min(p.step + 1, steps.length - 1) }
  if (bytes < p.room / 3) return { ...p, step: Math.max(p.step - 1, 0) }
  return p
}

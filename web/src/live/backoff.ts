// When to try again: 0.25 s doubling to 2.5 s, full jitter, so that a thousand pages
// do not come back in the same moment after a restart.
const first = 250
const most = 2500

/** Milliseconds to wait before try n (0: the first after a loss). random gives 0 ≤ x < 1. */
export function backoff(n: number, random: () => number): number {
  const ceiling = Math.min(most, first * 2 ** Math.min(n, 16))
  return Math.round(ceiling * (0.1 + 0.9 * random()))
}

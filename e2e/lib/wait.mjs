// Waiting for a condition, never for a time.

/** How often a condition is looked at, in ms. */
const every = 60

/** How long a story waits for anything before it gives up, in ms: far more than any promise, because tests assert no times. */
export const patience = 30_000

/** @param {number} ms */
export const pause = (ms) => new Promise((done) => setTimeout(done, ms))

/**
 * Waits until look gives something truthy, and gives it back. What it throws
 * counts as not yet: pages navigate under our feet.
 * @template T
 * @param {string} what for the message when it never comes
 * @param {() => Promise<T> | T} look
 * @param {number} [ms]
 * @returns {Promise<NonNullable<T>>}
 */
export async function until(what, look, ms = patience) {
  const end = performance.now() + ms
  let last
  for (;;) {
    try {
      last = await look()
      if (last) return last
    } catch (e) {
      last = e
    }
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`)
    await pause(every)
  }
}

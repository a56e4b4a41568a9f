// How busy the machine is. Two cores that do something else as well measure that.
import { readFileSync } from 'node:fs'
import { pause } from '../../e2e/lib/wait.mjs'

/** Below this share of all cores the machine counts as quiet, in per cent. */
const quietBelow = 25

/** One look lasts this long, in ms. */
const look = 700

/** Time of all cores since the start, as the kernel counts it: proc(5), the first line of /proc/stat. */
function ticks() {
  const [line] = readFileSync('/proc/stat', 'utf8').split('\n')
  const all = line.trim().split(/\s+/).slice(1).map(Number)
  const idle = all[3] + all[4] // idle and iowait
  return { idle, all: all.reduce((a, b) => a + b, 0) }
}

/** How busy all cores together are, in per cent. */
export async function busy() {
  const before = ticks()
  await pause(look)
  const after = ticks()
  return Math.round(100 * (1 - (after.idle - before.idle) / (after.all - before.all)))
}

/**
 * Waits for a quiet moment, but not longer than ms, and tells how busy the machine was then.
 * @param {number} ms
 */
export async function quiet(ms) {
  const end = performance.now() + ms
  for (;;) {
    const now = await busy()
    if (now < quietBelow || performance.now() > end) return now
  }
}

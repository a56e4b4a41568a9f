// graceful-end: six ways in which somebody ends, and when the other side's page
// tells it with the reason.
import { Couple } from '../lib/couple.mjs'
import { median, quantile, tail, verdict, whole } from '../lib/numbers.mjs'

/** Times that each way is tried. */
const tries = 5

/** Who is told nothing for this long is not told, in ms. */
const never = 10_000

/** The words that name the reason, with the name of the person left open. */
const says = {
  ended: 'ended the session',
  stopped: 'Sharing was stopped',
  closed: 'closed (or reloaded )?the page',
  left: '\u2069 left\\.'
}

/**
 * A way to end: does it, and gives the time at which it began. A click counts from
 * the click; for the others the clock starts before the browser is told.
 * @typedef {{name: string, told: 'helper' | 'sharer', says: string, end: (c: Couple, shown: any) => Promise<number>, after?: (c: Couple) => Promise<void>}} Way
 * @type {Way[]}
 */
const ways = [
  { name: 'End session', told: 'helper', says: says.ended, end: (c) => clicked(c.sharer, 'End session') },
  { name: 'shared tab closed', told: 'helper', says: says.stopped, end: (c, shown) => from(() => shown.close()) },
  { name: 'tab closed', told: 'helper', says: says.closed, end: (c) => from(() => c.sharer.tab.close()), after: (c) => c.newSharerTab() },
  { name: 'navigation', told: 'helper', says: says.closed, end: (c) => from(() => c.sharer.tab.open(c.paint.url({}))), after: (c) => c.newSharerTab() },
  { name: 'browser quit', told: 'helper', says: says.closed, end: (c) => from(() => c.sharer.tab.profile.browser.quit()), after: (c) => c.newSharer() },
  { name: 'Leave', told: 'sharer', says: says.left, end: (c) => clicked(c.helper, 'Leave') }
]

export async function gracefulEnd() {
  const couple = await Couple.start('ends')
  try {
    /** @type {Map<string, number[]>} */
    const all = new Map(ways.map((w) => [w.name, []]))
    for (let i = 0; i < tries; i++) for (const w of ways) all.get(w.name)?.push(await once(couple, w))
    return { 'graceful-end': line(all) }
  } finally {
    await couple.close()
  }
}

/** @param {Map<string, number[]>} all */
function line(all) {
  const pool = [...all.values()].flat()
  const each = [...all].map(([name, t]) => `${name} ${whole(median(t))}/${whole(Math.max(...t))}`).join(', ')
  const met = quantile(pool, 0.95) < 300 && Math.max(...pool) < 1000
  return `p50/p95/max ${tail(pool)} · p50/max ${each} · ${verdict('p95 < 300 ms, max < 1000 ms', met)}`
}

/** @param {Couple} couple @param {Way} way */
async function once(couple, way) {
  await couple.meet()
  const shown = await couple.paints()
  await couple.share()
  const told = couple[way.told].tab.run(({ says, never }) => window.times.told({ reason: says }, never), { says: way.says, never })
  const began = await way.end(couple, shown)
  const { reason } = await told
  if (!shown.page.isClosed()) await shown.page.close()
  await way.after?.(couple)
  return reason === null ? Infinity : reason - began
}

/** @param {import('../../e2e/lib/seats.mjs').Someone} who @param {string} name */
async function clicked(who, name) {
  await who.press(name)
  return who.tab.run(() => window.times.clicked)
}

/** @param {() => Promise<unknown>} act */
async function from(act) {
  const at = performance.timeOrigin + performance.now()
  await act()
  return at
}

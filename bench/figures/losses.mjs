// lost: the sharer's browser goes without a word, and when the helper's page says so.
import { cutUser, openNetwork, watchUser } from '../../e2e/lib/net.mjs'
import { Couple } from '../lib/couple.mjs'
import { median, quantile, tail, verdict, whole } from '../lib/numbers.mjs'

/** Times that each way is tried. */
const tries = 5

/** Who is told nothing for this long is not told, in ms. */
const never = 15_000

/** The first word about the other side, and the word that the connection is lost. */
const says = {
  first: 'is unstable|closed the page|\u2069 lost, trying again',
  lost: '\u2069 lost, trying again'
}

/**
 * @typedef {{name: string, go: (c: Couple) => unknown, back: (c: Couple) => Promise<void>}} Way
 * @type {Way[]}
 */
const ways = [
  { name: 'killed', go: (c) => c.sharer.tab.profile.browser.kill(), back: (c) => renewed(c) },
  { name: 'frozen', go: (c) => c.sharer.tab.profile.browser.freeze(), back: async (c) => c.sharer.tab.profile.browser.thaw() },
  { name: 'cut', go: (c) => cutUser(c.sharer.tab.profile.browser.uid), back: () => openNetwork() }
]

/** A new browser whose connections can be cut. @param {Couple} c */
async function renewed(c) {
  await c.newSharer()
  watchUser(c.sharer.tab.profile.browser.uid)
}

export async function lost() {
  const couple = await Couple.start('losses')
  try {
    await renewed(couple)
    /** @type {Map<string, {first: number[], lost: number[]}>} */
    const all = new Map(ways.map((w) => [w.name, { first: [], lost: [] }]))
    for (let i = 0; i < tries; i++) {
      for (const w of ways) {
        const { first, lost } = await once(couple, w)
        all.get(w.name)?.first.push(first)
        all.get(w.name)?.lost.push(lost)
      }
    }
    return { lost: line(all) }
  } finally {
    await openNetwork()
    await couple.close()
  }
}

/** @param {Map<string, {first: number[], lost: number[]}>} all */
function line(all) {
  const of = (name) => all.get(name) ?? { first: [], lost: [] }
  const silent = [...of('frozen').lost, ...of('cut').lost]
  const killed = Math.max(...of('killed').first)
  const each = [...all].map(([name, t]) => `${name} told ${whole(median(t.first))}/${whole(Math.max(...t.first))}, lost ${whole(median(t.lost))}/${whole(Math.max(...t.lost))}`)
  const goals = [verdict('killed: told < 1000 ms', killed < 1000), verdict('frozen or cut: lost p95 < 4000 ms, max < 5000 ms', quantile(silent, 0.95) < 4000 && Math.max(...silent) < 5000)]
  return `p50/max ${each.join(' · ')} · frozen or cut p50/p95/max ${tail(silent)} · ${goals.join(' · ')}`
}

/** @param {Couple} couple @param {Way} way */
async function once(couple, way) {
  await couple.meet()
  const shown = await couple.paints()
  await couple.share()
  const told = couple.helper.tab.run(({ says, never }) => window.times.told(says, never), { says, never })
  const began = performance.timeOrigin + performance.now()
  await way.go(couple)
  const { first, lost } = await told
  await way.back(couple)
  if (!shown.page.isClosed()) await shown.page.close()
  const since = (at) => (at === null ? Infinity : at - began)
  return { first: since(first), lost: since(lost) }
}

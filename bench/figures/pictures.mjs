// first-picture and glass-to-glass: the product and two bare peers in the same two
// browsers, one after the other, with the same tab.
import { pause } from '../../e2e/lib/wait.mjs'
import { Bare, firstPicture, patience } from '../lib/bare.mjs'
import { Couple } from '../lib/couple.mjs'
import { quiet } from '../lib/machine.mjs'
import { median, quantile, spread, verdict, whole } from '../lib/numbers.mjs'

/** Pairs of runs that count, after one that does not: browsers are slower the first time. */
const runs = 7

/** The delay is measured over this time, once the picture has settled, in ms. */
const [settle, watched] = [1500, 2500]

/** @typedef {{first: number, delays: number[]}} Run */

export async function pictures() {
  const couple = await Couple.start('pictures')
  const bare = await new Bare().start()
  try {
    /** @type {{ours: Run[], floor: Run[]}} */
    const all = { ours: [], floor: [] }
    for (let i = 0; i <= runs; i++) {
      const pair = { floor: await floorRun(couple, bare), ours: await ourRun(couple) }
      if (i === 0) continue
      all.floor.push(pair.floor)
      all.ours.push(pair.ours)
    }
    return { 'first-picture': firstLine(all), 'glass-to-glass': delayLine(all) }
  } finally {
    await bare.close()
    await couple.close()
  }
}

/** @param {{ours: Run[], floor: Run[]}} all */
function firstLine({ ours, floor }) {
  const [a, b] = [ours, floor].map((r) => r.map((one) => one.first))
  const ratio = median(a) / median(b)
  return `${spread(a)} · bare peers ${spread(b)} · ratio ${ratio.toFixed(2)} · ${verdict('≤ 0.7', ratio <= 0.7)}`
}

/** @param {{ours: Run[], floor: Run[]}} all */
function delayLine({ ours, floor }) {
  const [a, b] = [ours, floor].map((r) => r.flatMap((one) => one.delays))
  const ratio = median(a) / median(b)
  const text = (d) => `${whole(median(d))}/${whole(quantile(d, 0.95))} ms (n ${d.length})`
  return `p50/p95 ${text(a)} · bare peers ${text(b)} · ratio ${ratio.toFixed(2)} · ${verdict('≤ 1.1', ratio <= 1.1)}`
}

/** @param {Couple} couple @returns {Promise<Run>} */
async function ourRun(couple) {
  await couple.meet()
  await quiet(patience)
  const shown = await couple.paints()
  await couple.share()
  const run = await reading(couple.helper.tab, couple.sharer.tab)
  await shown.close()
  await couple.sharer.press('End session')
  await couple.helper.sees('The help session has ended')
  return run
}

/** @param {Couple} couple @param {Bare} bare @returns {Promise<Run>} */
async function floorRun(couple, bare) {
  return bare.share(couple, reading)
}

/** @typedef {import('../../e2e/lib/chromium.mjs').ChromiumTab} Tab @param {Tab} viewer @param {Tab} sharer @returns {Promise<Run>} */
async function reading(viewer, sharer) {
  const first = await firstPicture(viewer, sharer)
  await pause(settle)
  await viewer.run(() => void (window.times.delays.length = 0))
  await pause(watched)
  const delays = await viewer.run(() => window.times.delays)
  if (delays.length < 10) throw new Error(`only ${delays.length} frames with a time code in ${watched} ms`)
  return { first, delays }
}

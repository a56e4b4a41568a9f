// first-picture-by-path: from the chosen screen to the first picture, over each way that
// a picture can take, beside two bare peers in the same browsers.
import { leaveTURN, openNetwork } from '../../e2e/lib/net.mjs'
import { Bare, firstPicture, patience } from '../lib/bare.mjs'
import { Couple } from '../lib/couple.mjs'
import { https } from '../lib/https.mjs'
import { quiet } from '../lib/machine.mjs'
import { median, spread, whole } from '../lib/numbers.mjs'

/** Runs of each that count, after one that does not. */
const runs = 5

/** Each keeps what the way before it has closed, unless it says otherwise. @type {{name: string, before: (c: Couple) => unknown, connected: boolean}[]} */
const ways = [
  { name: 'direct', before: (c) => c.setSettings({ unenrolled: true }), connected: true },
  { name: 'relay UDP', before: (c) => c.setSettings({ relayOnly: true }), connected: true },
  { name: 'relay TCP', before: () => leaveTURN('tcp'), connected: true },
  { name: 'relay TLS', before: () => leaveTURN('tls'), connected: true },
  { name: 'pictures', before: (c) => c.helper.tab.page.addInitScript(() => Reflect.deleteProperty(window, 'RTCPeerConnection')), connected: false }
]

export async function firstPictureByPath() {
  const bare = await new Bare().start()
  const couple = await Couple.start('paths', https.settings, { base: https.base })
  /** @type {Record<string, number[]>} */
  const all = {}
  try {
    const floor = await repeat(() => bare.share(couple, firstPicture))
    for (const way of ways) {
      await way.before(couple)
      all[way.name] = await repeat(() => ourRun(couple, way.connected))
    }
    const each = Object.entries(all).map(([name, t]) => `${name} ${whole(median(t))} (${(median(t) / median(floor)).toFixed(2)})`)
    return { 'first-picture-by-path': `median ms (÷ bare peers): ${each.join(' · ')} · bare peers ${spread(floor)}` }
  } finally {
    await openNetwork()
    await bare.close()
    await couple.close()
  }
}

/** @param {() => Promise<number>} run */
async function repeat(run) {
  const all = []
  for (let i = 0; i <= runs; i++) all.push(await run())
  return all.slice(1)
}

/** @param {Couple} couple @param {boolean} connected before the picture */
async function ourRun(couple, connected) {
  await couple.meet(connected)
  await quiet(patience)
  const shown = await couple.paints()
  await couple.share()
  const first = await firstPicture(couple.helper.tab, couple.sharer.tab)
  await shown.close()
  await couple.sharer.press('End session')
  await couple.helper.sees('The help session has ended')
  return first
}

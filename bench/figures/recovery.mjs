// recovery: something breaks under a running picture, and when it is back.
import { Elsewhere } from '../../e2e/lib/elsewhere.mjs'
import { cutClearTURN, cutUDP, openNetwork } from '../../e2e/lib/net.mjs'
import { pause, until } from '../../e2e/lib/wait.mjs'
import { Couple } from '../lib/couple.mjs'
import { https } from '../lib/https.mjs'
import { median, quantile, verdict, whole } from '../lib/numbers.mjs'

/** Times that each fault is tried. */
const tries = 5

/** What is not back after this does not come back, in ms. */
const never = 30_000

/** So long the picture has gone on before anything breaks, and goes on before it counts as back, in ms. */
const [steady, settled] = [1500, 1000]

/** What breaks is not always noticed at once: the picture is watched for at least so long, in ms. */
const watched = 6000

/** An animated page gives thirty frames a second: a picture that stands for so long is away, in ms. */
const away = 200

/** @typedef {{gap: number, back: number, attached: number}} Recovered in ms; attached: from the server's first answer */

export async function recovery() {
  const couple = await Couple.start('recovery', https.settings, { base: https.base })
  /** @type {Record<string, Recovered[]>} */
  const all = {}
  try {
    await couple.setSettings({ unenrolled: true })
    all['server, direct'] = await several(couple, killed)
    await couple.setSettings({ relayOnly: true })
    all['relay, UDP'] = await several(couple, killed)
    cutUDP()
    all['relay, TCP'] = await several(couple, killed)
    cutClearTURN()
    all['relay, TLS'] = await several(couple, killed)
  } finally {
    await openNetwork()
    await couple.close()
  }
  all['another network'] = await moved()
  return { recovery: line(all) }
}

/** @param {Record<string, Recovered[]>} all */
function line(all) {
  const pair = (/** @type {number[]} */ t) => `${whole(median(t))}/${whole(quantile(t, 0.95))}`
  const direct = all['server, direct']
  const relays = Object.entries(all).filter(([name]) => name.startsWith('relay')).flatMap(([, r]) => r)
  const back = relays.map((r) => r.back)
  const attached = [...direct, ...relays].map((r) => r.attached)
  const each = Object.entries(all).filter(([name]) => name !== 'server, direct').map(([name, r]) => `${name} ${pair(r.map((one) => one.back))}`)
  const longest = Math.max(...direct.map((r) => r.gap))
  const goals = [
    verdict('server: longest gap < 200 ms', longest < 200),
    verdict('pages attached p95 < 3000 ms', quantile(attached, 0.95) < 3000),
    verdict('relay: picture back p95 < 4000 ms, max < 8000 ms', quantile(back, 0.95) < 4000 && Math.max(...back) < 8000)
  ]
  return `picture back p50/p95 ms: ${each.join(' · ')} · server killed under a direct picture: longest gap ${whole(longest)} ms · pages attached after its first answer ${pair(attached)} ms (n ${tries} each) · ${goals.join(' · ')}`
}

/** @param {Couple} couple @param {(c: Couple) => Promise<number>} fault @returns {Promise<Recovered[]>} */
async function several(couple, fault) {
  /** @type {Recovered[]} */
  const out = []
  for (let i = 0; i < tries; i++) {
    await couple.meet()
    const shown = await couple.paints()
    await couple.share()
    out.push(await once(couple, fault))
    await shown.close()
    await couple.sharer.press('End session')
    await couple.helper.sees('The help session has ended')
  }
  return out
}

/** Breaks something; gives when it began. Nothing but the frames tells when it is over. @param {Couple} couple @param {(c: Couple) => Promise<number>} fault @param {import('../../e2e/lib/seats.mjs').Someone[]} [detached] whose sockets break @returns {Promise<Recovered>} */
async function once(couple, fault, detached = [couple.helper, couple.sharer]) {
  const { tab } = couple.helper
  await pause(steady)
  await tab.run(() => void (window.times.frames.length = 0))
  const began = performance.timeOrigin + performance.now()
  const ready = await fault(couple)
  const attached = await Promise.all(detached.map((p) => until('attached', () => p.tab.run((t) => window.times.attached.find((at) => at > t), began), never)))
  await pause(watched)
  await until('frames come again', () => tab.run((ms) => window.times.frames.filter((at) => at > window.times.now() - ms).length > 10, settled), never)
  const frames = (await tab.run(() => window.times.frames)).filter((at) => at > began)
  const gaps = frames.map((at, i) => ({ at, gap: at - (frames[i - 1] ?? began) }))
  const longest = gaps.reduce((a, b) => (b.gap > a.gap ? b : a))
  const last = gaps.filter((g) => g.gap > away).at(-1) // it may stutter before it is back for good
  return { gap: longest.gap, back: last ? last.at - began : 0, attached: Math.max(0, Math.max(...attached) - ready) }
}

/** The server is killed and started again at once. @param {Couple} couple */
async function killed(couple) {
  await couple.server.stop('SIGKILL')
  await couple.server.start()
  return performance.timeOrigin + performance.now()
}

/** The sharer walks from one network into another; each time from a place of its own. */
async function moved() {
  /** @type {Recovered[]} */
  const out = []
  for (let i = 0; i < tries; i++) {
    const at = new Elsewhere()
    const couple = await Couple.start('recovery-moved', https.settings, { base: https.base, at })
    try {
      await couple.setSettings({ unenrolled: true })
      await couple.meet()
      await couple.paints()
      await couple.share()
      out.push(await once(couple, async () => (at.move(), performance.timeOrigin + performance.now()), [couple.sharer]))
    } finally {
      await couple.close()
      at.close()
    }
  }
  return out
}

// A long session on a bad line that falls silent now and then: nobody is told that the
// other one has gone who has not, no line of chat is lost or doubled, and the picture
// comes back by itself. SOAK_SECONDS is how long (make soak: twenty minutes).
import assert from 'node:assert/strict'
import { startImpairment } from '../lib/impair.mjs'
import { meet, share } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { pause, until } from '../lib/wait.mjs'

const seconds = Number(process.env.SOAK_SECONDS ?? 120)

/** What passes between the seats crosses the line twice: half of 200 ms of jitter, half of 5 % lost. */
const bad = { jitterMs: 100, loss: 0.025 }
/** How often nothing at all gets through, and for how long each time, in ms. */
const [gaps, gap] = [3, 4000]
/** Somebody writes this often, in ms. */
const sayEvery = 4000
/** On such a line everything takes its time, in ms. */
const slow = 90_000

/** What must never be read: the other one is told to be gone, or the session to be over. */
const wrong = 'closed (or reloaded )?the page|\u2069? left\\.|did not come back|ended the session|has ended|Sharing was stopped|in another window'

/** The line of pages and sockets, and that of the relay. Both have their own. */
const pages = { listen: { host: '127.0.0.1', port: 8080 }, target: { host: '127.0.0.1', port: 8081 } }
const relay = { listen: { host: '127.0.0.2', port: 3478 }, target: { host: '127.0.0.1', port: 3478 } }
/** @type {Awaited<ReturnType<typeof startImpairment>>[]} */
const lines = []

async function openLines() {
  lines.push(await startImpairment({ ...pages, udp: false, seed: 1 }), await startImpairment({ ...relay, seed: 3 }))
  return async () => {
    for (const l of lines.splice(0)) l.close()
  }
}

/** Looks at a page from now on: what it must not say, and how long it said that something was amiss. @param {any} who */
const watch = (who) =>
  who.tab.run((pattern) => {
    const told = { wrong: /** @type {string[]} */ ([]), amissMs: 0, blindMs: 0 }
    window.soaked = told
    const never = new RegExp(pattern)
    let [frames, frameAt, before] = [0, performance.now(), performance.now()]
    const look = () => {
      const text = document.body?.innerText ?? ''
      const said = never.exec(text)?.[0]
      if (said && !told.wrong.includes(said)) told.wrong.push(said)
      const now = performance.now()
      if (/trying again|is unstable/.test(text)) told.amissMs += now - before
      before = now
      const shown = [...document.querySelectorAll('video')].reduce((n, v) => n + v.getVideoPlaybackQuality().totalVideoFrames, 0)
      if (shown !== frames) [frames, frameAt] = [shown, now]
      told.blindMs = Math.max(told.blindMs, now - frameAt)
    }
    setInterval(look, 200)
  }, wrong)

/** @param {any} who @returns {Promise<{wrong: string[], amissMs: number, blindMs: number}>} */
const told = (who) => who.tab.run(() => window.soaked)

/** Both write until the time is over; the line falls silent at even distances. @param {any} helper @param {any} sharer */
async function talk(helper, sharer) {
  const lengthMs = seconds * 1000
  const began = performance.now()
  const said = { helper: /** @type {string[]} */ ([]), sharer: /** @type {string[]} */ ([]) }
  const silences = (async () => {
    for (let i = 1; i <= gaps; i++) {
      await pause(Math.max(0, began + (lengthMs * i) / (gaps + 1) - performance.now()))
      for (const l of lines) l.set({ blackhole: true })
      await pause(gap)
      for (const l of lines) l.set({ blackhole: false })
    }
  })()
  for (let n = 1; performance.now() - began < lengthMs; n++) {
    const [who, kept, text] = n % 2 === 0 ? [helper, said.helper, `見えています ${n}`] : [sharer, said.sharer, `أرى السطر ${n}`]
    await who.says(text)
    kept.push(text)
    await pause(Math.max(0, began + n * sayEvery - performance.now()))
  }
  await silences
  return said
}

/** Both read every line once, each writer's in order. @param {any} helper @param {any} sharer @param {{helper: string[], sharer: string[]}} said */
async function allRead(helper, sharer, said) {
  const count = said.helper.length + said.sharer.length
  const threads = await until('both read every line', async () => {
    const both = [await helper.thread(), await sharer.thread()]
    const settled = both.every((t) => t.length >= count && t.every((l) => !l.waiting))
    return settled ? both.map((t) => t.map((l) => l.text)) : Promise.reject(new Error(`${both.map((t) => t.length)} of ${count}`))
  }, slow)
  assert.deepEqual(threads[0], threads[1], 'both read the same thread')
  assert.equal(threads[0].length, count, 'nothing is doubled')
  for (const lines of [said.helper, said.sharer]) assert.deepEqual(threads[0].filter((t) => lines.includes(t)), lines, 'once each, in order')
  return count
}

story(import.meta.url, 'a bad line alarms nobody', async (w) => {
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted, size: { width: 960, height: 640 } })]
  const [helper, sharer, admin] = [await w.helper(ours), await w.sharer(theirs), await w.administrator(ours)]
  await admin.setSettings({ relayOnly: true })
  await w.paints(sharer, 0x001601, '#c02020')
  await meet(helper, sharer)
  await share(helper, sharer, 0x001601)
  for (const l of lines) l.set(bad)
  for (const who of [helper, sharer]) await watch(who)

  const said = await talk(helper, sharer)

  const count = await allRead(helper, sharer, said)
  for (const who of [helper, sharer]) await who.seesNoMore('trying again')
  await helper.framesGoOn()
  await helper.seesPicture(0x001601)
  const [h, s] = [await told(helper), await told(sharer)]
  const lost = lines.map((l) => l.counts).flatMap((c) => [c.up, c.down])
  const sum = (/** @type {'packets' | 'lost'} */ k) => lost.reduce((n, c) => n + c[k], 0)
  console.log(`soak ${seconds} s · ${sum('packets') + sum('lost')} packets, ${sum('lost')} lost or late · ${gaps} gaps of ${gap / 1000} s · ${count} lines of chat, each read once by both · wrong alarms ${h.wrong.length + s.wrong.length} · something amiss on the screen: helper ${(h.amissMs / 1000).toFixed(1)} s, sharer ${(s.amissMs / 1000).toFixed(1)} s · longest without a frame ${(h.blindMs / 1000).toFixed(1)} s`)
  assert.deepEqual([h.wrong, s.wrong], [[], []], 'nobody is told that the other one has gone')
  await sharer.press('End session')
  await helper.sees(/Sofía Núñez\u2069? ended the session\./, slow)
}, { settings: { listen: '127.0.0.1:8081', relay_host: relay.listen.host, relay_listen: '127.0.0.1:3478' }, front: openLines, within: seconds * 1000 + 300_000 })

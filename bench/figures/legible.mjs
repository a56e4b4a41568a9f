// legible-…: how much of a page of small text can be read at the helper's, soon after it
// was put on the shared screen, over a thin line.
import { startImpairment } from '../../e2e/lib/impair.mjs'
import { legible } from '../../e2e/lib/ocr.mjs'
import { pageOfText } from '../../e2e/lib/prose.mjs'
import { Someone } from '../../e2e/lib/seats.mjs'
import { Canaries } from '../../e2e/lib/canaries.mjs'
import { pause, until } from '../../e2e/lib/wait.mjs'
import { Couple, painted } from '../lib/couple.mjs'

/** Where the relay listens, and where the browsers are told that it does. */
const relay = { host: '127.0.0.1', port: 3478 }
const narrow = { host: '127.0.0.2', port: 3478 }

/** Both seats are relayed, so every packet passes the line twice: half of 150 ms there and back, half of 2 %. */
const conditions = { delayMs: 37.5, loss: 0.01 }

/** @type {{name: string, kbit: number, within: number}[]} within: s */
const lines = [
  { name: 'legible-300', kbit: 300, within: 3 },
  { name: 'legible-100', kbit: 100, within: 10 }
]

/** @type {{language: import('../../e2e/lib/prose.mjs').Language, goal: number}[]} */
const languages = [
  { language: 'en', goal: 0.98 },
  { language: 'ja', goal: 0.95 }
]

/** What was shown before rests for so long, in ms: the line has become quiet. */
const settle = 12_000

/** A first picture may take so long on such a line, in ms. */
const patience = 90_000

export async function legibleText() {
  const line = await startImpairment({ listen: narrow, target: relay, ...conditions })
  const couple = await Couple.start('legible', { relay_host: narrow.host, relay_listen: `${relay.host}:${relay.port}` })
  try {
    const work = await relayOnly(couple)
    const text = await couple.sharer.tab.profile.tab(`${couple.paint.origin}/text?${new URLSearchParams({ title: painted })}`)
    /** @type {Record<string, string>} */
    const out = {}
    for (const { name, kbit, within } of lines) {
      line.set({ kbitPerSecond: kbit })
      await begin(couple, text)
      const parts = []
      for (const [i, { language, goal }] of languages.entries()) {
        const { seen, floor, still } = await one(couple, text, work, { language, seed: kbit + i, within })
        const met = seen / floor >= goal
        parts.push(`${language} ${share(seen)} after ${within} s (${still ? 'still' : 'video'}; screenshot ${share(floor)}) goal ≥ ${share(goal)} of it: ${met ? 'met' : 'MISSED'}`)
      }
      out[name] = parts.join(' · ')
      await couple.sharer.press('End session')
      await couple.helper.sees('The help session has ended')
    }
    return out
  } finally {
    await couple.close()
    line.close()
  }
}

/** @param {number} part */
const share = (part) => `${(part * 100).toFixed(1)} %`

/** The organisation wishes every picture relayed; gives a page to work in. @param {Couple} couple */
async function relayOnly(couple) {
  const profile = await couple.helper.tab.profile.browser.profile()
  const admin = new Someone(await profile.tab(), couple.server.person('amelia'), new Canaries(), couple.server.base)
  await admin.signIn('/')
  await admin.setSettings({ relayOnly: true })
  return (await profile.tab('about:blank')).page
}

/** A session with a picture of a page of text. @param {Couple} couple @param {any} text */
async function begin(couple, text) {
  await text.run((t) => window.show(t, 'en'), pageOfText('en', 1))
  await couple.meet()
  await pause(settle / 4) // as long as a person looks for the right window
  await couple.sharer.press('Share screen')
  await until('the first picture', async () => (await couple.helper.sight()).png.length > 0, patience) // video or strips
}

/** @param {Couple} couple @param {any} text @param {any} work @param {{language: import('../../e2e/lib/prose.mjs').Language, seed: number, within: number}} o */
async function one(couple, text, work, { language, seed, within }) {
  await pause(settle)
  const words = pageOfText(language, seed)
  await text.run(([t, l]) => window.show(t, l), [words, language])
  await pause(within * 1000)
  const { still, png } = await couple.helper.sight()
  const screenshot = await text.page.screenshot()
  return { still, seen: await legible(work, png, words, language), floor: await legible(work, screenshot, words, language) }
}

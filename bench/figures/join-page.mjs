// join-page: what a browser that was never here downloads until the code can be typed.
import { startChromium } from '../../e2e/lib/chromium.mjs'
import { startServer } from '../../e2e/lib/server.mjs'
import { until } from '../../e2e/lib/wait.mjs'
import { verdict } from '../lib/numbers.mjs'
import { watchTimes } from '../lib/watch.mjs'

const languages = ['en-GB', 'ja-JP', 'ar']

/** The goal, in bytes. */
const most = 50_000

export async function joinPage() {
  const server = await startServer('join-page')
  const browser = await startChromium()
  try {
    const all = []
    for (const locale of languages) all.push({ locale, ...(await load(browser, server.base, locale)) })
    return { 'join-page': line(all) }
  } finally {
    await browser.quit()
    await server.stop()
  }
}

/** @param {{locale: string, before: number, later: number, files: number, ms: number}[]} all */
function line(all) {
  const kB = (n) => (n / 1000).toFixed(1)
  const worst = Math.max(...all.map((a) => a.before))
  const each = all.map((a) => `${a.locale} ${kB(a.before)} kB in ${a.files} files, ${Math.round(a.ms)} ms, then ${kB(a.later)} kB`).join(' · ')
  return `${kB(worst)} kB of JavaScript and CSS as served, headers included · ${each} · ${verdict('≤ 50 kB', worst <= most)}`
}

/**
 * Loads the page with an empty cache. What was asked for before the box was usable
 * counts, also when it came later.
 * @param {import('../../e2e/lib/chromium.mjs').Chromium} browser @param {string} base @param {string} locale
 */
async function load(browser, base, locale) {
  const profile = await browser.profile({ locale })
  await profile.context.addInitScript(watchTimes)
  const tab = await profile.tab()
  const files = await counted(tab.page)
  await tab.open(`${base}/join`)
  const { usable, began } = await until('the code box is usable', async () => {
    const t = await tab.run(() => ({ usable: window.times.usable, began: performance.timeOrigin }))
    return t.usable > 0 ? t : null
  })
  await tab.page.waitForLoadState('networkidle')
  const sum = (list) => list.reduce((n, f) => n + f.bytes, 0)
  const [before, later] = [files.filter((f) => f.asked <= usable), files.filter((f) => f.asked > usable)]
  if (before.length === 0) throw new Error('the page loaded nothing')
  await tab.close()
  return { before: sum(before), later: sum(later), files: before.length, ms: usable - began }
}

/** Counts the bytes of scripts and styles as they came over the wire (Chrome DevTools Protocol, Network domain). @param {import('playwright-core').Page} page */
async function counted(page) {
  /** @type {{asked: number, bytes: number}[]} */
  const files = []
  /** @type {Map<string, {asked: number, bytes: number}>} */
  const open = new Map()
  const devtools = await page.context().newCDPSession(page)
  devtools.on('Network.requestWillBeSent', (e) => {
    if (e.type === 'Script' || e.type === 'Stylesheet') open.set(e.requestId, { asked: e.wallTime * 1000, bytes: 0 })
  })
  devtools.on('Network.loadingFinished', (e) => {
    const f = open.get(e.requestId)
    if (f) files.push({ ...f, bytes: e.encodedDataLength })
  })
  await devtools.send('Network.enable')
  return files
}

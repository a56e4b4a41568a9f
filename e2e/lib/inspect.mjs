// A page of the admin center in every language, dark, light and forced colours, wide and narrow:
// nothing that axe finds, nothing that scrolls sideways.
import assert from 'node:assert/strict'
import { findings } from './axe.mjs'
import { until } from './wait.mjs'

const looks = [
  { language: 'ar', colours: 'dark', width: 360 },
  { language: 'ja', colours: 'light', width: 768 },
  { language: 'en', colours: 'dark', width: 1100 },
  { language: 'en', colours: 'light', width: 1280, forced: true },
  { language: 'en', colours: 'light', width: 1100 }
]

/** @param {import('./seats.mjs').Someone} who @param {string} where for the message */
export async function inspect(who, where) {
  const { page } = who.tab
  const all = []
  for (const { language, colours, width, forced } of looks) {
    await page.emulateMedia({ colorScheme: /** @type {'light' | 'dark'} */ (colours), forcedColors: forced ? 'active' : 'none', reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 800 })
    await page.locator('.language select').selectOption(language)
    await until(`the page speaks ${language}`, () => who.tab.run((l) => document.documentElement.lang === l, language))
    if (await who.tab.run(() => document.documentElement.scrollWidth > window.innerWidth)) all.push(`${language}: scrolls sideways`)
    for (const f of await findings(who.tab)) all.push(`${language}, ${colours}: ${f}`)
  }
  assert.deepEqual(all, [], where)
}

// Draws the gallery in a real browser: screenshots, and axe over every screen.
//   node scripts/gallery.mjs axe                 fails on any violation, in every look
//   node scripts/gallery.mjs shots FOLDER [NAME…] writes screenshots

import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { createServer } from 'vite'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The looks a screen must have. */
const looks = {
  light: { viewport: { width: 1280, height: 800 }, locale: 'en', colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 800 }, locale: 'en', colorScheme: 'dark' },
  narrow: { viewport: { width: 360, height: 740 }, locale: 'en', colorScheme: 'light' },
  ja: { viewport: { width: 1280, height: 800 }, locale: 'ja-JP', colorScheme: 'light' },
  ar: { viewport: { width: 1280, height: 800 }, locale: 'ar-EG', colorScheme: 'light' },
  'ar-narrow': { viewport: { width: 360, height: 740 }, locale: 'ar-EG', colorScheme: 'dark' },
  forced: { viewport: { width: 1280, height: 800 }, locale: 'en', forcedColors: 'active' }
}

const server = await createServer({ server: { port: 0, strictPort: false }, logLevel: 'error' })
await server.listen()
const base = server.resolvedUrls.local[0]
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

/** Shows one screen in a page that has the gallery open. */
async function draw(page, scene) {
  await page.evaluate(async (name) => {
    window.show(name)
    await document.fonts.ready
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  }, scene)
}

async function withLook(look, use) {
  const context = await browser.newContext({ ...looks[look], reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    await page.goto(`${base}gallery.html`)
    await page.waitForFunction('window.scenes !== undefined')
    await use(page)
  } finally {
    await context.close()
  }
}

async function allScenes() {
  let names = []
  await withLook('light', async (page) => {
    names = await page.evaluate('window.scenes')
  })
  return names
}

/** What axe finds, and what scrolls sideways, as lines. */
async function faults(page, scene, look) {
  await draw(page, scene)
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const lines = found.violations.flatMap((v) =>
    v.nodes.map((n) => `${scene} ${look}: ${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`)
  )
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
  if (sideways) lines.push(`${scene} ${look}: scrolls sideways`)
  return lines
}

async function axe() {
  const names = await allScenes()
  const all = []
  for (const look of Object.keys(looks)) {
    await withLook(look, async (page) => {
      await page.evaluate(axeSource)
      for (const scene of names) all.push(...(await faults(page, scene, look)))
    })
  }
  for (const line of all) console.error(line)
  console.log(`${names.length} screens in ${Object.keys(looks).length} looks: ${all.length} faults`)
  return all.length === 0 ? 0 : 1
}

async function shots(folder, wanted) {
  mkdirSync(folder, { recursive: true })
  const names = wanted.length > 0 ? wanted : await allScenes()
  for (const look of (process.env.LOOKS ?? Object.keys(looks).join(',')).split(',')) {
    await withLook(look, async (page) => {
      for (const scene of names) {
        await draw(page, scene)
        await page.waitForTimeout(scene.startsWith('help-') ? 400 : 50) // moving pictures need a moment; only for the eye
        await page.screenshot({ path: `${folder}/${scene}.${look}.png`, fullPage: true })
      }
    })
  }
  return 0
}

const [what, folder, ...names] = process.argv.slice(2)
const code = what === 'shots' ? await shots(folder, names) : await axe()
await browser.close()
await server.close()
process.exit(code)

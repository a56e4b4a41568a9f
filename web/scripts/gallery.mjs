// Draws the gallery in a real browser: screenshots, and axe over every screen.
//   node scripts/gallery.mjs axe [NAME…]         fails on any violation, in every look
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

/** The looks asked for by LOOKS, or all. */
const looked = (process.env.LOOKS ?? Object.keys(looks).join(',')).split(',')

// Nothing is reloaded while it is looked at, whoever writes files meanwhile.
const server = await createServer({ server: { port: 0, strictPort: false, hmr: false, watch: null }, logLevel: 'error' })
await server.listen()
const base = server.resolvedUrls.local[0]
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })

/** Shows one screen in a page that has the gallery open. */
async function draw(page, scene) {
  await page.evaluate(async (name) => {
    await window.show(name) // of the admin center: until nothing is asked any more
    await document.fonts.ready
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
  }, scene)
}

/** The galleries: who helps or is helped, and the admin center. */
const galleries = ['gallery.html', 'gallery-admin.html']

async function withLook(look, gallery, use) {
  const context = await browser.newContext({ ...looks[look], reducedMotion: 'reduce' })
  try {
    const page = await context.newPage()
    await page.goto(`${base}${gallery}`)
    await page.waitForFunction('window.scenes !== undefined')
    await use(page)
  } finally {
    await context.close()
  }
}

async function scenesOf(gallery) {
  let names = []
  await withLook('light', gallery, async (page) => {
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

/** A state of the admin center other than the usual one is looked at where most goes wrong: in light, and dark, narrow, from right to left. */
const variantLooks = ['light', 'ar-narrow']
/** What the admin center is not looked at in: Japanese is as wide as English there, Arabic comes narrow. */
const sparedLooks = ['ja', 'ar']

const wanted = (gallery, scene, look) =>
  gallery === 'gallery.html' ||
  variantLooks.includes(look) ||
  !(sparedLooks.includes(look) || /-(empty|loading|error|denied|conflict|ask|new|fits)$/.test(scene))

async function axe(asked) {
  const all = []
  let count = 0
  for (const gallery of galleries) {
    const names = (await scenesOf(gallery)).filter((n) => asked.length === 0 || asked.includes(n))
    count += names.length
    for (const look of looked) {
      await withLook(look, gallery, async (page) => {
        await page.evaluate(axeSource)
        for (const scene of names.filter((n) => wanted(gallery, n, look))) all.push(...(await faults(page, scene, look)))
      })
    }
  }
  for (const line of all) console.error(line)
  console.log(`${count} screens in ${looked.length} looks: ${all.length} faults`)
  return all.length === 0 ? 0 : 1
}

async function shots(folder, asked) {
  mkdirSync(folder, { recursive: true })
  for (const gallery of galleries) {
    const names = (await scenesOf(gallery)).filter((n) => asked.length === 0 || asked.includes(n))
    for (const look of looked) {
      await withLook(look, gallery, async (page) => {
        for (const scene of names) {
          await draw(page, scene)
          await page.waitForTimeout(scene.startsWith('help-') ? 400 : 50) // moving pictures need a moment; only for the eye
          await page.screenshot({ path: `${folder}/${scene}.${look}.png`, fullPage: true })
        }
      })
    }
  }
  return 0
}

const [what, ...rest] = process.argv.slice(2)
const code = what === 'shots' ? await shots(rest[0], rest.slice(1)) : await axe(rest)
await browser.close()
await server.close()
process.exit(code)

// Reading pictures as a person would: tesseract reads, and the letters that are wrong
// or missing are counted.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** @typedef {import('./prose.mjs').Language} Language */

/** Small text is enlarged before it is read: tesseract wants letters of 30 pixels. */
const enlarged = 4

/**
 * Enlarges a picture in a page of any browser.
 * @param {import('playwright-core').Page} page @param {Buffer} png
 */
async function enlarge(page, png) {
  const data = await page.evaluate(
    async ({ source, times }) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width * times
      canvas.height = image.height * times
      const g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'))
      g.imageSmoothingQuality = 'high'
      g.drawImage(image, 0, 0, canvas.width, canvas.height)
      return canvas.toDataURL('image/png')
    },
    { source: `data:image/png;base64,${png.toString('base64')}`, times: enlarged }
  )
  return Buffer.from(data.slice(data.indexOf(',') + 1), 'base64')
}

/** @param {Buffer} png @param {Language} language */
async function read(png, language) {
  const args = ['-', '-', '-l', language === 'ja' ? 'jpn' : 'eng', '--psm', '6', '--dpi', '288']
  const p = spawn('tesseract', args, { stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, OMP_THREAD_LIMIT: '1' } })
  let text = ''
  p.stdout.setEncoding('utf8').on('data', (part) => (text += part))
  p.stdin.on('error', () => undefined).end(png)
  const [code] = await once(p, 'close')
  if (code !== 0) throw new Error(`tesseract ended with ${code}`)
  return text
}

/** Letters that must be changed, added or left out to get from one text to the other (Levenshtein). @param {string} a @param {string} b */
function distance(a, b) {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min((before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1))
    }
    before = row
  }
  return before[b.length] ?? 0
}

/** Spaces between Japanese characters are the reader's invention. @param {string} text @param {Language} language */
const plain = (text, language) => text.replace(/\s+/g, language === 'ja' ? '' : ' ').trim()

/**
 * The share of a text's characters that can be read on a picture, 0 to 1.
 * @param {import('playwright-core').Page} page of any browser, to work in
 * @param {Buffer} png @param {string} text @param {Language} language
 */
export async function legible(page, png, text, language) {
  const [there, seen] = [plain(text, language), plain(await read(await enlarge(page, png), language), language)]
  return Math.max(0, 1 - distance(there, seen) / there.length)
}

// What somebody downloads until a page can be used: the page, its scripts and
// styles, and one language. Fails above a goal. Run after npm run build.
import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** Goals: scripts and styles, gzip, in bytes (nearest peers of the join page: 75 to 177 kB). */
const pages = [
  { name: 'join page until the code box is usable', html: 'join.html', catalogs: 1, later: [], goal: 50_000 },
  { name: 'admin center until its first page is usable', html: 'admin.html', catalogs: 2, later: ['overview'], goal: 300_000 }
]

const assets = readdirSync('dist/assets')
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length
const size = (f) => readFileSync(`dist/${f}`).length

/** The largest catalogs: one per language and surface, of which a page asks for some. */
function largest(catalogs) {
  const all = assets.filter((f) => /^(en|ja|ar)-.*\.js$/.test(f)).map((f) => `assets/${f}`)
  return all.sort((a, b) => size(b) - size(a)).slice(0, catalogs)
}

/** Scripts that a script imports before it runs. */
function imports(f) {
  const text = readFileSync(`dist/${f}`, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map((m) => `assets/${m[1]}`)
}

/** Files with everything they import, each once. */
function withImports(files) {
  const seen = new Set()
  const todo = [...files]
  for (let f = todo.pop(); f !== undefined; f = todo.pop()) {
    if (seen.has(f)) continue
    seen.add(f)
    if (f.endsWith('.js')) todo.push(...imports(f))
  }
  return [...seen]
}

let failed = false
for (const { name, html, catalogs, later, goal } of pages) {
  const named = [...readFileSync(`dist/${html}`, 'utf8').matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(
    (m) => m[1]
  )
  const chunks = assets.filter((f) => f.endsWith('.js') && later.some((l) => f.startsWith(`${l}-`))).map((f) => `assets/${f}`)
  if (chunks.length !== later.length) throw new Error(`${html}: not all of ${later.join(', ')} were built`)
  const files = withImports([...named, ...largest(catalogs), ...chunks]).map((f) => ({ f, bytes: readFileSync(`dist/${f}`) }))
  const squeezed = files.reduce((n, { bytes }) => n + gzip(bytes), 0)
  const brotli = files.reduce((n, { bytes }) => n + brotliCompressSync(bytes).length, 0)
  for (const { f, bytes } of files) console.log(`${String(gzip(bytes)).padStart(7)} ${f}`)
  console.log(`${name}: ${(squeezed / 1000).toFixed(1)} kB gzip, ${(brotli / 1000).toFixed(1)} kB brotli, goal ${goal / 1000} kB`)
  failed ||= squeezed > goal
}
if (failed) process.exit(1)

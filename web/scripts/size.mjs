// What somebody downloads until a page can be used: the page, its scripts and
// styles, and one language. Fails above a goal. Run after npm run build.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** Goals: scripts and styles, gzip, in bytes (nearest peers of the join page: 75 to 177 kB). */
export const pages = {
  join: { name: 'join page until the code box is usable', html: 'join.html', catalogs: 1, later: [], goal: 50_000 },
  admin: {
    name: 'admin center until its first page is usable',
    html: 'admin.html',
    catalogs: 2,
    later: ['overview'],
    goal: 300_000
  }
}

const dist = join(import.meta.dirname, '..', 'dist')
const assets = readdirSync(join(dist, 'assets'))
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length
const size = (f) => readFileSync(join(dist, f)).length

/** The largest catalogs: one per language and surface, of which a page asks for some. */
function largest(catalogs) {
  const all = assets.filter((f) => /^(en|ja|ar)-.*\.js$/.test(f)).map((f) => `assets/${f}`)
  return all.sort((a, b) => size(b) - size(a)).slice(0, catalogs)
}

/** Scripts that a script imports before it runs. */
function imports(f) {
  const text = readFileSync(join(dist, f), 'utf8')
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

/** The files of a page until it can be used, with their sizes in bytes. */
export function firstView({ html, catalogs, later }) {
  const text = readFileSync(join(dist, html), 'utf8')
  const named = [...text.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1])
  const chunks = assets.filter((f) => f.endsWith('.js') && later.some((l) => f.startsWith(`${l}-`))).map((f) => `assets/${f}`)
  if (chunks.length !== later.length) throw new Error(`${html}: not all of ${later.join(', ')} were built`)
  return withImports([...named, ...largest(catalogs), ...chunks]).map((f) => {
    const bytes = readFileSync(join(dist, f))
    return { f, gzip: gzip(bytes), brotli: brotliCompressSync(bytes).length }
  })
}

export const sum = (files, how) => files.reduce((n, file) => n + file[how], 0)

if (import.meta.filename === process.argv[1]) {
  let failed = false
  for (const page of Object.values(pages)) {
    const files = firstView(page)
    for (const file of files) console.log(`${String(file.gzip).padStart(7)} ${file.f}`)
    const [squeezed, brotli] = [sum(files, 'gzip'), sum(files, 'brotli')]
    console.log(
      `${page.name}: ${(squeezed / 1000).toFixed(1)} kB gzip, ${(brotli / 1000).toFixed(1)} kB brotli, goal ${page.goal / 1000} kB`
    )
    failed ||= squeezed > page.goal
  }
  if (failed) process.exit(1)
}

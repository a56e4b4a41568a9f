// What a sharer downloads until the code box can be used: join.html, its scripts
// and styles, and one language. Fails above the goal. Run after npm run build.
import { readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** Goal: scripts and styles, gzip, in bytes (nearest peers: 75 to 177 kB). */
const goal = 50_000

const html = readFileSync('dist/join.html', 'utf8')
const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((m) => m[1])
const language = readdirSync('dist/assets')
  .filter((f) => /^(en|ja|ar)-.*\.js$/.test(f))
  .map((f) => `assets/${f}`)
  .sort((a, b) => readFileSync(`dist/${b}`).length - readFileSync(`dist/${a}`).length)[0]
const files = [...new Set([...named, language])].map((f) => ({ f, bytes: readFileSync(`dist/${f}`) }))
const total = (squeeze) => files.reduce((n, { bytes }) => n + squeeze(bytes).length, 0)

const gzip = total((b) => gzipSync(b, { level: 9 }))
const brotli = total((b) => brotliCompressSync(b))
for (const { f, bytes } of files) console.log(`${String(gzipSync(bytes, { level: 9 }).length).padStart(7)} ${f}`)
console.log(
  `join page until the code box is usable: ${(gzip / 1000).toFixed(1)} kB gzip, ${(brotli / 1000).toFixed(1)} kB brotli, goal ${goal / 1000} kB`
)
if (gzip > goal) process.exit(1)

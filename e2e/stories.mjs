// Runs the stories one after another: they share two cores, and browsers that
// decode video on a busy machine prove nothing. Arguments choose stories by the
// beginning of their names.
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { makeTemplate, out } from './lib/server.mjs'
import { makeCertificate } from './lib/tls.mjs'

const folder = new URL('./stories/', import.meta.url)
const asked = process.argv.slice(2)
const files = readdirSync(folder)
  .filter((f) => f.endsWith('.test.mjs') && (asked.length === 0 || asked.some((a) => f.startsWith(a))))
  .sort()
if (files.length === 0) {
  console.error(`There is no story that begins with ${asked.join(' or ')}.`)
  process.exit(1)
}
rmSync(out, { recursive: true, force: true })
await makeTemplate()
const { ca } = makeCertificate()
const run = spawnSync(
  process.execPath,
  ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files.map((f) => new URL(f, folder).pathname)],
  { stdio: 'inherit', env: { ...process.env, NODE_EXTRA_CA_CERTS: ca } }
)
process.exit(run.status ?? 1)

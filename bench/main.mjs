// Measures what was asked for, one figure after another, and prints a line for each.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { makeTemplate, out } from '../e2e/lib/server.mjs'
import { makeCertificate } from '../e2e/lib/tls.mjs'
import { gracefulEnd } from './figures/ends.mjs'
import { adminFirstView } from './figures/first-view.mjs'
import { joinPage } from './figures/join-page.mjs'
import { legibleText } from './figures/legible.mjs'
import { lost } from './figures/losses.mjs'
import { pictures } from './figures/pictures.mjs'
import { firstPictureByPath } from './figures/paths.mjs'
import { recovery } from './figures/recovery.mjs'
import { relay } from './figures/relay.mjs'
import { decisions, large, revocation } from './figures/scale.mjs'
import { start } from './figures/start.mjs'
import { quiet } from './lib/machine.mjs'

/**
 * What one measurement gives: the text of each of its figures.
 * @typedef {Record<string, string>} Lines
 * @type {{names: string[], measure: () => Promise<Lines>}[]}
 */
const measurements = [
  { names: ['start'], measure: start },
  { names: ['join-page'], measure: joinPage },
  { names: ['admin-first-view'], measure: adminFirstView },
  { names: ['policies', 'permission'], measure: decisions },
  { names: ['lists', 'export'], measure: large },
  { names: ['revocation'], measure: revocation },
  { names: ['first-picture', 'glass-to-glass'], measure: pictures },
  { names: ['graceful-end'], measure: gracefulEnd },
  { names: ['lost'], measure: lost },
  { names: ['recovery'], measure: recovery },
  { names: ['first-picture-by-path'], measure: firstPictureByPath },
  { names: ['relay-udp', 'relay-tcp', 'relay-tls'], measure: relay },
  { names: ['legible-300', 'legible-100'], measure: legibleText }
]

/** How long to wait for other programs to become quiet before a measurement, in ms. */
const patience = 30_000

const asked = process.argv.slice(2)
const wanted = (name) => asked.length === 0 || asked.some((a) => name.startsWith(a))
const chosen = measurements.filter((m) => m.names.some(wanted))
if (chosen.length === 0) {
  console.error(`There is no figure that begins with ${asked.join(' or ')}. There are: ${measurements.flatMap((m) => m.names).join(', ')}.`)
  process.exit(1)
}

/** @param {(typeof measurements)[number]} m @returns {Promise<boolean>} whether it could be made */
async function print(m) {
  const before = await quiet(patience)
  try {
    const lines = await m.measure()
    for (const name of m.names.filter(wanted)) console.log(`${name.padEnd(15)} ${lines[name]} · machine ${before} % busy before`)
    return true
  } catch (e) {
    console.log(`${m.names.join(', ').padEnd(15)} could not be measured: ${e instanceof Error ? (e.stack ?? e.message) : e}`)
    return false
  }
}

/** Node reads whom it trusts once, at its start: this program starts itself again when the run's authority exists. */
if (process.env.BENCH_AGAIN === undefined) {
  rmSync(out, { recursive: true, force: true })
  await makeTemplate()
  const { ca } = makeCertificate()
  const run = spawnSync(process.execPath, process.argv.slice(1), { stdio: 'inherit', env: { ...process.env, NODE_EXTRA_CA_CERTS: ca, BENCH_AGAIN: 'yes' } })
  process.exit(run.status ?? 1)
}
console.log(`machine         ${cpus().length} × ${cpus()[0]?.model} · load ${loadavg().map((l) => l.toFixed(1)).join(' ')}`)
let failed = 0
for (const m of chosen) if (!(await print(m))) failed++
process.exit(failed > 0 ? 1 : 0)

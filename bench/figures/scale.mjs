// lists, export: a demo of 20 000 people, 100 000 devices and 200 000 sessions, asked
// over HTTP as the admin center does. policies, permission: decisions in memory.
// revocation: until both seats know that a session has ended, in an organisation as large.
// The tool is bench/scale; it is in no other program.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { out } from '../../e2e/lib/server.mjs'
import { verdict } from '../lib/numbers.mjs'

const tool = process.env.BENCH_SCALE ?? ''
const binary = process.env.E2E_BINARY ?? ''
const port = 8080

/** Samples in µs. @typedef {{p50: number, p95: number, p99: number, max: number, n: number, slow?: string}} Times */

/** @param {string[]} args */
async function measured(...args) {
  const { stdout } = await promisify(execFile)(tool, args, { maxBuffer: 1 << 20 })
  return JSON.parse(stdout)
}

const ms = (/** @type {number} */ us) => (us / 1000).toFixed(1)

export async function large() {
  const folder = join(out, 'large')
  mkdirSync(folder, { recursive: true })
  const began = performance.now()
  const server = spawn(binary, ['demo', '--large', '--data', folder, '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    await ready(server)
    const filled = Math.round((performance.now() - began) / 1000)
    const [base, people] = [`http://localhost:${port}`, join(folder, 'people.json')]
    const lists = await measured('lists', base, people, join(folder, 'tasuke.db'))
    const file = await measured('export', base, people, String(server.pid))
    return { lists: listsLine(lists, filled), export: exportLine(file) }
  } finally {
    if (server.exitCode === null) {
      server.kill('SIGTERM')
      await once(server, 'exit')
    }
  }
}

/** @param {import('node:child_process').ChildProcess} server */
async function ready(server) {
  let said = ''
  for await (const chunk of server.stdout ?? []) {
    said += chunk
    if (said.includes('Stop with')) return server.stdout?.resume()
  }
  throw new Error(`the demo ended: ${said.slice(-300)}`)
}

/** @param {Record<string, Times>} v @param {number} filled */
function listsLine({ floor, ...lists }, filled) {
  const each = Object.entries(lists).sort().map(([name, t]) => `${name} p50/p95/max ${ms(t.p50)}/${ms(t.p95)}/${ms(t.max)} ms (n ${t.n}; slowest ${t.slow})`)
  const worst = Math.max(...Object.values(lists).map((t) => t.p95))
  return `${each.join(' · ')} · 50 rows by one bare select p50/p95 ${ms(floor.p50)}/${ms(floor.p95)} ms · filled in ${filled} s · ${verdict('p95 < 50 ms', worst < 50_000)}`
}

/** @param {{rows: number, bytes: number, seconds: number, growth: number}} v */
function exportLine(v) {
  return `${v.rows} rows, ${(v.bytes / 1e6).toFixed(1)} MB in ${v.seconds.toFixed(1)} s: ${Math.round(v.rows / v.seconds)} rows/s · memory +${v.growth.toFixed(1)} MB at its peak · ${verdict('< 100 MB', v.growth < 100)}`
}

export async function decisions() {
  /** @type {Record<'policies100' | 'policies1000' | 'permission' | 'clock', Times>} */
  const v = await measured('decide')
  const us = (/** @type {Times} */ t) => `p50/p99 ${t.p50.toFixed(1)}/${t.p99.toFixed(1)} µs`
  const clock = `reading the clock ${us(v.clock)}`
  return {
    policies: `100: ${us(v.policies100)} · 1 000: ${us(v.policies1000)} · ${clock} · ${verdict('100: < 50 µs', v.policies100.p50 < 50)} · ${verdict('1 000: p99 < 1 ms', v.policies1000.p99 < 1000)}`,
    permission: `30 assignments of 10 groups: ${us(v.permission)} · ${clock} · ${verdict('< 5 µs', v.permission.p50 < 5)}`
  }
}

/** The goal, in µs. */
const soon = 2_000_000

export async function revocation() {
  const folder = join(out, 'revocation')
  mkdirSync(folder, { recursive: true })
  /** @type {{ends: Record<string, Times>, call: Times, devices: number}} */
  const v = await measured('revocation', folder, '100000')
  const each = Object.entries(v.ends).sort().map(([name, t]) => `${name} p50/p95 ${ms(t.p50)}/${ms(t.p95)} ms (n ${t.n})`)
  const worst = Math.max(...Object.values(v.ends).map((t) => t.p95))
  return {
    revocation: `${each.join(' · ')} · a change that ends nothing p50/p95 ${ms(v.call.p50)}/${ms(v.call.p95)} ms · ${v.devices} devices · ${verdict('p95 < 2 s', worst < soon)}`
  }
}

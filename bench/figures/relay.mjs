// relay: what one packet costs the relay beside coturn, and how much later it arrives.
// Both seats are relayed. The load tool is bench/relay; it is in no other program.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { verdict } from '../lib/numbers.mjs'

const tool = process.env.BENCH_RELAY ?? ''

/**
 * One server over one network: packets for each second of processor time, delay in µs, share lost.
 * @typedef {{per_core: number, p50: number, p99: number, lost: number, offered: number}} Side
 */

export async function relay() {
  const { stdout } = await promisify(execFile)(tool, ['measure'])
  /** @type {{network: string, coturn: Side, tasuke: Side}[]} */
  const rounds = stdout.trim().split('\n').map((line) => JSON.parse(line))
  return Object.fromEntries(rounds.map((r) => [`relay-${r.network}`, line(r)]))
}

/** @param {{coturn: Side, tasuke: Side}} r */
function line({ coturn, tasuke }) {
  const ratio = tasuke.per_core / coturn.per_core
  const goals = [verdict('≥ 1', ratio >= 1), verdict('p99 ≤ coturn', tasuke.p99 <= coturn.p99)]
  const thousands = (/** @type {number} */ n) => `${Math.round(n / 1000)} k`
  const side = (/** @type {Side} */ s) => `${thousands(s.per_core)} packets/s/core, p50/p99 ${Math.round(s.p50)}/${Math.round(s.p99)} µs, lost ${(100 * s.lost).toFixed(1)} %`
  return `${ratio.toFixed(2)} × coturn · ${side(tasuke)} · coturn ${side(coturn)} · ${thousands(tasuke.offered)} packets/s of 1 000 bytes · ${goals.join(' · ')}`
}

// Secrets that the stories used, each with the kind it is of. The last story looks
// for them in everything the run left behind.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { out } from './server.mjs'

const folder = join(out, 'canaries')

/** @typedef {{kind: Kind, value: string}} Planted */
/** @typedef {'password' | 'cookie' | 'code' | 'relay credential' | 'description' | 'chat'} Kind */

export class Canaries {
  /** @type {Map<string, Kind>} */
  #all = new Map()

  /** @param {Kind} kind @param {string} value shorter than eight bytes, as an ice-ufrag is, it would be found by chance */
  add(kind, value) {
    if (Buffer.byteLength(value) >= 8) this.#all.set(value, kind)
  }

  /** Everything planted so far. @returns {Planted[]} */
  get all() {
    return [...this.#all].map(([value, kind]) => ({ kind, value }))
  }

  /** @param {string} story */
  keep(story) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${story}.json`), JSON.stringify([...this.#all]))
  }
}

/** Everything that was planted in the run. @returns {Planted[]} */
export function planted() {
  const all = new Map(readdirSync(folder).flatMap((f) => JSON.parse(readFileSync(join(folder, f), 'utf8'))))
  return [...all].map(([value, kind]) => ({ kind, value }))
}

/** Logs and databases that a server left in its folder; people.json and the key are secret by themselves. @param {string} under */
export function remains(under) {
  const files = readdirSync(under, { recursive: true, encoding: 'utf8' })
  return files.filter((f) => /\.(log|db|db-wal|db-shm)$/.test(f)).map((f) => join(under, f))
}

/**
 * Where secrets are found: one sentence each, which does not repeat the secret.
 * @param {string[]} files @param {Planted[]} secrets
 */
export function found(files, secrets) {
  const texts = files.map((f) => ({ name: relative(out, f), text: readFileSync(f, 'latin1') }))
  return secrets.flatMap((s) =>
    disguises(s.value).flatMap((d) => texts.filter((t) => t.text.includes(d)).map((t) => `a ${s.kind} (${s.value.slice(0, 2)}…) in ${t.name}`))
  )
}

/** The ways in which a text may be written, as bytes. @param {string} value */
function disguises(value) {
  const ascii = (/** @type {string} */ s) => s.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
  const lines = value.split('\n').filter((l) => Buffer.byteLength(l) >= 8)
  const ways = lines.flatMap((l) => [l, JSON.stringify(l).slice(1, -1), ascii(l), encodeURIComponent(l), Buffer.from(l).toString('base64')])
  return [...new Set(ways)].map((w) => Buffer.from(w).toString('latin1'))
}

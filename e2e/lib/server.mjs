// The real program as its own process: started, killed, started again on the same
// data. Its whole output is kept in a file, at the most talkative level, because
// the last story looks for secrets in it.
import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './wait.mjs'

/** Where a run leaves logs, data and pictures of failures. */
export const out = process.env.E2E_OUT ?? fileURLToPath(new URL('../out', import.meta.url))
const template = join(out, 'template')
const binary = process.env.E2E_BINARY ?? fileURLToPath(new URL('../../bin/tasuke', import.meta.url))

/** @typedef {{role: 'administrator' | 'helper' | 'sharer', name: string, username: string, password: string}} Person */

/** The namespace is ours alone, so every port is free. The issuer of the demo's people contains this one. */
const pagePort = 8080

/** Who asks while the server is coming up may be left without any answer: asked again after this, in ms. */
const answersWithin = 2000

export class Server {
  /** @type {import('node:child_process').ChildProcess | null} */
  #process = null

  /**
   * @param {string} folder of its data and its log; made when missing
   * @param {string} [base] public address
   * @param {Record<string, string>} [settings] beside or instead of the usual ones
   */
  constructor(folder, base = `http://localhost:${pagePort}`, settings = {}) {
    this.folder = folder
    this.base = base
    this.settings = {
      base_url: base,
      listen: `127.0.0.1:${pagePort}`,
      database: `sqlite:${join(folder, 'tasuke.db')}`,
      master_key_file: join(folder, 'master.key'),
      log_level: 'debug',
      ...settings
    }
    mkdirSync(folder, { recursive: true })
  }

  get #flags() {
    return Object.entries(this.settings).flatMap(([k, v]) => ['--set', `${k}=${v}`])
  }

  /** The demo's people with their passwords. @returns {Person[]} */
  get people() {
    return JSON.parse(readFileSync(join(this.folder, 'people.json'), 'utf8'))
  }

  /** @param {string} username @returns {Person} */
  person(username) {
    const p = this.people.find((one) => one.username === username)
    if (!p) throw new Error(`nobody is called ${username}`)
    return p
  }

  /** Starts `tasuke serve` on the folder's data and waits until it answers. */
  start() {
    return this.#run(['serve', ...this.#flags], 'server.log')
  }

  /** What an operator does first: an organisation, and people who choose their passwords by the links they are given. */
  async settle() {
    const admin = (/** @type {string[]} */ ...args) => /\S+\/welcome#(\S+)/.exec(execFileSync(binary, ['admin', ...args, ...this.#flags], { encoding: 'utf8' }))?.[1] ?? ''
    const invite = (/** @type {string} */ user, /** @type {string} */ name, /** @type {string[]} */ ...more) => admin('invite', '--org', 'demo', '--user', user, '--name', name, ...more)
    const links = {
      amelia: admin('create-organisation', '--id', 'demo', '--name', 'Northwind Traders', '--admin-name', 'Amelia Brandt', '--admin-user', 'amelia'),
      haruka: invite('haruka', '佐藤 はるか', '--role', 'first_line_helper'),
      sofia: invite('sofia', 'Sofía Núñez')
    }
    await this.start()
    const people = []
    for (const [username, token] of Object.entries(links)) {
      const password = randomBytes(12).toString('base64url')
      const body = new URLSearchParams({ token, step: 'choose', lang: 'en', password, repeat: password })
      const answer = await fetch(`${this.base}/idp/demo/welcome`, { method: 'POST', body })
      if (!answer.ok) throw new Error(`the link of ${username} was refused with ${answer.status}: ${await answer.text()}`)
      const name = { amelia: 'Amelia Brandt', haruka: '佐藤 はるか', sofia: 'Sofía Núñez' }[username] ?? ''
      people.push({ role: 'sharer', name, username, password })
    }
    writeFileSync(join(this.folder, 'people.json'), JSON.stringify(people))
  }

  /** Starts the demo, which makes its organisation and people when there are none. */
  demo() {
    const listen = ['--listen', `127.0.0.1:${pagePort}`]
    return this.#run(['demo', ...listen, '--data', this.folder, '--log-level', 'debug'], 'demo.log')
  }

  get pid() {
    if (!this.#process?.pid) throw new Error('the server does not run')
    return this.#process.pid
  }

  /** @param {string[]} args @param {string} log */
  async #run(args, log) {
    const file = openSync(join(this.folder, log), 'a')
    const p = spawn(binary, args, { stdio: ['ignore', file, file] })
    this.#process = p
    await until('the server answers', async () => p.exitCode !== null || (await fetch(`${this.base}/readyz`, { signal: AbortSignal.timeout(answersWithin) })).ok)
    if (p.exitCode !== null) throw new Error(`the server ended with ${p.exitCode}: see ${join(this.folder, log)}`)
  }

  /** Ends it as an operator does (SIGTERM), or as a power cut does (SIGKILL). @param {'SIGTERM' | 'SIGKILL'} [signal] */
  async stop(signal = 'SIGTERM') {
    const p = this.#process
    this.#process = null
    if (!p || p.exitCode !== null || p.signalCode !== null) return
    p.kill(signal)
    await once(p, 'exit')
    if (signal === 'SIGTERM' && p.exitCode !== 0) throw new Error(`the server ended with ${p.exitCode ?? p.signalCode}`)
  }
}

/** Makes the demo's data once; every story's server begins with a copy. */
export async function makeTemplate() {
  const s = new Server(template)
  await s.demo()
  await until('the demo made its people', () => existsSync(join(template, 'people.json')))
  await s.stop()
}

/**
 * A started server with the demo's people and nothing else.
 * @param {string} name @param {Record<string, string>} [more] settings beside the usual ones
 */
export async function startServer(name, more = {}) {
  const folder = join(out, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const f of ['tasuke.db', 'tasuke.db-wal', 'master.key', 'people.json']) {
    if (existsSync(join(template, f))) cpSync(join(template, f), join(folder, f))
  }
  const s = new Server(folder, undefined, more)
  await s.start()
  return s
}

/**
 * A started server of an organisation that its operator has just made, over https.
 * @param {string} name @param {string} base @param {Record<string, string>} settings
 */
export async function startSettled(name, base, settings) {
  const folder = join(out, name)
  rmSync(folder, { recursive: true, force: true })
  const s = new Server(folder, base, settings)
  await s.settle()
  return s
}

// The real program as its own process: started, killed, started again on the same
// data. Its whole output is kept in a file, at the most talkative level, because
// the last story looks for secrets in it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from './wait.mjs'

/** Where a run leaves logs, data and pictures of failures. */
export const out = process.env.E2E_OUT ?? fileURLToPath(new URL('../out', import.meta.url))
const template = join(out, 'template')
const binary = process.env.E2E_BINARY ?? fileURLToPath(new URL('../../bin/tasuke', import.meta.url))

/** @typedef {{role: 'administrator' | 'helper' | 'sharer', name: string, username: string, password: string}} Person */

/** The namespace is ours alone, so every port is free. The issuer of the demo's people contains the first. */
const pagePort = 8080
export const relayPort = 3478

export class Server {
  /** @type {import('node:child_process').ChildProcess | null} */
  #process = null

  base = `http://localhost:${pagePort}`

  /** @param {string} folder of its data and its log; made when missing */
  constructor(folder) {
    this.folder = folder
    mkdirSync(folder, { recursive: true })
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
    const settings = {
      base_url: this.base,
      listen: `127.0.0.1:${pagePort}`,
      relay_listen: `127.0.0.1:${relayPort}`,
      database: `sqlite:${join(this.folder, 'tasuke.db')}`,
      master_key_file: join(this.folder, 'master.key'),
      log_level: 'debug'
    }
    return this.#run(['serve', ...Object.entries(settings).flatMap(([k, v]) => ['--set', `${k}=${v}`])], 'server.log')
  }

  /** Starts the demo, which makes its organisation and people when there are none. */
  demo() {
    const listen = ['--listen', `127.0.0.1:${pagePort}`, '--relay-listen', `127.0.0.1:${relayPort}`]
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
    await until('the server answers', async () => p.exitCode !== null || (await fetch(`${this.base}/readyz`)).ok)
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

/** A started server with the demo's people and nothing else. @param {string} name */
export async function startServer(name) {
  const folder = join(out, name)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const f of ['tasuke.db', 'tasuke.db-wal', 'master.key', 'people.json']) {
    if (existsSync(join(template, f))) cpSync(join(template, f), join(folder, f))
  }
  const s = new Server(folder)
  await s.start()
  return s
}

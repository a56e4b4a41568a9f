// start: from starting the binary to its first answer, and what it holds in memory
// when nothing happens.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { get } from 'node:http'
import { join } from 'node:path'
import { out } from '../../e2e/lib/server.mjs'
import { pause } from '../../e2e/lib/wait.mjs'
import { median, spread, verdict } from '../lib/numbers.mjs'

const starts = 7
const port = 8080
const binary = process.env.E2E_BINARY ?? ''

/** The server is left alone for this long before its memory is read, in ms. */
const idle = 10_000

export async function start() {
  const folder = join(out, 'start')
  mkdirSync(folder, { recursive: true })
  for (const f of ['tasuke.db', 'master.key']) cpSync(join(out, 'template', f), join(folder, f))
  const [times, floor] = [[], []]
  for (let i = 0; i < starts; i++) {
    floor.push(bareStart())
    times.push(await answered(folder))
  }
  const rss = await resting(folder)
  const goals = [verdict('≤ 300 ms', median(times) <= 300), verdict('≤ 60 MB', rss <= 60)]
  return { start: `first answer ${spread(times)} · program that only says its version ${spread(floor)} · idle memory ${rss.toFixed(1)} MB · ${goals.join(' · ')}` }
}

/** The least that starting this program costs, in ms. */
function bareStart() {
  const began = performance.now()
  const { status } = spawnSync(binary, ['version'], { stdio: 'ignore' })
  if (status !== 0) throw new Error(`tasuke version ended with ${status}`)
  return performance.now() - began
}

/** @param {string} folder */
function serve(folder) {
  const settings = {
    base_url: `http://localhost:${port}`,
    listen: `127.0.0.1:${port}`,
    database: `sqlite:${join(folder, 'tasuke.db')}`,
    master_key_file: join(folder, 'master.key')
  }
  return spawn(binary, ['serve', ...Object.entries(settings).flatMap(([k, v]) => ['--set', `${k}=${v}`])], { stdio: 'ignore' })
}

/** Starts, waits for the first answer, stops; in ms. @param {string} folder */
async function answered(folder) {
  const began = performance.now()
  const p = serve(folder)
  try {
    await firstAnswer(p)
    return performance.now() - began
  } finally {
    await stop(p)
  }
}

/** @param {import('node:child_process').ChildProcess} p */
async function firstAnswer(p) {
  for (;;) {
    if (p.exitCode !== null) throw new Error(`the server ended with ${p.exitCode}`)
    if ((await status('/join')) === 200) return
    await pause(1)
  }
}

/** The status of an answer, or 0. @param {string} path @returns {Promise<number>} */
function status(path) {
  return new Promise((done) => {
    const q = get({ host: '127.0.0.1', port, path, headers: { Host: `localhost:${port}` }, agent: false }, (a) => {
      a.resume()
      a.on('end', () => done(a.statusCode ?? 0))
    })
    q.on('error', () => done(0))
  })
}

/** Resident memory of a server that nobody uses, in MB (10⁶ bytes): proc(5), VmRSS. @param {string} folder */
async function resting(folder) {
  const p = serve(folder)
  try {
    await firstAnswer(p)
    await pause(idle)
    const kiB = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${p.pid}/status`, 'utf8'))?.[1]
    if (!kiB) throw new Error('the kernel does not tell the memory of the server')
    return (Number(kiB) * 1024) / 1e6
  } finally {
    await stop(p)
  }
}

/** @param {import('node:child_process').ChildProcess} p */
async function stop(p) {
  if (p.exitCode !== null) return
  p.kill('SIGTERM')
  await once(p, 'exit')
}

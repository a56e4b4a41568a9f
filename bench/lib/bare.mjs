// The floor: two pages with a plain RTCPeerConnection each, and a server that
// passes on what they say to each other, as fast as one can (server-sent events).
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { until } from '../../e2e/lib/wait.mjs'
import { quiet } from './machine.mjs'

/** @typedef {import('../../e2e/lib/chromium.mjs').ChromiumTab} Tab */

/** How long to wait for a quiet moment before a run, in ms. */
export const patience = 2000

/** From the chosen screen to the first picture, in ms. @param {Tab} viewer @param {Tab} sharer */
export async function firstPicture(viewer, sharer) {
  return (await viewer.run(() => window.times.firstFrame)) - (await sharer.run(() => window.times.chosen))
}

const page = readFileSync(new URL('bare.html', import.meta.url))

export class Bare {
  /** @type {Map<string, import('node:http').ServerResponse>} */
  #listeners = new Map()
  #server = createServer((q, a) => this.#serve(q, a))

  async start() {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return this
  }

  /** @param {import('node:http').IncomingMessage} q @param {import('node:http').ServerResponse} a */
  async #serve(q, a) {
    const url = new URL(q.url ?? '/', 'http://localhost')
    const seat = url.searchParams.get('for') ?? ''
    if (url.pathname === '/bare') return a.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page)
    if (url.pathname !== '/signals') return a.writeHead(404).end()
    if (q.method === 'GET') {
      a.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
      return this.#listeners.set(seat, a)
    }
    let body = ''
    for await (const part of q) body += part
    this.#listeners.get(seat)?.write(`data: ${body}\n\n`)
    a.writeHead(204).end()
  }

  /** Opens a peer in a profile. @param {import('../../e2e/lib/chromium.mjs').Profile} profile @param {'sharer' | 'viewer'} seat */
  async open(profile, seat) {
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address())
    const tab = await profile.tab(`http://localhost:${port}/bare?seat=${seat}`)
    await until('the bare peer is ready', () => tab.run(() => document.body.innerText.includes('ready')))
    return tab
  }

  /**
   * Shares the couple's page in their browsers as any page would, and gives what look sees of it.
   * @template T
   * @param {import('./couple.mjs').Couple} couple
   * @param {(viewer: Tab, sharer: Tab) => Promise<T>} look
   */
  async share(couple, look) {
    const viewer = await this.open(couple.helper.tab.profile, 'viewer')
    const sharer = await this.open(couple.sharer.tab.profile, 'sharer')
    await quiet(patience)
    const shown = await couple.paints()
    await sharer.click('button', 'Share screen')
    await until('the first frame', () => viewer.run(() => window.times.firstFrame > 0))
    const seen = await look(viewer, sharer)
    for (const tab of [shown, sharer, viewer]) await tab.close()
    return seen
  }

  async close() {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}

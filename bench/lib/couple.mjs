// A helper and a sharer at two browsers, with help sessions that begin where the
// sharer may choose a screen. What leads there is asked of the API: it is not measured.
import { Canaries } from '../../e2e/lib/canaries.mjs'
import { startChromium } from '../../e2e/lib/chromium.mjs'
import { servePaint } from '../../e2e/lib/paint.mjs'
import { Helper, Sharer, Someone } from '../../e2e/lib/seats.mjs'
import { startServer, startSettled } from '../../e2e/lib/server.mjs'
import { address } from '../../e2e/lib/tls.mjs'
import { until } from '../../e2e/lib/wait.mjs'
import { watchTimes } from './watch.mjs'

/** Title of the tab that sharers' browsers choose. */
export const painted = 'Tasuke painted page'

/** Version of the words on the trust screens (web/src/session/consent.ts). */
const words = 'view-1'

/** Size of the shared tab. */
export const size = { width: 960, height: 640 }

export class Couple {
  /** @type {import('../../e2e/lib/chromium.mjs').Chromium[]} */
  #browsers = []
  #canaries = new Canaries()

  /** @param {import('../../e2e/lib/server.mjs').Server} server @param {Awaited<ReturnType<typeof servePaint>>} paint */
  constructor(server, paint) {
    this.server = server
    this.paint = paint
  }

  /**
   * The browsers are started, both have signed in.
   * @param {string} name of the folder for the server's data @param {Record<string, string>} [settings] of the server
   * @param {{base?: string, at?: import('../../e2e/lib/elsewhere.mjs').Elsewhere}} [o] base: a server that begins empty, at that address; at: where the sharer's browser runs
   */
  static async start(name, settings = {}, { base, at } = {}) {
    const couple = new Couple(await (base ? startSettled(name, base, settings) : startServer(name, settings)), await servePaint())
    couple.at = at
    try {
      couple.helper = await couple.#person(Helper, await couple.#browser({}), 'haruka')
      await couple.helper.signIn('/help')
      couple.sharer = await couple.#person(Sharer, await couple.#browser({ captures: painted, size, at }), 'sofia')
      await couple.sharer.signIn('/join')
      couple.signedIn = await couple.sharer.tab.profile.context.storageState()
      return couple
    } catch (e) {
      await couple.close()
      throw e
    }
  }

  /** @param {import('../../e2e/lib/chromium.mjs').ChromiumOptions} o */
  async #browser(o) {
    const b = await startChromium(o)
    this.#browsers.push(b)
    return b
  }

  /** @param {typeof Helper | typeof Sharer} Kind @param {any} browser @param {string} username @param {any} [o] */
  async #person(Kind, browser, username, o = {}) {
    const profile = await browser.profile(o)
    await profile.context.addInitScript(watchTimes)
    return new Kind(await profile.tab(), this.server.person(username), this.#canaries, this.server.base)
  }

  /** What the organisation wishes. @param {Record<string, unknown>} change */
  async setSettings(change) {
    const profile = await this.helper.tab.profile.browser.profile()
    const admin = new Someone(await profile.tab(), this.server.person('amelia'), this.#canaries, this.server.base)
    await admin.signIn('/')
    await admin.setSettings(change)
    await admin.tab.close()
  }

  /** The sharer's browser is gone: a new one, signed in as before. */
  async newSharer() {
    await this.sharer.tab.profile.browser.quit()
    this.sharer = await this.#person(Sharer, await this.#browser({ captures: painted, size, at: this.at }), 'sofia', { storageState: this.signedIn })
    await this.sharer.tab.open(`${this.server.base}/join`)
  }

  /** The sharer's tab is closed, or somewhere else: a new one. */
  async newSharerTab() {
    const { profile } = this.sharer.tab
    if (!this.sharer.tab.page.isClosed()) await this.sharer.tab.page.close()
    this.sharer.tab = await profile.tab(`${this.server.base}/join`)
  }

  /** Opens the page to be shared, which shows the clock, in the sharer's browser. */
  async paints() {
    const url = this.paint.url({ title: painted, clock: '' })
    const tab = await this.sharer.tab.profile.tab(this.at ? url.replace('localhost', address) : url)
    await until('the shared page is there', () => tab.run((t) => document.title === t, painted))
    return tab
  }

  /** Both have said yes, and the browsers are connected (unless they cannot): what happens while a person looks for the screen to share. */
  async meet(connected = true) {
    const { helper, sharer } = this
    const { session, code } = await asked(helper, '/help-sessions', undefined, 201)
    await asked(sharer, '/help-sessions/redeem', { code })
    await asked(helper, `/help-sessions/${session}/acts/continue`, { text: words })
    await asked(sharer, `/help-sessions/${session}/acts/allow`, { text: words })
    await helper.tab.open(`${this.server.base}/help?s=${session}`)
    await sharer.tab.open(`${this.server.base}/join?s=${session}`)
    if (connected) for (const p of [helper, sharer]) {
      await until('the browsers are connected', () => p.tab.run(() => window.watched.peers.at(-1)?.connectionState === 'connected'))
    }
    await sharer.sees('Share your screen with')
    return session
  }

  /** Shares, and waits for the picture. */
  async share() {
    await this.sharer.press('Share screen')
    await until('the first frame', () => this.helper.tab.run(() => window.times.firstFrame > 0))
    await this.sharer.sees('sees your screen')
  }

  async close() {
    const closed = await Promise.allSettled(this.#browsers.map((b) => b.quit()))
    await this.paint.close()
    await this.server.stop()
    for (const c of closed) if (c.status === 'rejected') throw c.reason
  }
}

/** @param {Helper | Sharer} who @param {string} path @param {unknown} body @param {number} [want] */
async function asked(who, path, body, want = 200) {
  const answer = await who.api(path, { method: 'POST', body })
  if (answer.status !== want) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

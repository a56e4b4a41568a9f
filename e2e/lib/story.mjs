// A story: a server of its own, browsers, people; and everything closed at the end,
// whatever happened.
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import test from 'node:test'
import { Canaries, found, remains } from './canaries.mjs'
import { startChromium } from './chromium.mjs'
import { startFirefox } from './firefox.mjs'
import { openNetwork } from './net.mjs'
import { servePaint } from './paint.mjs'
import { Helper, Sharer, Someone } from './seats.mjs'
import { out, startServer, startSettled } from './server.mjs'

/** Title of the tab that sharers' browsers are told to choose. */
export const painted = 'Tasuke painted page'

class World {
  canaries = new Canaries()
  /** @type {(import('./chromium.mjs').Chromium | import('./firefox.mjs').Firefox)[]} */
  browsers = []
  /** @type {Someone[]} */
  people = []

  /**
   * @param {string} name @param {import('node:test').TestContext} test
   * @param {import('./server.mjs').Server} server @param {Awaited<ReturnType<typeof servePaint>>} paint
   */
  constructor(name, test, server, paint) {
    this.name = name
    this.test = test
    this.server = server
    this.paint = paint
  }

  /** @param {import('./chromium.mjs').ChromiumOptions} [o] */
  async chromium(o) {
    const b = await startChromium(o)
    this.browsers.push(b)
    return b
  }

  /** @param {Record<string, unknown>} [preferences] */
  async firefox(preferences) {
    const b = await startFirefox(preferences)
    this.browsers.push(b)
    return b
  }

  /** A helper, signed in on the help page. @param {any} browser @param {string} [username] */
  async helper(browser, username = 'haruka') {
    const h = await this.someone(Helper, browser, username)
    await h.signIn('/help')
    return h
  }

  /** A sharer, signed in on the join page. @param {any} browser @param {string} [username] */
  async sharer(browser, username = 'sofia') {
    const s = await this.someone(Sharer, browser, username)
    await s.signIn('/join')
    return s
  }

  /** The administrator. @param {any} browser */
  async administrator(browser) {
    const a = await this.someone(Someone, browser, 'amelia')
    await a.signIn('/')
    return a
  }

  /**
   * Somebody at a new tab of a profile of their own, not signed in.
   * @template {Someone} T
   * @param {new (...a: ConstructorParameters<typeof Someone>) => T} Kind @param {any} browser @param {string} username @param {any} [profile]
   */
  async someone(Kind, browser, username, profile = {}) {
    const tab = await (await browser.profile(profile)).tab()
    const p = new Kind(tab, this.server.person(username), this.canaries, this.server.base)
    this.people.push(p)
    return p
  }

  /** Opens the page to be shared in the same profile as somebody's tab. @param {Someone} who @param {number} number @param {string} [colour] */
  paints(who, number, colour = '#204060', title = painted) {
    return who.tab.profile.tab(this.paint.url({ title, number, colour }))
  }

  /**
   * A part of the story, told with the same browsers and people: when it fails, the
   * parts after it are told all the same.
   * @param {string} title @param {() => Promise<void>} steps
   */
  part(title, steps) {
    return this.test.test(title, () => this.tell(title, steps))
  }

  /** Runs steps; takes pictures when they fail, and asks everybody's page for faults. @param {string} title @param {() => Promise<void>} steps */
  async tell(title, steps) {
    try {
      await steps()
      for (const p of this.people) {
        const faults = await p.faults().catch(() => [])
        assert.deepEqual(faults, [], `errors or policy violations at ${p.person.username}`)
      }
    } catch (e) {
      await this.pictures(plain(title))
      throw e
    }
  }

  /** @param {string} title */
  async pictures(title) {
    mkdirSync(join(out, this.name), { recursive: true })
    for (const [i, p] of this.people.entries()) {
      await p.tab.picture(join(out, this.name, `failed-${title}-${i}-${p.person.username}.png`)).catch(() => undefined)
    }
  }

  async close() {
    await openNetwork()
    const closed = await Promise.allSettled(this.browsers.map((b) => b.quit()))
    await this.paint.close()
    await this.server.stop()
    this.canaries.keep(this.name)
    for (const c of closed) if (c.status === 'rejected') throw c.reason
    assert.deepEqual(found(remains(this.server.folder), this.canaries.all), [], 'secrets in what the server left behind')
  }
}

/** @param {string} title */
const plain = (title) => title.toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 60)

/**
 * @param {string} file import.meta.url of the story
 * @param {string} title
 * @param {(w: World) => Promise<void>} steps
 * @param {{base?: string, settings?: Record<string, string>, front?: () => (() => Promise<void>) | Promise<() => Promise<void>>, within?: number}} [own] settings beside the usual ones; with base a server that begins empty, at that address; perhaps with something in front; within: how long it may take, in ms
 */
export function story(file, title, steps, own) {
  const name = `${basename(file).replace('.test.mjs', '')}-${plain(title)}`
  test(title, { timeout: own?.within ?? 300_000 }, async (t) => {
    const stopFront = await own?.front?.()
    try {
      const w = new World(name, t, await (own?.base ? startSettled(name, own.base, own.settings ?? {}) : startServer(name, own?.settings)), await servePaint())
      try {
        await w.tell(title, () => steps(w))
      } finally {
        await w.close()
      }
    } finally {
      await stopFront?.()
    }
  })
}

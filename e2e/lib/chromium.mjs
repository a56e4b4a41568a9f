// Chromium, one process per browser, each under a user of its own.
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { readSecrets, watch } from './page.mjs'
import { patience, until } from './wait.mjs'

/** Users that exist nowhere else; one per browser of a run. */
let nextUser = 23_001

/** What the driver would switch off but people's browsers have: hidden pages are slowed down. */
const realistic = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--disable-back-forward-cache'
]

/**
 * @typedef {object} ChromiumOptions
 * @property {string} [captures] title of the tab that getDisplayMedia chooses
 * @property {boolean} [rejects] getDisplayMedia is always refused, as if cancelled
 * @property {{width: number, height: number}} [size]
 * @property {{namespace: string, proxy?: string}} [at] where it runs: a network namespace, and the proxy that pages are fetched by there
 * @property {string} [home] home folder, where client certificates are
 * @property {string[]} [lacks] interfaces that this browser's pages do not have
 */

/** @param {ChromiumOptions} [o] */
export async function startChromium(o = {}) {
  const uid = nextUser++
  const server = await chromium.launchServer({
    executablePath: fileURLToPath(new URL('wrap.sh', import.meta.url)),
    ignoreDefaultArgs: realistic,
    env: { ...process.env, E2E_UID: String(uid), E2E_NETWORK: o.at?.namespace ?? '', HOME: o.home ?? '/nonexistent' },
    handleSIGINT: false,
    args: [
      '--no-sandbox', // everything runs in a container's namespace, without user namespaces of its own
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--ignore-certificate-errors', // the run's own authority; for pages, sockets and TURN over TLS alike
      '--autoplay-policy=no-user-gesture-required',
      '--disable-features=WebRtcHideLocalIpsWithMdns', // nobody answers multicast DNS here
      ...(o.at?.proxy ? [`--proxy-server=${o.at.proxy}`] : []),
      ...(o.captures ? [`--auto-select-tab-capture-source-by-title=${o.captures}`] : []),
      ...(o.rejects ? ['--use-fake-ui-for-media-stream=deny'] : []) // without a screen there is no picker to cancel
    ]
  })
  const driver = await chromium.connect(server.wsEndpoint())
  return new Chromium(uid, server, driver, o)
}

export class Chromium {
  kind = 'Chromium'
  /** @type {ChromiumTab[]} */
  tabs = []
  #gone = false

  /**
   * @param {number} uid
   * @param {import('playwright-core').BrowserServer} server
   * @param {import('playwright-core').Browser} driver
   * @param {ChromiumOptions} options
   */
  constructor(uid, server, driver, options) {
    this.uid = uid
    this.server = server
    this.driver = driver
    this.options = options
  }

  /**
   * Cookies of their own, as in a private window.
   * @param {import('playwright-core').BrowserContextOptions} [o]
   */
  async profile(o = {}) {
    const context = await this.driver.newContext({ locale: 'en-GB', viewport: this.options.size ?? { width: 1100, height: 800 }, ...o })
    await context.addInitScript(watch)
    await context.addInitScript((names) => {
      for (const name of names) Reflect.deleteProperty(window, name)
    }, this.options.lacks ?? [])
    context.setDefaultTimeout(patience)
    return new Profile(this, context)
  }

  /** @param {NodeJS.Signals} signal to every process of this browser */
  #signal(signal) {
    const { pid } = this.server.process()
    if (pid) process.kill(-pid, signal)
  }

  /** The browser dies without a word. */
  async kill() {
    this.#gone = true
    const died = once(this.server.process(), 'exit')
    this.#signal('SIGKILL')
    await died
  }

  freeze() {
    this.#signal('SIGSTOP')
  }

  thaw() {
    this.#signal('SIGCONT')
  }

  /** The person quits the browser. */
  async quit() {
    if (this.#gone) return
    this.#gone = true
    await this.server.close()
  }
}

export class Profile {
  /** @param {Chromium} browser @param {import('playwright-core').BrowserContext} context */
  constructor(browser, context) {
    this.browser = browser
    this.context = context
  }

  /** @param {string} [address] */
  async tab(address) {
    const tab = new ChromiumTab(this, await this.context.newPage())
    this.browser.tabs.push(tab)
    if (address) await tab.open(address)
    return tab
  }

  /** The values of all cookies. */
  async cookies() {
    return (await this.context.cookies()).map((c) => c.value)
  }
}

/** One page. FirefoxTab has the same methods. */
export class ChromiumTab {
  /** @param {Profile} profile @param {import('playwright-core').Page} page */
  constructor(profile, page) {
    this.profile = profile
    this.page = page
  }

  /** @param {string} address */
  async open(address) {
    await this.page.goto(address, { waitUntil: 'commit' })
  }

  async reload() {
    await this.page.reload({ waitUntil: 'commit' })
  }

  /** Clicks as a person does: the element must be there, visible, enabled and not covered. @param {'button' | 'link'} role @param {string} name */
  async click(role, name) {
    await this.page.getByRole(role, { name, exact: true }).click()
  }

  /** @param {string} label @param {string} text */
  async fill(label, text) {
    await this.page.getByRole('textbox', { name: label, exact: true }).or(this.page.getByLabel(label, { exact: true })).first().fill(text)
  }

  /** Types keys where the focus is. @param {string} key */
  async press(key) {
    await this.page.keyboard.press(key)
  }

  /**
   * @template A, R
   * @param {(a: A) => R | Promise<R>} fn @param {A} [arg]
   */
  run(fn, arg) {
    return this.page.evaluate(/** @type {any} */ (fn), arg)
  }

  address() {
    return this.page.url()
  }

  async front() {
    await this.page.bringToFront()
  }

  /** Closes as a person closes a tab: the page's own farewells run. */
  async close() {
    await this.page.close({ runBeforeUnload: true })
    await until('the tab is closed', () => this.page.isClosed())
  }

  async secrets() {
    return this.page.isClosed() ? [] : this.run(readSecrets)
  }

  /** @param {string} path */
  async picture(path) {
    await this.page.screenshot({ path, timeout: 5000 })
  }
}

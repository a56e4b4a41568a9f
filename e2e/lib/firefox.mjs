// Firefox ESR on a screen of its own (Xvfb): without a screen it has nothing to share.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import puppeteer from 'puppeteer-core'
import { readSecrets, watch } from './page.mjs'
import { certificate } from './tls.mjs'
import { patience, until } from './wait.mjs'

const screen = { width: 1280, height: 800 }

const preferences = {
  'media.navigator.permission.disabled': true, // shares the whole screen without asking
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false, // nobody answers multicast DNS here
  'intl.accept_languages': 'en-GB, en',
  'media.autoplay.default': 0
}

/** A screen that nobody looks at. */
async function startScreen() {
  const args = ['-displayfd', '3', '-screen', '0', `${screen.width}x${screen.height}x24`, '-nolisten', 'tcp']
  const p = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const [number] = await once(/** @type {import('node:stream').Readable} */ (p.stdio[3]), 'data')
  return { process: p, display: `:${String(number).trim()}` }
}

/** @param {Record<string, unknown>} [more] preferences */
export async function startFirefox(more = {}) {
  const { process: xvfb, display } = await startScreen()
  const home = mkdtempSync(join(tmpdir(), 'tasuke-firefox-'))
  const profile = join(home, 'profile')
  mkdirSync(profile)
  const certutil = (/** @type {string[]} */ ...args) => execFileSync('certutil', [...args, '-d', `sql:${profile}`])
  certutil('-N', '--empty-password')
  certutil('-A', '-n', 'stories', '-t', 'C,,', '-i', certificate.ca) // the run's own authority
  const driver = await puppeteer.launch({
    browser: 'firefox',
    userDataDir: profile,
    executablePath: '/usr/bin/firefox-esr',
    headless: false,
    defaultViewport: null,
    args: ['--kiosk', '--width', String(screen.width), '--height', String(screen.height)], // nobody manages the windows here
    env: { ...process.env, DISPLAY: display, HOME: home },
    extraPrefsFirefox: { ...preferences, ...more }
  })
  return new Firefox(driver, xvfb, display, home)
}

export class Firefox {
  kind = 'Firefox'

  /**
   * @param {import('puppeteer-core').Browser} driver @param {import('node:child_process').ChildProcess} xvfb
   * @param {string} display @param {string} home
   */
  constructor(driver, xvfb, display, home) {
    this.driver = driver
    this.xvfb = xvfb
    this.display = display
    this.home = home
  }

  /** Cookies of their own. All tabs are on the one screen: the front one is seen, and shared. */
  async profile() {
    return new FirefoxProfile(this, await this.driver.createBrowserContext())
  }

  /** Clicks with the screen's own mouse, also on what belongs to the browser and not to a page. @param {{x: number, y: number}} at pixel of the screen */
  clickScreen({ x, y }) {
    execFileSync('xdotool', ['mousemove', String(x), String(y), 'click', '1'], { env: { ...process.env, DISPLAY: this.display } })
  }

  async quit() {
    await this.driver.close()
    const ended = once(this.xvfb, 'exit')
    this.xvfb.kill()
    await ended
    rmSync(this.home, { recursive: true, force: true })
  }
}

export class FirefoxProfile {
  /** @param {Firefox} browser @param {import('puppeteer-core').BrowserContext} context */
  constructor(browser, context) {
    this.browser = browser
    this.context = context
  }

  /** @param {string} [address] */
  async tab(address) {
    const page = await this.context.newPage()
    page.setDefaultTimeout(patience)
    await page.evaluateOnNewDocument(watch)
    const tab = new FirefoxTab(this, page)
    if (address) await tab.open(address)
    return tab
  }

  /** The values of all cookies. */
  async cookies() {
    return (await this.context.cookies()).map((c) => c.value)
  }
}

/** Finds what has this role and name, is enabled and not covered; null when there is none. Sent to the browser as text. */
function usable(role, name) {
  const kinds = { button: 'button', link: 'a', textbox: 'input, textarea' }
  const called = (e) => (e.getAttribute('aria-label') ?? (e.labels?.length ? e.labels[0].innerText : e.innerText)).trim()
  const all = [...document.querySelectorAll(kinds[role])].filter((e) => called(e) === name && !e.disabled && e.ariaDisabled !== 'true')
  const [element] = all
  if (!element) return null
  element.scrollIntoView({ block: 'nearest' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const there = document.elementFromPoint(left + width / 2, top + height / 2)
  return there && element.contains(there) ? element : null
}

/** One page. ChromiumTab has the same methods. */
export class FirefoxTab {
  /** @param {FirefoxProfile} profile @param {import('puppeteer-core').Page} page */
  constructor(profile, page) {
    this.profile = profile
    this.page = page
  }

  /** @param {string} address */
  async open(address) {
    await this.page.goto(address, { waitUntil: 'domcontentloaded' })
  }

  async reload() {
    await this.page.reload({ waitUntil: 'domcontentloaded' })
  }

  /** @param {'button' | 'link'} role @param {string} name */
  async click(role, name) {
    await (await this.#element(role, name)).click()
  }

  /** @param {string} label @param {string} text */
  async fill(label, text) {
    const box = await this.#element('textbox', label)
    await box.evaluate((b) => /** @type {HTMLInputElement} */ (b).select())
    await box.type(text)
  }

  /** Waits for an element that a person could use now. @param {'button' | 'link' | 'textbox'} role @param {string} name */
  #element(role, name) {
    return until(`the ${role} ${name}`, async () => (await this.page.evaluateHandle(usable, role, name)).asElement())
  }

  /** @param {string} key */
  async press(key) {
    await this.page.keyboard.press(/** @type {import('puppeteer-core').KeyInput} */ (key))
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

  async close() {
    await this.page.close({ runBeforeUnload: true })
  }

  async secrets() {
    return this.page.isClosed() ? [] : this.run(readSecrets)
  }

  /** @param {string} path */
  async picture(path) {
    await this.page.screenshot({ path: /** @type {`${string}.png`} */ (path) })
  }
}

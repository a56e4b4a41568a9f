// The two people of a help session, doing and seeing what people do and see: by
// the words on the screen. The words are product.md's, in English.
import assert from 'node:assert/strict'
import { readPath, readPicture, seenPicture } from './page.mjs'
import { until } from './wait.mjs'

/** @typedef {import('./chromium.mjs').ChromiumTab | import('./firefox.mjs').FirefoxTab} Tab */
/** @typedef {import('./server.mjs').Person} Person */

const words = () => document.body.innerText

/** Somebody at a browser tab. */
export class Someone {
  /**
   * @param {Tab} tab @param {Person} person
   * @param {import('./canaries.mjs').Canaries} canaries
   * @param {string} base address of the server
   */
  constructor(tab, person, canaries, base) {
    this.tab = tab
    this.person = person
    this.canaries = canaries
    this.base = base
    canaries.add('password', person.password)
  }

  /** Waits until the text is on the page. @param {string | RegExp} text */
  async sees(text, ms) {
    await until(`${this.person.username} sees ${text}`, async () => {
      const all = await this.tab.run(words)
      return (typeof text === 'string' ? all.includes(text) : text.test(all)) || Promise.reject(new Error(all.slice(0, 800)))
    }, ms)
  }

  /** Waits until the text is not on the page. @param {string} text */
  async seesNoMore(text) {
    await until(`${this.person.username} no longer sees ${text}`, async () => !(await this.tab.run(words)).includes(text))
  }

  /** @param {string} name */
  press(name) {
    return this.tab.click('button', name)
  }

  /** Signs in at the embedded provider, to come back to a page. @param {string} path */
  async signIn(path) {
    await this.tab.open(`${this.base}/signin?return=${encodeURIComponent(path)}`)
    await this.giveCredentials()
  }

  /** Fills the provider's form in and waits to be back, signed in. */
  async giveCredentials() {
    await this.tab.fill('User name or e-mail address', this.person.username)
    await this.tab.fill('Password', this.person.password)
    await this.press('Sign in')
    await this.sees(new RegExp(`${this.person.name}|Protect your account`))
    if (await this.tab.run(() => document.body.textContent?.includes('Protect your account'))) await this.press('Not now')
    await this.sees(this.person.name)
    for (const value of await this.tab.profile.cookies()) this.canaries.add('cookie', value)
  }

  /** Asks the API as this person. @param {string} path @param {{method?: string, body?: unknown}} [o] */
  api(path, o = {}) {
    return this.tab.run(
      async ({ path, method, body }) => {
        const answer = await fetch(`/api/v1${path}`, {
          method,
          headers: { 'Content-Type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) })
        })
        const text = await answer.text()
        return { status: answer.status, body: text === '' ? null : JSON.parse(text) }
      },
      { path, method: o.method ?? 'GET', body: o.body }
    )
  }

  /** Changes some of the organisation's settings. @param {Record<string, unknown>} change */
  async setSettings(change) {
    const { body } = await this.api('/settings')
    const { status } = await this.api('/settings', { method: 'PUT', body: { ...body, ...change } })
    if (status !== 200) throw new Error(`the settings were refused with ${status}`)
  }

  /** Writes a chat line; a line break is shift and Enter. @param {string} text */
  async says(text) {
    this.canaries.add('chat', text)
    await this.tab.fill('Write a message', text)
    await this.press('Send')
  }

  /** The thread as shown: who, in this page's eyes, and what. */
  thread() {
    return this.tab.run(() =>
      [...document.querySelectorAll('[role=log] .line')].map((l) => ({
        mine: l.classList.contains('line-mine'),
        waiting: l.classList.contains('line-waiting'),
        text: l.querySelector('.line-text')?.textContent ?? ''
      }))
    )
  }

  /** Waits until the thread is exactly this. @param {string[]} texts */
  async threadIs(texts) {
    await until(`${this.person.username} reads ${texts.length} lines`, async () => {
      const lines = await this.thread()
      return (lines.every((l) => !l.waiting) && JSON.stringify(lines.map((l) => l.text)) === JSON.stringify(texts)) || Promise.reject(new Error(JSON.stringify(lines)))
    })
  }

  /** How the two browsers are connected. */
  path() {
    return until('a way between the browsers is chosen', () => this.tab.run(readPath))
  }

  /**
   * Waits until they are connected in one of these ways, and says in which: a browser may begin on another and move.
   * @param {{local: string, remote: string, protocol: string}[]} wanted
   */
  pathIs(...wanted) {
    return until(`the way of ${this.person.username}`, async () => {
      const way = JSON.stringify(await this.path())
      return wanted.find((w) => JSON.stringify(w) === way) ?? Promise.reject(new Error(way))
    })
  }

  /** The own address that the connection uses. */
  ownAddress() {
    return this.tab.run(async () => {
      const stats = await window.watched.peers.at(-1).getStats()
      const transport = [...stats.values()].find((s) => s.type === 'transport')
      return stats.get(stats.get(transport?.selectedCandidatePairId)?.localCandidateId)?.address
    })
  }

  /** What kinds of addresses the two browsers told each other. @returns {Promise<string[]>} */
  candidateTypes() {
    return this.tab.run(async () => {
      const types = new Set()
      for (const [, s] of await window.watched.peers.at(-1).getStats()) if (/^(local|remote)-candidate$/.test(s.type)) types.add(s.candidateType)
      return [...types].sort()
    })
  }

  /** What went wrong in the page that nobody saw. */
  faults() {
    return this.tab.run(() => window.watched?.faults ?? [])
  }

  /** Remembers what the connection knows and must not be found anywhere. */
  async plantCanaries() {
    for (const s of await this.tab.secrets()) this.canaries.add('description', s)
    const id = new URL(this.tab.address()).searchParams.get('s')
    if (!id) return
    const { body } = await this.api(`/help-sessions/${id}`)
    for (const s of body?.link?.iceServers ?? []) if (s.credential) this.canaries.add('relay credential', s.credential)
  }
}

export class Helper extends Someone {
  /** From wherever this tab is to a new security code. */
  async beginsAnew() {
    await this.tab.open(`${this.base}/help`)
    return this.getsCode()
  }

  /** From the help page to a security code. */
  async getsCode() {
    await this.press('Get a security code')
    return this.readsCode()
  }

  async readsCode() {
    await this.sees('Your security code')
    const code = await until('a code is shown', () => this.tab.run(() => document.querySelector('.shown-code')?.textContent?.trim()))
    const link = await this.tab.run(() => document.querySelector('.shown-link')?.textContent ?? '')
    this.canaries.add('code', code)
    this.canaries.add('code', code.replace('-', ''))
    return { code, link }
  }

  /** The number painted on the shared page, read out of the received video. */
  async seesPicture(number) {
    return until(`the helper sees ${number}`, async () => {
      const seen = await this.tab.run(readPicture)
      return (seen?.value === number && seen) || Promise.reject(new Error(JSON.stringify(seen)))
    })
  }

  picture() {
    return this.tab.run(readPicture)
  }

  /** What is seen of the shared screen, as PNG, and whether it is a sharp still. */
  async sight() {
    const { still, data } = await until('there is a picture', () => this.tab.run(seenPicture))
    return { still, png: Buffer.from(data.slice(data.indexOf(',') + 1), 'base64') }
  }

  /** Whether there is any video to be seen on the page. The page may keep an empty player ready, out of sight. */
  hasVideo() {
    return this.tab.run(() => [...document.querySelectorAll('video')].some((v) => v.checkVisibility()))
  }

  /** Frames decoded by the present connection, shown or not. */
  frames() {
    return this.tab.run(async () => {
      const pc = window.watched.peers.at(-1)
      let frames = 0
      for (const [, s] of (await pc?.getStats()) ?? []) if (s.type === 'inbound-rtp' && s.kind === 'video') frames += s.framesDecoded ?? 0
      return frames
    })
  }

  /** Waits until frames come. */
  async framesGoOn() {
    const before = await this.frames()
    await until('frames go on', async () => (await this.frames()) > before + 3)
  }
}

export class Sharer extends Someone {
  /** Types the code on the join page; signed in already. @param {string} code */
  async bringsCode(code) {
    await this.tab.open(`${this.base}/join`)
    await this.sees('Enter the security code your helper gave you.')
    await until('the page knows who is signed in', async () => (await this.tab.run(words)).includes(this.person.name))
    await this.tab.fill('Security code', code)
    await this.press('Continue')
  }
}

/**
 * Takes two signed-in people to where the sharer may choose a screen.
 * @param {Helper} helper @param {Sharer} sharer
 */
export async function meet(helper, sharer) {
  const { code } = await helper.beginsAnew()
  await sharer.bringsCode(code)
  await agree(helper, sharer)
  return code
}

/** Both say yes. @param {Helper} helper @param {Sharer} sharer */
export async function agree(helper, sharer) {
  await helper.sees('You are about to help')
  await helper.press('Continue')
  await sharer.press('Allow')
  await sharer.sees('Share your screen with')
  await helper.sees('is choosing what to share')
}

/** The sharer shares; both see it. @param {Helper} helper @param {Sharer} sharer @param {number} number what is painted there */
export async function share(helper, sharer, number) {
  await sharer.press('Share screen')
  await sharer.sees('sees your screen')
  const seen = await helper.seesPicture(number)
  await helper.plantCanaries()
  await sharer.plantCanaries()
  return seen
}

/**
 * One whole session, from code to goodbye, of which both pages' statistics say that it is relayed.
 * @param {{paints(who: Someone, number: number, colour?: string): Promise<Tab>}} w @param {Helper} helper @param {Sharer} sharer
 * @param {number} number what is painted @param {('udp' | 'tcp' | 'tls')[]} protocols to the relay, any of which will do
 */
export async function relayed(w, helper, sharer, number, ...protocols) {
  const page = await w.paints(sharer, number, red)
  await helped(helper, sharer, number, async () => {
    const ways = protocols.map((protocol) => ({ local: 'relay', remote: 'relay', protocol }))
    for (const who of [helper, sharer]) await who.pathIs(...ways)
  })
  await page.close()
}

/** What is shared where it is looked whether its colour arrives. */
export const red = '#c02020'

/**
 * One whole session, from code to goodbye: what is red there is red here, and both can write.
 * @param {Helper} helper @param {Sharer} sharer @param {number} number what is painted, in red
 * @param {() => Promise<void>} check while the picture runs
 */
export async function helped(helper, sharer, number, check) {
  await meet(helper, sharer)
  const { colour } = await share(helper, sharer, number)
  assert.ok(colour[0] > 150 && colour[1] < 80 && colour[2] < 80, `the colour is ${colour}`)
  await check()
  await helper.says('届いていますか？')
  await sharer.threadIs(['届いていますか？'])
  await helper.framesGoOn()
  await sharer.press('End session')
  await helper.sees(/Sofía Núñez\u2069? ended the session\./)
}

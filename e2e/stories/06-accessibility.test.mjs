// Every page in its main states, in three languages, light and dark, judged by axe;
// and the sharer's whole way with nothing but Tab and Enter.
import assert from 'node:assert/strict'
import { findings } from '../lib/axe.mjs'
import { Helper, Sharer, Someone } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

/** How each state is looked at; the last one is what the story goes on with. */
const looks = [
  { language: 'ar', dir: 'rtl', colours: 'dark' },
  { language: 'ja', dir: 'ltr', colours: 'light' },
  { language: 'en', dir: 'ltr', colours: 'dark' },
  { language: 'en', dir: 'ltr', colours: 'light' }
]

/** Speaks another language, as a person chooses it. @param {import('../lib/chromium.mjs').ChromiumTab} tab @param {string} language */
async function speak(tab, language) {
  const { page } = tab
  if (await page.locator('.language select').count()) await page.locator('.language select').selectOption(language)
  else if (await page.locator(`a[lang=${language}]`).count()) await page.locator(`a[lang=${language}]`).click()
  await until(`the page speaks ${language}`, () => tab.run((l) => document.documentElement.lang === l, language))
}

/** @param {Someone} who @param {string} where for the message */
async function inspect(who, where) {
  const all = []
  for (const { language, dir, colours } of looks) {
    await who.tab.page.emulateMedia({ colorScheme: /** @type {'light' | 'dark'} */ (colours), reducedMotion: 'reduce' })
    await speak(who.tab, language)
    if ((await who.tab.run(() => document.documentElement.dir)) !== dir) all.push(`not ${dir} in ${language}`)
    if (!(await who.tab.run(() => document.title))) all.push(`no title in ${language}`)
    for (const f of await findings(who.tab)) all.push(`${language}, ${colours}: ${f}`)
  }
  assert.deepEqual(all, [], where)
}

/** Name of what has the focus. @param {Someone} who */
const focused = (who) =>
  who.tab.run(() => {
    const e = /** @type {any} */ (document.activeElement)
    return (e?.getAttribute('aria-label') ?? (e?.labels?.length ? e.labels[0].textContent : e?.textContent) ?? '').trim()
  })

/** Presses Tab until something has the focus. @param {Someone} who @param {string} name */
async function tabTo(who, name) {
  for (let n = 0; n < 40; n++) {
    if ((await focused(who)) === name) return
    await who.tab.press('Tab')
  }
  assert.fail(`${name} is not reached with Tab`)
}

/** @param {Someone} who */
const enter = (who) => who.tab.press('Enter')

/** @param {Someone} who @param {string} text */
const type = (who, text) => who.tab.page.keyboard.type(text)

story(import.meta.url, 'everybody can use it', async (w) => {
  const [ours, theirs] = await Promise.all([w.chromium(), w.chromium({ captures: painted })])
  const nobody = await w.someone(Someone, ours, 'kenji')
  const helper = await w.someone(Helper, ours, 'haruka')
  const sharer = await w.someone(Sharer, theirs, 'sofia')

  await w.part('pages of somebody who is not signed in', async () => {
    for (const path of ['/', '/join', '/help', '/signin?return=/join', '/signin/error?code=provider_unreachable&return=/join', '/signin/first']) {
      await nobody.tab.open(w.server.base + path)
      await until('there is a heading', () => nobody.tab.run(() => document.querySelector('h1') !== null && document.readyState === 'complete'))
      await inspect(nobody, path)
    }
    await nobody.tab.run(() => document.body.append(document.createElement('button')))
    assert.match((await findings(nobody.tab)).join(), /button-name/, 'what is wrong is found')
    await nobody.tab.profile.context.addInitScript(() => void Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia'))
    await nobody.tab.open(`${w.server.base}/join#4060-R0GX`)
    await nobody.sees('Please open this on your computer')
    await inspect(nobody, 'a phone')
  })

  await w.part('the description of the API', async () => {
    await nobody.tab.open(`${w.server.base}/api/docs`)
    await nobody.sees(/(\d+) of \1 operations/)
    await inspect(nobody, 'the description')
    await nobody.tab.page.getByLabel('Search operations').fill('export-person')
    await nobody.sees(/^1 of \d+ operations$/m)
    for (let n = 0; n < 40 && !(await focused(nobody)).includes('/people/{id}/export'); n++) await nobody.tab.press('Tab')
    await enter(nobody)
    await nobody.sees('manage_people')
    await nobody.tab.open(`${w.server.base}/api/docs#put-group`)
    await nobody.sees('Link to this operation')
    await inspect(nobody, 'one operation, by its address')
  })

  await w.part('the helper and the sharer before the picture', async () => {
    await helper.signIn('/help')
    await helper.sees('Your help sessions')
    await inspect(helper, 'the help page')
    await sharer.signIn('/help')
    await sharer.sees('You cannot give help right now')
    await inspect(sharer, 'the help page of who may not help')
    await sharer.bringsCode('0000-0000')
    await sharer.sees('This security code is not valid, or no longer')
    await inspect(sharer, 'a wrong code')
    const { code } = await helper.getsCode()
    await inspect(helper, 'a security code')
    await sharer.bringsCode(code)
    await sharer.sees('wants to help you')
    await inspect(sharer, 'the sharer’s trust screen')
    await helper.sees('You are about to help')
    await inspect(helper, 'the helper’s trust screen')
    await helper.press('Continue')
    await helper.sees(/Waiting for .* to allow/)
    await inspect(helper, 'the helper has said yes')
    await sharer.press('Allow')
    await sharer.sees('Share your screen with')
    await inspect(sharer, 'the sharer may choose a screen')
    await helper.sees('is choosing what to share')
    await inspect(helper, 'the helper waits for the picture')
  })

  await w.part('the session', async () => {
    await w.paints(sharer, 0x000606)
    await sharer.press('Share screen')
    await helper.seesPicture(0x000606)
    await helper.says('تظهر الشاشة الآن')
    await sharer.says('ありがとうございます')
    await helper.threadIs(['تظهر الشاشة الآن', 'ありがとうございます'])
    await inspect(helper, 'the picture')
    await inspect(sharer, 'the sharer shares')
    await sharer.press('Pause')
    await helper.sees(/Paused by/)
    await inspect(helper, 'the helper sees the pause')
    await inspect(sharer, 'the sharer holds back')
    await w.server.stop('SIGKILL')
    await helper.sees('Connection to the server lost, trying again')
    await sharer.sees('Connection to the server lost, trying again')
    await inspect(helper, 'the helper without server')
    await inspect(sharer, 'the sharer without server')
    await w.server.start()
    for (const seat of [helper, sharer]) await seat.seesNoMore('Connection to the server lost')
    const second = await w.someone(Helper, { profile: async () => helper.tab.profile }, 'haruka')
    await second.tab.open(helper.tab.address())
    await second.sees('This help session is open in another window')
    await inspect(second, 'a second window')
    await second.tab.close()
    await sharer.press('End session')
    await helper.sees('The help session has ended')
    await inspect(helper, 'the end at the helper')
    await inspect(sharer, 'the end at the sharer')
  })

  await w.part('the sharer’s whole way with Tab and Enter', async () => {
    const keys = await w.someone(Sharer, theirs, 'layla')
    const { code, link } = await helper.beginsAnew()
    await w.paints(keys, 0x000607)
    await keys.tab.open(link)
    await keys.sees('Continue only if the link is from the person who is helping you.')
    await tabTo(keys, 'Security code')
    await enter(keys)
    await keys.sees('Password')
    await tabTo(keys, 'User name or e-mail address')
    await type(keys, keys.person.username)
    await tabTo(keys, 'Password')
    await type(keys, keys.person.password)
    await enter(keys)
    await keys.sees(keys.person.name)
    assert.equal(await keys.tab.run(() => document.querySelector('input')?.value), code)
    await tabTo(keys, 'Continue')
    await enter(keys)

    await keys.sees('wants to help you')
    await until('the focus is where nothing is given away', async () => (await focused(keys)) === 'Decline')
    await helper.press('Continue')
    await until('Allow can be pressed', () => keys.tab.page.getByRole('button', { name: 'Allow', exact: true }).isEnabled())
    await tabTo(keys, 'Allow')
    await enter(keys)

    await keys.sees('Share your screen with')
    await until('the focus is on the next step', async () => (await focused(keys)) === 'Share screen')
    await enter(keys)
    await helper.seesPicture(0x000607)
    await keys.sees('sees your screen')
    await tabTo(keys, 'Pause')
    await enter(keys)
    await helper.sees(/Paused by/)
    await tabTo(keys, 'Resume')
    await enter(keys)
    await helper.seesPicture(0x000607)
    await tabTo(keys, 'Write a message')
    await type(keys, 'شكرًا لك على المساعدة')
    await enter(keys)
    await helper.threadIs(['شكرًا لك على المساعدة'])
    await tabTo(keys, 'End session')
    await enter(keys)
    await keys.sees('You ended the session.')
    await tabTo(keys, 'Enter another code')
    for (const value of await keys.tab.profile.cookies()) w.canaries.add('cookie', value)
    w.canaries.add('chat', 'شكرًا لك على المساعدة')
  })
})

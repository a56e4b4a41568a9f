// Local people: a passkey is made and signs in alone, an authenticator app and a
// recovery code are the second factor, once each, and whoever is disabled is out.
import assert from 'node:assert/strict'
import { Someone } from '../lib/seats.mjs'
import { story } from '../lib/story.mjs'
import { totp } from '../lib/totp.mjs'
import { until } from '../lib/wait.mjs'

story(import.meta.url, 'local people look after what they sign in with', async (w) => {
  const browser = await w.chromium()
  const sofia = await w.someone(Someone, browser, 'sofia')
  const { page } = sofia.tab
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
  })
  const account = `${w.server.base}/idp/demo/account`
  const credentials = async () => {
    await sofia.tab.fill('User name or e-mail address', sofia.person.username)
    await sofia.tab.fill('Password', sofia.person.password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  }
  const signOut = async () => {
    await page.context().clearCookies()
  }
  let codes = /** @type {string[]} */ ([])
  let secret = ''

  await w.part('a passkey is made on the account page', async () => {
    await sofia.tab.open(account)
    await credentials()
    await sofia.sees('Your sign-in')
    await sofia.tab.fill('Name for the new passkey (optional)', 'Laptop')
    await sofia.press('Add a passkey')
    await sofia.sees('Keep these codes in a safe place')
    codes = await page.locator('.codes code').allInnerTexts()
    assert.equal(codes.length, 10)
    for (const c of codes) w.canaries.add('password', c)
    await page.getByRole('link', { name: 'I have saved them' }).click()
    await sofia.sees('Laptop')
  })

  await w.part('the passkey signs in alone', async () => {
    await signOut()
    await sofia.tab.open(`${w.server.base}/signin?return=/join&step=mfa`)
    await sofia.press('Sign in with a passkey')
    await sofia.sees(sofia.person.name)
    assert.equal((await sofia.api('/me')).status, 200)
  })

  await w.part('an authenticator app is set up', async () => {
    await sofia.tab.open(account)
    await sofia.press('Set up an authenticator app')
    await page.locator('svg.qr').waitFor()
    secret = await page.locator('.secret code').innerText()
    w.canaries.add('password', secret)
    await sofia.tab.fill('Six-digit code from your app', totp(secret))
    await sofia.press('Turn on')
    await sofia.sees('An authenticator app is set up.')
  })

  await w.part('a code of the app is the second factor', async () => {
    await signOut()
    await sofia.tab.open(`${w.server.base}/signin?return=/join`)
    await credentials()
    await sofia.sees('One more step')
    // The code that turned the app on is used up; that of the next step is good.
    await sofia.tab.fill('Six-digit code from your app', totp(secret, 1))
    await sofia.press('Continue')
    await sofia.sees(sofia.person.name)
  })

  await w.part('a recovery code works once', async () => {
    for (const good of [true, false]) {
      await signOut()
      await sofia.tab.open(`${w.server.base}/signin?return=/join`)
      await credentials()
      await page.getByText('Use a recovery code instead').click()
      await sofia.tab.fill('Recovery code', codes[0])
      await page.locator('details').getByRole('button', { name: 'Continue' }).click()
      await sofia.sees(good ? sofia.person.name : 'The code is wrong or was already used.')
    }
  })

  await w.part('whoever is disabled is out at once', async () => {
    await signOut()
    await sofia.tab.open(`${w.server.base}/signin?return=/join`)
    await sofia.press('Sign in with a passkey')
    await sofia.sees(sofia.person.name)
    const boss = await w.administrator(browser)
    const { body } = await boss.api('/local-people')
    const id = body.people.find((/** @type {{username: string}} */ p) => p.username === 'sofia').id
    assert.equal((await boss.api(`/local-people/${id}/disable`, { method: 'POST' })).status, 204)
    await until('sofia is signed out', async () => (await sofia.api('/me')).status === 401)
    await sofia.tab.open(`${w.server.base}/signin?return=/join`)
    await sofia.press('Sign in with a passkey')
    await sofia.sees('This account was switched off.')
  })
})

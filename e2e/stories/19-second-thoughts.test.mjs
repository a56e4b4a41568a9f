// What an administrator takes from somebody, or gives back: second factors, the right
// to help after a report, a device in the middle of a session, a device for another
// person, and in the end everything that is kept of somebody.
import assert from 'node:assert/strict'
import { inspect } from '../lib/inspect.mjs'
import { Helper, meet, share, Someone } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { totp } from '../lib/totp.mjs'
import { until } from '../lib/wait.mjs'

story(import.meta.url, 'an administrator takes away, and gives back', async (w) => {
  const [ours, theirs] = await Promise.all([w.chromium(), w.chromium({ captures: painted })])
  const boss = await w.someone(Helper, ours, 'amelia')
  await boss.signIn('/')
  const [helper, sharer] = await Promise.all([w.helper(ours, 'omar'), w.sharer(theirs, 'sofia')])
  const { page } = boss.tab
  const question = page.getByRole('alertdialog')
  const panel = page.getByRole('dialog')
  const idOf = async (/** @type {Someone} */ who) => (await who.api('/me')).body.person.id
  const [helperId, sharerId] = [await idOf(helper), await idOf(sharer)]
  const devices = async () => (await boss.api('/devices?sort=name')).body.devices
  /** @param {string} path */
  const opens = async (path) => {
    await boss.tab.open(`${w.server.base}/admin${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
  /** The sharer's browser becomes a device. @param {string} name */
  const enrols = async (name) => {
    const { body: ticket } = await boss.api('/enrolment-links', { method: 'POST', body: { owner: sharerId, name } })
    w.canaries.add('enrolment code', ticket.code)
    await sharer.tab.open(ticket.link)
    await sharer.press('Enrol')
    await sharer.sees('This device is enrolled as')
  }

  await w.part('second factors are reset, and made anew', async () => {
    const apart = await w.someone(Someone, ours, 'haruka')
    const own = apart.tab.page
    const account = `${w.server.base}/idp/demo/account`
    /** @param {string} returns */
    const credentials = async (returns) => {
      await own.context().clearCookies()
      await apart.tab.open(returns)
      await apart.tab.fill('User name or e-mail address', apart.person.username)
      await apart.tab.fill('Password', apart.person.password)
      await own.getByRole('button', { name: 'Sign in', exact: true }).click()
    }
    const setsUp = async () => {
      await credentials(account)
      await apart.press('Set up an authenticator app')
      const secret = await own.locator('.secret code').innerText()
      w.canaries.add('password', secret)
      await apart.tab.fill('Six-digit code from your app', totp(secret))
      await apart.press('Turn on')
      await apart.sees('Keep these codes in a safe place')
      for (const c of await own.locator('.codes code').allInnerTexts()) w.canaries.add('password', c)
      return secret
    }
    const secret = await setsUp()
    await credentials(`${w.server.base}/signin?return=/join`)
    await apart.sees('One more step')
    await apart.tab.fill('Six-digit code from your app', totp(secret, 1)) // the one that turned the app on is used up
    await apart.press('Continue')
    await apart.sees(apart.person.name)

    await opens(`/people?open=${await idOf(apart)}`)
    await boss.sees('authenticator app')
    await boss.press('Reset second factors')
    await question.getByText('The password alone signs in then.').waitFor()
    await question.getByRole('button', { name: 'Reset' }).click()
    await boss.sees(/The second factors of .* are reset\./)
    await boss.seesNoMore('authenticator app')
    await until('every sign-in has ended', async () => (await apart.api('/me')).status === 401)

    await credentials(`${w.server.base}/signin?return=/join`)
    await apart.sees('Protect your account')
    await apart.press('Not now')
    await apart.sees(apart.person.name)
    await setsUp()
    await page.reload()
    await boss.sees('authenticator app')
  })

  await w.part('a helper who was reported helps again when an administrator says so', async () => {
    await boss.setSettings({ reportsSuspend: 1 })
    const { code } = await helper.beginsAnew()
    await sharer.bringsCode(code)
    await sharer.press('Report')
    await sharer.sees('You reported this request. Your administrators can see it.')
    await helper.sees(/declined and reported this request\./)
    await helper.tab.open(`${w.server.base}/help`)
    await helper.sees('Giving help is suspended after reports')

    await opens('')
    await boss.sees('Requests reported in the last seven days: 1')
    await page.getByRole('link', { name: /may not give help since/ }).click()
    await boss.sees('May not help')
    await boss.sees('Reported by')
    await boss.sees('Sofía Núñez')
    await inspect(boss, 'a suspended helper')
    await boss.press('Let them help again')
    await boss.sees(/may help again\./)
    await boss.seesNoMore('May not help')
    await helper.beginsAnew()
    await helper.press('Cancel')
  })

  await w.part('a device is retired in the middle of a session', async () => {
    await enrols('LAPTOP-4F7X')
    await boss.setSettings({ unenrolled: false })
    await w.paints(sharer, 15)
    await meet(helper, sharer)
    await share(helper, sharer, 15)
    const [device] = await devices()
    await opens(`/devices?open=${device.id}`)
    await boss.press('Retire')
    await question.getByText('A live help session that depends on it ends.').waitFor()
    await question.getByRole('button', { name: 'Retire' }).click()
    await boss.sees(/LAPTOP-4F7X.* is out of use\./)
    for (const seat of [helper, sharer]) await seat.sees('The device is no longer allowed.')
    assert.equal((await devices())[0].enrolment, 'retired')
    const { code } = await helper.beginsAnew()
    await sharer.bringsCode(code)
    await sharer.sees('This device is not enrolled with your organisation.')
    await helper.press('Cancel')
  })

  await w.part('a device becomes somebody else’s', async () => {
    await enrols('LAPTOP-NEW')
    const find = async () => (await devices()).find((/** @type {{name: string}} */ d) => d.name === 'LAPTOP-NEW')
    await opens(`/devices?open=${(await find()).id}`)
    await boss.press('Rename or transfer')
    await panel.getByRole('button', { name: 'Choose another' }).click()
    await panel.getByRole('searchbox').fill('omar')
    await panel.getByRole('button', { name: new RegExp(`Choose .*${helper.person.name}`) }).click()
    await inspect(boss, 'a transfer')
    await panel.getByRole('button', { name: 'Save' }).click()
    await until('it is his, and not proven', async () => {
      const d = await find()
      return d.owner.id === helperId && d.enrolment === 'known'
    })
    const { code } = await helper.beginsAnew()
    await sharer.bringsCode(code)
    await sharer.sees('This device is not enrolled with your organisation.')
    await helper.press('Cancel')
  })

  await w.part('everything kept of somebody is handed out, and erased', async () => {
    await opens(`/people?open=${sharerId}`)
    const href = (await page.getByRole('link', { name: 'Export everything kept' }).getAttribute('href')) ?? ''
    const file = await boss.tab.run(async (address) => {
      const answer = await fetch(address)
      return { as: answer.headers.get('Content-Disposition'), text: await answer.text() }
    }, href)
    assert.match(file.as ?? '', /^attachment/)
    for (const line of file.text.trim().split('\n')) assert.ok(JSON.parse(line))
    for (const kept of ['Sofía Núñez', 'LAPTOP-4F7X', helperId]) assert.ok(file.text.includes(kept), `${kept} is in the file`)
    await boss.press('Erase')
    await question.getByRole('textbox').fill('Sofía Núñez')
    await question.getByRole('button', { name: 'Erase' }).click()
    await until('nobody is called Sofía', async () => (await boss.api('/people?search=sof%C3%ADa')).body.items.length === 0)
    assert.equal((await sharer.api('/me')).status, 401)
    const { body } = await boss.api('/audit?search=person.')
    const done = body.items.map((/** @type {{action: string}} */ l) => l.action)
    for (const action of ['person.export', 'person.erase', 'person.lift_suspension', 'person.suspend']) assert.ok(done.includes(action), `${action} is in the audit log`)
  })
})

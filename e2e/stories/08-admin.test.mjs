// The administrator: the report of sessions with its filter and files, the
// settings and somebody else changing them meanwhile, people and their roles.
// World.tell fails on every violation of the content security policy.
import assert from 'node:assert/strict'
import { findings } from '../lib/axe.mjs'
import { inspect } from '../lib/inspect.mjs'
import { Helper, Sharer, Someone } from '../lib/seats.mjs'
import { story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

/** A help session that ended before it began: cancelled, or declined by the sharer. @param {Helper} helper @param {Sharer} [sharer] */
async function past(helper, sharer) {
  const { body } = await helper.api('/help-sessions', { method: 'POST' })
  helper.canaries.add('code', body.code)
  const id = body.session
  if (sharer) await sharer.api('/help-sessions/redeem', { method: 'POST', body: { code: body.code } })
  const { status } = await (sharer ?? helper).api(`/help-sessions/${id}/acts/${sharer ? 'decline' : 'cancel'}`, { method: 'POST', body: {} })
  assert.equal(status, 200)
}

story(import.meta.url, 'an administrator sees who helped whom and says what is allowed', async (w) => {
  const browser = await w.chromium()
  const boss = await w.someone(Someone, browser, 'amelia')
  const helper = await w.helper(browser, 'omar')
  const colleague = await w.helper(browser, 'haruka')
  const sharer = await w.sharer(browser, 'sofia')
  const { page } = boss.tab
  const rows = () => boss.tab.run(() => document.querySelectorAll('tbody tr').length)
  for (let n = 0; n < 51; n++) await past(n < 26 ? helper : colleague) // nobody gets more than thirty codes an hour
  await past(helper, sharer)

  await w.part('nobody sees it without signing in', async () => {
    await boss.tab.open(`${w.server.base}/admin/sessions?reason=declined`)
    await boss.sees('Sign in to the admin center')
    await inspect(boss, 'not signed in')
    await page.getByRole('link', { name: 'Sign in' }).click()
    await boss.giveCredentials()
    await until('the filter came back', () => boss.tab.address() === `${w.server.base}/admin/sessions?reason=declined`)
    await until('one session was declined', async () => (await rows()) === 1)
    assert.notEqual(await boss.tab.run(() => getComputedStyle(/** @type {Element} */ (document.querySelector('thead th'))).fontWeight), '', 'styled')
  })

  await w.part('the report', async () => {
    await page.getByRole('searchbox').fill('sofía')
    await until('the address keeps the search', () => new URL(boss.tab.address()).searchParams.get('search') === 'sofía')
    await boss.sees('The sharer declined')
    await boss.sees('Nothing is known about this device')
    await page.getByText('Export', { exact: true }).click()
    const href = await page.getByRole('link', { name: 'Export CSV' }).getAttribute('href') // this browser may write no files
    const file = await boss.tab.run(async (address) => {
      const answer = await fetch(address)
      return { as: answer.headers.get('Content-Disposition'), text: await answer.text() }
    }, href ?? '')
    assert.match(file.as ?? '', /^attachment/)
    const lines = file.text.trim().split('\r\n')
    assert.equal(lines.length, 2, 'the heading and what the filter chose')
    assert.match(lines[1] ?? '', /Sofía Núñez.*declined/)
    await page.getByRole('searchbox').fill('')
    await page.getByRole('combobox', { name: 'How it ended' }).selectOption('')
    await until('the first page', async () => (await rows()) === 50)
    await boss.press('Show more')
    await until('all sessions', async () => (await rows()) === 52)
    assert.equal(await boss.tab.run(() => document.activeElement?.textContent), '52 entries', 'the focus has not lost its place')
    await page.getByRole('button', { name: 'Started' }).click()
    await until('the oldest first', () => new URL(boss.tab.address()).searchParams.get('sort') === 'created')
    await page.getByLabel('Rows per page').selectOption('25')
    await until('a shorter page', async () => (await rows()) === 25)
    await inspect(boss, 'the report')
    await boss.tab.open(`${w.server.base}/admin/sessions?to=2020-01-01`)
    await boss.sees('Nothing fits')
    await inspect(boss, 'an empty report')
    await boss.tab.open(`${w.server.base}/admin/sessions?from=2026-01-02&to=2026-01-01`)
    await boss.sees('The last day is before the first one.')
    await boss.press('Reset')
    await until('everything again', async () => (await rows()) === 50)
  })

  await w.part('the settings', async () => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByLabel('Lifetime of a security code').fill('61')
    await boss.sees('Enter a whole number from 1 to 60.')
    await inspect(boss, 'the settings')
    await page.getByLabel('Lifetime of a security code').fill('12')
    await boss.setSettings({ chat: false })
    await boss.press('Save')
    await boss.sees('Somebody else changed the settings meanwhile')
    await inspect(boss, 'a conflict')
    await boss.press('Reload and keep my changes')
    await boss.sees('The other person changed: Chat.')
    await boss.press('Save')
    await boss.sees('Saved. The settings are in effect.')
    const { body } = await boss.api('/settings')
    assert.deepEqual([body.codeLifetimeMinutes, body.chat], [12, false])
    await page.getByRole('switch', { name: 'Remote help' }).click()
    await boss.press('Save')
    await boss.sees('Switch remote help off?')
    assert.equal((await boss.api('/settings')).body.remoteHelp, true, 'not before the question is answered')
    await page.keyboard.press('Escape')
    await until('the question is gone', async () => (await page.getByRole('alertdialog').count()) === 0)
    assert.equal(await boss.tab.run(() => document.activeElement?.textContent), 'Save', 'the focus is back')
    await boss.press('Save')
    await boss.press('Switch off and save')
    await until('remote help is off', async () => (await boss.api('/settings')).body.remoteHelp === false)
  })

  await w.part('people', async () => {
    await page.getByRole('link', { name: 'People' }).click()
    await page.getByRole('searchbox').fill('amelia')
    await until('one person is found', async () => (await rows()) === 1)
    await boss.sees('Administrator')
    await page.getByRole('searchbox').fill('sofía')
    await until('the address keeps the search', () => new URL(boss.tab.address()).searchParams.get('search') === 'sofía')
    await inspect(boss, 'the people')
    await page.getByRole('link', { name: /Sofía/ }).click()
    await page.getByRole('dialog').waitFor()
    assert.deepEqual(await findings(boss.tab), [], 'the person')
    await page.keyboard.press('Escape')
    await until('the panel is closed', async () => (await page.getByRole('dialog').count()) === 0)
    const group = '/groups/administrator/members'
    const { body: own } = await boss.api('/me')
    const last = await boss.api(`${group}/${own.person.id}`, { method: 'DELETE' })
    assert.deepEqual([last.status, last.body.code], [409, 'last_administrator'])
    assert.equal((await sharer.api('/reports/sessions')).status, 403)
    const { body: person } = await sharer.api('/me')
    await boss.api(`${group}/${person.person.id}`, { method: 'PUT' })
    assert.equal((await sharer.api('/reports/sessions')).status, 200)
  })

  await w.part('who may not is told which permission is missing', async () => {
    await helper.tab.open(`${w.server.base}/admin/settings`)
    await helper.sees('The permission “Read configuration” is missing.')
    await inspect(helper, 'not permitted')
  })
})

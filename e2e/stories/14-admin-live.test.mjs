// The administrator follows a help session as it goes on, ends it with a reason
// that both read, finds it in the report and in the audit log with what was
// changed, and makes and revokes a token for a program.
import assert from 'node:assert/strict'
import { inspect } from '../lib/inspect.mjs'
import { agree } from '../lib/seats.mjs'
import { story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

story(import.meta.url, 'an administrator follows, ends and finds what went on', async (w) => {
  const browser = await w.chromium()
  const boss = await w.administrator(browser)
  const helper = await w.helper(browser, 'omar')
  const sharer = await w.sharer(browser, 'sofia')
  const { page } = boss.tab
  const dialog = page.getByRole('dialog').or(page.getByRole('alertdialog'))
  const opens = async (/** @type {string} */ path, /** @type {string} */ title) => {
    await boss.tab.open(`${w.server.base}/admin${path}`)
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }
  const closed = () => until('the panel is closed', async () => (await dialog.count()) === 0)

  await w.part('a live session appears and is ended', async () => {
    await opens('', 'Overview')
    await boss.sees('First steps')
    await inspect(boss, 'the overview of a new organisation')
    await opens('/live', 'Live sessions')
    await boss.sees('Nobody is being helped now')
    await inspect(boss, 'no live session')
    await helper.tab.open(`${w.server.base}/help`)
    const { code } = await helper.getsCode()
    await boss.sees('Waiting for the sharer')
    await sharer.bringsCode(code)
    await agree(helper, sharer)
    await boss.sees('Connecting')
    await inspect(boss, 'a live session')
    await page.getByRole('button', { name: /^End session:/ }).click()
    await dialog.getByLabel('Reason').fill('Maintenance begins now')
    await inspect(boss, 'ending a session')
    await dialog.getByRole('button', { name: 'End session' }).click()
    await boss.sees(/Both were told the reason/)
    await boss.sees('Nobody is being helped now')
    await helper.sees('Maintenance begins now')
    await sharer.sees('Maintenance begins now')
  })

  await w.part('the report tells what happened', async () => {
    await opens('/sessions', 'Sessions report')
    await page.locator('tbody tr a').first().click()
    await page.getByRole('heading', { level: 1, name: /helped/ }).waitFor()
    for (const text of ['Maintenance begins now', 'Sharer allowed', 'Ended by a manager', 'Security code brought', 'When they said yes'])
      await boss.sees(text)
    await inspect(boss, 'one session')
    await page.getByRole('link', { name: 'All sessions' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sessions report' }).waitFor()
    await opens('', 'Overview')
    await boss.sees('Sessions of the last 30 days')
    await inspect(boss, 'the overview with numbers')
  })

  await w.part('the audit log shows old and new', async () => {
    await boss.setSettings({ chat: false, codeLifetimeMinutes: 12 })
    await opens('/audit', 'Audit log')
    await page.getByRole('combobox', { name: 'Action' }).selectOption('settings.')
    await until('the lines about settings', async () => (await page.locator('tbody tr').count()) === 1)
    await inspect(boss, 'the audit log')
    await page.getByRole('link', { name: /Settings: changed/ }).click()
    for (const text of ['10 minutes', '12 minutes', 'Chat', 'Changed']) await dialog.getByText(text).first().waitFor()
    await inspect(boss, 'a line of the audit log')
    await page.keyboard.press('Escape')
    await closed()
    await opens('/settings', 'Settings')
    await boss.press('History of changes')
    await dialog.getByText('12 minutes').waitFor()
    await inspect(boss, 'the history of the settings')
    await page.keyboard.press('Escape')
  })

  await w.part('a token is made and revoked', async () => {
    await opens('/tokens', 'API tokens')
    await boss.press('New API token')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Monthly report')
    await dialog.getByLabel('View reports').check()
    await inspect(boss, 'a new token')
    await dialog.getByRole('button', { name: 'Make the token' }).click()
    const secret = await dialog.locator('code').textContent()
    w.canaries.add('token', secret ?? '')
    const asks = () => boss.tab.run(async (bearer) => {
      const answer = await fetch('/api/v1/reports/sessions', { credentials: 'omit', headers: { Authorization: `Bearer ${bearer}` } })
      return answer.status
    }, secret ?? '')
    assert.equal(await asks(), 200)
    await dialog.getByRole('button', { name: 'Close' }).click()
    await boss.sees('You have not copied the token')
    await dialog.getByRole('button', { name: 'Close without it' }).click()
    await closed()
    await boss.sees('Monthly report')
    await inspect(boss, 'the tokens')
    await page.getByRole('button', { name: /Revoke .*Monthly report/ }).click()
    await dialog.getByRole('button', { name: 'Revoke' }).click()
    await boss.sees('There is no API token')
    assert.equal(await asks(), 401)
  })
})

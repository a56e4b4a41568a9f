// The administrator says who may help whom and when: a group, a role, an
// assignment, a policy tried as report-only and then switched on. What-if says
// what then happens to somebody.
import assert from 'node:assert/strict'
import { inspect } from '../lib/inspect.mjs'
import { Someone } from '../lib/seats.mjs'
import { story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

story(import.meta.url, 'an administrator gives rights and takes them by policy', async (w) => {
  const browser = await w.chromium()
  const boss = await w.administrator(browser)
  const sofia = await w.sharer(browser, 'sofia')
  const { page } = boss.tab
  const panel = page.getByRole('dialog')
  const named = () => panel.getByRole('textbox', { name: 'Name', exact: true })
  const opens = async (/** @type {string} */ path, /** @type {string} */ title) => {
    await boss.tab.open(`${w.server.base}/admin${path}`)
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }
  const saves = async (/** @type {string} */ name) => {
    await panel.getByRole('button', { name: 'Save' }).click()
    await boss.sees(new RegExp(`Saved: .*${name}`))
    await until('the panel is closed', async () => (await panel.count()) === 0)
  }
  /** What happens when Sofia asks for a code. */
  const asks = async () => {
    const { status, body } = await sofia.api('/help-sessions', { method: 'POST' })
    if (body.code) w.canaries.add('code', body.code)
    return { status, grounds: (body.reasons ?? []).map((/** @type {{code: string}} */ r) => r.code) }
  }

  await w.part('the overview', async () => {
    await opens('', 'Overview')
    await page.getByRole('navigation', { name: 'Admin center' }).getByRole('link', { name: 'Conditional access policies' }).waitFor()
    await inspect(boss, 'the overview')
  })

  await w.part('a group', async () => {
    assert.equal((await asks()).status, 403)
    await opens('/groups', 'Groups')
    await boss.press('New group')
    await named().fill('Branch desk')
    await saves('Branch desk')
    await page.getByRole('link', { name: 'Branch desk' }).click()
    await panel.getByRole('searchbox').fill('sofia')
    await panel.getByRole('button', { name: /Add .*Sofía/ }).click()
    await boss.sees(/Added: .*Sofía/)
    await boss.press('Undo')
    await boss.sees('Nobody yet')
    await panel.getByRole('button', { name: /Add .*Sofía/ }).click()
    await panel.getByRole('button', { name: /Remove .*Sofía/ }).waitFor()
    await inspect(boss, 'a group')
    await page.keyboard.press('Escape')
    await until('the panel is closed', async () => (await panel.count()) === 0)
    await page.getByRole('searchbox').fill('branch')
    await until('the address keeps the search', () => new URL(boss.tab.address()).searchParams.get('search') === 'branch')
    await until('one group', async () => (await page.locator('tbody tr').count()) === 1)
    await inspect(boss, 'the groups')
  })

  await w.part('a role', async () => {
    await opens('/roles', 'Roles')
    await inspect(boss, 'the roles')
    await page.getByRole('link', { name: 'First-line Helper' }).click()
    await panel.getByRole('button', { name: 'Duplicate' }).click()
    await named().fill('Branch helper')
    await panel.getByLabel('Manage people').check()
    assert.ok(await panel.getByLabel('Read people').isDisabled(), 'what comes along cannot be taken by itself')
    await panel.getByLabel('Manage people').uncheck()
    await inspect(boss, 'a role')
    await saves('Branch helper')
  })

  await w.part('an assignment', async () => {
    await opens('/assignments', 'Assignments')
    await boss.press('New assignment')
    await named().fill('Branch desk helps all')
    await panel.getByLabel('Role', { exact: true }).selectOption({ label: 'Branch helper' })
    await panel.getByRole('group', { name: 'Groups that get the role' }).getByLabel('Branch desk').check()
    await panel.getByRole('button', { name: 'Save' }).click()
    await boss.sees('An assignment needs at least one member group and a scope')
    await panel.getByRole('switch', { name: 'All people' }).click()
    await panel.getByRole('switch', { name: 'Devices that are not enrolled' }).click()
    await inspect(boss, 'an assignment')
    await saves('Branch desk helps all')
    await inspect(boss, 'the assignments')
    assert.equal((await asks()).status, 201)
  })

  await w.part('why not', async () => {
    await opens('/why-not', 'Why not?')
    await page.getByLabel('Person').selectOption({ label: 'Sofía Núñez' })
    await boss.press('Explain')
    await boss.sees('Nothing is missing')
    await boss.sees('Branch desk helps all')
    await page.getByLabel('Permission', { exact: true }).selectOption({ label: 'End sessions' })
    await boss.press('Explain')
    await boss.sees('This is not permitted')
    await inspect(boss, 'why not')
  })

  const supposes = async () => {
    await opens('/what-if', 'What if')
    await page.getByLabel('Person').selectOption({ label: 'Sofía Núñez' })
    await page.getByLabel('Platform').selectOption({ label: 'Linux' })
    await boss.press('What if')
    await boss.sees('Policies that were about this')
    return { allowed: await page.getByText('This would be allowed').isVisible(), blocked: await page.getByRole('row', { name: /No Linux/ }).getByText('Blocked').isVisible() }
  }

  await w.part('a policy, tried first', async () => {
    await opens('/policies', 'Conditional access policies')
    await boss.press('New from template')
    await inspect(boss, 'the templates')
    await panel.getByRole('button', { name: 'Cancel' }).click()
    await boss.press('New policy')
    await named().fill('No Linux')
    await panel.getByRole('button', { name: '4. Conditions' }).click()
    await panel.getByRole('group', { name: /^On these platforms/ }).getByLabel('Linux').check()
    for (const step of ['2. Who', '3. Seats', '5. What follows']) {
      await panel.getByRole('button', { name: step }).click()
      await inspect(boss, step)
    }
    await saves('No Linux')
    assert.deepEqual(await supposes(), { allowed: true, blocked: true })
    await inspect(boss, 'what if')
    assert.equal((await asks()).status, 201, 'report-only is not enforced')
  })

  await w.part('the policy, switched on while somebody else writes', async () => {
    await opens('/policies', 'Conditional access policies')
    await page.getByRole('link', { name: 'No Linux' }).click()
    await panel.getByLabel('State').selectOption({ label: 'On' })
    const { body } = await boss.api('/policies')
    const { id, version, createdAt, updatedAt, ...rest } = body.items[0]
    assert.ok(createdAt && updatedAt)
    const put = (/** @type {object} */ o) =>
      fetch(`/api/v1/policies/${o.id}`, { method: 'PUT', headers: { 'Content-Type': 'application/json', 'If-Match': `"${o.version}"` }, body: JSON.stringify(o.body) }).then((r) => r.status)
    assert.equal(await boss.tab.run(put, { id, version, body: { ...rest, description: 'Only for a test' } }), 200)
    await panel.getByRole('button', { name: 'Save' }).click()
    await boss.sees('This was changed by somebody else meanwhile')
    await boss.press('Reload and keep my changes')
    await until('theirs came', async () => (await panel.getByLabel('Description').inputValue()) === 'Only for a test')
    await saves('No Linux')
    assert.deepEqual(await supposes(), { allowed: false, blocked: true })
    assert.deepEqual(await asks(), { status: 403, grounds: ['policy_blocked'] })
    await opens('/policies', 'Conditional access policies')
    await page.getByLabel(/State of .*No Linux/).selectOption({ label: 'Off' })
    await boss.sees(/No Linux.*: Off/)
    assert.equal((await asks()).status, 201)
    await boss.press('Undo')
    await boss.sees('Undone.')
    assert.equal((await asks()).status, 403)
    await inspect(boss, 'the policies')
  })

  await w.part('a location', async () => {
    await opens('/locations', 'Named locations')
    await inspect(boss, 'no location yet')
    await boss.press('New location')
    await named().fill('Head office')
    await panel.getByRole('textbox', { name: 'Address ranges' }).fill('192.0.2.0/24\nnowhere')
    await panel.getByRole('button', { name: 'Save' }).click()
    await boss.sees(/Not an address range: .*nowhere/)
    await inspect(boss, 'a location')
    await panel.getByRole('textbox', { name: 'Address ranges' }).fill('192.0.2.0/24\n2001:db8::/32\n')
    await saves('Head office')
    await page.getByRole('link', { name: 'Head office' }).click()
    await panel.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await boss.sees(/Deleted: .*Head office/)
    await boss.sees('There is no named location yet')
  })
})

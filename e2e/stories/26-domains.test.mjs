// The administrator proves by DNS that a domain is the organisation's: the page
// gives the record, and says in plain words what is wrong until it is there.
import assert from 'node:assert/strict'
import { serveDNS } from '../lib/dns.mjs'
import { inspect } from '../lib/inspect.mjs'
import { story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

const dnsPort = 5300

story(
  import.meta.url,
  'an administrator proves a domain',
  async (w) => {
    const dns = await serveDNS(dnsPort)
    w.test.after(() => dns.close())
    const boss = await w.administrator(await w.chromium())
    const { page } = boss.tab
    const panel = page.getByRole('dialog')
    const checks = async (/** @type {RegExp} */ says) => {
      await until(`a check that says ${says}`, async () => {
        await panel.getByRole('button', { name: 'Check now' }).click() // within two seconds it is the last look's answer
        return says.test((await panel.getByRole('status').first().textContent()) ?? '')
      })
    }

    await boss.tab.open(`${w.server.base}/admin/domains`)
    await page.getByRole('cell', { name: 'Word of the operator' }).waitFor()
    await inspect(boss, 'the domains')
    await boss.press('Add a domain')
    await panel.getByRole('textbox', { name: 'Domain' }).fill('co.uk')
    await panel.getByRole('button', { name: 'Add', exact: true }).click()
    await boss.sees('Everybody can have an address under this name')
    await panel.getByRole('textbox', { name: 'Domain' }).fill('Bücher.example')
    await panel.getByRole('button', { name: 'Add', exact: true }).click()
    await panel.getByRole('heading', { name: 'bücher.example' }).waitFor()
    const name = await panel.getByRole('textbox', { name: 'Name' }).inputValue()
    const value = await panel.getByRole('textbox', { name: 'Value' }).inputValue()
    assert.equal(name, '_tasuke.xn--bcher-kva.example')
    await inspect(boss, 'a new domain')
    await checks(/DNS has no such record/)
    dns.texts.set(name, 'something else')
    await checks(/not with this value.*something else/)
    await inspect(boss, 'a domain with a wrong record')
    dns.texts.set(name, value)
    await checks(/^Verified/)
    await panel.getByRole('button', { name: 'Close' }).click()
    const row = page.getByRole('row', { name: /bücher\.example/ })
    assert.match((await row.textContent()) ?? '', /Verified.*DNS record/)
    await row.getByRole('link').click()
    await panel.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await boss.sees(/Deleted: .*bücher\.example/)
    await until('it is gone', async () => (await row.count()) === 0)
  },
  { settings: { dns_resolver: `127.0.0.1:${dnsPort}` } }
)

// A browser becomes a device: refused without, enrolled by a link, proven at the
// next code, warned of, lost and found again.
import assert from 'node:assert/strict'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

story(import.meta.url, 'a device is enrolled, bound to, warned of, and lost', async (w) => {
  const [ours, theirs] = await Promise.all([w.chromium(), w.chromium({ captures: painted })])
  const [helper, sharer, admin] = await Promise.all([w.helper(ours), w.sharer(theirs), w.administrator(ours)])
  const { body: sharerIs } = await sharer.api('/me')
  const devices = async () => (await admin.api('/devices')).body.devices

  await w.part('without a device there is no help, and the page says how to get it', async () => {
    await admin.setSettings({ unenrolled: false, selfEnrol: false })
    const { code } = await helper.beginsAnew()
    await sharer.bringsCode(code)
    await sharer.sees('This device is not enrolled with your organisation.')
    await sharer.tab.click('link', 'Enrol this device')
    await sharer.sees('Ask your administrator for an enrolment link')
  })

  await w.part('enrolled by a link, once', async () => {
    const { body: ticket } = await admin.api('/enrolment-links', { method: 'POST', body: { owner: sharerIs.person.id, name: 'LAPTOP-4F7X' } })
    w.canaries.add('enrolment code', ticket.code)
    await sharer.tab.open(ticket.link)
    await sharer.sees('Nothing is installed.')
    assert.ok(!sharer.tab.address().includes(ticket.code), 'the code stayed in the address bar')
    await sharer.press('Enrol')
    await sharer.sees('This device is enrolled as')
    const [device] = await devices()
    assert.equal(device.name, 'LAPTOP-4F7X')
    assert.equal(device.grade, 'profile_key')
    const exportable = await sharer.tab.run(async () => {
      const db = await new Promise((resolve) => Object.assign(indexedDB.open('tasuke-device', 1), { onsuccess: (e) => resolve(e.target.result) }))
      const kept = await new Promise((resolve) => Object.assign(db.transaction('keys').objectStore('keys').getAll(), { onsuccess: (e) => resolve(e.target.result) }))
      return kept.map((k) => k.key.extractable)
    })
    assert.deepEqual(exportable, [false])
  })

  await w.part('a code for this device only, and the warning with its rule', async () => {
    const [device] = await devices()
    const { body: detail } = await admin.api(`/devices/${device.id}`)
    await admin.api('/compliance-policies', {
      method: 'POST',
      body: { name: 'Laptops', description: '', platform: detail.platform, everything: true, groups: [], rules: [{ kind: 'browser_version_min', value: '9999', graceHours: 0 }] }
    })
    await admin.tab.open(`${admin.base}/help?device=${device.id}`)
    await admin.sees('This code will be for one device and its user only.')
    await admin.press('Get a security code')
    await admin.sees('Your security code')
    const code = await until('a code', () => admin.tab.run(() => document.querySelector('.shown-code')?.textContent?.trim()))
    w.canaries.add('code', code)
    await sharer.bringsCode(code)
    await sharer.sees('wants to help you')
    await admin.sees('This device is not compliant')
    await admin.sees('Browser is too old (policy')
    await admin.sees('LAPTOP-4F7X')
    await admin.press('Cancel')
  })

  await w.part('a lost key is a lost key, and the same device comes back', async () => {
    await admin.setSettings({ selfEnrol: true })
    await sharer.tab.open(`${sharer.base}/join`)
    await sharer.tab.run(() => new Promise((resolve) => Object.assign(indexedDB.deleteDatabase('tasuke-device'), { onsuccess: resolve, onerror: resolve, onblocked: resolve })))
    await sharer.tab.open(`${sharer.base}/enrol`)
    await sharer.sees('This browser was enrolled before and has lost its key.')
    assert.equal((await devices())[0].enrolment, 'key_lost')
    await sharer.press('Enrol')
    await sharer.sees('This device is enrolled as')
    const all = await devices()
    assert.deepEqual(all.map((d) => d.enrolment), ['enrolled'])
    await admin.setSettings({ unenrolled: true })
  })
})

// A client certificate of the device: asked for at a name of its own while the
// pages are on HTTP/2, shown without a question, seen by both seats; and a browser
// without one goes on without.
import assert from 'node:assert/strict'
import { painted, story } from '../lib/story.mjs'
import { address, certificate, deviceHome, deviceHost, host } from '../lib/tls.mjs'

const settings = { listen: `${address}:443`, tls_certificate: certificate.cert, tls_key: certificate.key, device_host: deviceHost, device_cas: certificate.ca, device_first_sight: 'true' }

story(import.meta.url, 'a client certificate proves the device', async (w) => {
  const home = deviceHome('LAPTOP-4F7X')
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted, home })]
  const [admin, helper, sharer] = [await w.administrator(ours), await w.helper(ours), await w.sharer(theirs)]

  await w.part('it is shown, and enrols the device at first sight', async () => {
    const { code } = await helper.beginsAnew()
    await sharer.bringsCode(code)
    await sharer.sees('Your device is proven by: a client certificate')
    await helper.sees('Device proven by: a client certificate')
    const [device] = (await admin.api('/devices')).body.devices
    assert.deepEqual([device.externalId, device.grade, device.enrolment], ['LAPTOP-4F7X', 'client_certificate', 'enrolled'])
    const spoken = await sharer.tab.run(() => performance.getEntriesByType('navigation').map((e) => /** @type {PerformanceNavigationTiming} */ (e).nextHopProtocol))
    assert.deepEqual(spoken, ['h2'])
    await helper.press('Cancel')
  })

  await w.part('a browser without one proves nothing, and is not held up', async () => {
    const elsewhere = await w.sharer(await w.chromium({ captures: painted }))
    await admin.setSettings({ unenrolled: true })
    const { code } = await helper.beginsAnew()
    await elsewhere.bringsCode(code)
    await elsewhere.sees('Your device is not proven')
    await helper.sees('Nothing is known about this device')
  })
}, { base: `https://${host}`, settings })

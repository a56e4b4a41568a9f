// Behind HAProxy, which ends TLS for pages and passes TURN over TLS on by the same port
// 443, configured as docs/operations.md says: one port, and nothing else is open.
import assert from 'node:assert/strict'
import { startHAProxy } from '../lib/fronts.mjs'
import { only443, openNetwork } from '../lib/net.mjs'
import { meet, relayed, share } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { address, certificate, host } from '../lib/tls.mjs'

const settings = {
  listen: '127.0.0.1:8080',
  behind_proxy: 'true',
  relay_listen: `${address}:3478`,
  relay_tls_listen: '127.0.0.1:5349',
  relay_tls_address: `${host}:443`,
  tls_certificate: certificate.cert,
  tls_key: certificate.key
}

story(import.meta.url, 'a colleague is helped through HAProxy and one port', async (w) => {
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted })]
  const [helper, sharer, admin] = [await w.helper(ours), await w.sharer(theirs), await w.administrator(ours)]
  assert.equal(await helper.tab.run(() => performance.getEntriesByType('navigation')[0].nextHopProtocol), 'h2')
  await admin.setSettings({ relayOnly: true, unenrolled: true })
  await w.part('TURN over TLS at the proxy’s port', async () => {
    only443('tcp')
    await relayed(w, helper, sharer, 0x0b1a01, 'tls')
    await openNetwork()
  })
  await w.part('pictures, by the other WebSocket', async () => {
    await admin.setSettings({ relayOnly: false })
    const page = await w.paints(sharer, 0x0b1a02, '#2020c0')
    const other = await w.helper(await w.chromium({ lacks: ['RTCPeerConnection'] }))
    await meet(other, sharer)
    await share(other, sharer, 0x0b1a02)
    await other.sees('Slow connection: pictures instead of video')
    await sharer.press('End session')
    await other.sees(/Sofía Núñez\u2069? ended the session\./)
    await page.close()
  })
}, { base: `https://${host}`, settings, front: startHAProxy })

// Behind a reverse proxy that ends TLS, configured as docs/operations.md says: HTTP/2
// to the browser, WebSocket, and TURN over TLS at the one extra listener.
import assert from 'node:assert/strict'
import { cutClearTURN, cutUDP } from '../lib/net.mjs'
import { startNginx } from '../lib/fronts.mjs'
import { relayed } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { address, certificate, host } from '../lib/tls.mjs'

const settings = {
  listen: '127.0.0.1:8080',
  behind_proxy: 'true',
  relay_listen: `${address}:3478`,
  relay_tls_listen: `${address}:5349`,
  relay_host: address,
  tls_certificate: certificate.cert,
  tls_key: certificate.key
}

story(import.meta.url, 'a colleague is helped through nginx', async (w) => {
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted })]
  const [helper, sharer, admin] = [await w.helper(ours), await w.sharer(theirs), await w.administrator(ours)]
  const spoken = await helper.tab.run(() => performance.getEntriesByType('navigation')[0].nextHopProtocol)
  assert.equal(spoken, 'h2')
  await admin.setSettings({ relayOnly: true, unenrolled: true })
  await w.part('TURN over UDP at a port of its own', () => relayed(w, helper, sharer, 0x0571a1, 'udp'))
  await w.part('TURN over TLS at the extra listener', async () => {
    cutUDP()
    cutClearTURN()
    await relayed(w, helper, sharer, 0x0571a2, 'tls')
  })
}, { base: `https://${host}`, settings, front: startNginx })

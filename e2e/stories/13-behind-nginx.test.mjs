// Behind a reverse proxy that ends TLS, configured as docs/operations.md says: HTTP/2
// to the browser, WebSocket, and TURN over TLS at the one extra listener.
import assert from 'node:assert/strict'
import { cutClearTURN, cutUDP } from '../lib/net.mjs'
import { startNginx } from '../lib/nginx.mjs'
import { meet, share } from '../lib/seats.mjs'
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
  const once = async (/** @type {number} */ number, /** @type {string} */ protocol) => {
    const page = await w.paints(sharer, number, '#c02020')
    await meet(helper, sharer)
    const { colour } = await share(helper, sharer, number)
    assert.ok(colour[0] > 150 && colour[1] < 80 && colour[2] < 80, `the colour is ${colour}`)
    for (const who of [helper, sharer]) await who.pathIs({ local: 'relay', remote: 'relay', protocol })
    await helper.says('届いていますか？')
    await sharer.threadIs(['届いていますか？'])
    await sharer.press('End session')
    await helper.sees(/Sofía Núñez\u2069? ended the session\./)
    await page.close()
  }
  await w.part('TURN over UDP at a port of its own', () => once(0x0571a1, 'udp'))
  await w.part('TURN over TLS at the extra listener', async () => {
    cutUDP()
    cutClearTURN()
    await once(0x0571a2, 'tls')
  })
}, { base: `https://${host}`, settings, front: startNginx })

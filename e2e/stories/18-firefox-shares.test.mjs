// Firefox as the one that shares, where it is hardest: over TURN over TLS alone, with a
// sharp still, and by pictures to a browser without WebRTC.
import assert from 'node:assert/strict'
import { cutClearTURN, cutUDP } from '../lib/net.mjs'
import { meet } from '../lib/seats.mjs'
import { story } from '../lib/story.mjs'
import { address, certificate, host } from '../lib/tls.mjs'
import { until } from '../lib/wait.mjs'

/** A still of a whole screen takes a moment, in ms. */
const slow = 60_000

/** Firefox shares its whole screen, and the newest tab fills it. @param {any} w @param {any} helper @param {any} sharer @param {number} number */
async function shares(w, helper, sharer, number) {
  await meet(helper, sharer)
  await sharer.press('Share screen')
  await sharer.sees('sees your screen')
  const page = await w.paints(sharer, number, '#20a020')
  const { colour } = await helper.seesPicture(number)
  assert.ok(colour[1] > 120 && colour[0] < 80 && colour[2] < 80, `the colour is ${colour}`)
  return page
}

/** @param {any} helper @param {any} sharer @param {any} page */
async function ends(helper, sharer, page) {
  await page.close()
  await sharer.tab.front()
  await sharer.press('End session')
  await helper.sees(/Sofía Núñez\u2069? ended the session\./)
}

story(import.meta.url, 'Firefox shares where it is hardest', async (w) => {
  const [fox, ours, bare] = [await w.firefox(), await w.chromium(), await w.chromium({ lacks: ['RTCPeerConnection'] })]
  const [sharer, helper] = [await w.sharer(fox), await w.helper(ours)]
  const admin = await w.administrator(ours)
  await admin.setSettings({ unenrolled: true, relayOnly: true })
  await w.part('over TLS, with a sharp still', async () => {
    cutUDP()
    cutClearTURN()
    const page = await shares(w, helper, sharer, 0x001801)
    await helper.pathIs({ local: 'relay', remote: 'relay', protocol: 'tls' })
    await helper.press('Sharp still')
    await until('a still is shown', async () => (await helper.sight()).still, slow)
    await ends(helper, sharer, page)
  })
  await w.part('by pictures', async () => {
    const other = await w.helper(bare)
    const page = await shares(w, other, sharer, 0x001802)
    await other.sees('Slow connection: pictures instead of video')
    await ends(other, sharer, page)
  })
}, { base: `https://${host}`, settings: { listen: `${address}:443`, tls_certificate: certificate.cert, tls_key: certificate.key } })

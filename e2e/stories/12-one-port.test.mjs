// One name and port 443: the whole main path behind firewalls that let nothing else
// in, and TURN over TLS alone, between Chromium and Firefox both ways.
import assert from 'node:assert/strict'
import { cutClearTURN, cutUDP, only443, openNetwork } from '../lib/net.mjs'
import { relayed } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { address, certificate, host } from '../lib/tls.mjs'

const https = { base: `https://${host}`, settings: { listen: `${address}:443`, tls_certificate: certificate.cert, tls_key: certificate.key } }

story(import.meta.url, 'nothing but TCP 443 comes in', async (w) => {
  only443('tcp')
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted })]
  const admin = await w.administrator(ours)
  await admin.setSettings({ unenrolled: true })
  await relayed(w, await w.helper(ours), await w.sharer(theirs), 0x0443a1, 'tcp', 'tls')
  const { body } = await admin.api('/reports/sessions')
  assert.equal(body.items.length, 1)
  assert.match(body.items[0].connection, /^relay_(tcp|tls)$/)
  assert.equal(body.items[0].reason, 'sharer_ended')
}, https)

story(import.meta.url, 'nothing but TCP and UDP 443 comes in', async (w) => {
  only443('tcp', 'udp')
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted })]
  await (await w.administrator(ours)).setSettings({ unenrolled: true })
  await relayed(w, await w.helper(ours), await w.sharer(theirs), 0x0443b1, 'udp')
}, { ...https, settings: { ...https.settings, relay_host: address } })

story(import.meta.url, 'TURN over TLS alone connects Chromium and Firefox', async (w) => {
  const [fox, ours, theirs] = [await w.firefox(), await w.chromium(), await w.chromium({ captures: painted })]
  const admin = await w.administrator(ours)
  await admin.setSettings({ relayOnly: true, unenrolled: true })
  cutUDP()
  cutClearTURN()
  const sharer = await w.sharer(theirs)
  await w.part('two Chromiums', async () => relayed(w, await w.helper(ours), sharer, 0x0443c1, 'tls'))
  await w.part('Firefox sees', async () => relayed(w, await w.helper(fox), sharer, 0x0443c2, 'tls'))
  await openNetwork()
}, https)

// What breaks under a running picture mends by itself: the relay is killed, the network is
// silent for ten seconds, the sharer walks from one network into another. Nobody chooses
// the screen again. (A server killed under a direct picture is told in 04.)
import { cutUser, leaveTURN, openNetwork, watchUser } from '../lib/net.mjs'
import { Elsewhere } from '../lib/elsewhere.mjs'
import { meet, share } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { address, certificate, host } from '../lib/tls.mjs'
import { pause, until } from '../lib/wait.mjs'

const https = { base: `https://${host}`, settings: { listen: `${address}:443`, tls_certificate: certificate.cert, tls_key: certificate.key, relay_host: address } }

/** Nothing comes through for so long, in ms. */
const silence = 10_000

/** Picture, chat and the sharer's page are as before. @param {any} helper @param {any} sharer @param {number} number */
async function goesOn(helper, sharer, number) {
  for (const who of [helper, sharer]) await who.seesNoMore('trying again')
  await helper.framesGoOn()
  await helper.seesPicture(number)
  await sharer.sees('sees your screen')
}

/**
 * A session whose relay is killed under the picture, and with it the server.
 * @param {any} w @param {{helper: any, sharer: any}} seats @param {number} number @param {'udp' | 'tcp' | 'tls'} protocol to the relay
 * @param {() => Promise<void>} [more]
 */
async function killed(w, { helper, sharer }, number, protocol, more) {
  const way = { local: 'relay', remote: 'relay', protocol }
  const page = await w.paints(sharer, number)
  await meet(helper, sharer)
  await share(helper, sharer, number)
  await sharer.pathIs(way)
  await helper.says('見えています')
  await sharer.threadIs(['見えています'])
  await w.server.stop('SIGKILL')
  await helper.sees('Connection to the server lost, trying again')
  await sharer.says('والآن؟')
  await w.server.start()
  await goesOn(helper, sharer, number)
  await sharer.pathIs(way)
  for (const who of [helper, sharer]) await who.threadIs(['見えています', 'والآن؟'])
  await more?.()
  await sharer.press('End session')
  await helper.sees(/Sofía Núñez\u2069? ended the session\./)
  await page.close()
}

story(import.meta.url, 'a killed relay comes back under the picture', async (w) => {
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted })]
  watchUser(theirs.uid)
  const [helper, sharer, admin] = [await w.helper(ours), await w.sharer(theirs), await w.administrator(ours)]
  await admin.setSettings({ relayOnly: true, unenrolled: true })
  const seats = { helper, sharer }

  await w.part('over UDP, and a silence of ten seconds', () =>
    killed(w, seats, 0x001701, 'udp', async () => {
      cutUser(theirs.uid)
      await helper.sees('lost, trying again')
      await pause(silence)
      await openNetwork()
      await goesOn(helper, sharer, 0x001701)
    }))
  await w.part('over TCP', async () => (await leaveTURN('tcp'), killed(w, seats, 0x001702, 'tcp')))
  await w.part('over TLS', async () => (await leaveTURN('tls'), killed(w, seats, 0x001703, 'tls')))
}, https)

story(import.meta.url, 'a killed relay comes back under Firefox', async (w) => {
  const [ours, theirs] = [await w.firefox(), await w.chromium({ captures: painted })]
  const seats = { helper: await w.helper(ours), sharer: await w.sharer(theirs) }
  await (await w.administrator(theirs)).setSettings({ relayOnly: true, unenrolled: true })
  await killed(w, seats, 0x001705, 'udp')
}, https)

story(import.meta.url, 'the sharer walks into another network', async (w) => {
  const place = new Elsewhere()
  try {
    const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted, at: place })]
    await (await w.administrator(ours)).setSettings({ unenrolled: true })
    const [helper, sharer] = [await w.helper(ours), await w.sharer(theirs)]
    await sharer.tab.profile.tab(w.paint.url({ title: painted, number: 0x001704, colour: '#204060' }).replace('localhost', address))
    await meet(helper, sharer)
    await share(helper, sharer, 0x001704)
    await helper.sees('Direct')
    const to = place.move()
    await until('the picture leaves by the new address', async () => (await sharer.ownAddress()) === to || Promise.reject(new Error(String(await sharer.ownAddress()))))
    await goesOn(helper, sharer, 0x001704)
    await sharer.says('لقد انتقلت')
    await helper.threadIs(['لقد انتقلت'])
    await sharer.press('End session')
    await helper.sees(/Sofía Núñez\u2069? ended the session\./)
  } finally {
    place.close()
  }
}, https)

// Through the relay only: the organisation wishes it so, and neither browser learns
// the other's address. Over UDP, and over TCP where UDP is blocked.
import assert from 'node:assert/strict'
import { cutUDP } from '../lib/net.mjs'
import { meet, share } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

story(import.meta.url, 'the relay alone connects the browsers', async (w) => {
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted })]
  const [helper, sharer, admin] = [await w.helper(ours), await w.sharer(theirs), await w.administrator(ours)]
  await admin.setSettings({ relayOnly: true })
  assert.equal((await admin.api('/settings')).body.relayOnly, true)

  /** One session; what both browsers' own statistics say about the way. @param {number} number @param {'udp' | 'tcp'} protocol */
  let told = 0
  const relayed = async (number, protocol) => {
    const page = await w.paints(sharer, number, '#c02020')
    await meet(helper, sharer)
    const { colour } = await share(helper, sharer, number)
    assert.ok(colour[0] > 150 && colour[1] < 80 && colour[2] < 80, `the colour is ${colour}`)
    for (const who of [helper, sharer]) await who.pathIs({ local: 'relay', remote: 'relay', protocol })
    assert.deepEqual(await helper.candidateTypes(), ['relay'])
    assert.deepEqual(await sharer.candidateTypes(), ['relay'])
    await helper.sees(`Relayed (${protocol.toUpperCase()})`)
    await helper.says('届いていますか？')
    await sharer.threadIs(['届いていますか？'])
    await helper.framesGoOn()
    await sharer.press('End session')
    await helper.sees('The help session has ended')
    told++
    const reports = await until('the report is there', async () => {
      const { body } = await admin.api('/reports/sessions')
      return body.items.length === told && body.items
    })
    assert.equal(reports[0].connection, `relay_${protocol}`)
    await page.close()
  }

  await w.part('over UDP', () => relayed(0x0000d1, 'udp'))
  await w.part('over TCP, when no UDP passes', async () => {
    cutUDP()
    await relayed(0x0000d2, 'tcp')
  })
})

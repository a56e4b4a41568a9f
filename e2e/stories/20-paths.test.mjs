// Where WebRTC is impossible, pictures go through the server: the helper still reads
// the screen, both are told why, and video comes back by itself.
import assert from 'node:assert/strict'
import { cutClearTURN, cutUDP, openNetwork } from '../lib/net.mjs'
import { meet, share } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

const label = 'Slow connection: pictures instead of video'

/** Neither the browsers' own way nor any of the relay's is left. */
function cutWebRTC() {
  cutUDP()
  cutClearTURN()
}

/** What both can do by pictures as they can by video. @param {any} helper @param {any} sharer @param {number} number */
async function pausesAndResumes(helper, sharer, number) {
  await sharer.press('Pause')
  await helper.sees('Paused by')
  await until('no picture while paused', async () => !(await helper.hasVideo()))
  await sharer.press('Resume')
  await helper.seesPicture(number)
}

/** The newest report's way. @param {any} admin @param {string} way */
async function reported(admin, way) {
  await until(`the report says ${way}`, async () => {
    const { body } = await admin.api('/reports/sessions')
    return body.items[0]?.connection === way || Promise.reject(new Error(JSON.stringify(body.items[0])))
  })
}

story(import.meta.url, 'pictures while nothing else gets through, and video again after', async (w) => {
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted })]
  const [helper, sharer] = [await w.helper(ours), await w.sharer(theirs)]
  await w.paints(sharer, 0x002001, '#c02020')

  await w.part('from the beginning', async () => {
    cutWebRTC()
    await meet(helper, sharer)
    const { colour } = await share(helper, sharer, 0x002001)
    assert.ok(colour[0] > 150 && colour[1] < 80 && colour[2] < 80, `the colour is ${colour}`)
    for (const who of [helper, sharer]) await who.sees(label)
    await helper.sees('Because no video connection gets through')
    await helper.sees('Pictures through the server')
    await pausesAndResumes(helper, sharer, 0x002001)
    await sharer.says('見えていますか？')
    await helper.threadIs(['見えていますか？'])
  })

  await w.part('video comes by itself', async () => {
    await openNetwork()
    for (const who of [helper, sharer]) await who.seesNoMore(label)
    await helper.sees('Direct')
    await helper.seesPicture(0x002001)
    await helper.framesGoOn()
  })

  await w.part('lost while sharing, and back', async () => {
    cutWebRTC()
    for (const who of [helper, sharer]) await who.sees(label)
    await helper.sees('Because the video connection was lost')
    await helper.seesPicture(0x002001)
    await openNetwork()
    for (const who of [helper, sharer]) await who.seesNoMore(label)
    await helper.seesPicture(0x002001)
    await helper.framesGoOn()
  })

  await w.part('the server is started again meanwhile', async () => {
    cutWebRTC()
    for (const who of [helper, sharer]) await who.sees(label)
    await helper.seesPicture(0x002001)
    await w.server.stop('SIGKILL')
    await helper.sees('Connection to the server lost, trying again')
    await w.server.start()
    await helper.seesNoMore('Connection to the server lost')
    await pausesAndResumes(helper, sharer, 0x002001)
  })
})

story(import.meta.url, 'pictures where a browser has no WebRTC', async (w) => {
  const theirs = await w.chromium({ captures: painted })
  const [sharer, admin] = [await w.sharer(theirs), await w.administrator(theirs)]
  await w.paints(sharer, 0x002002, '#2020c0')

  /** One session with a helper whose browser has none. @param {any} ours */
  const helped = async (ours) => {
    const helper = await w.helper(ours)
    await meet(helper, sharer)
    const { colour } = await share(helper, sharer, 0x002002)
    assert.ok(colour[2] > 150 && colour[0] < 80, `the colour is ${colour}`)
    for (const who of [helper, sharer]) await who.sees(label)
    await sharer.sees('Because one of the two browsers has video connections switched off')
    await pausesAndResumes(helper, sharer, 0x002002)
    await sharer.press('End session')
    await helper.sees('The help session has ended')
    await reported(admin, 'pictures')
  }

  await w.part('switched off in Firefox', async () => helped(await w.firefox({ 'media.peerconnection.enabled': false })))
  await w.part('stills, where nothing decodes video either', async () => helped(await w.chromium({ lacks: ['RTCPeerConnection', 'VideoDecoder'] })))
})

// Everything that can get lost on the way: what the other side is told, and what
// comes back by itself.
import assert from 'node:assert/strict'
import { meet, Sharer, share } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

/** A lost seat is kept for 60 s (states.md). */
const afterGrace = 120_000

story(import.meta.url, 'what gets lost is told, and comes back', async (w) => {
  const [ours, theirs] = await Promise.all([w.chromium(), w.chromium({ captures: painted })])
  const [helper, sharer] = await Promise.all([w.helper(ours), w.sharer(theirs)])
  await meet(helper, sharer)
  const session = String(new URL(helper.tab.address()).searchParams.get('s'))

  await w.part('the shared tab is closed', async () => {
    const page = await w.paints(sharer, 0x000401)
    await share(helper, sharer, 0x000401)
    await page.close()
    await helper.sees('Sharing was stopped')
    await sharer.sees('Sharing was stopped')
    assert.equal(await helper.hasVideo(), false)
    const other = await w.paints(sharer, 0x000402)
    await share(helper, sharer, 0x000402)
    await other.close()
    await sharer.sees('Sharing was stopped')
  })

  await w.part('the sharer’s tab is closed and the join page opened again', async () => {
    await w.paints(sharer, 0x000403)
    await share(helper, sharer, 0x000403)
    await sharer.tab.close()
    await helper.sees(/Sofía Núñez\u2069? closed the page/)
    await until('no picture of somebody who is away', async () => !(await helper.hasVideo()))
    sharer.tab = await sharer.tab.profile.tab(`${w.server.base}/join`)
    await sharer.press('Return to it')
    await sharer.sees('This page was closed or reloaded, so sharing stopped')
    await helper.sees(/Sofía Núñez\u2069? closed or reloaded the page; they can share again/)
    assert.equal(await helper.hasVideo(), false, 'nothing is shared again without a click')
    await share(helper, sharer, 0x000403)
  })

  await w.part('the sharer’s browser hangs and goes on', async () => {
    theirs.freeze()
    await helper.sees(/Connection to \u2068?Sofía Núñez\u2069? lost, trying again/)
    await until('no picture of somebody who is away', async () => !(await helper.hasVideo()))
    theirs.thaw()
    await helper.seesNoMore('lost, trying again')
    await helper.seesPicture(0x000403)
    await helper.framesGoOn()
  })

  await w.part('the server dies and is started again', async () => {
    const before = ['サーバーの再起動の前です。', 'قبل إعادة التشغيل']
    await helper.says(before[0])
    await sharer.threadIs(before.slice(0, 1))
    await sharer.says(before[1])
    await helper.threadIs(before)
    await w.server.stop('SIGKILL')
    await helper.sees('Connection to the server lost, trying again')
    await sharer.sees('Connection to the server lost, trying again')
    await helper.seesPicture(0x000403)
    await helper.framesGoOn()
    const [h, s] = [
      ['まだ見えていますよ。', '二つ目の行です。'],
      ['الخادم متوقف الآن', 'سطر ثانٍ أثناء الانقطاع']
    ]
    for (const line of h) await helper.says(line)
    for (const line of s) await sharer.says(line)
    await helper.framesGoOn()
    await w.server.start()
    await helper.seesNoMore('Connection to the server lost')
    await sharer.seesNoMore('Connection to the server lost')
    const texts = await until('all lines are there', async () => {
      const [one, other] = [await helper.thread(), await sharer.thread()]
      const settled = one.length === 6 && other.length === 6 && [...one, ...other].every((l) => !l.waiting)
      return settled ? [one, other].map((t) => t.map((l) => l.text)) : Promise.reject(new Error(JSON.stringify([one, other])))
    })
    assert.deepEqual(texts[0], texts[1], 'both read the same thread')
    assert.deepEqual(texts[0].slice(0, 2), before)
    assert.deepEqual(texts[0].filter((t) => h.includes(t)), h, 'once each, in order')
    assert.deepEqual(texts[0].filter((t) => s.includes(t)), s, 'once each, in order')
    await helper.seesPicture(0x000403)
  })

  await w.part('the helper’s page is loaded again', async () => {
    const lines = await helper.thread()
    await helper.tab.reload()
    await helper.seesPicture(0x000403)
    await helper.threadIs(lines.map((l) => l.text))
    await sharer.sees('sees your screen')
  })

  await w.part('the helper opens the session in a second window', async () => {
    const old = helper.tab
    const second = await old.profile.tab(`${w.server.base}/help?s=${session}`)
    helper.tab = second
    await helper.sees('This help session is open in another window')
    await helper.press('Continue here')
    await helper.seesPicture(0x000403)
    helper.tab = old
    await helper.sees('This help session continues in another window')
    assert.equal(await helper.hasVideo(), false)
    await old.close()
    helper.tab = second
    await sharer.sees('sees your screen')
  })

  // The browser is killed; while its seat is kept, another two tell the next part.
  await theirs.kill()
  await helper.sees(/Connection to \u2068?Sofía Núñez\u2069? lost, trying again/)
  await until('no picture of somebody who is away', async () => !(await helper.hasVideo()))
  w.people.splice(w.people.indexOf(sharer), 1)

  await w.part('the screen is denied, and shared from another browser of the same person', async () => {
    const [denies, captures] = await Promise.all([w.chromium({ rejects: true }), w.chromium({ captures: painted })])
    const [omar, kenji, again] = await Promise.all([w.helper(ours, 'omar'), w.sharer(denies, 'kenji'), w.someone(Sharer, captures, 'kenji')])
    await meet(omar, kenji)
    await kenji.press('Share screen')
    await kenji.sees('Nothing was shared: it was cancelled or not permitted')
    await kenji.sees('You can try again: the session goes on.')
    await omar.sees(/山田 健二\u2069? cancelled, or their browser did not permit it/)
    await kenji.press('Share screen')
    await kenji.sees('Nothing was shared: it was cancelled or not permitted')

    await again.signIn('/join')
    await again.press('Return to it')
    await again.sees('This help session is open in another window')
    await again.press('Continue here')
    await kenji.sees('This help session continues in another window')
    await w.paints(again, 0x000408)
    await share(omar, again, 0x000408)
    await omar.press('Leave')
    await again.sees(/عمر الخطيب\u2069? left\./)
  })

  await w.part('who does not come back within a minute is lost for good', async () => {
    await helper.sees(/The connection to \u2068?Sofía Núñez\u2069? was lost and did not come back\./, afterGrace)
    const { body } = await helper.api('/help-sessions')
    assert.deepEqual([body.sessions[0].session, body.sessions[0].reason], [session, 'sharer_lost'])
  })
})

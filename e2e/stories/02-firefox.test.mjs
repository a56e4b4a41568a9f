// Chromium and Firefox together, in both directions: each is once the one that
// shares and once the one that sees.
import assert from 'node:assert/strict'
import { findStopSharing } from '../lib/page.mjs'
import { meet, share } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

/** A line each way, in scripts of both directions. */
async function chat(helper, sharer) {
  const lines = ['画面が見えています。ありがとうございます。', 'شكرًا، ماذا أفعل الآن؟']
  await helper.says(lines[0])
  await sharer.threadIs(lines.slice(0, 1))
  await sharer.says(lines[1])
  await helper.threadIs(lines)
  await sharer.threadIs(lines)
}

story(import.meta.url, 'Chromium and Firefox help each other', async (w) => {
  const [fox, ours] = [await w.firefox(), await w.chromium({ captures: painted })]

  await w.part('Firefox shares its screen, Chromium sees it', async () => {
    const [helper, sharer] = [await w.helper(ours), await w.sharer(fox)]
    await meet(helper, sharer)
    await sharer.press('Share screen')
    await sharer.sees('sees your screen')
    const page = await w.paints(sharer, 0x0f0e57, '#20a020') // the newest tab fills the screen
    const { colour, width, height } = await helper.seesPicture(0x0f0e57)
    assert.ok(colour[1] > 120 && colour[0] < 80 && colour[2] < 80, `the colour is ${colour}`)
    assert.deepEqual([width, height], [1280, 800], 'every pixel of the screen')
    await helper.plantCanaries()
    await sharer.plantCanaries()

    // The sharer's page is hidden now, and lives on.
    await helper.framesGoOn()
    await sharer.tab.front()
    await sharer.sees('What you chose') // Firefox does not tell what it is
    await chat(helper, sharer)

    // The browser's own "Stop sharing", clicked with the screen's mouse.
    await page.front()
    await helper.seesPicture(0x0f0e57)
    const stop = await until('the browser’s own bar is seen', () => helper.tab.run(findStopSharing))
    fox.clickScreen(stop)
    await helper.sees('Sharing was stopped')
    await sharer.sees('Sharing was stopped')
    await until('there is no picture', async () => !(await helper.hasVideo()))
    await sharer.tab.front()
    await sharer.press('Share screen')
    await sharer.sees('sees your screen')
    await page.front()
    await helper.seesPicture(0x0f0e57)
    await sharer.tab.front()
    await sharer.press('End session')
    await helper.sees(/Sofía Núñez\u2069? ended the session\./)
    await sharer.sees('You ended the session.')
  })

  await w.part('Chromium shares a tab, Firefox sees it', async () => {
    const [helper, sharer] = [await w.helper(fox, 'omar'), await w.sharer(ours, 'kenji')]
    await meet(helper, sharer)
    await w.paints(sharer, 0xc0ffee, '#c02020')
    const { colour } = await share(helper, sharer, 0xc0ffee)
    assert.ok(colour[0] > 150 && colour[1] < 80 && colour[2] < 80, `the colour is ${colour}`)
    await helper.sees('Direct')
    await chat(helper, sharer)
    await helper.press('Leave')
    await sharer.sees(/عمر الخطيب\u2069? left\./)
    await helper.sees('You left.')
  })
})

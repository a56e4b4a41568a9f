// Small text over a thin line: it can be read at the helper's in the end, by itself and
// on demand; a still never shows what may not be seen.
import assert from 'node:assert/strict'
import { startImpairment } from '../lib/impair.mjs'
import { legible } from '../lib/ocr.mjs'
import { pageOfText } from '../lib/prose.mjs'
import { meet } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

/** The browsers find the relay here, behind the thin line. */
const narrow = { host: '127.0.0.2', port: 3478 }

/** Reading a page takes seconds, and so does bringing it over such a line, in ms. */
const slow = 90_000

const steps = async (w) => {
  const line = await startImpairment({ listen: narrow, target: { host: '127.0.0.1', port: 3478 }, delayMs: 37.5, loss: 0.01, kbitPerSecond: 300 })
  try {
    const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted, size: { width: 960, height: 640 } })]
    const [helper, sharer, admin] = [await w.helper(ours), await w.sharer(theirs), await w.administrator(ours)]
    await admin.setSettings({ relayOnly: true })
    const text = await sharer.tab.profile.tab(`${w.paint.origin}/text?${new URLSearchParams({ title: painted })}`)
    const work = (await admin.tab.profile.tab('about:blank')).page
    await meet(helper, sharer)
    await sharer.press('Share screen')
    await sharer.sees('sees your screen', slow)

    await w.part('text becomes legible by itself', async () => {
      const words = pageOfText('en', 9)
      await text.run((t) => window.show(t, 'en'), words)
      await until('the page can be read', async () => (await legible(work, (await helper.sight()).png, words, 'en')) > 0.97, slow)
      await helper.sees(/Thin line|Very thin line/)
      await sharer.sees('a sharp still of what you share was sent to your helper')
    })

    await w.part('a still is taken away with the picture, and comes on demand', async () => {
      await until('a still is shown', async () => (await helper.sight()).still, slow)
      await sharer.press('Pause')
      await helper.sees(/Paused by/)
      assert.equal(await helper.tab.run(() => document.querySelector('canvas.still')), null)
      line.set({ kbitPerSecond: 0 })
      await sharer.press('Resume')
      await until('the picture is back', () => helper.hasVideo(), slow)
      await until('no still is on its way', async () => (await helper.tab.run(() => document.querySelector('.still-said')?.textContent ?? '')) !== 'Asked for…', slow)
      if (!(await helper.sight()).still) await helper.press('Sharp still')
      await until('a still is shown', async () => (await helper.sight()).still, slow)
      await text.run((t) => window.show(t, 'en'), pageOfText('en', 10))
      const again = pageOfText('en', 10)
      await until('another picture, another still or none', async () => (await legible(work, (await helper.sight()).png, again, 'en')) > 0.97, slow)
    })
  } finally {
    line.close()
  }
}

story(import.meta.url, 'small text over a thin line', steps, { settings: { relay_host: narrow.host, relay_listen: `127.0.0.1:${narrow.port}` } })

// The pre-flight page: somebody who is not signed in tries everything out; what is cut
// is named, with a remedy; nothing of it is secret.
import assert from 'node:assert/strict'
import { findings } from '../lib/axe.mjs'
import { cutUDP, openNetwork } from '../lib/net.mjs'
import { Helper, Someone } from '../lib/seats.mjs'
import { story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

/** Trying a way that is blocked takes the browser a while, in ms. */
const slow = 60_000

/** What each line is marked as. @param {Someone} who @returns {Promise<Record<string, string>>} */
const marks = (who) =>
  who.tab.run(() =>
    Object.fromEntries(
      [...document.querySelectorAll('.finding')].map((l) => [l.querySelector('strong')?.textContent ?? '', l.querySelector('.hidden')?.textContent ?? ''])
    )
  )

story(import.meta.url, 'everything is tried out before anybody waits', async (w) => {
  const browser = await w.chromium()
  const nobody = await w.someone(Someone, browser, 'kenji')

  await w.part('all ways are open', async () => {
    await nobody.tab.open(`${w.server.base}/check`)
    await nobody.sees(/A help session should work|Everything a help session needs works here/, slow)
    const ways = ['Secure page', 'Browser', 'Sharing the screen', 'Server (HTTPS)', 'Clock', 'Messages (WebSocket)', 'Picture: relay over UDP', 'Picture: relay over TCP']
    await until('all ways are good', async () => {
      const seen = await marks(nobody)
      return ways.every((name) => seen[name] === 'good') || Promise.reject(new Error(JSON.stringify(seen)))
    }, slow)
    assert.deepEqual(await findings(nobody.tab), [])
  })

  await w.part('without UDP', async () => {
    cutUDP()
    try {
      await nobody.press('Run again')
      await until('UDP is missed', async () => (await marks(nobody))['Picture: relay over UDP'] === 'could be better', slow)
      await nobody.sees('UDP is the quickest')
      await nobody.sees('A help session should work; some things could be better', slow)
      assert.equal((await marks(nobody))['Picture: relay over TCP'], 'good')
    } finally {
      await openNetwork()
    }
  })

  await w.part('who is signed in sees whether they may help', async () => {
    const helper = await w.someone(Helper, browser, 'haruka')
    await helper.signIn('/check')
    await helper.sees('You may give help now')
  })
})

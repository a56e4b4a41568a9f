// What is refused, by whom and why; and the small things that must be right.
import assert from 'node:assert/strict'
import { meet, Sharer, share } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

/** Name of the sharer in sentences, which keep its direction to itself. */
const sofia = '\u2068?Sofía Núñez\u2069?'
const haruka = '\u2068?佐藤 はるか\u2069?'

/** Sent to the browser as text: notes for how long Allow was shown but could not be pressed, in ms. */
function watchAllow() {
  let since = 0
  const look = () => {
    const allow = [...document.querySelectorAll('button')].find((b) => b.textContent === 'Allow')
    if (!allow) return
    if (allow.disabled) since ||= performance.now()
    else window.allowHeldBack ??= since ? performance.now() - since : 0
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true })
}

story(import.meta.url, 'what is refused says why', async (w) => {
  const [ours, theirs] = await Promise.all([w.chromium(), w.chromium({ captures: painted })])
  const [helper, sharer, admin] = await Promise.all([w.helper(ours), w.sharer(theirs), w.administrator(ours)])

  /** Both at the trust screen of a new session. */
  const trust = async () => {
    const { code } = await helper.beginsAnew()
    await sharer.bringsCode(code)
    await sharer.sees('wants to help you')
    await helper.sees('You are about to help')
    return code
  }
  const ended = async (atHelper, atSharer) => {
    await helper.sees(atHelper)
    await sharer.sees(atSharer)
    await helper.sees('The help session has ended')
    await sharer.sees('The help session has ended')
  }

  await w.part('codes that are wrong, incomplete, cancelled, one’s own', async () => {
    await sharer.bringsCode('0000-0000')
    await sharer.sees('This security code is not valid, or no longer')
    await sharer.sees('Check it with your helper, or ask for a new one.')
    await sharer.tab.fill('Security code', '1234')
    await sharer.press('Continue')
    await sharer.sees('Enter all eight characters of the code.')

    // A new code in another window: the first one dies, and its window says so.
    const first = await helper.beginsAnew()
    const window1 = helper.tab
    helper.tab = await window1.profile.tab()
    const second = await helper.beginsAnew()
    const window2 = helper.tab
    helper.tab = window1
    await helper.sees('The security code was cancelled.')
    await helper.tab.close()
    helper.tab = window2
    await sharer.bringsCode(first.code)
    await sharer.sees('This security code is not valid, or no longer')
    assert.notEqual(first.code, second.code)

    const own = await w.someone(Sharer, ours, 'haruka')
    await own.signIn('/join')
    await own.bringsCode(second.code)
    await own.sees('This is your own security code: the person who needs help enters it')
    await helper.press('Cancel')
    await helper.sees('The security code was cancelled.')
    await own.tab.close()
    w.people.splice(w.people.indexOf(own), 1)
  })

  await w.part('who may not help is told which permission is missing', async () => {
    await sharer.tab.open(`${w.server.base}/help`)
    await sharer.sees('You cannot give help right now')
    await sharer.sees('The permission “Offer remote assistance” is missing.')
    const { status, body } = await sharer.api('/help-sessions', { method: 'POST' })
    assert.deepEqual([status, body.code, body.reasons], [403, 'help_refused', [{ code: 'permission_missing', subject: 'offer_remote_assistance' }]])
  })

  await w.part('declined, reported, cancelled', async () => {
    const used = await trust()
    await sharer.press('Decline')
    await ended(new RegExp(`${sofia} declined\\.`), 'You declined. Nothing was shared.')
    await sharer.bringsCode(used)
    await sharer.sees('This security code is not valid, or no longer')
    await trust()
    await sharer.press('Report')
    await ended(new RegExp(`${sofia} declined and reported this request\\.`), 'You reported this request. Your administrators can see it.')
    await trust()
    await helper.press('Cancel')
    await ended('You cancelled.', new RegExp(`${haruka} cancelled\\.`))
  })

  await w.part('nobody allows by accident', async () => {
    const { code } = await helper.beginsAnew()
    await sharer.tab.open(`${w.server.base}/join`)
    await sharer.tab.run(watchAllow)
    await sharer.tab.fill('Security code', code)
    await sharer.press('Continue')
    const held = await until('Allow can be pressed', () => sharer.tab.run(() => window.allowHeldBack))
    assert.ok(held >= 1900, `Allow could be pressed after ${held} ms`)
    await sharer.tab.run(() => [...document.querySelectorAll('button')].find((b) => b.textContent === 'Allow')?.click())
    await helper.press('Continue')
    await helper.sees(/Waiting for .* to allow/)
    const { body } = await helper.api(`/help-sessions/${new URL(helper.tab.address()).searchParams.get('s')}`)
    assert.deepEqual([body.state, body.peer.consented], ['trust', false])
    await sharer.press('Allow')
    await sharer.sees('Share your screen with')
    await sharer.press('End session')
    await ended(new RegExp(`${sofia} ended the session\\.`), 'You ended the session.')
  })

  await w.part('the administrator switches chat off, then remote help', async () => {
    await meet(helper, sharer)
    await w.paints(sharer, 0x000505)
    await share(helper, sharer, 0x000505)
    await helper.says('まだチャットできます。')
    await sharer.threadIs(['まだチャットできます。'])
    await admin.setSettings({ chat: false })
    for (const p of [helper, sharer]) {
      await p.sees('Your organisation has switched chat off.')
      assert.deepEqual(await p.thread(), [])
    }
    await helper.framesGoOn()
    await admin.setSettings({ remoteHelp: false })
    await ended('Your organisation has switched remote help off.', 'Your organisation has switched remote help off.')
    await helper.tab.open(`${w.server.base}/help`)
    await helper.sees('You cannot give help right now')
    await helper.sees('Remote help is switched off for your organisation.')
    await admin.setSettings({ remoteHelp: true, chat: true })
  })

  await w.part('who signs out is out', async () => {
    await meet(helper, sharer)
    await share(helper, sharer, 0x000505)
    const other = await sharer.tab.profile.tab(`${w.server.base}/`)
    await other.click('button', 'Sign out')
    await helper.sees('One of you signed out.')
    assert.equal(await helper.hasVideo(), false)
    await sharer.sees(/Your sign-in has ended|One of you signed out\./)
    await until('nothing is shared any more', () =>
      sharer.tab.run(() => window.watched.peers.every((pc) => pc.signalingState === 'closed'))
    )
  })

  await w.part('a phone is told at once, with the way to the computer', async () => {
    const { code, link } = await helper.beginsAnew()
    const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }
    const handheld = await w.someone(Sharer, ours, 'kenji', phone)
    await handheld.tab.profile.context.addInitScript(() => void Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia'))
    await handheld.tab.open(link)
    await handheld.sees('Please open this on your computer')
    await handheld.sees('This device or browser cannot share a screen.')
    await handheld.sees(code)
    await handheld.sees(link)
    await until('the QR code is there', () => handheld.tab.run(() => document.querySelector('[role=img][aria-label="QR code of this address"], svg[aria-label="QR code of this address"]') !== null))
    assert.equal(await handheld.tab.run(() => document.documentElement.scrollWidth <= innerWidth), true, 'nothing is wider than the phone')
    assert.equal(handheld.tab.address(), `${w.server.base}/join`)
  })
})

// The main path between two Chromiums, from the link to the report, with a real
// captured tab.
import assert from 'node:assert/strict'
import { agree, Helper, share, Sharer } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

/** Lines that break chats: other scripts and directions, marks that combine, emoji of several code points, line breaks, links, markup. */
const lines = [
  'こんにちは、画面を共有してくださいますか？\n次に「設定」を開いてください。',
  'مرحبًا، أرى الشاشة الآن. افتح الإعدادات من فضلك (Settings → النظام).',
  'Zu\u0308rich a\u0301\u0323 नमस्ते 👩🏽‍💻🏳️‍🌈👨‍👩‍👧‍👦 🇯🇵',
  'see https://example.com/?a=<b>&c="d" <script>alert(1)</script>'
]

story(import.meta.url, 'a colleague is helped, from the link to the report', async (w) => {
  const [ours, theirs] = [await w.chromium(), await w.chromium({ captures: painted })]
  const helper = await w.someone(Helper, ours, 'haruka')
  await helper.signIn('/help')
  const { code, link } = await helper.getsCode()
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
  assert.equal(link, `${w.server.base}/join#${code}`)

  // The link survives the sign-in, and the code does not stay in the address bar.
  const sharer = await w.someone(Sharer, theirs, 'sofia')
  await sharer.tab.open(link)
  await sharer.sees('Continue only if the link is from the person who is helping you.')
  assert.equal(sharer.tab.address(), `${w.server.base}/join`)
  await sharer.press('Sign in')
  await sharer.giveCredentials()
  assert.equal(sharer.tab.address(), `${w.server.base}/join`)
  assert.equal(await sharer.tab.run(() => document.querySelector('input')?.value), code)
  await sharer.press('Continue')

  // Trust screens: who the other is.
  await sharer.sees('佐藤 はるか wants to help you'.replace('佐藤 はるか', '\u2068佐藤 はるか\u2069'))
  for (const text of ['ヘルプデスク担当', 'Northwind Traders', 'northwind.example', 'View only', 'Did you ask for help?']) await sharer.sees(text)
  for (const text of ['Sofía Núñez', 'Account Manager', 'Northwind Traders', 'northwind.example', 'Nothing is known about this device']) await helper.sees(text)
  const picture = await helper.tab.run(() => [...document.querySelectorAll('.person img')].map((i) => i.complete && i.naturalWidth))
  assert.ok(picture[0] > 0, 'the profile picture is shown')
  assert.equal(await helper.tab.run(() => window.watched.peers.length), 0, 'nothing is connected before both said yes')
  await agree(helper, sharer)

  // The picture, decoded.
  await w.paints(sharer, 0x4060a1, '#c02020')
  const seen = await share(helper, sharer, 0x4060a1)
  const [red, green, blue] = seen.colour
  assert.ok(red > 150 && green < 80 && blue < 80, `the colour is ${seen.colour}`)
  await sharer.sees('One browser tab')
  await helper.sees('Direct')
  const { local, remote, protocol } = await helper.path()
  assert.deepEqual([local !== 'relay', remote !== 'relay', protocol], [true, true, 'udp'])
  assert.equal(await helper.tab.run(() => window.watched.peers.at(-1).getSenders().filter((s) => s.track).length), 0, 'the helper can send nothing')

  // Pause: not even the last picture. Resume: by itself.
  await sharer.press('Pause')
  await helper.sees(/Paused by/)
  await until('the picture is gone', async () => !(await helper.hasVideo()))
  await sharer.press('Resume')
  await helper.seesPicture(0x4060a1)

  // Another tab under the same title: the browser chooses it now.
  const second = await w.paints(sharer, 0x00beef, '#2020c0')
  await sharer.tab.profile.browser.tabs[1].run((t) => void (document.title = t), 'no longer')
  await sharer.press('Change what is shared')
  await helper.seesPicture(0x00beef)
  await second.run(() => document.title)

  // Chat, both ways, in order.
  for (const [i, line] of lines.entries()) {
    await (i % 2 === 0 ? helper : sharer).says(line)
    await helper.threadIs(lines.slice(0, i + 1))
    await sharer.threadIs(lines.slice(0, i + 1))
  }
  assert.equal(await sharer.tab.run(() => document.querySelectorAll('[role=log] a, [role=log] script').length), 0, 'links are inert text')

  // The end, with its reason on both sides, and the report.
  await sharer.press('End session')
  await helper.sees('The help session has ended')
  await helper.sees(/Sofía Núñez\u2069? ended the session\./)
  await sharer.sees('The help session has ended')
  await until('the end is everybody’s', async () => (await helper.api('/help-sessions')).body.sessions[0].state === 'ended')
  const admin = await w.administrator(ours)
  const { status, body } = await admin.api('/reports/sessions')
  assert.equal(status, 200)
  const [report, ...others] = body.items
  assert.equal(others.length, 0)
  const { helper: who, sharer: whom, kind, connection, reason, endedBy } = report
  assert.deepEqual(
    { who, whom, kind, connection, reason, endedBy },
    { who: '佐藤 はるか', whom: 'Sofía Núñez', kind: 'view', connection: 'direct', reason: 'sharer_ended', endedBy: 'sharer' }
  )
  assert.ok(report.allowedAt && report.seconds >= 0 && report.warnings.includes('device_unknown'))
})

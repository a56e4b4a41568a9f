// Secrets stay out of everything a server writes. Each story looks for its own at
// its end; this one looks for those of all, in everything the run left behind.
import assert from 'node:assert/strict'
import { found, planted, remains } from '../lib/canaries.mjs'
import { meet, share, Someone } from '../lib/seats.mjs'
import { out } from '../lib/server.mjs'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

const said = ['合言葉は「青い封筒」です。\n二行目。', 'كلمة السر هي المغلف الأزرق', 'say "blue" & <envelope>']

/** Sends something that is no message over a socket of its own, and waits for the server to close it. @param {Someone} who @param {string} text */
const nonsense = (who, text) =>
  who.tab.run(
    (t) =>
      new Promise((done) => {
        const s = new WebSocket('/live')
        s.onopen = () => s.send(t)
        s.onclose = () => done(null)
      }),
    text
  )

story(import.meta.url, 'no secret is written down', async (w) => {
  const [ours, theirs] = await Promise.all([w.chromium(), w.chromium({ captures: painted })])
  const [helper, sharer] = await Promise.all([w.helper(ours), w.sharer(theirs)])
  const code = await meet(helper, sharer)
  const id = String(new URL(helper.tab.address()).searchParams.get('s'))
  await w.paints(sharer, 0x000707)
  await share(helper, sharer, 0x000707)
  for (const [i, text] of said.entries()) {
    await helper.says(text)
    await sharer.threadIs(said.slice(0, i + 1))
  }
  await sharer.press('End session')
  await helper.sees('The help session has ended')

  // What goes wrong is written down: without what was sent along.
  const stranger = await w.someone(Someone, ours, 'kenji')
  await stranger.tab.open(`${w.server.base}/`)
  assert.equal((await helper.api(`/help-sessions/${id}/acts/leave`, { method: 'POST', body: {} })).body.code, 'session_ended')
  assert.equal((await sharer.api('/help-sessions/redeem', { method: 'POST', body: { code } })).body.code, 'code_not_accepted')
  assert.equal((await sharer.api(`/nothing?code=${code}`)).status, 404)
  assert.equal((await stranger.api(`/help-sessions/${id}`)).body.code, 'sign_in_required')
  await nonsense(sharer, `{"type":"say","say":{"text":"${said[1]}"`)
  w.canaries.add('password', 'not-the-right-horse')
  await stranger.tab.open(`${w.server.base}/signin?return=/`)
  await stranger.tab.fill('User name or e-mail address', stranger.person.username)
  await stranger.tab.fill('Password', 'not-the-right-horse')
  await stranger.press('Sign in')
  await stranger.sees('Password')
  await until('the form is back with a problem', () => stranger.tab.run(() => document.querySelector('[role=alert]') !== null))
  await w.server.stop()

  w.canaries.keep(w.name)
  const files = remains(out).filter((f) => !f.endsWith('demo.log')) // the demo tells its people's passwords on purpose
  const secrets = planted()
  assert.deepEqual(
    [...new Set(secrets.map((s) => s.kind))].sort(),
    ['chat', 'code', 'cookie', 'description', 'password', 'relay credential'],
    'something of every kind was planted'
  )
  const where = found(files, [{ kind: 'code', value: id }]).join()
  assert.match(where, /server\.log/, 'what is written down is found, in the log')
  assert.match(where, /tasuke\.db/, 'and in the database')
  assert.deepEqual(found(files, secrets), [])
})

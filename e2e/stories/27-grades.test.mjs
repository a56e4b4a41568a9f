// A device is bound to its own authenticator: a synced passkey is refused, one of
// the device is taken, demanded by a policy, and shown to both seats.
import assert from 'node:assert/strict'
import { painted, story } from '../lib/story.mjs'
import { until } from '../lib/wait.mjs'

story(import.meta.url, 'a device proves itself by its own lock, and a synced passkey does not', async (w) => {
  const [ours, theirs] = await Promise.all([w.chromium(), w.chromium({ captures: painted })])
  const [helper, sharer, admin] = await Promise.all([w.helper(ours), w.sharer(theirs), w.administrator(ours)])
  const { page } = sharer.tab
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  /** @param {boolean} synced */
  const authenticator = async (synced) => {
    const options = {
      protocol: /** @type {const} */ ('ctap2'),
      transport: /** @type {const} */ ('internal'),
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: synced,
      defaultBackupState: synced
    }
    return (await cdp.send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId
  }
  let own = ''
  const device = async () => (await admin.api('/devices')).body.devices[0]

  await w.part('a synced passkey is refused, and the browser key stays', async () => {
    await admin.setSettings({ selfEnrol: true })
    const authenticatorId = await authenticator(true)
    await sharer.tab.open(`${sharer.base}/enrol`)
    await sharer.press('Enrol')
    await sharer.sees('Prove it by the device’s own lock as well')
    await sharer.press('Use this device’s lock')
    await sharer.sees('This passkey is copied to other devices, so it cannot prove one.')
    assert.equal((await device()).grade, 'profile_key')
    await cdp.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
  })

  await w.part('one that stays on the device is taken', async () => {
    own = await authenticator(false)
    await sharer.tab.open(`${sharer.base}/enrol`)
    await sharer.press('Use this device’s lock')
    await sharer.sees('This device’s own lock proves it')
    assert.equal((await device()).grade, 'platform_key')
  })

  await w.part('a policy demands it, the join page brings it, and both seats see it', async () => {
    const none = { everyone: false, people: [], groups: [], roles: [] }
    const { status } = await admin.api('/policies', {
      method: 'POST',
      body: {
        name: 'Bound devices',
        description: '',
        state: 'on',
        seats: ['sharer'],
        include: { ...none, everyone: true },
        exclude: none,
        conditions: {
          locations: [],
          notLocations: [],
          platforms: [],
          notPlatforms: [],
          browsers: [],
          devices: [],
          withoutMfa: false,
          signInOlderMinutes: 0,
          firstContact: false,
          outsideHours: false
        },
        control: { block: false, require: [{ kind: 'device_grade', value: 'platform_key' }], oneOf: false }
      }
    })
    assert.equal(status, 201)
    await page.context().clearCookies() // what was proven hung on the sign-in
    await sharer.signIn('/join')
    const before = await until('the credential', async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId: own })).credentials[0])
    const { code } = await helper.beginsAnew()
    await sharer.bringsCode(code)
    await sharer.sees('Your device is proven by: its own lock (fingerprint, face or PIN)')
    await helper.sees('Device proven by: its own lock (fingerprint, face or PIN)')
    const [after] = (await cdp.send('WebAuthn.getCredentials', { authenticatorId: own })).credentials
    assert.ok(after.signCount > before.signCount, 'nothing was signed')
  })
})

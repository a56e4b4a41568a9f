// Two offices, each with a network of its own: behind NATs that let two browsers find each
// other, behind NATs that do not, and in a bank where nothing gets out but through an HTTP proxy.
import assert from 'node:assert/strict'
import { Office } from '../lib/office.mjs'
import { helped, red } from '../lib/seats.mjs'
import { painted, story } from '../lib/story.mjs'
import { address, certificate, host } from '../lib/tls.mjs'

const https = { base: `https://${host}`, settings: { listen: `${address}:443`, tls_certificate: certificate.cert, tls_key: certificate.key, relay_host: address } }

/**
 * One whole session between a helper in one office and a sharer in another.
 * @param {any} w @param {{helper: Office, sharer: Office, number: number}} where @param {(helper: any, sharer: any) => Promise<void>} check
 */
async function across(w, where, check) {
  const [ours, theirs] = [await w.chromium({ at: where.helper }), await w.chromium({ at: where.sharer, captures: painted })]
  await (await w.administrator(ours)).setSettings({ unenrolled: true })
  const [helper, sharer] = [await w.helper(ours), await w.sharer(theirs)]
  await sharer.tab.profile.tab(w.paint.url({ title: painted, number: where.number, colour: red }).replace('localhost', address))
  await helped(helper, sharer, where.number, () => check(helper, sharer))
}

/** @param {('cone' | 'symmetric' | 'proxy')[]} ways @param {(...offices: Office[]) => Promise<void>} tell */
async function between(ways, tell) {
  const offices = ways.map((way) => new Office(way))
  try {
    await tell(...offices)
  } finally {
    for (const o of offices) o.close()
  }
}

story(import.meta.url, 'two NATs are passed without the relay', (w) =>
  between(['cone', 'cone'], (a, b) =>
    across(w, { helper: a, sharer: b, number: 0x0022a1 }, async (helper, sharer) => {
      await helper.sees('Direct')
      for (const who of [helper, sharer]) {
        const { local, remote, protocol } = await who.path()
        assert.equal(protocol, 'udp')
        for (const kind of [local, remote]) assert.match(kind, /^(host|srflx|prflx)$/)
      }
    })
  ), https)

story(import.meta.url, 'two NATs that give every peer another port need the relay', (w) =>
  between(['symmetric', 'symmetric'], (a, b) =>
    across(w, { helper: a, sharer: b, number: 0x0022b1 }, async (helper, sharer) => {
      await helper.sees('Relayed (UDP)')
      for (const who of [helper, sharer]) await who.pathIs({ local: 'relay', remote: 'relay', protocol: 'udp' })
    })
  ), https)

story(import.meta.url, 'a bank lets nothing out but its HTTP proxy', (w) =>
  between(['cone', 'proxy'], (a, bank) =>
    across(w, { helper: a, sharer: bank, number: 0x0022c1 }, async (_, sharer) => {
      await sharer.pathIs(...['tcp', 'tls'].map((protocol) => ({ local: 'relay', remote: 'relay', protocol })))
    })
  ), https)

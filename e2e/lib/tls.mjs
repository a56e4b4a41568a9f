// A certificate authority of the run's own, a certificate by it for the names that
// stories over https use, and certificates of devices in a browser's store.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { out } from './server.mjs'

export const host = 'help.tasuke.test'
/** The name that asks for client certificates. */
export const deviceHost = 'device.tasuke.test'
/**
 * The namespace's outer address. Stories in which TURN goes by UDP give it as
 * relay_host: for that Chromium asks a name server, and there is none.
 */
export const address = '192.0.2.1'
const folder = join(out, 'tls')

/** Where the run's certificates are. */
export const certificate = { ca: join(folder, 'ca.pem'), caKey: join(folder, 'ca-key.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }

/** @param {...string} args */
const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })

const fresh = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']

/** Makes them; once, before the stories. */
export function makeCertificate() {
  mkdirSync(folder, { recursive: true })
  const { caKey } = certificate
  openssl(...fresh, '-subj', '/CN=Tasuke stories', '-keyout', caKey, '-out', certificate.ca)
  openssl(
    ...fresh, '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host},DNS:${deviceHost},IP:${address}`, '-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth',
    '-CA', certificate.ca, '-CAkey', caKey, '-keyout', certificate.key, '-out', certificate.cert
  )
  return certificate
}

/**
 * A home folder whose browser has a client certificate by the run's authority, and
 * a policy for the whole namespace that chooses it without a question.
 * @param {string} name of the device
 */
export function deviceHome(name) {
  const home = join(folder, name)
  const store = join(home, '.pki', 'nssdb')
  mkdirSync(store, { recursive: true })
  const [key, cert, both] = ['key.pem', 'cert.pem', 'both.p12'].map((f) => join(home, f))
  openssl(
    ...fresh, '-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=clientAuth',
    '-CA', certificate.ca, '-CAkey', certificate.caKey, '-keyout', key, '-out', cert
  )
  openssl('pkcs12', '-export', '-inkey', key, '-in', cert, '-name', name, '-passout', 'pass:', '-out', both)
  const run = (/** @type {string} */ program, /** @type {string[]} */ ...args) => execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  run('certutil', '-N', '--empty-password', '-d', `sql:${store}`)
  run('pk12util', '-i', both, '-d', `sql:${store}`, '-W', '')
  run('chmod', '-R', 'a+rwX', home) // the browser runs as a user of its own
  const policies = '/etc/chromium' // where Debian's looks for policies; only this namespace sees what is put over it
  run('mount', '-t', 'tmpfs', 'tmpfs', policies)
  mkdirSync(join(policies, 'policies', 'managed'), { recursive: true })
  const chosen = JSON.stringify({ pattern: `https://${deviceHost}`, filter: { ISSUER: { CN: 'Tasuke stories' } } })
  writeFileSync(join(policies, 'policies', 'managed', 'tasuke.json'), JSON.stringify({ AutoSelectCertificateForUrls: [chosen] }))
  return home
}

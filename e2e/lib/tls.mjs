// A certificate authority of the run's own, and a certificate by it for the one
// name that stories over https use.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { out } from './server.mjs'

export const host = 'help.tasuke.test'
/**
 * The namespace's outer address. Stories in which TURN goes by UDP give it as
 * relay_host: for that Chromium asks a name server, and there is none.
 */
export const address = '192.0.2.1'
const folder = join(out, 'tls')

/** Where the run's certificates are. */
export const certificate = { ca: join(folder, 'ca.pem'), cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }

/** @param {...string} args */
const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] })

/** Makes them; once, before the stories. */
export function makeCertificate() {
  mkdirSync(folder, { recursive: true })
  const caKey = join(folder, 'ca-key.pem')
  const fresh = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30']
  openssl(...fresh, '-subj', '/CN=Tasuke stories', '-keyout', caKey, '-out', certificate.ca)
  openssl(
    ...fresh, '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host},IP:${address}`, '-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'extendedKeyUsage=serverAuth',
    '-CA', certificate.ca, '-CAkey', caKey, '-keyout', certificate.key, '-out', certificate.cert
  )
  return certificate
}

// A server over https at the namespace's outer address, for what needs TURN over TLS.
import { address, certificate, host } from '../../e2e/lib/tls.mjs'

export const https = {
  base: `https://${host}`,
  settings: { listen: `${address}:443`, relay_host: address, tls_certificate: certificate.cert, tls_key: certificate.key }
}

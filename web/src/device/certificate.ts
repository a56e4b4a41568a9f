// Where the operator asks for client certificates: the name that asks for them
// answers with an assertion, which this page brings to the server.
import { challenge, show } from '../api/device'
import type { ThisDevice } from '../wire'

/** Longer than people need to choose a certificate, shorter than a challenge lives, in ms. */
const patience = 50_000

/** Proves the device by a certificate, if the browser shows one that is good. */
export async function showCertificate(here: ThisDevice): Promise<void> {
  const c = await challenge('show')
  const assertion = await ask(`${here.asked}?${new URLSearchParams({ org: c.org, signIn: c.signIn, nonce: c.nonce })}`)
  if (assertion !== '') await show({ assertion })
}

/** The answer, or empty: no certificate, not a good one, or the name cannot be reached. */
async function ask(address: string): Promise<string> {
  try {
    // Certificates go with credentials only (Fetch, 2.4).
    const answer = await fetch(address, { credentials: 'include', cache: 'no-store', signal: AbortSignal.timeout(patience) })
    const body = (await answer.json()) as { assertion?: unknown }
    return answer.ok && typeof body.assertion === 'string' ? body.assertion : ''
  } catch {
    return ''
  }
}

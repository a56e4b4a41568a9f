// Who is signed in, for pages that ask once at the start.
import { useEffect, useState } from 'preact/hooks'
import { me, Refusal, signOut } from '../api'
import { currentLanguage } from '../i18n'
import type { Me } from '../wire'

export type Account = { is: 'loading' } | { is: 'out' } | { is: 'in'; me: Me } | { is: 'failed'; refusal: Refusal }

/** Asks who is signed in; the second value asks again. */
export function useAccount(): [Account, () => void] {
  const [account, setAccount] = useState<Account>({ is: 'loading' })
  const ask = () => {
    setAccount({ is: 'loading' })
    me().then(
      (found) => setAccount({ is: 'in', me: found }),
      (e: unknown) => setAccount(failed(e))
    )
  }
  useEffect(ask, [])
  return [account, ask]
}

function failed(e: unknown): Account {
  if (!(e instanceof Refusal)) throw e
  return e.status === 401 ? { is: 'out' } : { is: 'failed', refusal: e }
}

/** A page of ours that signing in comes back to. */
export type Return = '/' | '/join' | '/help' | '/check' | '/enrol'

/** Where to sign in, in the language spoken here. */
export function signInHref(back: Return): string {
  return `/signin?${new URLSearchParams({ return: back, ui_locales: currentLanguage() })}`
}

/** Signs out of this browser, or everywhere, and goes where the server says. */
export async function leaveAccount(everywhere = false): Promise<void> {
  try {
    const { location: next } = await signOut(everywhere)
    location.assign(next || '/')
  } catch {
    location.assign('/') // the page there shows whether it worked
  }
}

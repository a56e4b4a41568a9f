import '../tokens/tokens.css'
import '../ui/ui.css'
import './check.css'
import { useEffect, useState } from 'preact/hooks'
import { ownAccess, Refusal } from '../api'
import { t } from '../i18n/seats'
import { leaveAccount, useAccount } from '../ui/account'
import { useTitle } from '../ui/hooks'
import { startPage } from '../ui/main'
import { Shell } from '../ui/shell'
import type { OwnAccess } from '../wire'
import { abouts, type Finding, judgePaths, running } from './judge'
import { run } from './run'
import { CheckScreen } from './screen'

/** In the order of the report; ways of the picture are judged together. */
function arranged(known: ReadonlyMap<string, Finding>): Finding[] {
  const all = abouts.flatMap((a) => known.get(a) ?? [])
  const isPath = (f: Finding) => ['stun', 'udp', 'tcp', 'tls'].includes(f.about)
  const paths = judgePaths(all.filter(isPath))
  return all.map((f) => paths.find((p) => p.about === f.about) ?? f)
}

/** What applies to who is signed in, asked again with each round. */
function useAccess(signedIn: boolean, round: number): OwnAccess | Refusal | null {
  const [found, setFound] = useState<OwnAccess | Refusal | null>(null)
  useEffect(() => {
    if (!signedIn) return
    ownAccess().then(setFound, (e: unknown) => {
      if (!(e instanceof Refusal)) throw e
      setFound(e)
    })
  }, [signedIn, round])
  return found
}

function Check() {
  useTitle(t('check.title'))
  const [account] = useAccount()
  const [round, setRound] = useState(0)
  const [findings, setFindings] = useState<Finding[]>(() => [running('server')])
  const access = useAccess(account.is === 'in', round)
  useEffect(() => {
    const known = new Map<string, Finding>()
    let wanted = true
    void run((f) => {
      known.set(f.about, f)
      if (wanted) setFindings(arranged(known))
    })
    return () => {
      wanted = false
    }
  }, [round])
  return (
    <Shell person={account.is === 'in' ? account.me.person : null} onSignOut={() => void leaveAccount()}>
      <CheckScreen
        findings={findings}
        account={account}
        access={access}
        agent={navigator.userAgent}
        onAgain={() => setRound(round + 1)}
      />
    </Shell>
  )
}

void startPage(Check)

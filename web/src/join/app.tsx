// The join page: from the code, or the link, to the session.
import { useEffect, useState } from 'preact/hooks'
import { ownSessions, Refusal, redeem } from '../api'
import { presentFor } from '../device/hint'
import { t } from '../i18n/seats'
import { canCapture } from '../rtc/capture'
import { codeFromFragment as fromFragment } from '../session/code'
import { type Account, leaveAccount, signInHref, useAccount } from '../ui/account'
import { useTitle } from '../ui/hooks'
import { Button, Card, LinkButton, Waiting } from '../ui/kit'
import { lazy } from '../ui/lazy'
import { enrolHelps, RefusalNote, stepUpHref } from '../ui/refusal'
import { Shell } from '../ui/shell'
import { CodeCard } from './code'
import { keepCode, keptSession, takeCode } from './keep'
import { CannotShare } from './phone'

const loadSession = () => import('./session')
const Session = lazy<{ id: string }>(loadSession)

/** What the page was opened with; the address bar has been cleaned already. */
export interface Start {
  session: string
  code: string
  fromLink: boolean
}

export function App({ start }: { start: Start }) {
  const [account, ask] = useAccount()
  const [session, setSession] = useState(start.session)
  useEffect(() => void (canCapture(navigator) && loadSession().catch(() => undefined)), [])
  const person = account.is === 'in' ? account.me.person : null
  const begin = (id: string) => {
    history.replaceState(null, '', `/join?s=${encodeURIComponent(id)}`)
    setSession(id)
  }
  return (
    <Shell person={person} {...(session === '' ? { onSignOut: () => void leaveAccount() } : {})}>
      {session !== '' ? (
        <Session
          id={session}
          rest={
            <Card>
              <h1>{t('gate.heading')}</h1>
              <Waiting>{t('gate.opening')}</Waiting>
            </Card>
          }
          broken={<Broken />}
        />
      ) : (
        <Entry start={start} account={account} onAsk={ask} onSession={begin} />
      )}
    </Shell>
  )
}

interface EntryProps {
  start: Start
  account: Account
  onAsk: () => void
  onSession: (id: string) => void
}

function Entry({ start, account, onAsk, onSession }: EntryProps) {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const unfinished = useUnfinished(account.is === 'in')
  useTitle(t('title.join'))
  if (!canCapture(navigator)) return <CannotShare code={start.code} origin={location.origin} />
  if (account.is === 'failed') return <Failed refusal={account.refusal} onAgain={onAsk} />
  const signIn = (code: string) => {
    keepCode(code)
    location.assign(signInHref('/join'))
  }
  const person = account.is === 'in' ? account.me.person.id : ''
  const bring = async (code: string) => {
    if (account.is === 'out') return signIn(code)
    setBusy(true)
    setRefusal(null)
    try {
      onSession(await seatAt(person, code))
    } catch (e) {
      const refused = e instanceof Refusal ? e : null
      if (refused?.status === 401) return signIn(code)
      if (comesBack(refused)) keepCode(code)
      setRefusal(refused)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {unfinished !== '' && <Return id={unfinished} onSession={onSession} />}
      <CodeCard
        initial={start.code}
        fromLink={start.fromLink}
        signedIn={account.is !== 'out'}
        busy={busy}
        refusal={refusal}
        onCode={(code) => void bring(code)}
      />
    </>
  )
}

/** Brings the code. A proof that is not taken costs its grade, not the help: then the code is brought without. */
async function seatAt(person: string, code: string): Promise<string> {
  const body = await presentFor(person, code)
  try {
    return (await redeem(body)).session
  } catch (e) {
    if (!body.proof || !(e instanceof Refusal) || !e.code.startsWith('device_')) throw e
    return (await redeem({ code })).session
  }
}

/** Whether the person can do something elsewhere about a refusal, and come back with the code. */
function comesBack(refused: Refusal | null): boolean {
  const reasons = refused?.reasons ?? []
  return stepUpHref(reasons, '/join') !== '' || enrolHelps(reasons)
}

/** A help session to return to: the one this tab sat in or, after its tab was closed, the one the server knows. */
function useUnfinished(signedIn: boolean): string {
  const [id, setId] = useState(keptSession)
  useEffect(() => {
    if (!signedIn || id !== '') return
    ownSessions().then(
      (own) => setId(own.sessions?.find((s) => s.seat === 'sharer' && s.state !== 'ended')?.session ?? ''),
      () => undefined // a code can be entered all the same
    )
  }, [signedIn])
  return id
}

function Return({ id, onSession }: { id: string; onSession: (id: string) => void }) {
  return (
    <Card>
      <p>{t('join.unfinished')}</p>
      <div class="actions">
        <Button kind="primary" onClick={() => onSession(id)}>
          {t('join.return')}
        </Button>
      </div>
    </Card>
  )
}

export function Failed({ refusal, onAgain }: { refusal: Refusal; onAgain: () => void }) {
  return (
    <Card>
      <h1>{t('title.join')}</h1>
      <RefusalNote refusal={refusal} />
      <div class="actions">
        <Button kind="primary" onClick={onAgain}>
          {t('action.again')}
        </Button>
        <LinkButton href="/check">{t('check.title')}</LinkButton>
      </div>
    </Card>
  )
}

/** A part of the page could not be downloaded: loading anew is the remedy. */
function Broken() {
  return (
    <Card>
      <h1>{t('broken.title')}</h1>
      <p>{t('broken.more')}</p>
      <div class="actions">
        <LinkButton href={location.pathname + location.search} kind="primary">
          {t('broken.reload')}
        </LinkButton>
      </div>
    </Card>
  )
}

/** Reads how the page was opened and cleans the address bar at once: a code must not stay there. */
export function readStart(): Start {
  const linked = fromFragment(location.hash)
  const session = new URLSearchParams(location.search).get('s') ?? ''
  if (location.hash !== '') history.replaceState(null, '', location.pathname + location.search)
  if (linked) return { session: '', code: linked, fromLink: true }
  return { session, code: session ? '' : takeCode(), fromLink: false }
}

// The help page: from the button to the session and back.
import { useEffect, useState } from 'preact/hooks'
import { newSession, Refusal } from '../api'
import { presentStrongly } from '../device/hint'
import { t } from '../i18n/seats'
import { leaveAccount, signInHref, useAccount } from '../ui/account'
import { useTitle } from '../ui/hooks'
import { Button, Card, LinkButton, Waiting } from '../ui/kit'
import { RefusalNote } from '../ui/refusal'
import { Shell } from '../ui/shell'
import type { Me } from '../wire'
import { DeviceSearch, useBound, useDeviceSearch } from './device'
import { keepDevice, keepShown, takeDevice } from './keep'
import Session from './session'
import { HistoryCard, Start, useHistory } from './start'

/** device: the code is to be for this device and its user only. */
export function App({ session: first, device: asked }: { session: string; device: string }) {
  const [account, ask] = useAccount()
  const [device, setDevice] = useState(asked)
  const [session, setSession] = useState(first)
  const choose = (id: string) => {
    goTo(deviceHref(id))
    setDevice(id)
  }
  useEffect(() => {
    if (account.is === 'out') keepDevice(device)
    if (account.is !== 'in' || session !== '') return
    const kept = takeDevice()
    if (device === '' && kept !== '') choose(kept)
  }, [account.is])
  const person = account.is === 'in' ? account.me.person : null
  const code = useNewCode(person?.id ?? '', device, setSession)
  return (
    <Shell person={person} wide={session !== ''} {...(session === '' ? { onSignOut: () => void leaveAccount() } : {})}>
      {session !== '' ? (
        <Session
          key={session}
          id={session}
          onNewCode={() => {
            goTo(deviceHref(device))
            setSession('')
            void code.get()
          }}
        />
      ) : (
        <Outside account={account} code={code} device={device} onDevice={choose} onAsk={ask} />
      )}
    </Shell>
  )
}

interface NewCode {
  busy: boolean
  refusal: Refusal | null
  get(): Promise<void>
}

function useNewCode(person: string, device: string, onSession: (id: string) => void): NewCode {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const get = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      await presentStrongly(person)
      const made = await newSession(device === '' ? undefined : { device })
      keepShown(made)
      goTo(`/help?s=${encodeURIComponent(made.session)}`)
      onSession(made.session)
    } catch (e) {
      setRefusal(e instanceof Refusal ? e : null)
    } finally {
      setBusy(false)
    }
  }
  return { busy, refusal, get }
}

function goTo(address: string): void {
  history.replaceState(null, '', address)
}

/** The page before a session, for anybody or for one device. */
function deviceHref(device: string): string {
  return device === '' ? '/help' : `/help?${new URLSearchParams({ device })}`
}

interface OutsideProps {
  account: ReturnType<typeof useAccount>[0]
  code: NewCode
  /** Id of the device that the code is to be for; empty: for anybody. */
  device: string
  onDevice: (id: string) => void
  onAsk: () => void
}

function Outside({ account, code, device, onDevice, onAsk }: OutsideProps) {
  useTitle(t('title.help'))
  switch (account.is) {
    case 'loading':
      return (
        <Card>
          <h1>{t('help.title')}</h1>
          <Waiting>{t('gate.loading')}</Waiting>
        </Card>
      )
    case 'out':
      return <SignInCard />
    case 'failed':
      return (
        <Card>
          <h1>{t('help.title')}</h1>
          <RefusalNote refusal={account.refusal} />
          <Button kind="primary" onClick={onAsk}>
            {t('action.again')}
          </Button>
        </Card>
      )
    case 'in':
      return <Inside me={account.me} code={code} device={device} onDevice={onDevice} />
  }
}

export function SignInCard() {
  return (
    <Card>
      <h1>{t('help.title')}</h1>
      <p class="lead">{t('help.signIn')}</p>
      <LinkButton kind="primary" big href={signInHref('/help')}>
        {t('signIn.button')}
      </LinkButton>
    </Card>
  )
}

interface InsideProps extends Pick<OutsideProps, 'code' | 'device' | 'onDevice'> {
  me: Me
}

function Inside({ me, code, device, onDevice }: InsideProps) {
  const [history, load] = useHistory()
  const seesDevices = me.permissions.includes('read_devices')
  const bound = useBound(device)
  const [search, found, setSearch] = useDeviceSearch()
  return (
    <>
      <Start
        me={me}
        bound={bound}
        busy={code.busy}
        refusal={code.refusal}
        onGetCode={() => void code.get()}
        onFree={() => onDevice('')}
      />
      {seesDevices && me.mayHelp.allowed && device === '' && (
        <DeviceSearch search={search} found={found} onSearch={setSearch} onChoose={(d) => onDevice(d.id)} />
      )}
      <HistoryCard history={history} onAgain={load} />
    </>
  )
}

import '../tokens/tokens.css'
import '../ui/ui.css'
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '../api'
import { thisDevice } from '../api/device'
import { enrolDevice } from '../device/enrol'
import { presentDevice } from '../device/hint'
import { bindDevice, canBind } from '../device/platform'
import { signInHref, useAccount } from '../ui/account'
import { takeFragment } from '../ui/fragment'
import { startPage } from '../ui/main'
import type { ThisDevice } from '../wire'
import { Enrol, type EnrolState, type Lock } from './screen'

const code = takeFragment('tasuke.enrol')

/** What the page shows to somebody who is signed in. */
function stateOf(
  known: Known,
  lock: Lock,
  form: { person: string; busy: boolean; refusal: Refusal | null; stuck: boolean }
): EnrolState {
  switch (known.is) {
    case 'asking':
      return { is: 'loading' }
    case 'failed':
      return { is: 'failed', refusal: known.refusal }
    case 'known':
      if (known.device.state === 'proven') return { is: 'done', name: known.device.device?.name ?? '', lock }
      if (code.value === '' && !known.device.selfEnrol) return { is: 'ask', was: known.device.state }
      return { is: 'ready', was: known.device.state, ...form }
  }
}

type Known = { is: 'asking' } | { is: 'known'; device: ThisDevice } | { is: 'failed'; refusal: Refusal }

void startPage(function EnrolPage() {
  const [account] = useAccount()
  const [known, setKnown] = useState<Known>({ is: 'asking' })
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [stuck, setStuck] = useState(false)
  const [lock, setLock] = useState<Lock>('none')
  const person = account.is === 'in' ? account.me.person : null
  useEffect(() => {
    if (!person) return
    presentDevice(person.id)
      .then(thisDevice)
      .then(
        (device) => setKnown({ is: 'known', device }),
        (e: unknown) => {
          if (!(e instanceof Refusal)) throw e
          setKnown({ is: 'failed', refusal: e })
        }
      )
  }, [person?.id])
  const enrol = async (name: string) => {
    if (!person) return
    setBusy(true)
    setRefusal(null)
    setStuck(false)
    try {
      setKnown({ is: 'known', device: await enrolDevice(person.id, code.value, name) })
      code.forget()
    } catch (e) {
      if (e instanceof Refusal) setRefusal(e)
      else setStuck(true)
    } finally {
      setBusy(false)
    }
  }
  const device = known.is === 'known' ? known.device : null
  useEffect(() => {
    if (device?.state !== 'proven') return
    if (device.bound !== '') return setLock('bound')
    void canBind(device).then((can) => can && setLock('offered'))
  }, [device])
  const bind = async () => {
    if (!device?.device) return
    setLock('busy')
    try {
      setKnown({ is: 'known', device: await bindDevice(device.device) })
    } catch (e) {
      setLock(e instanceof Refusal && e.code === 'device_credential_synced' ? 'synced' : 'declined')
    }
  }
  const state = (): EnrolState => {
    switch (account.is) {
      case 'loading':
        return { is: 'loading' }
      case 'out':
        return { is: 'signIn' }
      case 'failed':
        return { is: 'failed', refusal: account.refusal }
      case 'in':
        return stateOf(known, lock, { person: account.me.person.name, busy, refusal, stuck })
    }
  }
  return (
    <Enrol
      state={state()}
      onEnrol={(name) => void enrol(name)}
      onLock={() => void bind()}
      onSignIn={() => location.assign(signInHref('/enrol'))}
    />
  )
})

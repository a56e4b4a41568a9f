import '../tokens/tokens.css'
import '../ui/ui.css'
import { useState } from 'preact/hooks'
import { becomeFirst, Refusal } from '../api'
import { useAccount } from '../ui/account'
import { takeFragment } from '../ui/fragment'
import { startPage } from '../ui/main'
import { First, type FirstState } from './first'

const token = takeFragment('tasuke.first')

void startPage(function FirstPage() {
  const [account] = useAccount()
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const confirm = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      await becomeFirst(token.value)
      token.forget()
      setDone(true)
    } catch (e) {
      setRefusal(e instanceof Refusal ? e : null)
    } finally {
      setBusy(false)
    }
  }
  const state = (): FirstState => {
    if (done) return { is: 'done' }
    if (token.value === '') return { is: 'noToken' }
    switch (account.is) {
      case 'loading':
        return { is: 'loading' }
      case 'out':
        return { is: 'signIn' }
      case 'failed':
        return { is: 'failed', refusal: account.refusal }
      case 'in':
        return { is: 'ready', name: account.me.person.name, organisation: account.me.organisation.name, busy, refusal }
    }
  }
  return (
    <First
      state={state()}
      onConfirm={() => void confirm()}
      onSignIn={() => location.assign('/signin?return=%2Fsignin%2Ffirst')}
    />
  )
})

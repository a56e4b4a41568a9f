import '../tokens/tokens.css'
import '../ui/ui.css'
import './home.css'
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '../api'
import { thisDevice } from '../api/device'
import { presentDevice } from '../device/hint'
import { leaveAccount, useAccount } from '../ui/account'
import { startPage } from '../ui/main'
import type { ThisDevice } from '../wire'
import { HomeScreen } from './screen'

void startPage(function Home() {
  const [account] = useAccount()
  const [device, setDevice] = useState<ThisDevice | null>(null)
  const person = account.is === 'in' ? account.me.person.id : ''
  useEffect(() => {
    if (person === '') return
    presentDevice(person)
      .then(thisDevice)
      .then(setDevice, (e: unknown) => {
        if (!(e instanceof Refusal)) throw e // the page is whole without the line
      })
  }, [person])
  return (
    <HomeScreen
      account={account}
      device={device}
      onSignOut={() => void leaveAccount()}
      onSignOutEverywhere={() => void leaveAccount(true)}
    />
  )
})

import '../tokens/tokens.css'
import '../ui/ui.css'
import './home.css'
import { leaveAccount, useAccount } from '../ui/account'
import { startPage } from '../ui/main'
import { HomeScreen } from './screen'

void startPage(function Home() {
  const [account] = useAccount()
  return (
    <HomeScreen account={account} onSignOut={() => void leaveAccount()} onSignOutEverywhere={() => void leaveAccount(true)} />
  )
})

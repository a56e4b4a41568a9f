import '../tokens/tokens.css'
import '../ui/ui.css'
import './help.css'
import { startPage } from '../ui/main'
import { App } from './app'

const session = new URLSearchParams(location.search).get('s') ?? ''
void startPage(() => <App session={session} />)

import '../tokens/tokens.css'
import '../ui/ui.css'
import './help.css'
import { startPage } from '../ui/main'
import { App } from './app'

const asked = new URLSearchParams(location.search)
void startPage(() => <App session={asked.get('s') ?? ''} device={asked.get('device') ?? ''} />)

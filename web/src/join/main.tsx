import '../tokens/tokens.css'
import '../ui/ui.css'
import './join.css'
import { startPage } from '../ui/main'
import { App, readStart } from './app'

const start = readStart() // first of all: the address bar is cleaned before anything is loaded
void startPage(() => <App start={start} />)

// A link opened in this very tab changes the fragment only: begin again with its code.
addEventListener('hashchange', () => {
  if (location.hash !== '') location.reload()
})

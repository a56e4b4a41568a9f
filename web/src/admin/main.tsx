/** @jsxImportSource react */
// Starts the admin center: language first, then the page. This entry alone
// carries React and the component library; who helps or is helped never
// downloads them.
import '../tokens/tokens.css'
import '../ui/ui.css'
import './styles/frame.css'
import './styles/forms.css'
import './styles/lists.css'
import './styles/pages.css'
import './styles/records.css'
import { FluentProvider } from '@fluentui/react-components'
import { createRoot } from 'react-dom/client'
import { startI18n } from '../i18n'
import { adminCatalogs } from '../i18n/admin'
import { App } from './app'
import { Broken } from './broken'
import { useLanguage, useMedia } from './hooks'
import { darkTheme, lightTheme } from './theme'

function Root() {
  useLanguage()
  const dark = useMedia('(prefers-color-scheme: dark)')
  const dir = document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'
  return (
    <FluentProvider className="admin" theme={dark ? darkTheme : lightTheme} dir={dir}>
      <Broken>
        <App />
      </Broken>
    </FluentProvider>
  )
}

async function start(): Promise<void> {
  await startI18n(adminCatalogs)
  const place = document.getElementById('app')
  if (!place) throw new Error('the page has no #app')
  createRoot(place).render(<Root />)
}

void start()

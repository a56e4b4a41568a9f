import '../tokens/tokens.css'
import '../ui/ui.css'
import './docs.css'
import { useEffect, useState } from 'preact/hooks'
import { description, Refusal } from '../api/docs'
import { docsCatalogs, t } from '../i18n/docs'
import { useTitle } from '../ui/hooks'
import { startPage } from '../ui/main'
import { Shell } from '../ui/shell'
import type { OpenAPI } from './describe'
import { DocsScreen } from './screen'

/** The id after # in the address. */
function useHash(): string {
  const read = () => decodeURIComponent(location.hash.slice(1))
  const [hash, setHash] = useState(read)
  useEffect(() => {
    const listen = () => setHash(read())
    addEventListener('hashchange', listen)
    return () => removeEventListener('hashchange', listen)
  }, [])
  return hash
}

function Docs() {
  useTitle(t('docs.title'))
  const [round, setRound] = useState(0)
  const [found, setFound] = useState<OpenAPI | Refusal | null>(null)
  const hash = useHash()
  useEffect(() => {
    setFound(null)
    description<OpenAPI>().then(setFound, (e: unknown) => {
      if (!(e instanceof Refusal)) throw e
      setFound(e)
    })
  }, [round])
  return (
    <Shell>
      <DocsScreen found={found} base={location.origin} hash={hash} onAgain={() => setRound(round + 1)} />
    </Shell>
  )
}

void startPage(Docs, docsCatalogs)

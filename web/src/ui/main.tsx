// Starts a page: language first, then the first screen.
import { type JSX, render } from 'preact'
import { type Catalogs, startI18n } from '../i18n'
import { seatsCatalogs } from '../i18n/seats'
import { useLanguage } from './hooks'

/** Renders the page's root into #app. */
export async function startPage(Root: () => JSX.Element | null, catalogs: Catalogs = seatsCatalogs): Promise<void> {
  await startI18n(catalogs)
  const place = document.getElementById('app')
  if (!place) throw new Error('the page has no #app')
  place.replaceChildren()
  render(<Spoken Root={Root} />, place)
}

function Spoken({ Root }: { Root: () => JSX.Element | null }) {
  useLanguage()
  return <Root />
}

// The catalog of the page that describes the API, beside that of the small pages.
import { both, type Catalogs, i18n } from '..'
import { seatsCatalogs } from '../seats'
import type { DocsMessage } from './ids.gen'

export const docsCatalogs: Catalogs = {
  en: both(seatsCatalogs.en, () => import('./en.po')),
  ja: both(seatsCatalogs.ja, () => import('./ja.po')),
  ar: both(seatsCatalogs.ar, () => import('./ar.po'))
}

/** The text of a message in the language spoken now. */
export function t(id: DocsMessage, values?: Record<string, string | number>): string {
  return i18n._(id, values)
}

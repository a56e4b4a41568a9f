// The catalog of the join, help, home and sign-in pages.
import { type Catalogs, i18n } from '..'
import type { SeatsMessage } from './ids.gen'

export type { SeatsMessage } from './ids.gen'

export const seatsCatalogs: Catalogs = {
  en: () => import('./en.po'),
  ja: () => import('./ja.po'),
  ar: () => import('./ar.po')
}

/** Whether there is such a message: for ids that are only known at run time. */
export function isMessage(id: string): id is SeatsMessage {
  return id in i18n.messages
}

/** The text of a message in the language spoken now. */
export function t(id: SeatsMessage, values?: Record<string, string | number>): string {
  return i18n._(id, values)
}

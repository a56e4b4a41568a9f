// The catalog of the admin center: its own messages, and of the other pages'
// those that must read the same in both (refusals, permissions, warnings).
import { both, type Catalogs, i18n } from '..'
import type { SeatsMessage } from '../seats/ids.gen'
import type { AdminMessage } from './ids.gen'

export type { AdminMessage } from './ids.gen'

/** What the admin center says in the same words as the other pages. */
export type SharedMessage = Extract<
  SeatsMessage,
  | `error.${string}`
  | `fix.${string}`
  | `ground.${string}`
  | `permission.${string}`
  | `warning.${string}`
  | `path.${string}`
  | `shell.${string}`
  | 'signIn.button'
  | 'action.again'
  | 'action.cancel'
  | 'copy.done'
  | 'copy.failed'
>

export const adminCatalogs: Catalogs = {
  en: both(
    () => import('../seats/en.po'),
    () => import('./en.po')
  ),
  ja: both(
    () => import('../seats/ja.po'),
    () => import('./ja.po')
  ),
  ar: both(
    () => import('../seats/ar.po'),
    () => import('./ar.po')
  )
}

/** The text of a message in the language spoken now. */
export function t(id: AdminMessage | SharedMessage, values?: Record<string, string | number>): string {
  return i18n._(id, values)
}

/** A message whose id is only known at run time, or the other text. */
export function dynamic(id: string, otherwise: string, values?: Record<string, string | number>): string {
  return id in i18n.messages ? i18n._(id, values) : otherwise
}

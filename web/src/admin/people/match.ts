// Finding people and ticking permissions. Pure.
import type { AdminMessage } from '../../i18n/admin'
import type { Permission, Person } from '../../wire'

/** What each permission lets somebody do; the record makes a missing one a compile error. */
export const means: Record<Permission, AdminMessage> = {
  offer_remote_assistance: 'may.offer_remote_assistance',
  end_sessions: 'may.end_sessions',
  view_reports: 'may.view_reports',
  view_audit: 'may.view_audit',
  manage_settings: 'may.manage_settings',
  manage_people: 'may.manage_people'
}

export const permissions = Object.keys(means) as readonly Permission[]

/** People whose name, e-mail, title or department holds every word, in any case, width and accent. */
export function matching(people: readonly Person[], search: string): readonly Person[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  return people.filter((p) => {
    const text = fold([p.name, p.email, p.title, p.department, p.company].join(' '))
    return words.every((w) => text.includes(w))
  })
}

/** NFKD parts letters from accents and makes full-width letters plain. */
function fold(s: string): string {
  return s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** The set with one permission more or less, in the order of the list. */
export function toggled(held: readonly Permission[], one: Permission, on: boolean): readonly Permission[] {
  return permissions.filter((p) => (p === one ? on : held.includes(p)))
}

export function same(a: readonly Permission[], b: readonly Permission[]): boolean {
  return permissions.every((p) => a.includes(p) === b.includes(p))
}

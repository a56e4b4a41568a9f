// Names of what ids stand for.
import { people } from '../api/admin'
import { dynamic, t } from '../i18n/admin'
import type { Named, Person, Role } from '../wire'
import type { Option } from './kit/form'
import { allRows } from './kit/pages'

/** A role's name: the built-in ones have one in every language. */
export function roleName(role: Pick<Role, 'id' | 'name'>): string {
  return dynamic(`role.${role.id}`, role.name)
}

export function roleOptions(roles: readonly Role[]): Option[] {
  return roles.map((r) => ({ id: r.id, name: roleName(r) }))
}

export function personOptions(everybody: readonly Person[]): Option[] {
  return everybody.map((p) => ({ id: p.id, name: p.name, more: p.email }))
}

/** Everybody one may see, however many pages they are. */
export const everybody = (): Promise<readonly Person[]> => allRows(people, '')

/** Names by id; what is not there any more is said so. */
export function namer(things: readonly Named[]): (id: string) => string {
  const names = new Map(things.map((n) => [n.id, n.name]))
  return (id) => names.get(id) ?? t('pick.gone')
}

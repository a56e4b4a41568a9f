// Permissions as a role's editor shows them: in sections, with what one brings
// along. Pure.
import type { Permission } from '../../wire'
import { permissions } from '../people/match'

/** Sections of the editor; a test compares them with all permissions. */
export const sections = [
  { id: 'help', permissions: ['offer_remote_assistance', 'view_screen', 'take_full_control', 'unattended_control'] },
  { id: 'reports', permissions: ['end_sessions', 'view_own_reports', 'view_reports', 'view_audit'] },
  { id: 'people', permissions: ['read_people', 'manage_people'] },
  { id: 'devices', permissions: ['read_devices', 'enrol_devices', 'manage_devices'] },
  {
    id: 'configuration',
    permissions: [
      'read_configuration',
      'manage_compliance',
      'manage_policies',
      'manage_roles',
      'manage_settings',
      'manage_tokens'
    ]
  }
] as const satisfies readonly { id: string; permissions: readonly Permission[] }[]

/** What is worth nothing without it: who may change something may see it. The server adds the same. */
const brings: Partial<Record<Permission, Permission>> = {
  view_reports: 'view_own_reports',
  manage_people: 'read_people',
  enrol_devices: 'read_devices',
  manage_devices: 'read_devices',
  manage_compliance: 'read_configuration',
  manage_policies: 'read_configuration',
  manage_roles: 'read_configuration',
  manage_settings: 'read_configuration',
  manage_tokens: 'read_configuration'
}

/** What these bring along. */
export function implied(held: readonly Permission[]): readonly Permission[] {
  return permissions.filter((p) => held.some((h) => brings[h] === p))
}

/** These with what they bring along, in the order they are explained in. */
export function whole(held: readonly Permission[]): Permission[] {
  const more = implied(held)
  return permissions.filter((p) => held.includes(p) || more.includes(p))
}

/** The set with one permission more or less. */
export function withPermission(held: readonly Permission[], one: Permission, on: boolean): Permission[] {
  return permissions.filter((p) => (p === one ? on : held.includes(p)))
}

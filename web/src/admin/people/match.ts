// Finding people, and the list of permissions. Pure.
import type { Permission, Person } from '../../wire'
import { fold } from '../kit/view'

/** Every permission, in the order it is explained in; the record makes a missing one a compile error. */
const order: Record<Permission, true> = {
  offer_remote_assistance: true,
  view_screen: true,
  take_full_control: true,
  unattended_control: true,
  end_sessions: true,
  view_own_reports: true,
  view_reports: true,
  view_audit: true,
  read_people: true,
  manage_people: true,
  read_devices: true,
  enrol_devices: true,
  manage_devices: true,
  read_configuration: true,
  manage_compliance: true,
  manage_policies: true,
  manage_roles: true,
  manage_settings: true,
  manage_tokens: true
}

export const permissions = Object.keys(order) as readonly Permission[]

/** People whose name, e-mail, title or department holds every word, in any case, width and accent. */
export function matching(people: readonly Person[], search: string): readonly Person[] {
  const words = fold(search).split(/\s+/).filter(Boolean)
  return people.filter((p) => {
    const text = fold([p.name, p.email, p.title, p.department, p.company].join(' '))
    return words.every((w) => text.includes(w))
  })
}

// The list of permissions. Pure.
import type { Permission } from '../../wire'

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

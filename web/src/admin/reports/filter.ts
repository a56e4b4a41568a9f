// Which sessions the report shows. Pure: no component, no request.
import type { EndReason } from '../../wire'

/** Every reason, in the order a session can meet them; the record makes a missing one a compile error. */
const reasonOrder: Record<EndReason, true> = {
  code_expired: true,
  code_revoked: true,
  helper_cancelled: true,
  declined: true,
  reported: true,
  wrong_number: true,
  no_answer: true,
  no_picture: true,
  sharer_ended: true,
  helper_left: true,
  time_limit: true,
  sharer_lost: true,
  helper_lost: true,
  signed_out: true,
  admin_ended: true,
  help_disabled: true,
  permission_lost: true,
  policy_blocked: true,
  device_revoked: true
}

export const reasons = Object.keys(reasonOrder) as readonly EndReason[]

/** Whether the last day is before the first. */
export function outOfOrder(chosen: Readonly<Record<string, string>>): boolean {
  const { from = '', to = '' } = chosen
  return from !== '' && to !== '' && to < from
}

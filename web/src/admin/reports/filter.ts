// Which sessions the report shows, in the address bar's words and in the
// server's. Pure: no component, no request.
import type { EndReason } from '../../wire'

/** Empty parts choose everything. Days are the reader's own, written 2026-11-14. */
export interface Filter {
  /** Sessions that ended on this day or later. */
  from: string
  /** Sessions that ended on this day or before. */
  to: string
  /** Part of the helper's or sharer's name. */
  name: string
  reason: EndReason | ''
}

export const everything: Filter = { from: '', to: '', name: '', reason: '' }

/** Longest name the server searches for, in characters. */
export const nameLimit = 120

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

function isReason(s: string): s is EndReason {
  return Object.hasOwn(reasonOrder, s)
}

/** Reads the address bar. What makes no sense is left out. */
export function filterOf(query: URLSearchParams): Filter {
  const reason = query.get('reason') ?? ''
  return {
    from: dayOrNothing(query.get('from')),
    to: dayOrNothing(query.get('to')),
    name: (query.get('name') ?? '').trim().slice(0, nameLimit),
    reason: isReason(reason) ? reason : ''
  }
}

/** What the address bar says: only what is chosen, in one order. */
export function queryOf(filter: Filter): URLSearchParams {
  const out = new URLSearchParams()
  for (const key of ['from', 'to', 'name', 'reason'] as const) {
    const value = filter[key].trim()
    if (value !== '') out.set(key, value)
  }
  return out
}

/** What the server is asked: moments instead of the reader's days. */
export function askFor(filter: Filter): URLSearchParams {
  const out = queryOf(filter)
  const name = out.get('name')
  if (name !== null) {
    out.delete('name')
    out.set('search', name)
  }
  if (filter.from !== '') out.set('from', startOf(filter.from, 0))
  if (filter.to !== '') out.set('to', startOf(filter.to, 1)) // "before" the next day
  return out
}

/** Whether the last day is before the first. */
export function outOfOrder(filter: Filter): boolean {
  return filter.from !== '' && filter.to !== '' && filter.to < filter.from
}

/** The first moment of a day, or of the one so many days later, by the reader's clock. */
function startOf(day: string, later: number): string {
  const [y = 0, m = 1, d = 1] = day.split('-').map(Number)
  return new Date(y, m - 1, d + later).toISOString()
}

function dayOrNothing(s: string | null): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(s ?? '')
  if (!parts) return ''
  const [text, y, m, d] = parts
  const at = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)))
  return Number(y) >= 1970 && at.toISOString().startsWith(text) ? text : ''
}

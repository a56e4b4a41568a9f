// A page shows at once what its own act leads to, and is put right by the next
// snapshot. Only the table of the machine is used; a refused act changes nothing.
import type { ActBody, SeatAct, Snapshot } from '../wire'
import { actions, apply, type Standing, screen } from './machine'

/** The snapshot as it will look once the server has taken the act. Its version stays, so any later news wins. */
export function predict(s: Snapshot, act: SeatAct, body: ActBody, at: Date): Snapshot {
  if (act === 'allow' && s.matching) return s // whether the digits are right, the server knows alone
  const other = s.peer?.consented ?? false
  const before: Standing = {
    state: s.state,
    helper: s.seat === 'helper' ? s.you.consented : other,
    sharer: s.seat === 'sharer' ? s.you.consented : other,
    reason: s.reason,
    endedBy: s.endedBy,
    surface: s.surface,
    problem: s.problem
  }
  const next = apply(before, { act, seat: s.seat, surface: body.surface ?? '', problem: body.problem ?? '' })
  if (typeof next === 'string') return s
  const said = s.seat === 'helper' ? next.helper : next.sharer
  const ended = next.state === 'ended' ? { endedAt: at.toISOString() } : {}
  return {
    ...s,
    ...ended,
    state: next.state,
    screen: screen(next, s.seat),
    actions: actions(next, s.seat),
    you: { ...s.you, consented: said },
    reason: next.reason,
    endedBy: next.endedBy,
    surface: next.surface,
    problem: next.problem
  }
}

/** Which of two snapshots is the truth: the later one. Presence can change with time alone, so equal versions go by the clock. */
export function later(known: Snapshot | null, news: Snapshot): Snapshot {
  if (!known || known.session !== news.session) return news
  if (news.version !== known.version) return news.version > known.version ? news : known
  return Date.parse(news.now) >= Date.parse(known.now) ? news : known
}

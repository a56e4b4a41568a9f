// The table of states.md, the same as internal/assist and proven by the same
// vectors (internal/assist/testdata/machine.json). The server decides; the page
// uses it to show at once what its own act will lead to.
import type { EndReason, Screen, Seat, SeatAct, State, Surface, Trouble } from '../wire'

export type Act = SeatAct | 'admin_end' | 'withdraw'

/** What the table works on. */
export interface Standing {
  state: State
  helper: boolean // has said yes
  sharer: boolean
  reason: EndReason | ''
  endedBy: Seat | ''
  surface: Surface
  problem: Trouble | ''
}

/** An act with what it carries. seat is empty for admin_end and withdraw. */
export interface Event {
  act: Act
  seat: Seat | ''
  surface?: Surface
  problem?: Trouble | ''
  reason?: EndReason
}

export type Refusal = 'session_ended' | 'not_in_this_state' | 'wrong_seat'

type Step = { next: State; reason?: EndReason }
type Moves = Partial<Record<State, Step>>
interface Rule {
  seat: Seat | ''
  moves: Moves
}

const end = (reason: EndReason): Step => ({ next: 'ended', reason })
const everywhere = (s: Step): Moves => ({ waiting: s, trust: s, connecting: s, sharing: s, paused: s })

const rules: Record<Act, Rule> = {
  continue: { seat: 'helper', moves: { trust: { next: 'connecting' } } },
  cancel: { seat: 'helper', moves: { waiting: end('code_revoked'), trust: end('helper_cancelled') } },
  leave: { seat: 'helper', moves: everywhere(end('helper_left')) },
  allow: { seat: 'sharer', moves: { trust: { next: 'connecting' } } },
  decline: { seat: 'sharer', moves: { trust: end('declined') } },
  report: { seat: 'sharer', moves: { trust: end('reported') } },
  share: { seat: 'sharer', moves: { connecting: { next: 'sharing' } } },
  share_failed: { seat: 'sharer', moves: { connecting: { next: 'connecting' } } },
  change: { seat: 'sharer', moves: { sharing: { next: 'sharing' }, paused: { next: 'paused' } } },
  stop: { seat: 'sharer', moves: { sharing: { next: 'connecting' }, paused: { next: 'connecting' } } },
  pause: { seat: 'sharer', moves: { sharing: { next: 'paused' } } },
  resume: { seat: 'sharer', moves: { paused: { next: 'sharing' } } },
  end: { seat: 'sharer', moves: everywhere(end('sharer_ended')) },
  admin_end: { seat: '', moves: everywhere(end('admin_ended')) },
  withdraw: { seat: '', moves: everywhere({ next: 'ended' }) }
}

/** Every act, in the order of the table. */
export const acts = Object.keys(rules) as Act[]

/** What follows from an event, or why it is refused. Nothing is changed in place. */
export function apply(s: Standing, e: Event): Standing | Refusal {
  if (s.state === 'ended') return 'session_ended'
  const rule = rules[e.act]
  if (e.seat !== rule.seat) return 'wrong_seat'
  const step = rule.moves[s.state]
  if (!step) return 'not_in_this_state'
  if (e.act === 'continue' || e.act === 'allow') return consent(s, e)
  const noted = note(s, e)
  if (step.next !== 'ended') return { ...noted, state: step.next }
  return { ...noted, state: 'ended', reason: step.reason ?? e.reason ?? '', endedBy: e.seat }
}

/** One yes; the second one connects. */
function consent(s: Standing, e: Event): Standing {
  const next = { ...s, helper: s.helper || e.seat === 'helper', sharer: s.sharer || e.seat === 'sharer' }
  return next.helper && next.sharer ? { ...next, state: 'connecting' } : next
}

/** Keeps what an act carries. */
function note(s: Standing, e: Event): Standing {
  switch (e.act) {
    case 'share':
      return { ...s, surface: e.surface ?? '', problem: '' }
    case 'change':
      return { ...s, surface: e.surface ?? '' }
    case 'share_failed':
      return { ...s, problem: e.problem ?? '' }
    case 'stop':
      return { ...s, problem: 'sharing_stopped' }
    default:
      return s
  }
}

/** What a seat may do now. */
export function actions(s: Standing, seat: Seat): SeatAct[] {
  const said = seat === 'helper' ? s.helper : s.sharer
  return acts.filter((a): a is SeatAct => {
    const rule = rules[a]
    if (rule.seat !== seat || !rule.moves[s.state]) return false
    return !(said && (a === 'continue' || a === 'allow'))
  })
}

/** The screen that a seat sees. */
export function screen(s: Standing, seat: Seat): Screen {
  switch (s.state) {
    case 'waiting':
      return 'code'
    case 'trust':
      return (seat === 'helper' ? s.helper : s.sharer) ? 'answered' : 'trust'
    default:
      return s.state
  }
}

/** Whether the two browsers may be connected in this state. */
export function linked(s: State): boolean {
  return s === 'connecting' || s === 'sharing' || s === 'paused'
}

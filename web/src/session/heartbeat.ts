// Bookkeeping of the heartbeat that goes from browser to browser: when the other
// side counts as silent, and what it last said. Pure: times are arguments, in
// milliseconds of a clock that never steps back.
import type { Beat } from '../wire'

/** What a page says with every beat, and a sharer's at once when it changes. seq grows over all ways. */
export type { Beat }

/** A page beats this often. */
export const beatEvery = 500
/** Silence this long means missing (states.md: lost after 2 s). */
export const missingAfter = 2000
/** Our own clock stood still this long (sleep, frozen page): nothing is known of the other side for the time being. */
const sleptAfter = 1500

export type Pulse = 'unknown' | 'seen' | 'missing'

export interface Heartbeat {
  pulse: Pulse
  heardAt: number
  tickedAt: number
  last: Beat | null
}

export const noHeartbeat: Heartbeat = { pulse: 'unknown', heardAt: 0, tickedAt: 0, last: null }

/** A beat came. Late ones (the channel does not keep order) count as life, not as news. */
export function heard(h: Heartbeat, beat: Beat, now: number): Heartbeat {
  const last = h.last && h.last.seq >= beat.seq ? h.last : beat
  return { ...h, pulse: 'seen', heardAt: now, last }
}

/** Time passed. Called more often than missingAfter. */
export function ticked(h: Heartbeat, now: number): Heartbeat {
  const slept = h.tickedAt !== 0 && now - h.tickedAt > sleptAfter
  const heardAt = slept ? now : h.heardAt
  const pulse = h.pulse === 'seen' && now - heardAt >= missingAfter ? 'missing' : h.pulse
  return { ...h, pulse, heardAt, tickedAt: now }
}

/** Reads what came over a channel; null when it is not a beat. */
export function readBeat(data: unknown): Beat | null {
  if (typeof data !== 'object' || data === null) return null
  const { seq, sharing, paused, surface } = data as Partial<Record<keyof Beat, unknown>>
  if (typeof seq !== 'number' || typeof sharing !== 'boolean' || typeof paused !== 'boolean') return null
  if (surface !== '' && surface !== 'monitor' && surface !== 'window' && surface !== 'browser') return null
  return { seq, sharing, paused, surface }
}

/** What a page says over the control channel besides beats: bye, it goes away; end, it ended the session. */
export type Word = 'bye' | 'end'

/** Reads a word; null when it is none. */
export function readWord(data: unknown): Word | null {
  if (typeof data !== 'object' || data === null) return null
  const { word } = data as { word?: unknown }
  return word === 'bye' || word === 'end' ? word : null
}

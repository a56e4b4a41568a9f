// Follows the help sessions that go on, by server-sent events. When the events
// stop, it says so, asks whether it still may, and begins anew.
import type { LiveSessions } from '../wire'
import { Refusal } from './client'

/** What it needs of the world; the real one is world. */
export interface WatchWorld {
  open: () => Events
  /** Asks once for the same list. Throws Refusal. */
  ask: () => Promise<LiveSessions>
  after: (ms: number, act: () => void) => () => void
}

/** The part of an EventSource that is used. */
export interface Events {
  addEventListener: (type: string, heard: (e: { data?: string }) => void) => void
  close: () => void
}

export interface Follower {
  /** The whole list. live: the next change comes by itself; else it was asked for once. */
  sessions: (list: LiveSessions, live: boolean) => void
  /** The list is not live any more; a new try follows by itself. */
  away: () => void
  /** One may not, or no longer; nothing follows. */
  refused: (refusal: Refusal) => void
}

/** The server sends at least every five seconds; who hears nothing for so long is not connected, in ms. */
const silence = 15_000
/** Waits between tries, in ms; the last again and again. */
const waits = [500, 2_000, 5_000, 10_000]

export interface Watching {
  /** Tries at once instead of waiting. */
  now: () => void
  stop: () => void
}

export function watch(world: WatchWorld, does: Follower): Watching {
  let events: Events | null = null
  let cancel: () => void = () => undefined
  let tries = 0
  let turn = 0

  const close = () => {
    cancel()
    events?.close()
    events = null
    turn++ // an answer that is still on its way is older
  }
  const later = (ms: number, act: () => void) => {
    cancel()
    cancel = world.after(ms, act)
  }
  const heard = (list: LiveSessions) => {
    tries = 0
    later(silence, lost)
    does.sessions(list, true)
  }
  /** Who may not is told; anything else passes. */
  const refuse = (refusal: Refusal) => {
    if (refusal.status !== 401 && refusal.status !== 403) return lost()
    close()
    does.refused(refusal)
  }
  const open = () => {
    close()
    const mine = world.open()
    events = mine
    later(silence, lost)
    mine.addEventListener('sessions', (e) => mine === events && heard(JSON.parse(e.data ?? '') as LiveSessions))
    mine.addEventListener('refused', (e) => mine === events && refuse(refusalIn(e.data ?? '')))
    mine.addEventListener('error', () => mine === events && lost())
  }
  /** An event source does not tell why it failed: the list itself does. */
  const lost = () => {
    close()
    does.away()
    later(waits[Math.min(tries++, waits.length - 1)] ?? 0, () => void again())
  }
  const again = async () => {
    const mine = turn
    try {
      const list = await world.ask()
      if (mine !== turn) return
      does.sessions(list, false)
      open()
    } catch (e) {
      if (mine !== turn) return
      if (!(e instanceof Refusal)) throw e
      refuse(e)
    }
  }
  open()
  return {
    now: () => {
      close()
      void again()
    },
    stop: close
  }
}

/** Reads the problem details of a last event. */
function refusalIn(data: string): Refusal {
  const p = JSON.parse(data) as { status?: number; code?: string; detail?: string; fix?: string; reasons?: Refusal['reasons'] }
  return new Refusal(p.status ?? 403, p.code ?? 'unavailable', p.detail ?? '', p.fix ?? '', p.reasons ?? [], 0)
}

// The help sessions that go on, as they change.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../../api'
import { liveEvents, liveSessions } from '../../api/records'
import { type Watching, watch } from '../../api/watch'
import type { LiveSessions } from '../../wire'

const world = {
  open: () => new EventSource(liveEvents),
  ask: liveSessions,
  after: (ms: number, act: () => void) => {
    const id = setTimeout(act, ms)
    return () => clearTimeout(id)
  }
}

export interface Followed {
  list: LiveSessions | null
  /** away: what is shown may be old; a new try follows by itself. */
  is: 'opening' | 'live' | 'away' | 'refused'
  refusal: Refusal | null
}

export function useFollowed(): Followed & { again: () => void } {
  const [state, setState] = useState<Followed>({ list: null, is: 'opening', refusal: null })
  const watching = useRef<Watching | null>(null)
  useEffect(() => {
    const mine = watch(world, {
      sessions: (list, live) => setState({ list, is: live ? 'live' : 'away', refusal: null }),
      away: () => setState((s) => ({ ...s, is: 'away' })),
      refused: (refusal) => setState({ list: null, is: 'refused', refusal })
    })
    watching.current = mine
    addEventListener('online', mine.now)
    return () => {
      removeEventListener('online', mine.now)
      mine.stop()
    }
  }, [])
  const again = useCallback(() => watching.current?.now(), [])
  return { ...state, again }
}

/** Counts the seconds, by the server's clock, since the list came. */
export function useNow(list: LiveSessions | null): number {
  const [now, setNow] = useState(() => Date.now())
  const skew = useRef(0)
  const of = useRef<LiveSessions | null>(null)
  if (list && list !== of.current) {
    of.current = list
    skew.current = new Date(list.now).getTime() - Date.now()
  }
  useEffect(() => {
    const id = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(id)
  }, [])
  return now + skew.current
}

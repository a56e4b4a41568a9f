// The rows of a list that the server gives page by page.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../../api'
import { refusalIn } from '../hooks'

/** One page as the server gives it. */
export interface OnePage<T> {
  items: readonly T[]
  /** Cursor of the next page; empty: this is the last. */
  next: string
  /** How many there are in all, where the server counts. */
  count?: number
}

/** Asks for one page; the same function each time. */
export type AskPage<T> = (query: URLSearchParams) => Promise<OnePage<T>>

/** What has come so far. */
interface Come<T> {
  rows: readonly T[]
  next: string
  count: number | null
}

/** The server gives no more rows at once. */
const mostRows = 200

/** Every row that a query chooses, for a file. */
export async function allRows<T>(ask: AskPage<T>, query: string): Promise<readonly T[]> {
  const whole = new URLSearchParams(query)
  whole.set('limit', String(mostRows))
  return (await readOn(ask, whole.toString(), nothing, Number.POSITIVE_INFINITY)).rows
}

const nothing: Come<never> = { rows: [], next: '', count: null }

/** Page after page on top of what has come, until there are as many rows as wanted or no more. */
async function readOn<T>(ask: AskPage<T>, query: string, had: Come<T>, wanted: number): Promise<Come<T>> {
  const rows = [...had.rows]
  let { next, count } = had
  do {
    const one = new URLSearchParams(query)
    if (next !== '') one.set('cursor', next)
    const page = await ask(one)
    rows.push(...page.items)
    next = page.next
    count = page.count ?? null
  } while (next !== '' && rows.length < wanted)
  return { rows, next, count }
}

interface State<T> {
  /** Null: nothing has come yet. */
  come: Come<T> | null
  doing: 'reading' | 'nothing' | Refusal
  /** The query that it answers. */
  of: string
}

interface Paging<T> extends Pick<State<T>, 'come' | 'doing'> {
  /** Asks for the next page. */
  more: () => void
  /** Asks again for what could not be had. */
  again: () => void
}

/**
 * Asks for the first page at once, for the next on demand, and for everything shown again when turn changes. What is
 * there stays until the answer comes; only the newest answer counts.
 */
export function usePages<T>(ask: AskPage<T>, query: string, turn: number): Paging<T> {
  const [state, setState] = useState<State<T>>({ come: null, doing: 'reading', of: query })
  const latest = useRef(0)
  const now = useRef(state)
  now.current = state
  const again = useRef<() => void>(() => undefined)
  const read = useCallback(
    (had: Come<T>, wanted: number) => {
      const mine = ++latest.current
      again.current = () => read(had, wanted)
      const settle = (next: (s: State<T>) => State<T>) => {
        if (mine === latest.current) setState(next)
      }
      setState((s) => ({ ...s, doing: 'reading' }))
      readOn(ask, query, had, wanted).then(
        (come) => settle(() => ({ come, doing: 'nothing', of: query })),
        (e: unknown) => settle((s) => ({ come: s.of === query ? s.come : null, doing: refusalIn(e), of: query }))
      )
    },
    [ask, query]
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: turn says that what was read is old
  useEffect(() => {
    const { come, of } = now.current
    read(nothing, of === query ? (come?.rows.length ?? 1) : 1)
    return () => {
      latest.current++
    }
  }, [read, turn])
  const { come, doing } = state
  return { come, doing, more: () => come && read(come, come.rows.length + 1), again: () => again.current() }
}

// The few hooks the pages share.
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { Refusal } from '../api'
import { currentLanguage, onLanguage } from '../i18n'

/** The language spoken now; redraws when it changes. Used once, at the root. */
export function useLanguage(): string {
  return useSyncExternalStore(onLanguage, currentLanguage)
}

/** Whether a media query holds now. */
export function useMedia(query: string): boolean {
  const watch = useCallback(
    (changed: () => void) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    [query]
  )
  return useSyncExternalStore(watch, () => matchMedia(query).matches)
}

/** Room for a table; below it the rows become cards. */
export const useWide = () => useMedia('(min-width: 60rem)')

function watchAddress(changed: () => void): () => void {
  addEventListener('popstate', changed)
  return () => removeEventListener('popstate', changed)
}

/** Path and query of the address bar. */
export function useAddress(): string {
  return useSyncExternalStore(watchAddress, () => location.pathname + location.search)
}

/** Goes to another of our addresses without loading the page anew. */
export function go(href: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') history.pushState(null, '', href)
  else history.replaceState(null, '', href)
  dispatchEvent(new PopStateEvent('popstate'))
}

/** Names the page in the tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tasuke`
  }, [title])
}

/** An answer on its way, here, or refused. */
export type Asked<T> = { is: 'loading' } | { is: 'here'; value: T } | { is: 'failed'; refusal: Refusal }

export interface Asking<T> {
  asked: Asked<T>
  again: () => void
  /** Puts a newer value in place, after a save. */
  put: (value: T) => void
}

/** Asks at once, and again on demand. ask must be the same function each time. */
export function useAsked<T>(ask: () => Promise<T>): Asking<T> {
  const [asked, setAsked] = useState<Asked<T>>({ is: 'loading' })
  const turn = useRef(0)
  const again = useCallback(() => {
    const mine = ++turn.current
    const settle = (next: Asked<T>) => {
      if (mine === turn.current) setAsked(next)
    }
    setAsked({ is: 'loading' })
    ask().then(
      (value) => settle({ is: 'here', value }),
      (e: unknown) => settle({ is: 'failed', refusal: refusalIn(e) })
    )
  }, [ask])
  const put = useCallback((value: T) => {
    turn.current++ // an answer that is still on its way is older
    setAsked({ is: 'here', value })
  }, [])
  useEffect(() => {
    again()
    return () => {
      turn.current++
    }
  }, [again])
  return { asked, again, put }
}

/** The client throws refusals only; anything else is a mistake of ours and must be loud. */
export function refusalIn(e: unknown): Refusal {
  if (e instanceof Refusal) return e
  throw e
}

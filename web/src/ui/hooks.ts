// The few hooks the screens share.
import { useCallback, useEffect, useReducer, useRef } from 'preact/hooks'
import { onLanguage } from '../i18n'

/** Anything with a value that tells of its changes. */
interface Readable<T> {
  get(): T
  subscribe(listener: () => void): () => void
}

function useRedraw(): () => void {
  const [, redraw] = useReducer((n: number, _: undefined) => n + 1, 0)
  return useCallback(() => redraw(undefined), [])
}

/** The value, and a redraw whenever it changes. */
export function useReadable<T>(r: Readable<T>): T {
  const redraw = useRedraw()
  useEffect(() => r.subscribe(redraw), [r])
  return r.get()
}

/** Redraws when the language changes. Used once, at the root of a page. */
export function useLanguage(): void {
  const redraw = useRedraw()
  useEffect(() => onLanguage(redraw), [])
}

/** The time in ms, redrawn every second. */
export function useNow(): number {
  const redraw = useRedraw()
  useEffect(() => {
    const id = setInterval(redraw, 1000)
    return () => clearInterval(id)
  }, [])
  return Date.now()
}

/** Names the page in the tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Tasuke`
  }, [title])
}

/** Moves the focus to the element when it appears: the main thing of a new screen. */
export function useFocus<T extends HTMLElement>(): { current: T | null } {
  const ref = useRef<T>(null)
  useEffect(() => ref.current?.focus(), [])
  return ref
}

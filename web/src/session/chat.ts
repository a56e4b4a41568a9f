// The chat thread of one page: lines as the server ordered them, own lines that
// wait, lines that were refused. Pure. A line keeps its id for ever, so that
// sending it again after a reconnect can never double it.
import type { ChatLine, Refused } from '../wire'

/** Characters a line may have, counted as Unicode code points. */
export const longestLine = 4000

/** A line of ours that the server has not ordered yet. refused: why it never will be. */
export interface WaitingLine {
  id: string
  text: string
  refused: Pick<Refused, 'code' | 'detail' | 'fix'> | null
}

export interface Thread {
  lines: readonly ChatLine[]
  waiting: readonly WaitingLine[]
}

export const emptyThread: Thread = { lines: [], waiting: [] }

/** Length of a text as the server counts it. */
export function lengthOf(text: string): number {
  let n = 0
  for (const _ of text) n++
  return n
}

/** Whether a text may be sent. */
export function sendable(text: string): boolean {
  return text.trim() !== '' && lengthOf(text) <= longestLine
}

/** Number of the last line without a gap before it; the server is asked for what follows. */
export function knownUpTo(t: Thread): number {
  let n = 0
  for (const line of t.lines) if (line.number === n + 1) n = line.number
  return n
}

/** Lines came: merged by number, none twice; own ones stop waiting. */
export function received(t: Thread, news: readonly ChatLine[]): Thread {
  const byNumber = new Map(t.lines.map((l) => [l.number, l]))
  for (const l of news) byNumber.set(l.number, l)
  const lines = [...byNumber.values()].sort((a, b) => a.number - b.number)
  const ordered = new Set(news.map((l) => l.id))
  return { lines, waiting: t.waiting.filter((w) => !ordered.has(w.id)) }
}

/** Somebody pressed Send. */
export function said(t: Thread, id: string, text: string): Thread {
  return { ...t, waiting: [...t.waiting, { id, text, refused: null }] }
}

/** The server did not take a line. */
export function refused(t: Thread, r: Refused): Thread {
  const why = { code: r.code, detail: r.detail, fix: r.fix ?? '' }
  return { ...t, waiting: t.waiting.map((w) => (w.id === r.id ? { ...w, refused: why } : w)) }
}

/** A refused line is tried again. */
export function retried(t: Thread, id: string): Thread {
  return { ...t, waiting: t.waiting.map((w) => (w.id === id ? { ...w, refused: null } : w)) }
}

/** Lines to send (again) now that the socket is open. */
export function unsent(t: Thread): readonly WaitingLine[] {
  return t.waiting.filter((w) => w.refused === null)
}

// What a change changed, field by field. Pure.
import type { Change } from '../../wire'

/** One difference: something came, went, or became something else. */
export interface Difference {
  /** Names from the outside in: scope, all_people. */
  path: readonly string[]
  is: 'added' | 'removed' | 'changed'
  old: unknown
  now: unknown
}

/** The differences of an audit line's changes, in their order. */
export function differences(changes: readonly Change[]): readonly Difference[] {
  return changes.flatMap((c) => between([c.member], readValue(c.old), readValue(c.new)))
}

/** A value as it was kept: JSON, or plain text. Nothing is what is empty, off or zero. */
function readValue(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function between(path: readonly string[], old: unknown, now: unknown): readonly Difference[] {
  if (same(old, now)) return []
  const inside = within(path, old, now)
  if (inside) return inside
  if (typeof (old ?? now) === 'boolean') return [{ path, is: 'changed', old: old === true, now: now === true }]
  if (nothing(old)) return [{ path, is: 'added', old, now }]
  if (nothing(now)) return [{ path, is: 'removed', old, now }]
  return [{ path, is: 'changed', old, now }]
}

/** What differs within two objects or lists; null: they are neither. What is not there is of the other's kind. */
function within(path: readonly string[], old: unknown, now: unknown): readonly Difference[] | null {
  const [a, b] = [old ?? now, now ?? old]
  if (isObject(a) && isObject(b)) return members(path, old ? a : {}, now ? b : {})
  if (Array.isArray(a) && Array.isArray(b)) return entries(path, old ? a : [], now ? b : [])
  return null
}

function members(path: readonly string[], old: object, now: object): readonly Difference[] {
  const [a, b] = [new Map(Object.entries(old)), new Map(Object.entries(now))]
  const names = [...new Set([...a.keys(), ...b.keys()])]
  return names.flatMap((n) => between([...path, snake(n)], a.get(n), b.get(n)))
}

/** Lists are compared as sets: which entries came, which went. Another order alone is said as a whole. */
function entries(path: readonly string[], a: readonly unknown[], b: readonly unknown[]): readonly Difference[] {
  const has = (list: readonly unknown[], one: unknown) => list.some((x) => same(x, one))
  const gone = a.filter((x) => !has(b, x)).map((x): Difference => ({ path, is: 'removed', old: x, now: undefined }))
  const come = b.filter((x) => !has(a, x)).map((x): Difference => ({ path, is: 'added', old: undefined, now: x }))
  if (gone.length + come.length === 0) return [{ path, is: 'changed', old: a, now: b }]
  return [...gone, ...come]
}

function isObject(v: unknown): v is object {
  return typeof v === 'object' && v !== null && !Array.isArray(v)
}

/** The log leaves out what is empty, off or zero. */
function nothing(v: unknown): boolean {
  return v === undefined || v === null || v === '' || v === false || v === 0
}

function same(a: unknown, b: unknown): boolean {
  return (nothing(a) && nothing(b)) || JSON.stringify(a) === JSON.stringify(b)
}

/** Names as the log writes them: AllPeople becomes all_people. */
export function snake(name: string): string {
  return name.replace(/([a-z])(?=[A-Z])/g, '$1_').toLowerCase()
}

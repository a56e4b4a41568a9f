// What somebody is changing in a configured thing, and what happens when somebody
// else was faster. Pure.

/** The parts of a draft that differ from what it was made from. */
export function changedParts<B extends object>(base: B, draft: B): readonly (keyof B)[] {
  return ([...new Set([...Object.keys(base), ...Object.keys(draft)])] as (keyof B)[]).filter((k) => !same(base[k], draft[k]))
}

/** My changes put on top of what somebody else saved meanwhile; parts that I left alone are theirs. */
export function rebased<B extends object>(base: B, draft: B, now: B): B {
  const out = { ...now }
  for (const k of changedParts(base, draft)) {
    if (k in draft) out[k] = draft[k]
    else delete out[k]
  }
  return out
}

/** The parts that both changed, to different values. */
export function contested<B extends object>(base: B, draft: B, now: B): readonly (keyof B)[] {
  return changedParts(base, draft).filter((k) => !same(base[k], now[k]) && !same(draft[k], now[k]))
}

function same(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b)
}

/** JSON with members in one order. */
function stable(v: unknown): string {
  return (
    JSON.stringify(v, (_, x: unknown) =>
      x !== null && typeof x === 'object' && !Array.isArray(x)
        ? Object.fromEntries(Object.entries(x).sort(([a], [b]) => (a < b ? -1 : 1)))
        : x
    ) ?? ''
  )
}

/** A list with one entry more or less, in the order of all. */
export function toggled<T>(all: readonly T[], chosen: readonly T[], one: T, on: boolean): T[] {
  const rest = chosen.filter((c) => !all.includes(c) && c !== one) // what is no longer offered stays
  return [...all.filter((a) => (a === one ? on : chosen.includes(a))), ...rest]
}

/** What was typed one per line, without spaces around and without empty lines. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((l) => l.trim())
    .filter((l) => l !== '')
}

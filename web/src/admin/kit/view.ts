// What a list shows, in the address bar's words: search, filters, order, columns,
// and which entry is open. Pure.

/** What a column knows of its rows. */
export interface ColumnShape<T> {
  id: string
  /** What rows are sorted and searched by; absent: neither. */
  text?: (row: T) => string | number
  /** Shown only when chosen. */
  extra?: boolean
}

/** A choice that narrows a list down. */
export interface FacetShape<T> {
  id: string
  of: (row: T) => string | readonly string[]
}

export interface Shape<T> {
  columns: readonly ColumnShape<T>[]
  facets: readonly FacetShape<T>[]
}

export interface View {
  search: string
  /** Facet → the value chosen. */
  chosen: Readonly<Record<string, string>>
  sort: { by: string; down: boolean } | null
  /** Columns shown; the first of the shape always is. */
  columns: readonly string[]
}

/** Longest search that is kept in the address, in characters. */
export const searchLimit = 120

function usual<T>(shape: Shape<T>): readonly string[] {
  return shape.columns.filter((c) => !c.extra).map((c) => c.id)
}

/** Reads the address bar. What makes no sense is left out. */
export function viewOf<T>(query: URLSearchParams, shape: Shape<T>): View {
  const sortable = (id: string) => shape.columns.some((c) => c.id === id && c.text)
  const sort = query.get('sort') ?? ''
  const by = sort.replace(/^-/, '')
  const asked = query.get('columns')?.split(',')
  const known = shape.columns.map((c) => c.id)
  const chosen: Record<string, string> = {}
  for (const f of shape.facets) {
    const value = query.get(f.id)
    if (value) chosen[f.id] = value
  }
  return {
    search: (query.get('search') ?? '').slice(0, searchLimit),
    chosen,
    sort: sortable(by) ? { by, down: sort.startsWith('-') } : null,
    columns: asked ? known.filter((id, i) => i === 0 || asked.includes(id)) : usual(shape)
  }
}

/** What the address bar says: only what differs from how the list begins. */
export function viewQuery<T>(view: View, shape: Shape<T>): URLSearchParams {
  const out = new URLSearchParams()
  if (view.search !== '') out.set('search', view.search)
  for (const f of shape.facets) {
    const value = view.chosen[f.id]
    if (value) out.set(f.id, value)
  }
  if (view.sort) out.set('sort', (view.sort.down ? '-' : '') + view.sort.by)
  if (view.columns.join() !== usual(shape).join()) out.set('columns', view.columns.join())
  return out
}

/** The rows a view shows, in its order. Equal rows keep the server's order. */
export function shownRows<T>(rows: readonly T[], view: View, shape: Shape<T>): readonly T[] {
  const words = fold(view.search).split(/\s+/).filter(Boolean)
  const found = rows.filter((row) => {
    const text = fold(shape.columns.map((c) => c.text?.(row) ?? '').join(' '))
    return words.every((w) => text.includes(w)) && shape.facets.every((f) => fits(f, row, view.chosen[f.id]))
  })
  const key = shape.columns.find((c) => c.id === view.sort?.by)?.text
  if (!key || !view.sort) return found
  const turn = view.sort.down ? -1 : 1
  return [...found].sort((a, b) => turn * compare(key(a), key(b)))
}

function fits<T>(facet: FacetShape<T>, row: T, value: string | undefined): boolean {
  if (!value) return true
  const has = facet.of(row)
  return typeof has === 'string' ? has === value : has.includes(value)
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true })
}

/** The next order when a column's heading is pressed: up, down, none. */
export function nextSort(view: View, by: string): View['sort'] {
  if (view.sort?.by !== by) return { by, down: false }
  return view.sort.down ? null : { by, down: true }
}

/** NFKD parts letters from accents and makes full-width letters plain. */
export function fold(s: string): string {
  return s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

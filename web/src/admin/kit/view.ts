// What a list shows, in the address bar's words: search, filters, order, columns,
// page size, and which entry is open. Pure.

/** What a column knows of its rows. */
export interface ColumnShape<T> {
  id: string
  /** What it says: rows are searched and sorted by it here, and files carry it. */
  text?: (row: T) => string | number
  /** What the server calls the order by it; '' where it has only one. */
  by?: string
  /** Shown only when chosen. */
  extra?: boolean
}

/** A choice that narrows a list down. */
export interface FacetShape<T> {
  id: string
  /** Which values a row has, for rows that are all here. */
  of?: (row: T) => string | readonly string[]
  /** Value and its words. What is not among them is not chosen. */
  options?: readonly (readonly [string, string])[]
  /** A day of the reader's calendar, somebody's id, or a text, instead of one of the options. */
  kind?: 'day' | 'person' | 'text'
  /** What the server is asked for a value; absent: the value, under the facet's id. */
  ask?: (value: string) => Readonly<Record<string, string>>
}

export interface Shape<T> {
  columns: readonly ColumnShape<T>[]
  facets: readonly FacetShape<T>[]
  /** The server searches, narrows down and sorts, and gives page by page. */
  paged?: boolean
}

export interface View {
  search: string
  /** Facet → the value chosen. */
  chosen: Readonly<Record<string, string>>
  sort: { by: string; down: boolean } | null
  /** Columns shown; the first of the shape always is. */
  columns: readonly string[]
  /** Rows of a page, where there are pages. */
  size: number
}

/** Longest search that is kept in the address, in characters. */
export const searchLimit = 120

/** How many rows a page may have; the server gives no more than the last. */
export const sizes = [25, 50, 100, 200] as const
const usualSize = 50

function usual<T>(shape: Shape<T>): readonly string[] {
  return shape.columns.filter((c) => !c.extra).map((c) => c.id)
}

/** Whether rows can be put in order by a column. */
export function sortable<T>(shape: Shape<T>, column: ColumnShape<T>): boolean {
  return (shape.paged ? column.by : column.text) !== undefined
}

/** Reads the address bar. What makes no sense is left out. */
export function viewOf<T>(query: URLSearchParams, shape: Shape<T>): View {
  const sort = query.get('sort') ?? ''
  const by = sort.replace(/^-/, '')
  const asked = query.get('columns')?.split(',')
  const known = shape.columns.map((c) => c.id)
  const size = Number(query.get('size'))
  const chosen: Record<string, string> = {}
  for (const f of shape.facets) {
    const value = (query.get(f.id) ?? '').slice(0, searchLimit)
    if (value !== '' && makesSense(f, value)) chosen[f.id] = value
  }
  return {
    search: (query.get('search') ?? '').slice(0, searchLimit),
    chosen,
    sort: shape.columns.some((c) => c.id === by && sortable(shape, c)) ? { by, down: sort.startsWith('-') } : null,
    columns: asked ? known.filter((id, i) => i === 0 || asked.includes(id)) : usual(shape),
    size: shape.paged ? (sizes.find((s) => s === size) ?? usualSize) : usualSize
  }
}

function makesSense<T>(facet: FacetShape<T>, value: string): boolean {
  if (facet.kind === 'day') return isDay(value)
  return facet.options?.some(([v]) => v === value) ?? true
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
  if (view.size !== usualSize) out.set('size', String(view.size))
  return out
}

/** What the server is asked: which rows, in which order. Without the size of a page. */
export function askedOf<T>(view: View, shape: Shape<T>): URLSearchParams {
  const out = new URLSearchParams()
  const search = view.search.trim()
  if (search !== '') out.set('search', search)
  for (const f of shape.facets) {
    const value = view.chosen[f.id]
    if (!value) continue
    for (const [k, v] of Object.entries(f.ask?.(value) ?? { [f.id]: value })) out.set(k, v)
  }
  const by = shape.columns.find((c) => c.id === view.sort?.by)?.by
  if (!view.sort || by === undefined) return out
  if (by !== '') out.set('sort', by)
  out.set('order', view.sort.down ? 'desc' : 'asc')
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
  if (!value || !facet.of) return true
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

/** Whether something narrows the list down. */
export function narrowed(view: View): boolean {
  return view.search.trim() !== '' || Object.values(view.chosen).some((v) => v !== '')
}

/** NFKD parts letters from accents and makes full-width letters plain. */
export function fold(s: string): string {
  return s.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

/** Whether a text is a day that exists, written 2026-11-14. */
export function isDay(s: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(s)
  if (!parts) return false
  const [text, y, m, d] = parts
  return Number(y) >= 1970 && new Date(Date.UTC(Number(y), Number(m) - 1, Number(d))).toISOString().startsWith(text)
}

/** The first moment of a day, or of the one so many days later, by the reader's clock. */
export function startOf(day: string, later = 0): string {
  const [y = 0, m = 1, d = 1] = day.split('-').map(Number)
  return new Date(y, m - 1, d + later).toISOString()
}

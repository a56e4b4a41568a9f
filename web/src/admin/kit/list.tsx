/** @jsxImportSource react */
// The list that every page with one uses: commands, search, filters, columns; a
// table where there is room, else cards. The address bar keeps what is shown.
import {
  Button,
  SearchBox,
  Select,
  Table,
  TableBody,
  TableCell,
  TableHeader,
  TableHeaderCell,
  TableRow
} from '@fluentui/react-components'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { t } from '../../i18n/admin'
import { go, useWide } from '../hooks'
import { PageLink } from '../link'
import { Empty } from '../parts'
import { hrefOf, type Page } from '../route'
import {
  type ColumnShape,
  type FacetShape,
  nextSort,
  type Shape,
  searchLimit,
  shownRows,
  type View,
  viewOf,
  viewQuery
} from './view'

export interface Column<T> extends ColumnShape<T> {
  head: string
  cell: (row: T) => ReactNode
}

export interface Facet<T> extends FacetShape<T> {
  label: string
  /** Value and its words. */
  options: readonly (readonly [string, string])[]
}

interface DataListProps<T> {
  page: Page
  query: URLSearchParams
  /** What the list is, for screen readers. */
  label: string
  rows: readonly T[]
  keyOf: (row: T) => string
  /** The first column leads to the entry. */
  columns: readonly Column<T>[]
  facets?: readonly Facet<T>[]
  /** Buttons above the list. */
  commands?: ReactNode
  /** What is said when there is nothing at all. */
  empty: { title: string; more: string }
  /** Entries cannot be opened. */
  flat?: boolean
}

export function DataList<T>(p: DataListProps<T>) {
  const shape: Shape<T> = { columns: p.columns, facets: p.facets ?? [] }
  const view = viewOf(p.query, shape)
  const show = (next: View) => go(hrefOf(p.page, viewQuery(next, shape)), 'replace')
  const rows = shownRows(p.rows, view, shape)
  const columns = p.columns.filter((c) => view.columns.includes(c.id))
  const open = (row: T) => hrefOf(p.page, opened(viewQuery(view, shape), p.keyOf(row)))
  const reset = () => show({ ...view, search: '', chosen: {} })
  return (
    <>
      <div className="commands" role="toolbar" aria-label={t('list.commands')}>
        {p.commands && <div className="row">{p.commands}</div>}
        <Tools view={view} columns={p.columns} facets={p.facets ?? []} onView={show} />
      </div>
      {p.rows.length === 0 && <Empty {...p.empty} />}
      {p.rows.length > 0 && rows.length === 0 && (
        <Empty title={t('list.none')} more={t('list.noneMore')}>
          <Button onClick={reset}>{t('list.reset')}</Button>
        </Empty>
      )}
      {rows.length > 0 && <Rows {...p} rows={rows} columns={columns} view={view} onView={show} open={p.flat ? null : open} />}
      <p className="quiet" role="status">
        {p.rows.length > 0 && t('list.shown', { shown: rows.length, count: p.rows.length })}
      </p>
    </>
  )
}

/** The same view with an entry open. */
function opened(query: URLSearchParams, id: string): URLSearchParams {
  query.set('open', id)
  return query
}

interface ToolsProps<T> {
  view: View
  columns: readonly Column<T>[]
  facets: readonly Facet<T>[]
  onView: (next: View) => void
}

function Tools<T>({ view, columns, facets, onView }: ToolsProps<T>) {
  return (
    <div className="tools">
      <Search view={view} onView={onView} />
      {facets.map((f) => (
        <Select
          key={f.id}
          aria-label={f.label}
          value={view.chosen[f.id] ?? ''}
          onChange={(_, d) => onView({ ...view, chosen: { ...view.chosen, [f.id]: d.value } })}
        >
          <option value="">{t('list.any', { what: f.label })}</option>
          {f.options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      ))}
      <ColumnChoice view={view} columns={columns} onView={onView} />
    </div>
  )
}

/** How long the address waits for the typing to rest, in ms: some browsers refuse to have it changed with every key. */
const restsAfter = 200

function Search({ view, onView }: { view: View; onView: (next: View) => void }) {
  const [text, setText] = useState(view.search)
  useEffect(() => setText(view.search), [view.search])
  useEffect(() => {
    if (text === view.search) return
    const id = setTimeout(() => onView({ ...view, search: text }), restsAfter)
    return () => clearTimeout(id)
  }, [text, view, onView])
  return (
    <SearchBox
      className="tools-search"
      value={text}
      maxLength={searchLimit}
      aria-label={t('list.search')}
      placeholder={t('list.search')}
      dismiss={{ 'aria-label': t('list.clear') }}
      onChange={(_, d) => setText(d.value)}
    />
  )
}

function ColumnChoice<T>({ view, columns, onView }: Omit<ToolsProps<T>, 'facets'>) {
  const name = useId()
  const toggle = (id: string, on: boolean) =>
    onView({ ...view, columns: columns.map((c) => c.id).filter((c) => (c === id ? on : view.columns.includes(c))) })
  return (
    <details className="drop">
      <summary>{t('list.columns')}</summary>
      <fieldset className="drop-body" aria-label={t('list.columns')}>
        {columns.slice(1).map((c) => (
          <label key={c.id} className="drop-choice">
            <input
              type="checkbox"
              name={name}
              checked={view.columns.includes(c.id)}
              onChange={(e) => toggle(c.id, e.currentTarget.checked)}
            />
            {c.head}
          </label>
        ))}
      </fieldset>
    </details>
  )
}

interface RowsProps<T> extends Pick<DataListProps<T>, 'label' | 'rows' | 'columns' | 'keyOf'> {
  view: View
  onView: (next: View) => void
  open: ((row: T) => string) | null
}

function Rows<T>(p: RowsProps<T>) {
  return <section className="panel list">{useWide() ? <Grid {...p} /> : <Cards {...p} />}</section>
}

function Grid<T>({ label, rows, columns, keyOf, view, onView, open }: RowsProps<T>) {
  return (
    <Table className="table" aria-label={label}>
      <TableHeader>
        <TableRow>
          {columns.map((c) => (
            <Head key={c.id} column={c} view={view} onView={onView} />
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((row) => (
          <TableRow key={keyOf(row)}>
            {columns.map((c, i) => (
              <TableCell key={c.id}>{i === 0 ? <First row={row} column={c} open={open} /> : c.cell(row)}</TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function Head<T>({ column: c, view, onView }: { column: Column<T>; view: View; onView: (next: View) => void }) {
  if (!c.text) return <TableHeaderCell scope="col">{c.head}</TableHeaderCell>
  const sorted = view.sort?.by === c.id ? (view.sort.down ? 'descending' : 'ascending') : 'none'
  return (
    <TableHeaderCell scope="col" aria-sort={sorted} button={{ as: 'div', className: 'table-plain' }}>
      <button type="button" className="table-sort" onClick={() => onView({ ...view, sort: nextSort(view, c.id) })}>
        {c.head}
        <span aria-hidden="true">{sorted === 'none' ? '' : sorted === 'ascending' ? ' ↑' : ' ↓'}</span>
      </button>
    </TableHeaderCell>
  )
}

function First<T>({ row, column, open }: { row: T; column: Column<T>; open: ((row: T) => string) | null }) {
  if (!open) return <div className="table-name">{column.cell(row)}</div>
  return (
    <PageLink className="table-name table-open" href={open(row)}>
      {column.cell(row)}
    </PageLink>
  )
}

function Cards<T>({ label, rows, columns, keyOf, open }: RowsProps<T>) {
  const [first, ...rest] = columns
  if (!first) return null
  return (
    <ul className="cards" aria-label={label}>
      {rows.map((row) => (
        <li key={keyOf(row)} className="card-row">
          <First row={row} column={first} open={open} />
          <dl>
            {rest.map((c) => (
              <div key={c.id} className="card-fact">
                <dt>{c.head}</dt>
                <dd>{c.cell(row)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

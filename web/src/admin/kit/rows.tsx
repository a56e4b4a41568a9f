/** @jsxImportSource react */
// The rows of a list: a table where there is room, else cards.
import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components'
import { useWide } from '../hooks'
import { PageLink } from '../link'
import type { Column } from './list'
import { nextSort, type View } from './view'

export interface RowsProps<T> {
  label: string
  rows: readonly T[]
  /** Those that are shown. */
  columns: readonly Column<T>[]
  keyOf: (row: T) => string
  view: View
  /** Whether rows can be put in order by a column. */
  sorts: (column: Column<T>) => boolean
  onView: (next: View) => void
  /** Where a row leads; null: nowhere. */
  open: ((row: T) => string) | null
}

export function Rows<T>(p: RowsProps<T>) {
  return useWide() ? <Grid {...p} /> : <Cards {...p} />
}

function Grid<T>({ label, rows, columns, keyOf, view, sorts, onView, open }: RowsProps<T>) {
  return (
    <Table className="table" aria-label={label}>
      <TableHeader>
        <TableRow>
          {columns.map((c) => (
            <Head key={c.id} column={c} view={view} {...(sorts(c) ? { onView } : {})} />
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

interface HeadProps<T> {
  column: Column<T>
  view: View
  /** Absent: rows cannot be put in order by it. */
  onView?: (next: View) => void
}

function Head<T>({ column: c, view, onView }: HeadProps<T>) {
  if (!onView) return <TableHeaderCell scope="col">{c.head}</TableHeaderCell>
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

function First<T>({ row, column, open }: { row: T; column: Column<T>; open: RowsProps<T>['open'] }) {
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

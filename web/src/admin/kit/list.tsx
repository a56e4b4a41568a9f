/** @jsxImportSource react */
// The lists that every page with one uses: commands, search, filters, columns,
// files. DataList has all its rows here; ServerList has the server search, sort
// and give page by page. The address bar keeps what is shown.
import { Button, Spinner } from '@fluentui/react-components'
import { type ReactNode, useEffect, useRef } from 'react'
import { t } from '../../i18n/admin'
import { go } from '../hooks'
import { Empty, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { hrefOf, type Page } from '../route'
import { type FileHref, Files, ServerFiles } from './files'
import { type AskPage, allRows, usePages } from './pages'
import { Rows } from './rows'
import { Tools } from './tools'
import {
  askedOf,
  type ColumnShape,
  type FacetShape,
  narrowed,
  type Shape,
  shownRows,
  sortable,
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
}

interface ListProps<T> {
  page: Page
  query: URLSearchParams
  /** What the list is, for screen readers. */
  label: string
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
  /** There is nothing to type a search for: filters say it all. */
  noSearch?: boolean
}

interface DataListProps<T> extends ListProps<T> {
  rows: readonly T[]
}

/** A list whose rows are all here. */
export function DataList<T>(p: DataListProps<T>) {
  const shape: Shape<T> = { columns: p.columns, facets: p.facets ?? [] }
  const view = viewOf(p.query, shape)
  const rows = shownRows(p.rows, view, shape)
  const files = <Files name={p.page} columns={p.columns} rows={async () => rows} />
  return (
    <Frame list={p} shape={shape} view={view} files={p.rows.length > 0 && files}>
      <Found list={p} shape={shape} view={view} rows={rows} bare={p.rows.length === 0} />
      <p className="quiet" role="status">
        {p.rows.length > 0 && t('list.shown', { shown: rows.length, count: p.rows.length })}
      </p>
    </Frame>
  )
}

interface ServerListProps<T> extends ListProps<T> {
  /** Asks for one page; the same function each time. */
  ask: AskPage<T>
  /** Another number than before: read what is shown again. */
  turn?: number
  /** Where the server makes files; absent: they are made here, of all pages. */
  fileHref?: FileHref
  /** Why the filter can choose nothing; empty: it can. */
  wrong?: (chosen: View['chosen']) => string
}

/** A list behind a call that gives it page by page. */
export function ServerList<T>(p: ServerListProps<T>) {
  const shape: Shape<T> = { columns: p.columns, facets: p.facets ?? [], paged: true }
  const view = viewOf(p.query, shape)
  const asked = askedOf(view, shape)
  const chosen = asked.toString()
  asked.set('limit', String(view.size))
  const wrong = p.wrong?.(view.chosen) ?? ''
  const files = p.fileHref ? (
    <ServerFiles href={p.fileHref} query={chosen} />
  ) : (
    <Files name={p.page} columns={p.columns} rows={() => allRows(p.ask, chosen)} />
  )
  return (
    <Frame list={p} shape={shape} view={view} files={files}>
      {wrong !== '' ? (
        <Nothing list={p} shape={shape} view={view} more={wrong} />
      ) : (
        <Paged list={p} shape={shape} view={view} asked={asked.toString()} />
      )}
    </Frame>
  )
}

interface PartProps<T, P extends ListProps<T> = ListProps<T>> {
  list: P
  shape: Shape<T>
  view: View
}

/** Shows a view of a list: the address says it, and which entry is open beside it. */
function show<T>(list: Pick<ListProps<T>, 'page' | 'query'>, view: View, shape: Shape<T>): void {
  const query = viewQuery(view, shape)
  const open = list.query.get('open')
  if (open !== null) query.set('open', open)
  go(hrefOf(list.page, query), 'replace')
}

/** What stands above every list. */
function Frame<T>({ list: p, shape, view, files, children }: PartProps<T> & { files: ReactNode; children: ReactNode }) {
  return (
    <>
      <div className="commands" role="toolbar" aria-label={t('list.commands')}>
        {p.commands && <div className="row">{p.commands}</div>}
        <Tools
          view={view}
          columns={p.columns}
          facets={p.facets ?? []}
          paged={shape.paged ?? false}
          noSearch={p.noSearch ?? false}
          onView={(next) => show(p, next, shape)}
          files={files}
        />
      </div>
      {children}
    </>
  )
}

interface FoundProps<T> extends PartProps<T> {
  rows: readonly T[]
  /** There is nothing at all, whatever is searched for. */
  bare: boolean
}

/** The rows, or that there are none. */
function Found<T>({ list: p, shape, view, rows, bare }: FoundProps<T>) {
  const onView = (next: View) => show(p, next, shape)
  if (bare) return <Empty {...p.empty} />
  if (rows.length === 0) return <Nothing list={p} shape={shape} view={view} more={t('list.noneMore')} />
  const open = (row: T) => {
    const query = viewQuery(view, shape)
    query.set('open', p.keyOf(row))
    return hrefOf(p.page, query)
  }
  return (
    <section className="panel list">
      <Rows
        label={p.label}
        rows={rows}
        columns={p.columns.filter((c) => view.columns.includes(c.id))}
        keyOf={p.keyOf}
        view={view}
        sorts={(c) => sortable(shape, c)}
        onView={onView}
        open={p.flat ? null : open}
      />
    </section>
  )
}

/** The filter chooses nothing; the way back to everything. */
function Nothing<T>({ list: p, shape, view, more }: PartProps<T> & { more: string }) {
  return (
    <Empty title={t('list.none')} more={more}>
      <Button onClick={() => show(p, { ...view, search: '', chosen: {} }, shape)}>{t('list.reset')}</Button>
    </Empty>
  )
}

/** The pages that have come, and the way to the next. */
function Paged<T>({ list: p, shape, view, asked }: PartProps<T, ServerListProps<T>> & { asked: string }) {
  const { come, doing, more, again } = usePages(p.ask, asked, p.turn ?? 0)
  const refusal = typeof doing === 'object' ? doing : null
  const reading = doing === 'reading'
  if (!come) return refusal ? <RefusalBar refusal={refusal} onAgain={again} /> : <Waiting>{t('admin.loading')}</Waiting>
  const { rows, next, count } = come
  return (
    <div className={reading ? 'paged paged-reading' : 'paged'} aria-busy={reading}>
      <Found list={p} shape={shape} view={view} rows={rows} bare={rows.length === 0 && !narrowed(view)} />
      {refusal && <RefusalBar refusal={refusal} onAgain={again} />}
      <div className="list-foot">
        {next !== '' && !refusal && <More busy={reading} onMore={more} />}
        <Count shown={rows.length} count={count} more={next !== ''} />
      </div>
    </div>
  )
}

/** Says how many there are; takes the focus when the last page has come and its button is gone. */
function Count({ shown, count, more }: { shown: number; count: number | null; more: boolean }) {
  const ref = useRef<HTMLParagraphElement>(null)
  const before = useRef({ shown, more })
  useEffect(() => {
    if (before.current.more && !more && shown > before.current.shown) ref.current?.focus()
    before.current = { shown, more }
  }, [more, shown])
  return (
    <p ref={ref} tabIndex={-1} role="status" className={shown === 0 ? 'hidden' : 'quiet list-count'}>
      {countText(shown, count, more)}
    </p>
  )
}

function countText(shown: number, count: number | null, more: boolean): string {
  if (shown === 0) return t('list.none')
  if (count !== null) return t('list.shown', { shown, count })
  return t(more ? 'list.countMore' : 'list.count', { count: shown })
}

/** Stays focusable while it works, so that the keyboard does not lose its place. */
function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  return (
    <Button disabledFocusable={busy} onClick={onMore} {...(busy ? { icon: <Spinner size="tiny" aria-hidden="true" /> } : {})}>
      {t(busy ? 'list.moreLoading' : 'list.more')}
    </Button>
  )
}

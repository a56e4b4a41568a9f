/** @jsxImportSource react */
// The sessions that a filter chooses, page by page. Mounted anew for each filter.
import { Button, Spinner } from '@fluentui/react-components'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../../api'
import { sessionReports } from '../../api/admin'
import { t } from '../../i18n/admin'
import type { SessionReport } from '../../wire'
import { refusalIn, useWide } from '../hooks'
import { Empty, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { ReportCards } from './cards'
import { askFor, type Filter, queryOf } from './filter'
import { ReportTable } from './table'

interface Rows {
  rows: readonly SessionReport[]
  /** Cursor of the next page; empty: there is none. */
  next: string
  doing: 'loading' | 'nothing' | Refusal
}

/** Asks for the first page at once and for the next on demand; what is there stays when a page fails. */
function useRows(filter: Filter): [Rows, () => void] {
  const [state, setState] = useState<Rows>({ rows: [], next: '', doing: 'loading' })
  const alive = useRef(true)
  const query = askFor(filter).toString()
  const load = useCallback(
    (cursor: string) => {
      setState((s) => ({ ...s, doing: 'loading' }))
      const ask = new URLSearchParams(query)
      if (cursor !== '') ask.set('cursor', cursor)
      const settle = (change: (s: Rows) => Rows) => {
        if (alive.current) setState(change)
      }
      sessionReports(ask).then(
        (page) => settle((s) => ({ rows: [...s.rows, ...page.items], next: page.next, doing: 'nothing' })),
        (e: unknown) => settle((s) => ({ ...s, doing: refusalIn(e) }))
      )
    },
    [query]
  )
  useEffect(() => {
    alive.current = true
    load('')
    return () => {
      alive.current = false
    }
  }, [load])
  return [state, () => load(state.next)]
}

interface ReportListProps {
  filter: Filter
  /** Shown below the sessions, when there are any. */
  foot: ReactNode
  onReset: () => void
}

export function ReportList({ filter, foot, onReset }: ReportListProps) {
  const [{ rows, next, doing }, more] = useRows(filter)
  const refusal = typeof doing === 'object' ? doing : null
  if (rows.length === 0) {
    if (refusal) return <RefusalBar refusal={refusal} onAgain={more} />
    if (doing === 'loading') return <Waiting>{t('reports.loading')}</Waiting>
    return <NoRows chosen={queryOf(filter).toString() !== ''} onReset={onReset} />
  }
  return (
    <>
      <section className="panel list" aria-label={t('reports.table')}>
        <Shown rows={rows} />
        <Count count={rows.length} more={next !== ''} />
        {refusal && <RefusalBar refusal={refusal} onAgain={more} />}
        {next !== '' && !refusal && <More busy={doing === 'loading'} onMore={more} />}
      </section>
      {foot}
    </>
  )
}

function Shown({ rows }: { rows: readonly SessionReport[] }) {
  return useWide() ? <ReportTable rows={rows} /> : <ReportCards rows={rows} />
}

/** Says how many there are; takes the focus when the last page has come and its button is gone. */
function Count({ count, more }: { count: number; more: boolean }) {
  const ref = useRef<HTMLParagraphElement>(null)
  const before = useRef(more)
  useEffect(() => {
    if (before.current && !more) ref.current?.focus()
    before.current = more
  }, [more])
  return (
    <p ref={ref} tabIndex={-1} role="status" className="quiet list-count">
      {t(more ? 'reports.shownMore' : 'reports.shown', { count })}
    </p>
  )
}

/** Stays focusable while it works, so that the keyboard does not lose its place. */
function More({ busy, onMore }: { busy: boolean; onMore: () => void }) {
  return (
    <Button
      className="list-more"
      disabledFocusable={busy}
      onClick={onMore}
      {...(busy ? { icon: <Spinner size="tiny" aria-hidden="true" /> } : {})}
    >
      {t(busy ? 'reports.moreLoading' : 'reports.more')}
    </Button>
  )
}

function NoRows({ chosen, onReset }: { chosen: boolean; onReset: () => void }) {
  if (!chosen) return <Empty title={t('reports.empty')} more={t('reports.emptyMore')} />
  return (
    <Empty title={t('reports.none')} more={t('reports.noneMore')}>
      <Button onClick={onReset}>{t('reports.reset')}</Button>
    </Empty>
  )
}

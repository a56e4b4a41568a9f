/** @jsxImportSource react */
// The report of ended help sessions: filter, rows, files.
import { useRef } from 'react'
import { sessionFile, sessionReports } from '../../api/records'
import { t } from '../../i18n/admin'
import type { SessionReport } from '../../wire'
import { useTitle } from '../hooks'
import { type PageProps, withParts } from '../kit/configured'
import { type Column, type Facet, ServerList } from '../kit/list'
import { startOf } from '../kit/view'
import { PageHead } from '../parts'
import { hrefOf } from '../route'
import { connectionText, durationText, momentText, reasonText, zoneText } from '../words'
import { kindText, Name, nameText, Warnings } from './cells'
import { SessionPage } from './detail'
import { outOfOrder, reasons } from './filter'

export default function ReportsPage({ query, focus, may }: PageProps) {
  const open = query.get('open') ?? ''
  const back = hrefOf('sessions', withParts(query, { open: '' }))
  const first = useRef(open)
  const moved = useRef(false) // between the list and a session: then the heading takes the focus
  if (open !== first.current) moved.current = true
  return (
    <>
      {open === '' && <Title />}
      {open !== '' && (
        <SessionPage key={open} id={open} focus={focus || moved.current} back={back} mayNames={may('read_configuration')} />
      )}
      <div className="page" hidden={open !== ''}>
        <Report query={query} focus={open === '' && (focus || moved.current)} />
      </div>
    </>
  )
}

function Title() {
  useTitle(t('title.sessions'))
  return null
}

/** The list stays in place while a session is open, as far as it was read. */
function Report({ query, focus }: Pick<PageProps, 'query' | 'focus'>) {
  return (
    <>
      <PageHead title={t('title.sessions')} lead={t('reports.lead')} focus={focus} />
      <ServerList<SessionReport>
        page="sessions"
        query={query}
        label={t('reports.table')}
        ask={sessionReports}
        keyOf={(r) => r.session}
        columns={columns()}
        facets={facets()}
        empty={{ title: t('reports.empty'), more: t('reports.emptyMore') }}
        fileHref={sessionFile}
        wrong={(chosen) => (outOfOrder(chosen) ? t('reports.order') : '')}
      />
      <p className="quiet">{t('reports.zone', { zone: zoneText() })}</p>
    </>
  )
}

function columns(): readonly Column<SessionReport>[] {
  return [
    {
      id: 'helper',
      head: t('report.helper'),
      text: (r) => nameText(r.helper, r.helperId),
      cell: (r) => <Name name={r.helper} id={r.helperId} />
    },
    {
      id: 'sharer',
      head: t('report.sharer'),
      text: (r) => nameText(r.sharer, r.sharerId),
      cell: (r) => <Name name={r.sharer} id={r.sharerId} />
    },
    moment('created', t('report.started'), (r) => r.createdAt),
    { ...moment('ended', t('report.endedAt'), (r) => r.endedAt), extra: true },
    {
      id: 'seconds',
      head: t('report.duration'),
      by: 'seconds',
      text: (r) => r.seconds,
      cell: (r) => (r.allowedAt ? durationText(r.seconds) : <span className="quiet">{t('report.notStarted')}</span>)
    },
    words('kind', t('report.kind'), (r) => kindText(r.kind)),
    words('connection', t('report.connection'), (r) => connectionText(r.connection)),
    words('reason', t('report.ended'), (r) => reasonText(r.reason)),
    {
      id: 'warnings',
      head: t('report.warnings'),
      text: (r) => r.warnings.join(' '),
      cell: (r) => <Warnings warnings={r.warnings} />
    },
    more('sharerEmail', t('report.sharerEmail')),
    more('sharerDeviceName', t('report.sharerDevice')),
    more('sharerDeviceSerial', t('report.sharerSerial')),
    more('sharerPlatform', t('report.sharerPlatform')),
    more('helperEmail', t('report.helperEmail')),
    more('helperDeviceName', t('report.helperDevice')),
    more('helperPlatform', t('report.helperPlatform'))
  ]
}

type Extra =
  | 'sharerEmail'
  | 'sharerDeviceName'
  | 'sharerDeviceSerial'
  | 'sharerPlatform'
  | 'helperEmail'
  | 'helperDeviceName'
  | 'helperPlatform'

/** A column that is shown when somebody asks for it. */
function more(id: Extra, head: string): Column<SessionReport> {
  return { ...words(id, head, (r) => r[id]), extra: true }
}

function moment(id: string, head: string, at: (r: SessionReport) => string): Column<SessionReport> {
  return { id, head, by: id, text: at, cell: (r) => <time dateTime={at(r)}>{momentText(at(r))}</time> }
}

function words(id: string, head: string, text: (r: SessionReport) => string): Column<SessionReport> {
  return { id, head, text, cell: (r) => <bdi>{text(r)}</bdi> }
}

const connections: readonly SessionReport['connection'][] = ['direct', 'relay_udp', 'relay_tcp', 'relay_tls', 'pictures']

function facets(): readonly Facet<SessionReport>[] {
  return [
    { id: 'from', label: t('reports.from'), kind: 'day', ask: (day) => ({ from: startOf(day) }) },
    { id: 'to', label: t('reports.to'), kind: 'day', ask: (day) => ({ to: startOf(day, 1) }) }, // before the next day
    { id: 'reason', label: t('reports.reason'), options: reasons.map((r) => [r, reasonText(r)]) },
    { id: 'connection', label: t('report.connection'), options: connections.map((c) => [c, connectionText(c)]) }
  ]
}

/** @jsxImportSource react */
// What a session's facts look like, in a table or on a card. The rows of both
// come from one list, so that neither can lack one.
import { Badge } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { type AdminMessage, t } from '../../i18n/admin'
import type { SessionReport } from '../../wire'
import { connectionText, durationText, momentText, reasonText, warningText } from '../words'

/** The facts after the two names, with their headings. */
export const facts: readonly { head: AdminMessage; cell: (r: SessionReport) => ReactNode }[] = [
  { head: 'report.started', cell: (r) => <time dateTime={r.createdAt}>{momentText(r.createdAt)}</time> },
  { head: 'report.duration', cell: durationCell },
  { head: 'report.kind', cell: (r) => kindText(r.kind) },
  { head: 'report.connection', cell: (r) => connectionText(r.connection) },
  { head: 'report.ended', cell: (r) => reasonText(r.reason) },
  { head: 'report.warnings', cell: (r) => <Warnings warnings={r.warnings} /> }
]

function durationCell(r: SessionReport): ReactNode {
  return r.allowedAt ? durationText(r.seconds) : <span className="quiet">{t('report.notStarted')}</span>
}

function kindText(kind: SessionReport['kind']): string {
  switch (kind) {
    case 'view':
      return t('report.view')
  }
}

/** A name keeps its own direction; erased and absent ones are told apart. */
export function Name({ name, id }: { name: string; id: string }) {
  if (name !== '') return <bdi>{name}</bdi>
  return <span className="quiet">{t(id === '' ? 'report.nobody' : 'report.erased')}</span>
}

function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return <span className="quiet">{t('report.noWarnings')}</span>
  return (
    <span className="warnings">
      {warnings.map((w) => (
        <Badge key={w} appearance="tint" color="warning" size="large" shape="rounded" className="warning">
          {warningText(w)}
        </Badge>
      ))}
    </span>
  )
}

/** @jsxImportSource react */
import type { ReactNode } from 'react'
import { t } from '../../i18n/admin'
import type { SessionReport } from '../../wire'
import { facts, Name } from './cells'

/** The sessions as cards, where a table does not fit. */
export function ReportCards({ rows }: { rows: readonly SessionReport[] }) {
  return (
    <ul className="cards">
      {rows.map((r) => (
        <li key={r.session} className="card-row">
          <dl>
            <dt>{t('report.helper')}</dt>
            <dd className="table-name">
              <Name name={r.helper} id={r.helperId} />
            </dd>
            <dt>{t('report.sharer')}</dt>
            <dd className="table-name">
              <Name name={r.sharer} id={r.sharerId} />
            </dd>
            {facts.map((f) => (
              <Fact key={f.head} head={t(f.head)}>
                {f.cell(r)}
              </Fact>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

function Fact({ head, children }: { head: string; children: ReactNode }) {
  return (
    <>
      <dt>{head}</dt>
      <dd>{children}</dd>
    </>
  )
}

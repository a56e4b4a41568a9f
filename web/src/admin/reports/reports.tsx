/** @jsxImportSource react */
// The report of ended help sessions: filter, rows, exports.
import { exportHref } from '../../api/admin'
import { t } from '../../i18n/admin'
import { go, useTitle } from '../hooks'
import type { PageProps } from '../kit/configured'
import { ButtonLink } from '../link'
import { PageHead } from '../parts'
import { sessionsHref } from '../route'
import { zoneText } from '../words'
import { askFor, everything, type Filter, filterOf, queryOf } from './filter'
import { FilterForm } from './form'
import { ReportList } from './list'

export default function ReportsPage({ query, focus }: PageProps) {
  const filter = filterOf(query)
  useTitle(t('title.sessions'))
  const key = queryOf(filter).toString()
  return (
    <>
      <PageHead title={t('title.sessions')} lead={t('reports.lead')} focus={focus} />
      <FilterForm
        key={`form ${key}`}
        filter={filter}
        onApply={(next) => go(sessionsHref(next))}
        onReset={() => go(sessionsHref(everything))}
      />
      <ReportList
        key={`list ${key}`}
        filter={filter}
        foot={<Exports filter={filter} />}
        onReset={() => go(sessionsHref(everything))}
      />
    </>
  )
}

function Exports({ filter }: { filter: Filter }) {
  const query = askFor(filter)
  return (
    <footer className="report-foot">
      <p className="quiet">{t('reports.zone', { zone: zoneText() })}</p>
      <div className="report-exports">
        <p className="quiet">{t('reports.exportNote')}</p>
        <div className="row">
          <ButtonLink href={exportHref('csv', query)} download>
            {t('reports.csv')}
          </ButtonLink>
          <ButtonLink href={exportHref('jsonl', query)} download>
            {t('reports.json')}
          </ButtonLink>
        </div>
      </div>
    </footer>
  )
}

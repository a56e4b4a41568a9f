/** @jsxImportSource react */
import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components'
import { t } from '../../i18n/admin'
import type { SessionReport } from '../../wire'
import { facts, Name } from './cells'

/** The sessions as a table, where there is room for one. */
export function ReportTable({ rows }: { rows: readonly SessionReport[] }) {
  return (
    <Table className="table" aria-label={t('reports.table')}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell scope="col">{t('report.helper')}</TableHeaderCell>
          <TableHeaderCell scope="col">{t('report.sharer')}</TableHeaderCell>
          {facts.map((f) => (
            <TableHeaderCell key={f.head} scope="col">
              {t(f.head)}
            </TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {rows.map((r) => (
          <TableRow key={r.session}>
            <TableCell className="table-name">
              <Name name={r.helper} id={r.helperId} />
            </TableCell>
            <TableCell className="table-name">
              <Name name={r.sharer} id={r.sharerId} />
            </TableCell>
            {facts.map((f) => (
              <TableCell key={f.head}>{f.cell(r)}</TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

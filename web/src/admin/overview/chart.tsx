/** @jsxImportSource react */
// The sessions of thirty days as bars, and the same as a table for those who would rather read.
import { Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components'
import { t } from '../../i18n/admin'
import type { Day } from '../../wire'
import { dayText, durationText, numberText } from '../words'
import { bars, ceiling } from './bars'

const width = 900
const height = 180

export function Chart({ days }: { days: readonly Day[] }) {
  const top = ceiling(Math.max(0, ...days.map((d) => d.sessions)))
  const rtl = document.documentElement.dir === 'rtl'
  const total = days.reduce((sum, d) => sum + d.sessions, 0)
  const [first, last] = [days[0], days.at(-1)]
  return (
    <figure className="panel chart">
      <figcaption>
        <h2 className="overview-head">{t('chart.title')}</h2>
        <ul className="chart-key">
          <li className="chart-allowed">{t('chart.allowed')}</li>
          <li className="chart-rest">{t('chart.rest')}</li>
        </ul>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('chart.label', { count: total, most: top })}
      >
        {[0.5, 1].map((part) => (
          <line
            key={part}
            className="chart-line"
            x1="0"
            x2={width}
            y1={height * (1 - part) + 0.5}
            y2={height * (1 - part) + 0.5}
          />
        ))}
        {bars(days, top, width, height, rtl).map((b) => (
          <g key={b.date}>
            <title>{t('chart.day', { day: dayText(b.date), count: b.sessions, allowed: b.allowed })}</title>
            <rect className="chart-bar-rest" x={b.x} y={b.top} width={b.width} height={b.middle - b.top} />
            <rect className="chart-bar-allowed" x={b.x} y={b.middle} width={b.width} height={height - b.middle} />
          </g>
        ))}
      </svg>
      <p className="chart-axis quiet" aria-hidden="true">
        <span>{first && dayText(first.date)}</span>
        <span>{t('chart.most', { count: numberText(top) })}</span>
        <span>{last && dayText(last.date)}</span>
      </p>
      <details className="chart-table">
        <summary>{t('chart.table')}</summary>
        <DayTable days={days} />
      </details>
    </figure>
  )
}

function DayTable({ days }: { days: readonly Day[] }) {
  const heads = ['chart.on', 'chart.sessions', 'chart.allowed', 'chart.declined', 'chart.reported', 'chart.average'] as const
  return (
    <Table className="table" aria-label={t('chart.title')}>
      <TableHeader>
        <TableRow>
          {heads.map((h) => (
            <TableHeaderCell key={h} scope="col">
              {t(h)}
            </TableHeaderCell>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        {days.map((d) => (
          <TableRow key={d.date}>
            <TableCell>{dayText(d.date)}</TableCell>
            <TableCell>{numberText(d.sessions)}</TableCell>
            <TableCell>{numberText(d.allowed)}</TableCell>
            <TableCell>{numberText(d.declined)}</TableCell>
            <TableCell>{numberText(d.reported)}</TableCell>
            <TableCell>{d.allowed === 0 ? '' : durationText(d.averageSeconds)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

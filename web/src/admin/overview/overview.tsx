/** @jsxImportSource react */
// The first page: what goes on in numbers, the last thirty days, and what there
// is for this reader, with a sentence on each.
import type { ReactNode } from 'react'
import { overview } from '../../api/records'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Count, Device, Fleet, Overview, Suspension } from '../../wire'
import { complianceText } from '../devices/words'
import { useAsked, useTitle } from '../hooks'
import type { PageProps } from '../kit/configured'
import { PageLink } from '../link'
import { Empty, PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { allPages, headings, hrefOf, type Page, pages } from '../route'
import { durationText, momentText, numberText, reasonText, warningText } from '../words'
import { Chart } from './chart'

export default function OverviewPage({ focus, may }: PageProps) {
  useTitle(t('title.overview'))
  const open = allPages.filter((p): p is Exclude<Page, 'overview'> => pages[p].needs !== null && may(pages[p].needs))
  return (
    <>
      <PageHead title={t('title.overview')} lead={t('overview.lead')} focus={focus} />
      {may('view_reports') && <Numbers may={may} />}
      {open.length === 0 && <Empty title={t('overview.nothing')} more={t('overview.nothingMore')} />}
      {headings
        .filter((h) => open.some((p) => pages[p].under === h))
        .map((h) => (
          <section key={h} aria-label={t(`nav.${h}`)}>
            <h2 className="overview-head">{t(`nav.${h}`)}</h2>
            <ul className="tiles">
              {open
                .filter((p) => pages[p].under === h)
                .map((p) => (
                  <li key={p} className="panel tile">
                    <PageLink href={pages[p].path}>{t(`title.${p}`)}</PageLink>
                    <p className="quiet">{t(`about.${p}`)}</p>
                  </li>
                ))}
            </ul>
          </section>
        ))}
    </>
  )
}

function Numbers({ may }: Pick<PageProps, 'may'>) {
  const { asked, again } = useAsked(overview)
  switch (asked.is) {
    case 'loading':
      return <Waiting>{t('admin.loading')}</Waiting>
    case 'failed':
      return <RefusalBar refusal={asked.refusal} onAgain={again} />
    case 'here':
      return <Counted numbers={asked.value} may={may} />
  }
}

function Counted({ numbers: n, may }: { numbers: Overview } & Pick<PageProps, 'may'>) {
  const total = n.days.reduce((sum, d) => sum + d.sessions, 0)
  if (total === 0 && n.active === 0 && n.today.sessions === 0) return <FirstSteps may={may} />
  return (
    <section className="overview" aria-label={t('overview.numbers')}>
      <Attention numbers={n} may={may} />
      <ul className="figures">
        <Figure words={t('overview.active')} number={numberText(n.active)}>
          <PageLink href={pages.live.path}>{t('title.live')}</PageLink>
        </Figure>
        <Figure words={t('overview.today')} number={numberText(n.today.sessions)} />
        <Figure words={t('overview.total')} number={numberText(total)}>
          <PageLink href={pages.sessions.path}>{t('title.sessions')}</PageLink>
        </Figure>
        <Figure words={t('overview.average')} number={durationText(average(n))} />
      </ul>
      <Chart days={n.days} />
      <div className="what-if">
        <Counts
          title={t('overview.reasons')}
          counts={n.reasons}
          words={reasonText}
          href={(code) => hrefOf('sessions', { reason: code })}
        />
        <Counts title={t('overview.warnings')} counts={n.warnings} words={warningText} />
        {n.devices && <Devices fleet={n.devices} />}
      </div>
      <p className="quiet">{t('overview.utc')}</p>
    </section>
  )
}

/** What somebody should look at: whom people reported, and who may not help because of that. */
function Attention({ numbers: n, may }: { numbers: Overview } & Pick<PageProps, 'may'>) {
  const lately = n.days.slice(-7).reduce((sum, d) => sum + d.reported, 0)
  if (lately === 0 && n.suspended.length === 0) return null
  const told = (s: Suspension) => t('overview.suspended', { name: isolate(s.name), at: momentText(s.since) })
  return (
    <section className="panel attention" aria-label={t('overview.attention')}>
      <h2 className="overview-head">{t('overview.attention')}</h2>
      <ul>
        {n.suspended.map((s) => (
          <li key={s.person}>
            {may(pages.people.needs) ? <PageLink href={hrefOf('people', { open: s.person })}>{told(s)}</PageLink> : told(s)}
          </li>
        ))}
        {lately > 0 && (
          <li>
            <PageLink href={hrefOf('sessions', { reason: 'reported' })}>
              {t('overview.reportedLately', { count: numberText(lately) })}
            </PageLink>
          </li>
        )}
      </ul>
    </section>
  )
}

/** Seconds of a session that both allowed, over the thirty days. */
function average(n: Overview): number {
  const allowed = n.days.reduce((sum, d) => sum + d.allowed, 0)
  return allowed === 0 ? 0 : n.days.reduce((sum, d) => sum + d.allowed * d.averageSeconds, 0) / allowed
}

function Figure({ words, number, children }: { words: string; number: string; children?: ReactNode }) {
  return (
    <li className="panel figure">
      <span className="figure-words">{words}</span>
      <span className="figure-number">{number}</span>
      {children}
    </li>
  )
}

/** How many of the devices that the reader may see comply. */
function Devices({ fleet: f }: { fleet: Fleet }) {
  const counts = [
    { code: 'compliant', count: f.compliant },
    { code: 'in_grace_period', count: f.inGracePeriod },
    { code: 'not_compliant', count: f.notCompliant },
    { code: 'not_evaluated', count: f.notEvaluated }
  ] satisfies { code: Device['compliance']; count: number }[]
  return (
    <Counts
      title={t('overview.devices')}
      counts={counts.some((c) => c.count > 0) ? counts : []}
      words={complianceText}
      href={(code) => hrefOf('devices', { compliance: code })}
    />
  )
}

interface CountsProps<Code extends string> {
  title: string
  counts: readonly (Count & { code: Code })[]
  words: (code: Code) => string
  href?: (code: Code) => string
}

/** How often something was, as a table with bars. */
function Counts<Code extends string>({ title, counts, words, href }: CountsProps<Code>) {
  const most = Math.max(1, ...counts.map((c) => c.count))
  return (
    <section className="panel" aria-label={title}>
      <h2 className="overview-head">{title}</h2>
      {counts.length === 0 && <p className="quiet">{t('overview.noCounts')}</p>}
      <ul className="counts">
        {counts.map((c) => (
          <li key={c.code}>
            <span>{href ? <PageLink href={href(c.code)}>{words(c.code)}</PageLink> : words(c.code)}</span>
            <progress max={most} value={c.count} aria-hidden="true" />
            <span className="count-number">{numberText(c.count)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** A new organisation has no numbers yet: what to do first, as far as the reader may. */
function FirstSteps({ may }: Pick<PageProps, 'may'>) {
  const steps = (['people', 'groups', 'assignments', 'policies', 'settings'] as const).filter((p) => may(pages[p].needs))
  return (
    <section className="panel first-steps" aria-label={t('overview.first')}>
      <h2 className="overview-head">{t('overview.first')}</h2>
      <p>{t('overview.firstMore')}</p>
      <ol>
        {steps.map((p) => (
          <li key={p}>
            <PageLink href={pages[p].path}>{t(`title.${p}`)}</PageLink> <span className="quiet">– {t(`overview.step.${p}`)}</span>
          </li>
        ))}
        <li>
          <a href="/help">{t('overview.help')}</a> <span className="quiet">– {t('overview.step.help')}</span>
        </li>
      </ol>
    </section>
  )
}

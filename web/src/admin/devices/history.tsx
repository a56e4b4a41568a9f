/** @jsxImportSource react */
// What is known of a device and since when: rules it breaks, facts with their source, sessions, audit lines.
import type { ReactNode } from 'react'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import { agoText } from '../../i18n/ago'
import type { DeviceDetail, Finding } from '../../wire'
import { actionText } from '../audit/words'
import { listText, momentText, reasonText, warningText } from '../words'
import { ComplianceBadge } from './devices'
import { factText, factValue, ruleText, sourceText } from './words'

interface SectionProps<T> {
  title: string
  of: readonly T[]
  keyOf: (one: T) => string
  /** What is said when there are none. */
  none: string
  line: (one: T) => ReactNode
}

/** Lines under a heading of their own. */
export function Section<T>({ title, of, keyOf, none, line }: SectionProps<T>) {
  return (
    <section className="panel group" aria-label={title}>
      <h2>{title}</h2>
      {of.length === 0 ? (
        <p className="quiet">{none}</p>
      ) : (
        <ul className="lines">
          {of.map((one) => (
            <li key={keyOf(one)}>{line(one)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

export function Compliance({ device: d }: { device: DeviceDetail }) {
  const none = d.compliance === 'compliant' ? 'compliance.allMet' : 'compliance.noPolicy'
  return (
    <section className="panel group" aria-label={t('device.compliance')}>
      <h2>{t('device.compliance')}</h2>
      <ComplianceBadge device={d} />
      {d.evaluatedAt && <p className="quiet">{t('compliance.newest', { age: agoText(d.evaluatedAt) })}</p>}
      {d.broken.length + d.unknown.length === 0 && <p>{t(none)}</p>}
      <Findings title={t('compliance.broken')} of={d.broken} />
      <Findings title={t('compliance.unknown')} of={d.unknown} />
    </section>
  )
}

function Findings({ title, of }: { title: string; of: readonly Finding[] }) {
  if (of.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul className="lines" aria-label={title}>
        {of.map((f) => (
          <li key={`${f.rule} ${f.policy}`}>
            <strong>{ruleText(f.rule)}</strong>
            <p className="quiet">{sinceText(f)}</p>
          </li>
        ))}
      </ul>
    </>
  )
}

function sinceText(f: Finding): string {
  const parts = [t('compliance.policy', { policy: isolate(f.policy) })]
  if (f.since) parts.push(t('compliance.since', { since: momentText(f.since) }))
  if (f.graceTo && Date.parse(f.graceTo) > Date.now()) parts.push(t('compliance.graceTo', { until: momentText(f.graceTo) }))
  return parts.join(' · ')
}

export function KnownFacts({ facts }: Pick<DeviceDetail, 'facts'>) {
  return (
    <Section
      title={t('device.facts')}
      of={facts}
      keyOf={(f) => `${f.name} ${f.source}`}
      none={t('device.factsNone')}
      line={(f) => (
        <>
          {factText(f.name)}: <strong dir="auto">{factValue(f.value)}</strong>
          <p className="quiet">
            {t('device.factFrom', { source: sourceText(f.source), at: momentText(f.at), age: agoText(f.at) })}
          </p>
        </>
      )}
    />
  )
}

export function Sessions({ sessions }: Pick<DeviceDetail, 'sessions'>) {
  return (
    <Section
      title={t('device.sessions')}
      of={sessions}
      keyOf={(s) => s.session}
      none={t('device.sessionsNone')}
      line={(s) => (
        <>
          <bdi>
            {t('device.session', {
              helper: isolate(s.helper || t('report.erased')),
              sharer: isolate(s.sharer || t('report.erased'))
            })}
          </bdi>
          <p className="quiet">
            {[momentText(s.createdAt), reasonText(s.reason), s.warnings.length > 0 ? listText(s.warnings.map(warningText)) : '']
              .filter(Boolean)
              .join(' · ')}
          </p>
        </>
      )}
    />
  )
}

export function Audit({ lines }: { lines: DeviceDetail['audit'] }) {
  return (
    <Section
      title={t('device.audit')}
      of={lines}
      keyOf={(l) => String(l.number)}
      none={t('device.auditNone')}
      line={(l) => (
        <>
          {actionText(l.action)}
          <p className="quiet">
            {momentText(l.at)} · <bdi>{l.actor || t('device.bySystem')}</bdi>
          </p>
        </>
      )}
    />
  )
}

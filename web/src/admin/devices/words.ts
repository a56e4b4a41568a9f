// A device in the reader's words.
import { formats } from '../../i18n'
import { dynamic, t } from '../../i18n/admin'
import type { ComplianceRule, Device, Fact, Finding } from '../../wire'
import { numberText } from '../words'

export const platforms = ['windows', 'macos', 'linux', 'android', 'ios', 'chromeos'] as const
export const compliances = ['compliant', 'in_grace_period', 'not_compliant', 'not_evaluated'] as const
export const enrolments = ['known', 'enrolled', 'key_lost', 'retired', 'revoked'] as const
export const ownerships = ['corporate', 'personal'] as const
export const grades = ['profile_key', 'platform_key', 'provider_claim', 'client_certificate'] as const

export const platformText = (p: Device['platform']) => (p === '' ? '' : t(`platform.${p}`))
export const complianceText = (c: Device['compliance']) => t(`standing.${c}`)
export const enrolmentText = (e: Device['enrolment']) => t(`enrolment.${e}`)
export const ownershipText = (o: Device['ownership']) => (o === '' ? '' : t(`ownership.${o}`))

/** What the proof of a device is worth; a grade newer than this page keeps its code. */
export const gradeText = (grade: string) => (grade === '' ? '' : dynamic(`grade.${grade}`, grade))
export const gradeMeaning = (grade: string) => (grade === '' ? t('grade.none.more') : dynamic(`grade.${grade}.more`, grade))

export const factText = (name: Fact['name']) => t(`fact.${name}`)
export const sourceText = (source: Fact['source']) => t(`source.${source}`)

/** A dotted version, or yes and no. */
export function factValue(value: string): string {
  if (value === 'true') return t('field.yes')
  return value === 'false' ? t('field.no') : value
}

/** What a rule of a compliance policy asks for; a finding speaks of the same rules. */
export function ruleText(kind: ComplianceRule['kind'] | Finding['rule']): string {
  return dynamic(`needs.${kind}`, kind)
}

/** How long a device may break a rule. */
export function graceText(hours: number): string {
  if (hours === 0) return t('compliance.graceNone')
  const [count, unit] = hours % 24 === 0 ? ([hours / 24, 'day'] as const) : ([hours, 'hour'] as const)
  return new Intl.NumberFormat(formats(), { style: 'unit', unit, unitDisplay: 'long' }).format(count)
}

/** What came of a file, in numbers. */
export const countsOf = (d: { created: number; changed: number; unchanged: number }) => ({
  created: numberText(d.created),
  changed: numberText(d.changed),
  unchanged: numberText(d.unchanged)
})

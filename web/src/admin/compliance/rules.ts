// What a compliance policy may ask for, and how it is written. Pure.
import type { CompliancePolicyBody, ComplianceRule } from '../../wire'

type Kind = ComplianceRule['kind']

/** What each kind of rule needs beside its name; the record makes a missing one a compile error. */
const values: Record<Kind, 'version' | 'days' | 'nothing'> = {
  os_version_min: 'version',
  os_version_max: 'version',
  browser_version_min: 'version',
  browser_version_max: 'version',
  disk_encryption: 'nothing',
  firewall: 'nothing',
  antivirus: 'nothing',
  screen_lock: 'nothing',
  secure_boot: 'nothing',
  not_rooted: 'nothing',
  declared_compliant: 'nothing',
  last_contact: 'days'
}

export const ruleKinds = Object.keys(values) as readonly Kind[]
export const valueKind = (kind: Kind) => values[kind]

export const blank: CompliancePolicyBody = {
  name: '',
  description: '',
  platform: 'windows',
  everything: true,
  groups: [],
  rules: []
}

/** Longest time in which a rule may be broken, in days. */
export const mostGrace = 365

export const graceUnits = ['days', 'hours'] as const
export type GraceUnit = (typeof graceUnits)[number]

/** Whole days as days, anything else as hours. */
export function graceOf(hours: number): { count: number; unit: GraceUnit } {
  return hours > 0 && hours % 24 !== 0 ? { count: hours, unit: 'hours' } : { count: hours / 24, unit: 'days' }
}

/** What was typed as hours; nonsense is none. */
export function hoursOf(count: string, unit: GraceUnit): number {
  const n = Math.floor(Number(count))
  if (!Number.isFinite(n) || n < 0) return 0
  return Math.min(mostGrace * 24, unit === 'days' ? n * 24 : n)
}

/** A policy with a rule more or less, in the order of all. */
export function withRule(rules: readonly ComplianceRule[], kind: Kind, on: boolean): ComplianceRule[] {
  return ruleKinds.flatMap((k) => {
    const has = rules.find((r) => r.kind === k)
    if (k === kind) return on ? [has ?? { kind, value: values[kind] === 'days' ? '7' : '', graceHours: 0 }] : []
    return has ? [has] : []
  })
}

/** A policy as it is sent. */
export function tidy(p: CompliancePolicyBody): CompliancePolicyBody {
  return { ...p, groups: p.everything ? [] : p.groups, rules: p.rules.map((r) => ({ ...r, value: r.value.trim() })) }
}

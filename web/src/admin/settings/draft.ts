// What somebody is changing in the settings: which fields there are, what they
// may hold, and what happens when somebody else was faster. Pure.
import type { Settings } from '../../wire'

export type SwitchField = 'remoteHelp' | 'chat' | 'relayOnly' | 'unenrolled' | 'selfEnrol' | 'acknowledge'
export type NumberField = Exclude<keyof Settings, SwitchField | 'version'>
export type Field = SwitchField | NumberField

/** Numbers are kept as they were typed. */
export type Draft = Record<SwitchField, boolean> & Record<NumberField, string>

interface Range {
  min: number
  max: number
  unit: 'minutes' | 'days' | 'reports'
  /** The server's name of the field in a refusal. */
  subject: string
}

/** What the server accepts; it has the last word. */
export const ranges: Record<NumberField, Range> = {
  codeLifetimeMinutes: { min: 1, max: 60, unit: 'minutes', subject: 'code_lifetime' },
  timeLimitMinutes: { min: 5, max: 480, unit: 'minutes', subject: 'time_limit' },
  sessionDays: { min: 30, max: 1095, unit: 'days', subject: 'session_days' },
  auditDays: { min: 30, max: 1095, unit: 'days', subject: 'audit_days' },
  reportsSuspend: { min: 0, max: 20, unit: 'reports', subject: 'reports_suspend' },
  complianceDays: { min: 1, max: 120, unit: 'days', subject: 'compliance_days' },
  chatDays: { min: 0, max: 90, unit: 'days', subject: 'chat_days' },
  signInIdleMinutes: { min: 5, max: 1440, unit: 'minutes', subject: 'sign_in_idle' },
  signInAbsoluteMinutes: { min: 15, max: 1440, unit: 'minutes', subject: 'sign_in_absolute' }
}

const switches: readonly SwitchField[] = ['remoteHelp', 'chat', 'relayOnly', 'unenrolled', 'selfEnrol', 'acknowledge']
const numbers = Object.keys(ranges) as readonly NumberField[]

/** Every field in the order of the page. */
export const fields: readonly Field[] = [...switches, ...numbers]

export function draftOf(s: Settings): Draft {
  const out = {} as Draft
  for (const f of switches) out[f] = s[f]
  for (const f of numbers) out[f] = String(s[f])
  return out
}

/** The number somebody typed, or null when it is none or out of range. */
export function numberIn(draft: Draft, field: NumberField): number | null {
  const text = draft[field].trim()
  const { min, max } = ranges[field]
  const n = Number(text)
  return /^\d{1,6}$/.test(text) && n >= min && n <= max ? n : null
}

/** Fields that cannot be saved as they are. */
export function wrongFields(draft: Draft): readonly NumberField[] {
  return numbers.filter((f) => numberIn(draft, f) === null)
}

/** Fields the draft would change. */
export function changedFields(base: Settings, draft: Draft): readonly Field[] {
  const before = draftOf(base)
  return fields.filter((f) => before[f] !== (typeof draft[f] === 'string' ? draft[f].trim() : draft[f]))
}

/** What to send: the draft on top of what it was made from. Fields that are wrong keep their old value. */
export function settingsOf(base: Settings, draft: Draft): Settings {
  const out = { ...base }
  for (const f of switches) out[f] = draft[f]
  for (const f of numbers) out[f] = numberIn(draft, f) ?? base[f]
  return out
}

/** Whether saving ends live sessions: worth a question first. */
export function switchesHelpOff(base: Settings, draft: Draft): boolean {
  return base.remoteHelp && !draft.remoteHelp
}

/** A draft after somebody else's settings were loaded under it. */
export interface Rebased {
  draft: Draft
  /** What the other changed and the draft does not. */
  theirs: readonly Field[]
  /** What both changed to different values: the draft's stands. */
  both: readonly Field[]
}

/** Puts the draft's changes on top of settings that somebody else saved meanwhile. */
export function rebase(base: Settings, draft: Draft, now: Settings): Rebased {
  const mine = new Set(changedFields(base, draft))
  const theirs = fields.filter((f) => base[f] !== now[f])
  const out = draftOf(now)
  for (const f of mine) put(out, f, draft)
  const still = new Set(changedFields(now, out))
  return { draft: out, theirs: theirs.filter((f) => !mine.has(f)), both: theirs.filter((f) => mine.has(f) && still.has(f)) }
}

function put<F extends Field>(into: Draft, field: F, from: Draft): void {
  into[field] = from[field]
}

/** Which field a refusal of the server's is about. */
export function fieldOf(subject: string): NumberField | null {
  return numbers.find((f) => ranges[f].subject === subject) ?? null
}

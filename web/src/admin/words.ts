// Facts in the reader's words: how it ended, how long, when.

import type { Refusal } from '../api'
import { currentLanguage, formats, isolate } from '../i18n'
import { dynamic, t } from '../i18n/admin'

/** How a session ended; a reason newer than this page keeps its code. */
export function reasonText(reason: string): string {
  return dynamic(`reason.${reason}`, reason)
}

export function warningText(warning: string): string {
  return dynamic(`warning.${warning}`, warning)
}

export function connectionText(connection: string): string {
  return connection === '' ? t('report.notConnected') : dynamic(`path.${connection}`, connection)
}

/** The system of a device, as its browser said. */
export function platformText(platform: string): string {
  return dynamic(`platform.${platform}`, platform)
}

export function browserText(browser: string): string {
  return dynamic(`browser.${browser}`, browser)
}

/** How long it was: the two largest units. */
export function durationText(seconds: number): string {
  const unit = (n: number, u: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(formats(), { style: 'unit', unit: u, unitDisplay: 'short' }).format(n)
  const h = Math.floor(seconds / 3600)
  const m = Math.floor((seconds % 3600) / 60)
  const s = Math.floor(seconds % 60)
  if (h > 0) return `${unit(h, 'hour')} ${unit(m, 'minute')}`
  return m > 0 ? `${unit(m, 'minute')} ${unit(s, 'second')}` : unit(s, 'second')
}

/**
 * The reader's own kind of the language spoken (en-GB writes days before months), else what the page uses. Digits and
 * calendar are those of the filter's date fields.
 */
export function readersLocale(spoken: string, usual: string, asked: readonly string[]): string {
  const own = asked.find((l) => l.toLowerCase().startsWith(`${spoken}-`))
  return own ? new Intl.Locale(own, { numberingSystem: 'latn', calendar: 'gregory' }).toString() : usual
}

/** A moment as the reader writes it, by their clock. */
export function momentText(iso: string, to: 'minutes' | 'seconds' = 'minutes'): string {
  const locale = readersLocale(currentLanguage(), formats(), navigator.languages)
  return new Date(iso).toLocaleString(locale, { dateStyle: 'medium', timeStyle: to === 'seconds' ? 'medium' : 'short' })
}

/** A day of UTC as the reader writes days. */
export function dayText(day: string): string {
  const locale = readersLocale(currentLanguage(), formats(), navigator.languages)
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(locale, { dateStyle: 'medium', timeZone: 'UTC' })
}

/** The reader's time zone: its name in words and as it is known to programs. */
export function zoneText(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const parts = new Intl.DateTimeFormat(formats(), { timeZoneName: 'long' }).formatToParts(new Date())
  const words = parts.find((p) => p.type === 'timeZoneName')?.value ?? ''
  return words === '' || words === timeZone ? timeZone : `${words} (${timeZone})`
}

/** A number as people write it: 1,440. */
export function numberText(n: number): string {
  return n.toLocaleString(formats())
}

/** A list as people write it: a, b and c. */
export function listText(items: readonly string[]): string {
  return new Intl.ListFormat(formats(), { type: 'conjunction' }).format(items)
}

/** What a refusal says: what is wrong, what is in the way, what to do. */
export interface RefusalWords {
  title: string
  grounds: readonly string[]
  fix: string
}

export function refusalWords(r: Refusal): RefusalWords {
  const grounds = r.reasons.map(groundText).filter(Boolean)
  if (r.retryAfter > 0) grounds.push(t('error.wait', { minutes: Math.max(1, Math.ceil(r.retryAfter / 60)) }))
  return {
    title: dynamic(`error.${r.code}`, r.detail || t('error.internal_error')),
    grounds,
    fix: dynamic(`fix.${r.code}`, r.fix)
  }
}

/** One ground of a decision: which permission, switch or policy is in the way. */
export function groundText(g: { code: string; subject?: string }): string {
  const subject = g.subject ?? ''
  if (['out_of_range', 'range_invalid', 'member_invalid'].includes(g.code)) return '' // shown at its field
  const user = /^used_by_(\w+)$/.exec(g.code)?.[1]
  if (user) return dynamic(`used.${user}`, subject, { name: isolate(subject) })
  const permission = dynamic(`permission.${subject}`, subject)
  const policy = isolate(subject)
  return dynamic(`ground.${g.code}`, [g.code, subject].filter(Boolean).join(': '), { permission, policy, subject: policy })
}

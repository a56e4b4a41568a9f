// How long an API token lives. Pure.
import { startOf } from '../kit/view'

const two = (n: number) => String(n).padStart(2, '0')

/** A day so many days from a moment, as date fields write it. */
export function dayAfter(now: Date, days: number): string {
  const d = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days)
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
}

/** The last day that may be chosen: the server lets a token live for a year. */
export function lastDay(now: Date): string {
  return dayAfter(new Date(now.getFullYear() + 1, now.getMonth(), now.getDate()), -1)
}

/** The end of a day by the reader's clock, or null when a token cannot end then. */
export function expiryOf(day: string, now: Date): string | null {
  if (day < dayAfter(now, 0) || day > lastDay(now)) return null
  return startOf(day, 1)
}

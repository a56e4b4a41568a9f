// Times that run.
import { formats } from '../i18n'
import { clockText, secondsUntil } from '../session/clock'
import { useNow } from './hooks'

/** Time left until t by the server's clock. */
export function Countdown({ until, skew }: { until: string; skew: number }) {
  const left = secondsUntil(until, useNow(), skew)
  return (
    <span class="clock" role="timer">
      {clockText(left)}
    </span>
  )
}

/** Time gone since t. */
export function Elapsed({ since, skew }: { since: string; skew: number }) {
  const now = useNow()
  return (
    <span class="clock" role="timer">
      {clockText(Math.max(0, (now + skew - Date.parse(since)) / 1000))}
    </span>
  )
}

/** How long it was, in words: 1 hr, 2 min, 5 sec. */
export function durationText(seconds: number): string {
  const unit = (n: number, u: 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(formats(), { style: 'unit', unit: u, unitDisplay: 'long' }).format(n)
  const h = Math.floor(seconds / 3600)
  const m = Math.floor((seconds % 3600) / 60)
  const s = Math.floor(seconds % 60)
  if (h > 0) return `${unit(h, 'hour')} ${unit(m, 'minute')}`
  return m > 0 ? `${unit(m, 'minute')} ${unit(s, 'second')}` : unit(s, 'second')
}

/** A moment as people write it. */
export function momentText(iso: string): string {
  return new Date(iso).toLocaleString(formats(), { dateStyle: 'medium', timeStyle: 'short' })
}

/** The time of day, from this machine's clock in ms. */
export function timeText(ms: number): string {
  return new Date(ms).toLocaleTimeString(formats(), { timeStyle: 'short' })
}

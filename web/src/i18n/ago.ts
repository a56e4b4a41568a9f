import { formats } from '.'

/** How long ago it was, in whole hours or days. */
export function agoText(iso: string): string {
  const hours = Math.max(0, Math.round((Date.now() - Date.parse(iso)) / 3_600_000))
  const words = new Intl.RelativeTimeFormat(formats(), { numeric: 'auto' })
  return hours < 48 ? words.format(-hours, 'hour') : words.format(-Math.round(hours / 24), 'day')
}

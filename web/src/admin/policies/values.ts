// Values that conditions and what-if choose from, in the contract's words.
import { formats } from '../../i18n'
import type { Conditions } from '../../wire'

export const platforms: readonly Conditions['platforms'][number][] = ['windows', 'macos', 'linux', 'android', 'ios', 'chromeos']
export const browsers: readonly Conditions['browsers'][number][] = ['chrome', 'edge', 'firefox', 'safari', 'other']

/** Days of the week, Sunday first, as the server counts them. */
export const days: readonly number[] = [0, 1, 2, 3, 4, 5, 6]

/** A day's name; the first day of 2023 was a Sunday. */
export function dayName(day: number): string {
  return new Intl.DateTimeFormat(formats(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2023, 0, 1 + day))
}

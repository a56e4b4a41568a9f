// Where the bars of the chart stand. Pure.
import type { Day } from '../../wire'

export interface Bar extends Pick<Day, 'date' | 'sessions' | 'allowed'> {
  x: number
  width: number
  /** Where the whole bar begins. */
  top: number
  /** Where its lower part begins: the sessions that both allowed. */
  middle: number
}

/** The next round number: 1, 2, 5, 10, 20, 50 … */
export function ceiling(most: number): number {
  let step = 1
  for (;;) {
    for (const m of [1, 2, 5]) if (most <= m * step) return m * step
    step *= 10
  }
}

/** One bar for each day, the oldest where reading begins. */
export function bars(days: readonly Day[], top: number, width: number, height: number, rtl: boolean): readonly Bar[] {
  const room = width / Math.max(1, days.length)
  const up = (n: number) => height - (n / top) * height
  return days.map(({ date, sessions, allowed }, i) => ({
    date,
    sessions,
    allowed,
    x: (rtl ? days.length - 1 - i : i) * room + room * 0.15,
    width: room * 0.7,
    top: up(sessions),
    middle: up(allowed)
  }))
}

// Summaries of samples, and how they are written. A sample that never came is Infinity.

/** The smallest sample that at least the share q of all samples does not exceed (nearest rank). @param {number[]} samples @param {number} q */
export function quantile(samples, q) {
  if (samples.length === 0) throw new Error('no samples')
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]
}

/** @param {number[]} samples */
export const median = (samples) => quantile(samples, 0.5)

/** @param {number} v */
export const whole = (v) => (Number.isFinite(v) ? String(Math.round(v)) : 'never')

/** Median, range and number of samples. @param {number[]} samples */
export function spread(samples) {
  return `${whole(median(samples))} ms (${whole(Math.min(...samples))}–${whole(Math.max(...samples))}, n ${samples.length})`
}

/** p50/p95/max and number of samples. @param {number[]} samples */
export function tail(samples) {
  return `${whole(median(samples))}/${whole(quantile(samples, 0.95))}/${whole(Math.max(...samples))} ms (n ${samples.length})`
}

/** The goal and whether it was met. @param {string} goal @param {boolean} met */
export const verdict = (goal, met) => `goal ${goal}: ${met ? 'met' : 'MISSED'}`

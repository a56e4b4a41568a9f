// Times as people read them, by the server's clock.

/** Milliseconds to add to this machine's clock to get the server's. */
export function skewOf(serverNow: string, localNow: number): number {
  const t = Date.parse(serverNow)
  return Number.isNaN(t) ? 0 : t - localNow
}

/** Whole seconds until t by the server's clock, never negative. */
export function secondsUntil(t: string, localNow: number, skew: number): number {
  return Math.max(0, Math.ceil((Date.parse(t) - localNow - skew) / 1000))
}

/** 75 → 1:15, 3675 → 1:01:15. */
export function clockText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, '0')
  const h = Math.floor(seconds / 3600)
  const m = Math.floor((seconds % 3600) / 60)
  const s = Math.floor(seconds % 60)
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

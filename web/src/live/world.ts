// The browser's own socket and timers.
import type { LiveWorld } from './live'

/** The world of a real page. */
export function browserWorld(): LiveWorld {
  return {
    connect: () => new WebSocket(new URL('/live', location.href.replace(/^http/, 'ws'))),
    setTimer: (run, ms) => setTimeout(run, ms) as unknown as number,
    clearTimer: (id) => clearTimeout(id),
    random: Math.random
  }
}

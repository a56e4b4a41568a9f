// The browser's own socket and timers.
import type { LiveWorld } from './live'

/** The world of a real page. */
export function browserWorld(): LiveWorld {
  return {
    connect: (path) =>
      Object.assign(new WebSocket(new URL(path, location.href.replace(/^http/, 'ws'))), { binaryType: 'arraybuffer' }),
    setTimer: (run, ms) => setTimeout(run, ms) as unknown as number,
    clearTimer: (id) => clearTimeout(id),
    random: Math.random
  }
}

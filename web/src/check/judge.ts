// What is made of what was found: good, fair or bad, in words. Pure.
import { isolate } from '../i18n'
import type { SeatsMessage } from '../i18n/seats'

export type Mark = 'running' | 'good' | 'fair' | 'bad' | 'info'

/** One line of the report. */
export interface Finding {
  about: About
  mark: Mark
  words: SeatsMessage
  values?: Record<string, string | number>
  /** What to do about it. */
  fix?: SeatsMessage
}

export const abouts = [
  'secure',
  'browser',
  'capture',
  'machine',
  'server',
  'clock',
  'socket',
  'stun',
  'udp',
  'tcp',
  'tls',
  'extras'
] as const
export type About = (typeof abouts)[number]

/** A path of the picture that was tried. */
export type Path = Extract<About, 'stun' | 'udp' | 'tcp' | 'tls'>

/** The worst of all; running while anything is not known yet. */
export function overall(findings: readonly Finding[]): Mark {
  for (const m of ['running', 'bad', 'fair'] as const) if (findings.some((f) => f.mark === m)) return m
  return 'good'
}

export const running = (about: About): Finding => ({ about, mark: 'running', words: 'check.running' })

/** The oldest versions that are supported. */
const oldest = { Edge: 109, Chrome: 109, Firefox: 122, Safari: 16.4 } as const

/** Which browser a user agent names; null: none of ours. Edge names Chrome as well, and Chrome Safari. */
export function browserOf(agent: string): { name: keyof typeof oldest; version: number } | null {
  const patterns = [
    ['Edge', /\bEdg\/([\d.]+)/],
    ['Firefox', /\bFirefox\/([\d.]+)/],
    ['Chrome', /\b(?:Headless)?Chrome\/([\d.]+)/],
    ['Safari', /\bVersion\/([\d.]+).*\bSafari\//]
  ] as const
  for (const [name, pattern] of patterns) {
    const version = pattern.exec(agent)?.[1]
    if (version) return { name, version: Number.parseFloat(version) }
  }
  return null
}

export function judgeBrowser(agent: string): Finding {
  const b = browserOf(agent)
  if (!b) return { about: 'browser', mark: 'fair', words: 'check.browser.unknown', fix: 'check.browser.fix' }
  const values = { browser: `${b.name} ${b.version}` }
  if (b.version >= oldest[b.name]) return { about: 'browser', mark: 'good', words: 'check.browser.good', values }
  return { about: 'browser', mark: 'bad', words: 'check.browser.old', values, fix: 'check.browser.fix' }
}

export function judgeSecure(secure: boolean): Finding {
  if (secure) return { about: 'secure', mark: 'good', words: 'check.secure.good' }
  return { about: 'secure', mark: 'bad', words: 'check.secure.bad', fix: 'check.secure.fix' }
}

/** allowed: by the permissions policy; null: the browser does not tell. */
export function judgeCapture(can: boolean, allowed: boolean | null): Finding {
  if (!can) return { about: 'capture', mark: 'bad', words: 'check.capture.bad', fix: 'check.capture.fix' }
  if (allowed === false)
    return { about: 'capture', mark: 'bad', words: 'check.capture.forbidden', fix: 'check.capture.forbidden.fix' }
  return { about: 'capture', mark: 'good', words: 'check.capture.good' }
}

/** Names of drivers that draw without graphics hardware, or for a guest. */
const virtual = /SwiftShader|llvmpipe|softpipe|Basic Render|VMware|SVGA3D|VirtualBox|Parallels|virgl|QEMU|Citrix|Hyper-V/i

/** renderer: what draws, as WebGL says; empty: it does not. */
export function judgeMachine(renderer: string): Finding {
  if (renderer === '') return { about: 'machine', mark: 'info', words: 'check.machine.unknown' }
  if (virtual.test(renderer))
    return { about: 'machine', mark: 'info', words: 'check.machine.virtual', values: { renderer: isolate(renderer) } }
  return { about: 'machine', mark: 'good', words: 'check.machine.good' }
}

/** ms: until the answer came; null: none came. */
export function judgeServer(ms: number | null): Finding {
  if (ms === null) return { about: 'server', mark: 'bad', words: 'check.server.bad', fix: 'check.server.fix' }
  return { about: 'server', mark: 'good', words: 'check.answered', values: { ms } }
}

/** Sign-in breaks beyond this, in seconds. */
const clockWithin = 120

/** ahead: seconds that this machine's clock is ahead of the server's; null: not known. */
export function judgeClock(ahead: number | null): Finding {
  if (ahead === null) return { about: 'clock', mark: 'info', words: 'check.unknown' }
  const values = { seconds: Math.abs(Math.round(ahead)) }
  if (values.seconds <= clockWithin) return { about: 'clock', mark: 'good', words: 'check.clock.good', values }
  return { about: 'clock', mark: 'fair', words: 'check.clock.off', values, fix: 'check.clock.fix' }
}

export function judgeSocket(ms: number | null): Finding {
  if (ms === null) return { about: 'socket', mark: 'bad', words: 'check.socket.bad', fix: 'check.socket.fix' }
  return { about: 'socket', mark: 'good', words: 'check.answered', values: { ms } }
}

/** What became of trying a path: it answered, it did not, or the browser does not tell. */
export type Tried = { is: 'answered'; ms: number } | { is: 'silent' } | { is: 'untold' }

export function judgePath(about: Path, tried: Tried): Finding {
  switch (tried.is) {
    case 'answered':
      return { about, mark: 'good', words: 'check.answered', values: { ms: tried.ms } }
    case 'untold':
      return { about, mark: 'info', words: 'check.untold' }
    case 'silent':
      return { about, mark: 'fair', words: 'check.path.silent', fix: `check.${about === 'stun' ? 'udp' : about}.fix` }
  }
}

/** Without any way for the picture nothing can be seen: then each of them is bad. */
export function judgePaths(paths: readonly Finding[]): Finding[] {
  const none = paths.length > 0 && paths.every((f) => f.mark === 'fair')
  return paths.map((f) => (none ? { ...f, mark: 'bad' } : f))
}

export function judgeExtras(has: readonly string[]): Finding {
  return { about: 'extras', mark: 'info', words: 'check.extras', values: { list: has.join(', ') || '–' } }
}

/** Which path an address of the relay stands for; null: none that is known. */
export function pathOf(url: string): Path | null {
  if (url.startsWith('stun:')) return 'stun'
  if (url.startsWith('turns:')) return 'tls'
  if (!url.startsWith('turn:')) return null
  return url.includes('transport=tcp') ? 'tcp' : 'udp'
}

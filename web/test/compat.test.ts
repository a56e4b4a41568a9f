// What the front end uses of JavaScript, the web's interfaces and CSS, looked up in
// @mdn/browser-compat-data for every build target. Approximate for members: a name
// counts as supported when any interface that has it is; newer ones stand in the
// list below with the feature test that guards them.
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { CompatData, Identifier, SimpleSupportStatement } from '@mdn/browser-compat-data'
import postcss, { type ChildNode, type Declaration } from 'postcss'
import { expect, test } from 'vitest'

const bcd = createRequire(import.meta.url)('@mdn/browser-compat-data') as CompatData
const src = fileURLToPath(new URL('../src/', import.meta.url))
const targets = { chrome: 109, edge: 109, firefox: 122, safari: 16.4 } as const

/** Newer than a target, and why that is no harm. */
const guarded: Record<string, string> = {
  srcObject: 'partial only for other sources: every target takes a MediaStream',
  isComposing: 'Safari says it too late: keyCode 229 is asked as well (ui/chat.tsx)',
  locale: 'of the i18n library, not of the web',
  requestVideoFrameCallback: "'requestVideoFrameCallback' in video, else frame counts (help/frame.ts)",
  cancelVideoFrameCallback: 'only after requestVideoFrameCallback',
  setCodecPreferences: 'asked for before use; browsers without it have VP8 first (rtc/sending.ts)',
  contentHint: "'contentHint' in track (rtc/capture.ts)",
  errorCode: 'only in an icecandidateerror, which a browser without it never sends (check/run.ts)',
  allowsFeature: 'only where featurePolicy exists (check/run.ts)',
  imageSmoothingQuality: 'without it a smaller change of the picture may go unnoticed (rtc/grab.ts)',
  degradationPreference: 'a dictionary member: unknown ones are ignored (rtc/sending.ts)',
  displaySurface: 'undefined counts as unknown (rtc/capture.ts)',
  createPolicy: 'only where trustedTypes exists (rtc/ticker.ts)',
  createScriptURL: 'only where trustedTypes exists (rtc/ticker.ts)',
  VideoEncoder: "'typeof VideoEncoder', else stills (pictures/coder.ts)",
  VideoFrame: "'typeof VideoFrame', else stills (pictures/coder.ts)",
  VideoDecoder: "'typeof VideoDecoder', else not offered (pictures/receiving.ts)",
  EncodedVideoChunk: 'only with VideoDecoder (pictures/receiving.ts)',
  isConfigSupported: 'only where VideoEncoder or VideoDecoder exists (pictures/)',
  configure: 'only where VideoEncoder or VideoDecoder exists (pictures/)',
  copyTo: 'only of what a VideoEncoder made (pictures/coder.ts)',
  displayWidth: 'only of frames of a track processor (pictures/source.ts)',
  displayHeight: 'only of frames of a track processor (pictures/source.ts)',
  quality: 'of our own steps, and an option that is ignored where it is not known (pictures/coder.ts)',
  requestFullscreen: 'optional call (help/viewer.tsx)',
  fullscreenElement: 'undefined counts as not in full screen (help/viewer.tsx)',
  exitFullscreen: 'only while in full screen (help/viewer.tsx)'
}

/** Properties of style sheets that a browser may leave out without harm. */
const guardedCSS: Record<string, string> = {
  'accent-color': 'without it a bar has the browser’s own colour',
  'forced-color-adjust': 'Safari has no forced colours to adjust to',
  'touch-action': 'only a hint',
  resize: 'only a convenience'
}

const files = (ending: RegExp) =>
  readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => ending.test(f) && !f.includes('.gen.'))
const read = (f: string) => readFileSync(join(src, f), 'utf8')

/** Whether every target has it. */
function everywhere(id: Identifier | undefined): boolean {
  const support = id?.__compat?.support
  if (!support) return true // nothing recorded about it
  return Object.entries(targets).every(([browser, version]) => {
    const statements = support[browser as keyof typeof targets]
    return [statements].flat().some((s) => s !== undefined && has(s, version))
  })
}

function has(s: SimpleSupportStatement, version: number): boolean {
  if (s.flags || s.prefix || s.alternative_name || s.partial_implementation) return false
  if (s.version_removed && typeof s.version_removed === 'string' && Number.parseFloat(s.version_removed) <= version) return false
  if (s.version_added === 'preview' || typeof s.version_added !== 'string') return false
  return Number.parseFloat(s.version_added.replace('≤', '')) <= version
}

/** Interfaces and built-ins by name; members by name over all of them. */
const builtins = bcd.javascript['builtins'] as Identifier
const globals = new Map([...Object.entries(bcd.api), ...Object.entries(builtins), ...Object.entries(builtins['Intl'] ?? {})] as [
  string,
  Identifier
][])
const members = new Map<string, Identifier[]>()
for (const owner of globals.values()) {
  for (const [name, id] of Object.entries(owner)) {
    if (name === '__compat') continue
    const plain = name.replace(/_static$/, '')
    members.set(plain, [...(members.get(plain) ?? []), id as Identifier])
  }
}

/** Source without comments and text. */
function code(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\/\/[^\n]*/g, ' ')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
}

/** Names that our own types and classes give: they are ours, whatever else has them. */
function ownNames(): Set<string> {
  const out = new Set<string>()
  const declared =
    /^\s*(?:(?:readonly|private|protected|static|async|override|get|set|export|const) )*(\w+)\??(?:<[^>]*>)?\s*[:(=]/gm
  for (const f of files(/\.tsx?$/)) for (const m of read(f).matchAll(declared)) out.add(m[1] ?? '')
  for (const m of readFileSync(join(src, 'wire/gen/types.gen.ts'), 'utf8').matchAll(declared)) out.add(m[1] ?? '')
  return out
}

test('JavaScript and interfaces', () => {
  const used = new Set<string>()
  for (const f of files(/\.tsx?$/)) for (const m of code(read(f)).matchAll(/\.(\w+)\b/g)) used.add(m[1] ?? '')
  expect(used.size).toBeGreaterThan(200)
  const ours = ownNames()
  const missing = [...used].filter((name) => {
    if (ours.has(name)) return false
    const owners = members.get(name)
    return owners !== undefined && !owners.some(everywhere) && !(name in guarded)
  })
  expect(missing).toEqual([])
})

test('interfaces by name', () => {
  const used = new Set<string>()
  for (const f of files(/\.tsx?$/))
    for (const m of code(read(f)).matchAll(/\bnew ([A-Z]\w+)|\b([A-Z]\w+)\.\w+\(/g)) used.add(m[1] ?? m[2] ?? '')
  expect(used).toContain('RTCPeerConnection')
  expect([...used].filter((name) => globals.has(name) && !everywhere(globals.get(name)) && !(name in guarded))).toEqual([])
})

test('the list of guarded names has nothing that is not used or needs no guard', () => {
  const all = files(/\.tsx?$/)
    .map(read)
    .join('\n')
  for (const name of Object.keys(guarded)) expect(all, name).toContain(name)
})

test('CSS', () => {
  const missing = new Set<string>()
  for (const f of files(/\.css$/)) {
    postcss.parse(read(f)).walk((node) => {
      for (const fault of faultsOf(node)) missing.add(fault)
    })
  }
  expect([...missing]).toEqual([])
})

const css = (part: 'at-rules' | 'properties' | 'selectors'): Partial<Record<string, Identifier>> => bcd.css[part] ?? {}

/** What a declaration, at-rule or selector uses that a target has not. */
function faultsOf(node: ChildNode): string[] {
  switch (node.type) {
    case 'decl':
      return node.prop.startsWith('--') ? [] : faultsOfDeclaration(node)
    case 'atrule':
      return everywhere(css('at-rules')[node.name]) ? [] : [`@${node.name}`]
    case 'rule':
      return faultsOfSelector(node.selector)
    case 'comment':
      return []
  }
}

function faultsOfDeclaration({ prop, value }: Declaration): string[] {
  const id = css('properties')[prop]
  if (!id) return [`${prop}: unknown`]
  const newer = /\b(color-mix|light-dark|oklch|anchor|if)\(/.exec(value) // functions that Chrome 109 lacks
  return [...(everywhere(id) || prop in guardedCSS ? [] : [prop]), ...(newer ? [`${prop}: ${newer[1]}()`] : [])]
}

function faultsOfSelector(selector: string): string[] {
  const names = [...selector.matchAll(/::?([a-z-]+)/g)].map((m) => m[1] ?? '')
  const newer = names.filter((n) => !everywhere(css('selectors')[n])).map((n) => `:${n}`)
  return selector.includes('&') ? [...newer, 'nesting'] : newer
}

// The rules of the house that a compiler does not check: who may import whom, what
// must not occur, how long a file may be.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const src = fileURLToPath(new URL('../src/', import.meta.url))

/** Folder → folders it may import from. Surfaces never import each other; what stands below knows nothing above. */
const may: Record<string, string[]> = {
  wire: [],
  session: ['wire'],
  api: ['wire'],
  device: ['api', 'wire'],
  live: ['wire'],
  rtc: ['wire'],
  pictures: ['live', 'wire'],
  seat: ['api', 'live', 'pictures', 'rtc', 'session', 'wire'],
  i18n: [],
  tokens: [],
  qr: [],
  // live, seat and rtc only for the types of what is drawn; see "a widget has no fetch".
  ui: ['api', 'i18n', 'live', 'qr', 'session', 'tokens', 'wire'],
  home: ['api', 'device', 'i18n', 'tokens', 'ui', 'wire'],
  signin: ['api', 'i18n', 'tokens', 'ui', 'wire'],
  check: ['api', 'i18n', 'rtc', 'tokens', 'ui', 'wire'],
  docs: ['api', 'i18n', 'tokens', 'ui'],
  enrol: ['api', 'device', 'i18n', 'tokens', 'ui', 'wire'],
  join: ['api', 'device', 'i18n', 'rtc', 'seat', 'session', 'tokens', 'ui', 'wire'],
  help: ['api', 'device', 'i18n', 'rtc', 'seat', 'session', 'tokens', 'ui', 'wire'],
  // Of ui the style sheet only: see admin/bundle.test.ts.
  admin: ['api', 'i18n', 'qr', 'tokens', 'ui', 'wire']
}

/** Folders that know no component. DOM types are allowed to rtc (media) and seat (media, its page). */
const framework = /from '(preact|react)/
const withoutFramework = ['wire', 'session', 'api', 'device', 'live', 'rtc', 'pictures', 'qr', 'seat', 'i18n']

interface File {
  name: string
  folder: string
  text: string
}

const files: File[] = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.tsx?$/.test(f) && !f.includes('gen'))
  .map((name) => ({ name, folder: name.split('/')[0] ?? '', text: readFileSync(join(src, name), 'utf8') }))

/** Every module a file names, as a folder of ours or as a package. */
function imports(f: File): string[] {
  const named = [...f.text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1] ?? '')
  return named.map((m) => (m.startsWith('.') ? (normalize(join(dirname(f.name), m)).split('/')[0] ?? '') : m))
}

describe('imports', () => {
  test('every folder is in the table', () => {
    for (const f of files) expect(Object.keys(may), f.name).toContain(f.folder)
  })

  test.each(files.map((f) => [f.name, f] as const))('%s', (_, f) => {
    const ours = imports(f).filter((m) => m in may && m !== f.folder)
    for (const m of ours) expect(may[f.folder], `${f.name} imports ${m}`).toContain(m)
  })

  test('what the surfaces share knows no framework', () => {
    for (const f of files) if (withoutFramework.includes(f.folder)) expect(f.text, f.name).not.toMatch(framework)
  })

  test('live, session and api know no page: no document, no window', () => {
    for (const f of files) {
      if (['session', 'live', 'api', 'wire'].includes(f.folder))
        expect(f.text, f.name).not.toMatch(/\b(document|window|HTML\w+Element)\b\./)
    }
  })

  test('a widget has no fetch and no socket, a peer has no words', () => {
    const widgets = files.filter((f) => f.folder === 'ui' && f.name !== 'ui/account.ts')
    for (const f of widgets) {
      for (const line of f.text.split('\n')) {
        if (/from '\.\.\/(api|live)/.test(line)) expect(line, f.name).toMatch(/^import type /)
      }
    }
    for (const f of files) if (f.folder === 'rtc') expect(imports(f), f.name).not.toContain('i18n')
  })
})

describe('what must not occur', () => {
  test.each([
    ['any', /(:|<|\bas) any\b/],
    [
      'markup from strings',
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySetInnerHTML|\beval\(|new Function/
    ],
    ['style or script in attributes', /setAttribute\(\s*['"](style|on)/],
    ['a channel for input', /\b(keydown|keyup|mousemove|click|input)\b.*\b(channel|control|beat)\.send/],
    ['a type check switched off', /@ts-(ignore|nocheck|expect-error)/],
    ['a word left for later', /\b(TODO|FIXME|XXX)\b/]
  ])('%s', (_, pattern) => {
    for (const f of files) expect(f.text, f.name).not.toMatch(pattern)
  })

  test('text outside the catalogs', () => {
    const letters = />\s*[A-Z][a-z]+ [a-z]+[^<>{}=;()]*</
    for (const f of files) if (f.name.endsWith('.tsx')) expect(f.text, f.name).not.toMatch(letters)
  })

  test('colours and left or right outside the tokens', () => {
    const sheets = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
      (f) => f.endsWith('.css') && !f.startsWith('tokens/')
    )
    expect(sheets.length).toBeGreaterThan(3)
    for (const name of sheets) {
      const css = readFileSync(join(src, name), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
      expect(css, name).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(|hsl\(/i)
      expect(css, name).not.toMatch(
        /\b(margin|padding|border)-(left|right)|(^|[\s{;])(left|right)\s*:|text-align:\s*(left|right)/m
      )
    }
  })
})

test('no file is longer than 500 lines', () => {
  for (const f of files) expect(f.text.split('\n').length, f.name).toBeLessThanOrEqual(500)
})

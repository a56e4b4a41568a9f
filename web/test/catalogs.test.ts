// Every language says everything, with the same values in every sentence.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readPO } from '../plugins/po.ts'
import { catalogFolders, idsOf } from '../scripts/messages.mjs'
import { preferred } from '../src/i18n'

const web = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const locales = ['en', 'ja', 'ar']

/** Names of the values in a message, plural arms included. */
function values(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map((m) => m[1] ?? ''))].sort()
}

/** Plural arms that a language needs (CLDR). */
const arms: Record<string, string[]> = { en: ['one', 'other'], ja: ['other'], ar: ['one', 'two', 'few', 'many', 'other'] }

describe.each(catalogFolders(web))('catalog $name', ({ folder, name }) => {
  const catalogs = new Map(locales.map((l) => [l, readPO(readFileSync(join(folder, `${l}.po`), 'utf8'))]))
  const english = catalogs.get('en') ?? new Map<string, string>()

  test.each(locales)('%s has every message, none empty, none too many', (l) => {
    const catalog = catalogs.get(l) ?? new Map<string, string>()
    expect([...catalog.keys()].sort()).toEqual([...english.keys()].sort())
    for (const [id, text] of catalog) expect(text.trim(), id).not.toBe('')
  })

  test.each(locales)('%s uses the same values', (l) => {
    for (const [id, text] of catalogs.get(l) ?? []) expect(values(text), `${l} ${id}`).toEqual(values(english.get(id) ?? ''))
  })

  test.each(locales)('%s has the plural forms it needs', (l) => {
    for (const [id, text] of catalogs.get(l) ?? []) {
      if (!text.includes(', plural,')) continue
      const found = [...text.matchAll(/(zero|one|two|few|many|other) \{/g)].map((m) => m[1])
      expect(found, `${l} ${id}`).toEqual(arms[l])
    }
  })

  test('the union of ids is up to date', () => {
    expect(readFileSync(join(folder, 'ids.gen.ts'), 'utf8')).toBe(idsOf(readFileSync(join(folder, 'en.po'), 'utf8'), name))
  })

  test('no message is left over', () => {
    const sources = readdirSync(join(web, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((f) => /\.tsx?$/.test(f) && !f.includes('.gen.'))
      .map((f) => readFileSync(join(web, 'src', f), 'utf8'))
      .join('\n')
    const templates = [...sources.matchAll(/`([a-zA-Z]+\.[^`\s]*\$\{[^`]*)`/g)].map(
      (m) => new RegExp(`^${(m[1] ?? '').replace(/\./g, '\\.').replace(/\$\{[^}]*\}/g, '.+')}$`)
    )
    for (const id of english.keys()) {
      const used = sources.includes(`'${id}'`) || templates.some((p) => p.test(id))
      expect(used, `${id} is used nowhere`).toBe(true)
    }
  })
})

test('the first language asked for that we speak', () => {
  expect(preferred(null, ['ja-JP', 'en'])).toBe('ja')
  expect(preferred('ar', ['ja'])).toBe('ar')
  expect(preferred('tlh', ['fr', 'en-GB'])).toBe('en')
  expect(preferred(null, [])).toBe('en')
})

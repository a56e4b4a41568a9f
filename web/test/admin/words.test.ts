import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { readPO } from '../../plugins/po'
import { reasons } from '../../src/admin/reports/filter'
import { fields } from '../../src/admin/settings/draft'
import { durationText, groundText, readersLocale, reasonText, refusalWords } from '../../src/admin/words'
import { Refusal } from '../../src/api'
import { i18n } from '../../src/i18n'
import { adminCatalogs } from '../../src/i18n/admin'

const english = readPO(readFileSync(new URL('../../src/i18n/admin/en.po', import.meta.url), 'utf8'))

describe('the catalog', () => {
  it('has words for every reason and setting', () => {
    for (const r of reasons) expect(english.has(`reason.${r}`), r).toBe(true)
    for (const f of fields) for (const id of [`settings.${f}`, `settings.${f}.more`]) expect(english.has(id), id).toBe(true)
  })
})

describe('in English', () => {
  beforeAll(async () => {
    i18n.loadAndActivate({ locale: 'en', messages: (await adminCatalogs.en()).default })
  })

  it('says how it ended, and keeps a code it has no words for', () => {
    expect(reasonText('sharer_ended')).toBe('The sharer ended it')
    expect(reasonText('abducted')).toBe('abducted')
  })

  it('says how long it was by its two largest units', () => {
    expect(durationText(0)).toBe('0 sec')
    expect(durationText(59)).toBe('59 sec')
    expect(durationText(61)).toBe('1 min 1 sec')
    expect(durationText(7384)).toBe('2 hr 3 min')
  })

  it('names the permission that is missing and how to get it', () => {
    const r = new Refusal(403, 'not_permitted', 'x', 'y', [{ code: 'permission_missing', subject: 'view_reports' }], 0)
    expect(refusalWords(r)).toEqual({
      title: 'You do not have the permission this needs',
      grounds: ['The permission “View reports” is missing.'],
      fix: 'Ask your administrator for the permission named here.'
    })
  })

  it('names the policy that stands in the way', () => {
    expect(groundText({ code: 'policy_blocked', subject: 'Office hours' })).toBe(
      'The policy “\u2068Office hours\u2069” does not permit it.'
    )
  })

  it('shows the server’s own sentence for what it does not know', () => {
    const r = new Refusal(409, 'brand_new', 'Something new.', 'Do this.', [{ code: 'moon', subject: 'full' }], 90)
    expect(refusalWords(r)).toEqual({ title: 'Something new.', grounds: ['moon: full', 'Wait 2 minutes.'], fix: 'Do this.' })
  })
})

describe('the reader’s locale', () => {
  it('is their own kind of the language on the page', () => {
    expect(readersLocale('en', 'en', ['de-DE', 'en-GB', 'en-US'])).toMatch(/^en-GB-u-/)
    expect(readersLocale('ja', 'ja', ['en-GB'])).toBe('ja')
  })

  it('writes digits and days as the filter’s fields do', () => {
    const l = readersLocale('ar', 'ar-u-nu-latn', ['ar-SA'])
    expect(new Date('2026-11-14T12:00:00Z').toLocaleDateString(l, { dateStyle: 'short', timeZone: 'UTC' })).toMatch(/2026/)
  })
})

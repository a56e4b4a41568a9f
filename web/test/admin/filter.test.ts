import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askFor, everything, type Filter, filterOf, outOfOrder, queryOf, reasons } from '../../src/admin/reports/filter'
import { hrefOf, lacks, routeOf, sessionsHref } from '../../src/admin/route'

const full: Filter = { from: '2026-03-29', to: '2026-03-29', name: 'はるか & Omar', reason: 'sharer_ended' }

describe('the filter in the address bar', () => {
  it('comes back as it went', () => {
    for (const f of [everything, full, { ...everything, name: 'عمر الخطيب' }, { ...everything, to: '2024-02-29' }]) {
      expect(filterOf(queryOf(f))).toEqual(f)
      expect(routeOf(sessionsHref(f)).page).toBe('sessions')
      expect(filterOf(routeOf(sessionsHref(f)).query)).toEqual(f)
    }
  })

  it('says nothing of what is not chosen', () => {
    expect(sessionsHref(everything)).toBe('/admin/sessions')
    expect(sessionsHref({ ...everything, reason: 'declined' })).toBe('/admin/sessions?reason=declined')
  })

  it('leaves out what makes no sense', () => {
    for (const day of ['2026-02-30', '2025-02-29', '2026-13-01', '0026-01-01', '26-1-1', 'today', '2026-01-01T00:00']) {
      expect(filterOf(new URLSearchParams({ from: day, to: day }))).toEqual(everything)
    }
    expect(filterOf(new URLSearchParams({ reason: 'toString' })).reason).toBe('')
    expect(filterOf(new URLSearchParams({ reason: 'bored' })).reason).toBe('')
    expect(filterOf(new URLSearchParams({ name: `  ${'x'.repeat(500)}` })).name).toHaveLength(120)
  })

  it('knows every reason once', () => {
    expect(new Set(reasons).size).toBe(reasons.length)
    for (const reason of reasons) expect(filterOf(new URLSearchParams({ reason })).reason).toBe(reason)
  })

  it('sees days in the wrong order', () => {
    expect(outOfOrder({ ...everything, from: '2026-11-02', to: '2026-11-01' })).toBe(true)
    expect(outOfOrder({ ...everything, from: '2026-11-01', to: '2026-11-01' })).toBe(false)
    expect(outOfOrder({ ...everything, from: '2026-11-01' })).toBe(false)
  })
})

describe('what the server is asked', () => {
  beforeEach(() => {
    vi.stubEnv('TZ', 'Europe/Berlin')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('is the whole of both days by the reader’s clock, also when one has 23 hours', () => {
    const q = askFor(full)
    expect(q.get('from')).toBe('2026-03-28T23:00:00.000Z')
    expect(q.get('to')).toBe('2026-03-29T22:00:00.000Z')
    expect(q.get('search')).toBe(full.name)
    expect(q.get('reason')).toBe('sharer_ended')
  })

  it('ends after the last day of a month and a year', () => {
    expect(askFor({ ...everything, to: '2026-12-31' }).get('to')).toBe('2026-12-31T23:00:00.000Z')
  })

  it('is nothing for everything', () => {
    expect(askFor(everything).toString()).toBe('')
  })
})

describe('addresses', () => {
  it('keep the state of every page', () => {
    for (const path of ['/admin/settings', '/admin/settings/']) expect(routeOf(path).page).toBe('settings')
    expect(routeOf('/admin').page).toBe('overview')
    expect(routeOf('/admin/nothing').page).toBe('unknown')
    const { page, query } = routeOf(hrefOf('people', { search: '佐藤 a&b', open: 'id/1' }))
    expect([page, query.get('search'), query.get('open')]).toEqual(['people', '佐藤 a&b', 'id/1'])
  })

  it('name the permission that is missing', () => {
    expect(lacks('overview', [])).toBeNull()
    expect(lacks('policies', ['read_people'])).toBe('read_configuration')
    expect(lacks('groups', ['read_people'])).toBeNull()
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { askedOf, isDay, type Shape, startOf, viewOf, viewQuery } from '../../src/admin/kit/view'
import { outOfOrder, reasons } from '../../src/admin/reports/filter'
import { hrefOf, lacks, routeOf } from '../../src/admin/route'

/** A list that the server searches, narrows down, sorts and gives by page. */
const paged: Shape<never> = {
  paged: true,
  columns: [
    { id: 'who', text: () => '' },
    { id: 'created', by: 'created' },
    { id: 'number', by: '' }
  ],
  facets: [
    { id: 'from', kind: 'day', ask: (day) => ({ from: startOf(day) }) },
    { id: 'to', kind: 'day', ask: (day) => ({ to: startOf(day, 1) }) },
    { id: 'reason', options: reasons.map((r) => [r, r]) },
    { id: 'object', kind: 'text' }
  ]
}

const view = (query: string) => viewOf(new URLSearchParams(query), paged)
const asked = (query: string) => askedOf(view(query), paged).toString()

describe('a list that comes page by page', () => {
  it('is in the address bar as it is on the page', () => {
    for (const q of ['', 'search=x+y', 'from=2024-02-29&reason=declined', 'object=a%2Fb&sort=-created', 'sort=number&size=200'])
      expect(viewQuery(view(q), paged).toString()).toBe(q)
  })

  it('leaves out what makes no sense', () => {
    expect(viewQuery(view('from=2026-02-30&reason=bored&sort=who&size=1000'), paged).toString()).toBe('')
    expect(view('reason=toString').chosen).toEqual({})
    expect(view(`object=${'x'.repeat(500)}`).chosen['object']).toHaveLength(120)
  })

  it('asks the server for the order by its own name', () => {
    expect(asked('sort=-created')).toBe('sort=created&order=desc')
    expect(asked('sort=number')).toBe('order=asc')
    expect(asked('')).toBe('')
  })

  it('asks for what is chosen', () => {
    expect(asked('search=+&reason=declined&object=o&columns=who')).toBe('reason=declined&object=o')
    expect(asked('search=+はるか+%26+Omar')).toBe(new URLSearchParams({ search: 'はるか & Omar' }).toString())
  })
})

describe('days', () => {
  beforeEach(() => {
    vi.stubEnv('TZ', 'Europe/Berlin')
  })
  afterEach(() => {
    vi.unstubAllEnvs()
  })

  it('exist', () => {
    for (const day of ['2024-02-29', '2026-12-31', '1970-01-01']) expect(isDay(day), day).toBe(true)
    for (const day of ['2026-02-30', '2025-02-29', '2026-13-01', '0026-01-01', '26-1-1', 'today', '2026-01-01T00:00', ''])
      expect(isDay(day), day).toBe(false)
  })

  it('are asked for from the first to the last moment by the reader’s clock, also when one has 23 hours', () => {
    const q = new URLSearchParams(asked('from=2026-03-29&to=2026-03-29'))
    expect(q.get('from')).toBe('2026-03-28T23:00:00.000Z')
    expect(q.get('to')).toBe('2026-03-29T22:00:00.000Z')
    expect(new URLSearchParams(asked('to=2026-12-31')).get('to')).toBe('2026-12-31T23:00:00.000Z')
  })

  it('stand in order', () => {
    expect(outOfOrder({ from: '2026-11-02', to: '2026-11-01' })).toBe(true)
    expect(outOfOrder({ from: '2026-11-01', to: '2026-11-01' })).toBe(false)
    expect(outOfOrder({ from: '2026-11-01' })).toBe(false)
  })
})

it('every reason is there once', () => {
  expect(new Set(reasons).size).toBe(reasons.length)
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

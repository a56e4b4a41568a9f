import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tidy } from '../../src/admin/groups/term'
import { changedParts, contested, linesOf, rebased, toggled } from '../../src/admin/kit/draft'
import { nextSort, type Shape, shownRows, type View, viewOf, viewQuery } from '../../src/admin/kit/view'
import { permissions } from '../../src/admin/people/match'
import { isTemplate, minutesOf, templateOf, templates, timeOfDay } from '../../src/admin/policies/templates'
import { localMoment, momentOf } from '../../src/admin/roles/moment'
import { implied, sections, whole, withPermission } from '../../src/admin/roles/permissions'
import type { Permission } from '../../src/wire'

interface Row {
  name: string
  kind: string
  tags: string[]
  size: number
}

const rows: Row[] = [
  { name: 'Zürich', kind: 'office', tags: ['a', 'b'], size: 9 },
  { name: 'Åbo 10', kind: 'office', tags: ['b'], size: 100 },
  { name: 'Åbo 2', kind: 'depot', tags: [], size: 20 },
  { name: '本社', kind: 'office', tags: ['a'], size: 9 }
]

const shape: Shape<Row> = {
  columns: [
    { id: 'name', text: (r) => r.name },
    { id: 'kind', text: (r) => r.kind },
    { id: 'size', text: (r) => r.size },
    { id: 'tags', extra: true }
  ],
  facets: [
    { id: 'kind', of: (r) => r.kind },
    { id: 'tag', of: (r) => r.tags }
  ]
}

const view = (query: string): View => viewOf(new URLSearchParams(query), shape)
const names = (query: string) => shownRows(rows, view(query), shape).map((r) => r.name)

describe('what a list shows', () => {
  it('is in the address bar as it is on the page', () => {
    for (const q of [
      '',
      'search=x+y',
      'kind=office&tag=b',
      'sort=-size',
      'columns=name%2Ctags',
      'search=a&kind=depot&sort=name'
    ]) {
      expect(viewQuery(view(q), shape).toString()).toBe(q)
    }
  })

  it('leaves out what makes no sense', () => {
    expect(viewQuery(view('sort=tags&colour=red&columns=name,kind,size,moon'), shape).toString()).toBe('')
    expect(view(`search=${'x'.repeat(500)}`).search).toHaveLength(120)
    expect(view('columns=tags').columns).toEqual(['name', 'tags'])
  })

  it('is found in any case, width and accent, and by every word', () => {
    expect(names('search=ZURICH')).toEqual(['Zürich'])
    expect(names('search=abo+office')).toEqual(['Åbo 10'])
    expect(names('search=本社')).toEqual(['本社'])
    expect(names('search=nothing')).toEqual([])
  })

  it('is narrowed down by every facet', () => {
    expect(names('kind=office')).toEqual(['Zürich', 'Åbo 10', '本社'])
    expect(names('kind=office&tag=a')).toEqual(['Zürich', '本社'])
    expect(names('tag=moon')).toEqual([])
  })

  it('is sorted by numbers as numbers, and equal rows keep their order', () => {
    expect(names('sort=size')).toEqual(['Zürich', '本社', 'Åbo 2', 'Åbo 10'])
    expect(names('sort=-size')).toEqual(['Åbo 10', 'Åbo 2', 'Zürich', '本社'])
    expect(names('sort=name').indexOf('Åbo 2')).toBeLessThan(names('sort=name').indexOf('Åbo 10'))
  })

  it('turns up, down, and back', () => {
    const first = nextSort(view(''), 'name')
    expect(first).toEqual({ by: 'name', down: false })
    expect(nextSort({ ...view(''), sort: first }, 'name')).toEqual({ by: 'name', down: true })
    expect(nextSort(view('sort=-name'), 'name')).toBeNull()
    expect(nextSort(view('sort=-name'), 'size')).toEqual({ by: 'size', down: false })
  })
})

describe('a draft', () => {
  interface Thing {
    name: string
    list: string[]
    until?: string
  }
  const base: Thing = { name: 'A', list: ['x'], until: 'noon' }

  it('knows what it changes, also what it leaves out', () => {
    expect(changedParts(base, { ...base, list: ['x'] })).toEqual([])
    expect(changedParts(base, { name: 'A', list: ['y'] })).toEqual(['list', 'until'])
    expect(changedParts({ name: 'A', list: [] }, { name: 'A', list: [], until: 'noon' })).toEqual(['until'])
  })

  it('does not take another order of members for a change', () => {
    expect(changedParts({ part: { a: 1, b: 2 } }, { part: { b: 2, a: 1 } })).toEqual([])
  })

  it('goes on top of somebody else’s, who keep what I left alone', () => {
    const now: Thing = { name: 'B', list: ['x', 'z'], until: 'noon' }
    expect(rebased(base, { name: 'A', list: ['y'] }, now)).toEqual({ name: 'B', list: ['y'] })
    expect(contested(base, { ...base, list: ['y'] }, now)).toEqual(['list'])
    expect(contested(base, { ...base, list: ['x', 'z'] }, now)).toEqual([])
    expect(contested(base, { ...base, name: 'A' }, now)).toEqual([])
  })

  it('keeps chosen entries that are no longer offered', () => {
    expect(toggled(['a', 'b', 'c'], ['gone', 'c'], 'a', true)).toEqual(['a', 'c', 'gone'])
    expect(toggled(['a', 'b'], ['gone', 'a'], 'gone', false)).toEqual(['a'])
    expect(toggled(['a', 'b'], ['a'], 'a', false)).toEqual([])
  })

  it('reads lines as they are meant', () => {
    expect(linesOf(' 192.0.2.0/24 \n\n2001:db8::/32\n')).toEqual(['192.0.2.0/24', '2001:db8::/32'])
  })
})

describe('a group as it is sent', () => {
  const rule = [{ attribute: 'department' as const, operator: 'is' as const, values: [' Sales', '', 'Finance '] }]
  const group = { name: 'G', description: '', of: 'people' as const, claim: ' crew ', rule }

  it('holds nothing of another kind, and no empty lines', () => {
    expect(tidy({ ...group, kind: 'fixed' })).toMatchObject({ claim: '', rule: [] })
    expect(tidy({ ...group, kind: 'claim' })).toMatchObject({ claim: 'crew', rule: [] })
    expect(tidy({ ...group, kind: 'rule' })).toMatchObject({ claim: '', rule: [{ values: ['Sales', 'Finance'] }] })
  })
})

describe('permissions in a role', () => {
  it('are each in one section', () => {
    const all: Permission[] = sections.flatMap((s) => [...s.permissions])
    expect(all.sort()).toEqual([...permissions].sort())
  })

  it('bring along what the server adds', () => {
    const go = readFileSync(new URL('../../../internal/identity/permission.go', import.meta.url), 'utf8')
    const id = new Map([...go.matchAll(/(\w+)\s+Permission = "(\w+)"/g)].map((m) => [m[1], m[2] as Permission]))
    const cases = [...go.matchAll(/case ([\w, ]+):\n\t\treturn \[\]Permission\{(\w+)\}/g)]
    const theirs = cases.flatMap((m) => (m[1] ?? '').split(', ').map((p) => [id.get(p), id.get(m[2] ?? '')]))
    expect(theirs.length).toBeGreaterThan(5)
    for (const p of permissions) {
      const wanted = theirs.filter(([from]) => from === p).map(([, to]) => to)
      expect(implied([p]), p).toEqual(wanted)
    }
  })

  it('are taken and given one at a time', () => {
    expect(withPermission(['view_screen'], 'offer_remote_assistance', true)).toEqual(['offer_remote_assistance', 'view_screen'])
    expect(withPermission(['view_screen'], 'view_screen', false)).toEqual([])
    expect(whole(['manage_people'])).toEqual(['read_people', 'manage_people'])
  })
})

describe('templates of policies', () => {
  const known = { locations: ['office'], zone: 'Asia/Tokyo' }

  it('enforce nothing before they are switched on', () => {
    for (const which of templates) {
      const p = templateOf(which, known)
      expect(p.state, which).toBe('report_only')
      expect(p.include.everyone, which).toBe(true)
      expect(p.control.block, which).toBe(p.control.require.length === 0)
      expect(isTemplate(which)).toBe(true)
    }
    expect(isTemplate('toString')).toBe(false)
  })

  it('speak of what the organisation has', () => {
    expect(templateOf('location', known).conditions.notLocations).toEqual(['office'])
    expect(templateOf('hours', known).conditions.hours).toMatchObject({ zone: 'Asia/Tokyo', from: 480, to: 1080 })
  })

  it('write times of day as fields do', () => {
    for (const m of [0, 1, 59, 60, 1439]) expect(minutesOf(timeOfDay(m))).toBe(m)
    expect(timeOfDay(1440)).toBe('00:00')
    expect(minutesOf('')).toBeNull()
  })
})

describe('a moment in a field', () => {
  it('goes there and back', () => {
    const at = new Date(2026, 2, 29, 9, 5).toISOString()
    expect(localMoment(at)).toBe('2026-03-29T09:05')
    expect(momentOf(localMoment(at))).toBe(at)
    expect([localMoment(undefined), momentOf(''), momentOf('soon')]).toEqual(['', null, null])
  })
})

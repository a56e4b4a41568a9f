import { describe, expect, it } from 'vitest'
import { blank, graceOf, hoursOf, tidy, withRule } from '../../src/admin/compliance/rules'

describe('the grace period of a rule', () => {
  it.each([
    [0, { count: 0, unit: 'days' }],
    [72, { count: 3, unit: 'days' }],
    [36, { count: 36, unit: 'hours' }]
  ] as const)('%d hours are shown as %j and come back', (hours, shown) => {
    expect(graceOf(hours)).toEqual(shown)
    expect(hoursOf(String(shown.count), shown.unit)).toBe(hours)
  })

  it.each([
    ['', 'days', 0],
    ['-3', 'hours', 0],
    ['1.9', 'days', 24],
    ['1e9', 'days', 8760]
  ] as const)('%j %s are %d hours', (text, unit, hours) => {
    expect(hoursOf(text, unit)).toBe(hours)
  })
})

describe('the rules of a policy', () => {
  it('keep their order, each at most once, and begin with a value that may be kept', () => {
    const one = withRule(withRule([], 'last_contact', true), 'os_version_min', true)
    expect(one.map((r) => [r.kind, r.value])).toEqual([
      ['os_version_min', ''],
      ['last_contact', '7']
    ])
    expect(withRule(one, 'last_contact', true)).toEqual(one)
    expect(withRule(one, 'os_version_min', false).map((r) => r.kind)).toEqual(['last_contact'])
  })

  it('are for all devices or for groups, never both', () => {
    const policy = { ...blank, groups: ['g'], rules: [{ kind: 'os_version_min' as const, value: ' 10.0 ', graceHours: 0 }] }
    expect(tidy(policy)).toMatchObject({ groups: [], rules: [{ value: '10.0' }] })
    expect(tidy({ ...policy, everything: false }).groups).toEqual(['g'])
  })
})

import { describe, expect, it } from 'vitest'
import { matching, permissions, same, toggled } from '../../src/admin/people/match'
import type { Person } from '../../src/wire'

const person = (p: Partial<Person>): Person => ({
  id: '1',
  name: '',
  email: '',
  title: '',
  department: '',
  company: '',
  picture: '',
  disabled: false,
  permissions: [],
  ...p
})

const sofia = person({
  id: 's',
  name: 'Sofía Núñez',
  email: 'sofia@northwind.example',
  title: 'Account Manager',
  department: 'Sales'
})
const haruka = person({ id: 'h', name: '佐藤 はるか', department: '情報システム部', permissions: ['offer_remote_assistance'] })
const everybody = [sofia, haruka]

describe('searching people', () => {
  it.each([
    ['', ['s', 'h']],
    ['   ', ['s', 'h']],
    ['sofia', ['s']],
    ['NUNEZ', ['s']],
    ['núñez sales', ['s']],
    ['ｎｏｒｔｈｗｉｎｄ', ['s']],
    ['はるか', ['h']],
    ['システム', ['h']],
    ['sofia はるか', []]
  ])('%j finds %j', (search, ids) => {
    expect(matching(everybody, search).map((p) => p.id)).toEqual(ids)
  })
})

describe('permissions', () => {
  it('are added and taken one at a time, in one order', () => {
    expect(toggled(['manage_people'], 'offer_remote_assistance', true)).toEqual(['offer_remote_assistance', 'manage_people'])
    expect(toggled(permissions, 'view_audit', false)).toEqual(permissions.filter((p) => p !== 'view_audit'))
    expect(toggled(['view_audit'], 'view_audit', true)).toEqual(['view_audit'])
  })

  it('are the same in any order', () => {
    expect(same(['view_audit', 'view_reports'], ['view_reports', 'view_audit'])).toBe(true)
    expect(same(['view_audit'], [])).toBe(false)
  })
})

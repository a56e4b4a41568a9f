import { describe, expect, it } from 'vitest'
import { matching } from '../../src/admin/people/match'
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
  groups: [],
  roles: [],
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

import { expect, test } from 'vitest'
import { startOf } from '../src/signin/error'

test('a sign-in begins with the page to come back to, and with what names the organisation', () => {
  expect(startOf('/join', '')).toBe('/signin?return=%2Fjoin')
  expect(startOf('/join', ' northwind ')).toBe('/signin?return=%2Fjoin&org=northwind')
  expect(startOf('/', 'a@northwind.example')).toBe('/signin?return=%2F&email=a%40northwind.example')
})

import { expect, test } from 'vitest'
import { fitting, percent, shown, stepped } from '../src/help/zoom'

const sizes = { width: 1920, height: 1080, room: { width: 960, height: 800 }, density: 1 }

test('fit uses the tighter side', () => {
  expect(shown('fit', sizes)).toEqual({ width: 960, height: 540 })
  expect(percent('fit', sizes)).toBe(50)
})

test('one to one is one picture pixel on one screen pixel, on dense screens too', () => {
  expect(shown(1, sizes)).toEqual({ width: 1920, height: 1080 })
  expect(shown(1, { ...sizes, density: 2 })).toEqual({ width: 960, height: 540 })
})

test('zooming starts from what is shown and stays in bounds', () => {
  expect(stepped('fit', sizes, 1)).toBeCloseTo(0.625)
  let z = 1
  for (let i = 0; i < 50; i++) z = stepped(z, sizes, 1)
  expect(z).toBe(8)
  for (let i = 0; i < 50; i++) z = stepped(z, sizes, -1)
  expect(z).toBe(0.1)
})

test('no picture yet is no division by zero', () => {
  expect(fitting({ ...sizes, width: 0, height: 0 })).toBe(1)
})

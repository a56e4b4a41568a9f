import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { codeAlphabet, codeFromFragment, parseCode, showCode, typing } from '../src/session/code'

const vectors = JSON.parse(readFileSync(new URL('../../internal/assist/testdata/codes.json', import.meta.url), 'utf8')) as {
  input: string
  code: string | null
}[]

describe('security codes', () => {
  test.each(vectors)('reads %j as the server does', ({ input, code }) => {
    expect(parseCode(input)).toBe(code)
  })

  test('shows a code so that it reads back', () => {
    for (const c of codeAlphabet) {
      const code = c.repeat(8)
      expect(showCode(code)).toHaveLength(9)
      expect(parseCode(showCode(code))).toBe(code)
    }
  })

  test('formats while somebody types and never hides what it cannot use', () => {
    expect(typing('4060r')).toEqual({ text: '4060-R', strayed: false })
    expect(typing('4060-r0gx')).toEqual({ text: '4060-R0GX', strayed: false })
    expect(typing('4O6o rOgx')).toEqual({ text: '4060-R0GX', strayed: false })
    expect(typing('40u')).toEqual({ text: '40', strayed: true })
    expect(typing('4060R0GX9')).toEqual({ text: '4060-R0GX', strayed: true })
    expect(typing('')).toEqual({ text: '', strayed: false })
  })

  test('takes the code from the fragment of a link', () => {
    expect(codeFromFragment('#4060-R0GX')).toBe('4060R0GX')
    expect(codeFromFragment('#4060%2DR0GX')).toBe('4060R0GX')
    expect(codeFromFragment('#%E0%A4%A')).toBeNull()
    expect(codeFromFragment('#section')).toBeNull()
    expect(codeFromFragment('')).toBeNull()
  })
})

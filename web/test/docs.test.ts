// What the page shows of the server's real description.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { curl, kindOf, type OpenAPI, type Operation, operationsOf, search, wordsOf } from '../src/docs/describe'

const api: OpenAPI = JSON.parse(readFileSync(new URL('../openapi.json', import.meta.url), 'utf8'))
const all = operationsOf(api)

function named(id: string): Operation {
  const found = all.find((o) => o.id === id)
  if (!found) throw new Error(`there is no ${id}`)
  return found
}

describe('operations', () => {
  test('all of them are there, each with an id of its own', () => {
    const there = Object.values(api.paths).flatMap((methods) => Object.values(methods))
    expect(new Set(all.map((o) => o.id)).size).toBe(there.length)
  })

  test('every refusal has a code', () => {
    for (const o of all) for (const r of o.refusals) expect(r.codes.length, `${o.id} ${r.status}`).toBeGreaterThan(0)
  })

  test('tokens are for programs, not for what only people do', () => {
    expect(named('list-people').tokens).toBe(true)
    expect(named('redeem-security-code').tokens).toBe(false)
    expect(named('get-check').tokens).toBe(false)
  })

  test('every answer with JSON has an example', () => {
    for (const o of all) if (o.answer?.type === 'application/json') expect(o.answer.example, o.id).not.toBeNull()
  })
})

describe('search', () => {
  const found = (words: string) => search(all, words).map((o) => o.id)

  test('nothing looked for: everything', () => expect(found(' ')).toHaveLength(all.length))
  test('by path and method, in any case', () => expect(found('DELETE /tokens/')).toEqual(['delete-token']))
  test('by permission', () => expect(found('manage_domains view_audit')).toEqual([]))
  test('by code', () => expect(found('yourself erase')).toEqual(['erase-person']))
})

describe('schemas', () => {
  test('what they are', () => {
    expect(kindOf({ $ref: '#/components/schemas/Person' })).toEqual({ word: '', object: 'Person', list: false })
    expect(kindOf({ type: 'array', items: { type: 'string' } })).toEqual({ word: 'string', object: '', list: true })
    expect(kindOf({ type: 'string', format: 'date-time' }).word).toBe('string (date-time)')
  })

  test('words of a list are those of its items', () => expect(wordsOf({ items: { enum: ['', 'a', 'b'] } })).toEqual(['a', 'b']))
})

describe('the command line', () => {
  test('reads with the token alone', () =>
    expect(curl('https://help.example', named('get-me'))).toBe(
      'curl https://help.example/api/v1/me \\\n  -H "Authorization: Bearer $TASUKE_TOKEN"'
    ))

  test('changes with the version and a body', () => {
    const line = curl('https://help.example', named('put-role'))
    expect(line).toContain('curl -X PUT https://help.example/api/v1/roles/{id}')
    expect(line).toContain(`-H 'If-Match: "3"'`)
    expect(line).toContain("-d '{")
  })
})

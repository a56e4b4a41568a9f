import { describe, expect, test } from 'vitest'
import {
  emptyThread,
  knownUpTo,
  lengthOf,
  longestLine,
  received,
  refused,
  retried,
  said,
  sendable,
  unsent
} from '../src/session/chat'
import type { ChatLine } from '../src/wire'

const line = (number: number, id = `id${number}`): ChatLine => ({
  number,
  id,
  seat: 'helper',
  text: `line ${number}`,
  at: '2026-01-01T00:00:00Z'
})

describe('chat thread', () => {
  test('keeps the order of the server, and no line twice', () => {
    let t = received(emptyThread, [line(2), line(1)])
    t = received(t, [line(1), line(2), line(3)])
    expect(t.lines.map((l) => l.number)).toEqual([1, 2, 3])
  })

  test('asks for what follows the last line without a gap', () => {
    expect(knownUpTo(emptyThread)).toBe(0)
    expect(knownUpTo(received(emptyThread, [line(1), line(2), line(4)]))).toBe(2)
  })

  test('an own line waits until the server has ordered it, over any number of reconnects', () => {
    let t = said(said(emptyThread, 'a', 'one'), 'b', 'two')
    expect(unsent(t).map((w) => w.id)).toEqual(['a', 'b'])
    t = received(t, [line(1, 'a')])
    expect(unsent(t).map((w) => w.id)).toEqual(['b'])
    t = received(t, [line(1, 'a'), line(2, 'b')])
    expect(t.waiting).toEqual([])
    expect(t.lines).toHaveLength(2)
  })

  test('a refused line stays with its reason and can be sent again', () => {
    let t = refused(said(emptyThread, 'a', 'one'), { re: 'say', id: 'a', code: 'chat_disabled', detail: 'off', fix: 'talk' })
    expect(t.waiting[0]?.refused?.code).toBe('chat_disabled')
    expect(unsent(t)).toEqual([])
    t = retried(t, 'a')
    expect(unsent(t)).toHaveLength(1)
  })

  test('counts characters as the server does: code points', () => {
    expect(lengthOf('a😀é')).toBe(3)
    expect(sendable('😀'.repeat(longestLine))).toBe(true)
    expect(sendable('😀'.repeat(longestLine + 1))).toBe(false)
    expect(sendable(' \n ')).toBe(false)
  })
})

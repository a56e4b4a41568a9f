import { beforeEach, describe, expect, test } from 'vitest'
import { snap } from '../gallery/people'
import { backoff } from '../src/live/backoff'
import { Live, type LiveState } from '../src/live/live'
import type { FromServer } from '../src/wire'
import { FakeWorld } from './world'

let world: FakeWorld
let states: LiveState['is'][]
let messages: FromServer[]
let chatFrom = 0
let live: Live

beforeEach(() => {
  world = new FakeWorld()
  states = []
  messages = []
  chatFrom = 0
  live = new Live(world, {
    attach: () => ({ session: 's', page: 'p', takeover: false, chatFrom }),
    message: (m) => messages.push(m),
    state: (s) => states.push(s.is)
  })
})

const snapshot = { type: 'snapshot', snapshot: snap('sharer', 'sharing') } as const

function attach() {
  live.open()
  world.last.opens()
  world.last.brings(snapshot)
}

describe('live', () => {
  test('attaches first, and sends nothing else before the server has answered', () => {
    live.open()
    world.last.opens()
    expect(world.last.sent).toEqual([{ type: 'attach', attach: { session: 's', page: 'p', takeover: false, chatFrom: 0 } }])
    expect(live.send({ type: 'bye' })).toBe(false)
    world.last.brings(snapshot)
    expect(live.send({ type: 'bye' })).toBe(true)
    expect(states).toEqual(['opening', 'open'])
    expect(messages).toHaveLength(1)
  })

  test('comes back by itself and asks for what it has not', () => {
    attach()
    chatFrom = 7
    world.last.closes(1006)
    expect(live.state.is).toBe('retrying')
    world.pass(250)
    expect(world.sockets).toHaveLength(2)
    world.last.opens()
    expect(world.last.sent[0]?.attach?.chatFrom).toBe(7)
    world.last.brings(snapshot)
    expect(live.state.is).toBe('open')
  })

  test('waits longer after every failure, up to two and a half seconds, and starts afresh after success', () => {
    live.open()
    const waits: number[] = []
    for (let i = 0; i < 7; i++) {
      const before = world.time
      const count = world.sockets.length
      world.last.closes(1006)
      while (world.sockets.length === count) world.pass(1)
      waits.push(world.time - before)
    }
    expect(waits[0]).toBeLessThan(250)
    expect([...waits].sort((a, b) => a - b)).toEqual(waits)
    expect(waits.at(-1)).toBeGreaterThan(1000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(2500)
    world.last.opens()
    world.last.brings(snapshot)
    const n = world.sockets.length
    world.last.closes(1001)
    world.pass(250)
    expect(world.sockets).toHaveLength(n + 1)
  })

  test.each([
    [4401, 'sign_in_required'],
    [4403, 'not_yours'],
    [4404, 'not_found'],
    [4409, 'seat_taken'],
    [4410, 'replaced']
  ])('close code %i is for good: %s', (code, verdict) => {
    attach()
    world.last.closes(code)
    expect(live.state).toEqual({ is: 'closed', verdict })
    world.pass(60_000)
    expect(world.sockets).toHaveLength(1)
    live.open()
    expect(world.sockets).toHaveLength(2)
  })

  test.each([1001, 1006, 1011, 4400, 4429])('close code %i is tried again', (code) => {
    attach()
    world.last.closes(code)
    world.pass(5000)
    expect(world.sockets.length).toBeGreaterThan(1)
  })

  test('gives up a socket that brings nothing', () => {
    live.open()
    const first = world.last
    world.pass(9000)
    expect(first.closed).toBe(true)
    expect(world.sockets.length).toBeGreaterThan(1)
  })

  test('a socket that was let go says nothing any more', () => {
    attach()
    const old = world.last
    live.renew()
    world.pass(300)
    old.brings(snapshot)
    old.closes(4410)
    expect(messages).toHaveLength(1)
    expect(live.state.is).toBe('retrying')
  })

  test('a waiting retry is done at once when the network is back', () => {
    attach()
    world.last.closes(1006)
    live.hurry()
    expect(world.sockets).toHaveLength(2)
  })

  test('closing is for good', () => {
    attach()
    live.close()
    world.pass(60_000)
    expect(live.state).toEqual({ is: 'closed', verdict: 'done' })
    expect(world.sockets).toHaveLength(1)
  })
})

describe('backoff', () => {
  test('stays between a tenth of the ceiling and the ceiling', () => {
    for (let n = 0; n < 100; n++) {
      const ceiling = Math.min(2500, 250 * 2 ** n)
      expect(backoff(n, () => 0)).toBe(Math.round(ceiling / 10))
      expect(backoff(n, () => 0.999999)).toBeLessThanOrEqual(ceiling)
    }
  })
})

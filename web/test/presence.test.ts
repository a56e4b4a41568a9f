import { describe, expect, test } from 'vitest'
import { snap } from '../gallery/people'
import { PulseKeeper } from '../src/seat/pulse'
import { heard, noHeartbeat, readBeat, readWord, ticked } from '../src/session/heartbeat'
import { gone, judge } from '../src/session/presence'

const beat = (seq: number, paused = false) => ({ seq, sharing: true, paused, surface: 'window' as const })

describe('heartbeat', () => {
  test('nothing is known before the first beat, however long it takes', () => {
    let h = noHeartbeat
    for (let t = 500; t < 60_000; t += 500) h = ticked(h, t)
    expect(h.pulse).toBe('unknown')
  })

  test('two seconds of silence are missing, one beat brings it back', () => {
    let h = heard(ticked(noHeartbeat, 1000), beat(1), 1000)
    for (const t of [1500, 2000, 2500, 2999]) h = ticked(h, t)
    expect(h.pulse).toBe('seen')
    h = ticked(h, 3000)
    expect(h.pulse).toBe('missing')
    expect(heard(h, beat(2), 3100).pulse).toBe('seen')
  })

  test('a late beat is life, not news', () => {
    const h = heard(heard(noHeartbeat, beat(5, true), 10), beat(4, false), 20)
    expect(h.last?.paused).toBe(true)
    expect(h.heardAt).toBe(20)
  })

  test('after our own sleep nobody is blamed', () => {
    const h = ticked(heard(ticked(noHeartbeat, 1000), beat(1), 1000), 31_000)
    expect(h.pulse).toBe('seen')
  })

  test('takes beats and words, and nothing else', () => {
    expect(readBeat({ ...beat(1), more: 1 })).toEqual(beat(1))
    for (const bad of [
      null,
      1,
      'x',
      {},
      { seq: '1', sharing: true, paused: false, surface: '' },
      { ...beat(1), surface: 'door' }
    ]) {
      expect(readBeat(bad)).toBeNull()
    }
    expect(readWord({ word: 'bye' })).toBe('bye')
    expect(readWord({ word: 'click' })).toBeNull()
  })
})

describe('presence', () => {
  const peer = { presence: 'present' as const, pageClosed: false, page: 'p1' }
  const all = { peer, pulse: 'seen' as const, goodbye: '', online: true }

  test.each([
    ['all is well', all, 'present'],
    ['not connected yet', { ...all, pulse: 'unknown' as const }, 'present'],
    ['only the heartbeat is missing', { ...all, pulse: 'missing' as const }, 'unstable'],
    ['only its socket is missing', { ...all, peer: { ...peer, presence: 'unstable' as const } }, 'unstable'],
    ['the server says lost but it beats', { ...all, peer: { ...peer, presence: 'lost' as const } }, 'unstable'],
    ['both are missing', { ...all, peer: { ...peer, presence: 'lost' as const }, pulse: 'missing' as const }, 'lost'],
    ['it said goodbye to the server', { ...all, peer: { ...peer, pageClosed: true } }, 'closed'],
    ['it said goodbye to us', { ...all, goodbye: 'p1' }, 'closed'],
    ['an earlier page said goodbye', { ...all, goodbye: 'p0' }, 'present'],
    ['we are offline, it beats', { ...all, online: false, peer: { ...peer, presence: 'lost' as const } }, 'present'],
    ['we are offline, it is silent', { ...all, online: false, pulse: 'missing' as const }, 'lost'],
    ['we are offline, never connected', { ...all, online: false, pulse: 'unknown' as const }, 'unstable']
  ])('%s', (_, evidence, expected) => {
    expect(judge(evidence)).toBe(expected)
    expect(gone(judge(evidence))).toBe(expected === 'lost' || expected === 'closed')
  })
})

describe('pulse keeper', () => {
  test('tells the server of every change, repeats missing, and tells anew after a reconnect', () => {
    const told: string[] = []
    let open = true
    const k = new PulseKeeper((p) => open && told.push(p) > 0)
    k.tick(500)
    k.heard(beat(1), 600)
    expect(told).toEqual(['seen'])
    for (let t = 1000; t <= 2600; t += 500) k.tick(t)
    expect(k.tick(2700)).toBe(true)
    expect(told).toEqual(['seen', 'missing'])
    for (let t = 3000; t <= 4700; t += 500) k.tick(t)
    k.tick(4800)
    expect(told).toEqual(['seen', 'missing', 'missing'])
    open = false
    k.heard(beat(2), 4900)
    open = true
    k.repeat(5000)
    expect(told.at(-1)).toBe('seen')
  })

  test('a new page starts unknown', () => {
    const k = new PulseKeeper(() => true)
    k.heard(beat(1), 100)
    k.reset()
    expect(k.pulse).toBe('unknown')
    expect(k.last).toBeNull()
    k.left('p1')
    const { peer } = snap('helper', 'sharing')
    if (!peer) throw new Error('no peer')
    expect(k.judge({ ...peer, page: 'p1' }, true)).toBe('closed')
    expect(k.judge({ ...peer, page: 'p2' }, true)).toBe('present')
  })
})

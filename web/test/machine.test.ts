import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { snap } from '../gallery/people'
import { type Act, actions, acts, apply, type Standing, screen } from '../src/session/machine'
import { later, predict } from '../src/session/predict'
import type { EndReason, Screen, Seat, SeatAct, State, Surface, Trouble } from '../src/wire'

interface Before {
  state: State
  helper: boolean
  sharer: boolean
}
interface Vectors {
  moves: {
    from: Before
    act: Act
    seat: Seat | ''
    to: Before & { refused: string; reason: EndReason | ''; endedBy: Seat | ''; surface: Surface; problem: Trouble | '' }
  }[]
  screens: { from: Before; seat: Seat; screen: Screen; actions: SeatAct[] }[]
}

const vectors = JSON.parse(
  readFileSync(new URL('../../internal/assist/testdata/machine.json', import.meta.url), 'utf8')
) as Vectors
const standing = (b: Before): Standing => ({ ...b, reason: '', endedBy: '', surface: 'window', problem: '' })

test('every state × consent × seat × act goes as in assist', () => {
  expect(vectors.moves.length).toBe(8 * 3 * acts.length)
  for (const { from, act, seat, to } of vectors.moves) {
    const got = apply(standing(from), { act, seat, surface: 'monitor', problem: 'capture_denied', reason: 'policy_blocked' })
    const { refused, ...expected } = to
    expect(got, JSON.stringify({ from, act, seat })).toEqual(refused === '' ? expected : refused)
  }
})

test('every state names the screen and the actions that assist names', () => {
  for (const v of vectors.screens) {
    expect(screen(standing(v.from), v.seat), JSON.stringify(v)).toBe(v.screen)
    expect(actions(standing(v.from), v.seat), JSON.stringify(v)).toEqual(v.actions)
  }
})

test('a page shows at once what its own act leads to', () => {
  const at = new Date(0)
  const paused = predict(snap('sharer', 'sharing'), 'pause', {}, at)
  expect([paused.state, paused.screen, paused.version]).toEqual(['paused', 'paused', 7])
  const ended = predict(snap('sharer', 'sharing'), 'end', {}, at)
  expect([ended.screen, ended.reason, ended.endedBy, ended.endedAt]).toEqual([
    'ended',
    'sharer_ended',
    'sharer',
    at.toISOString()
  ])
  const allowed = predict(snap('sharer', 'trust'), 'allow', { text: 'view-1' }, at)
  expect([allowed.state, allowed.screen, allowed.you.consented]).toEqual(['trust', 'answered', true])
})

test('an act that the table refuses changes nothing', () => {
  const s = snap('helper', 'sharing')
  expect(predict(s, 'pause', {}, new Date())).toBe(s)
})

test('the later snapshot is the truth', () => {
  const old = snap('sharer', 'sharing', { version: 3, now: '2026-01-01T00:00:01Z' })
  const newer = snap('sharer', 'paused', { version: 4, now: '2026-01-01T00:00:00Z' })
  expect(later(old, newer)).toBe(newer)
  expect(later(newer, old)).toBe(newer)
  const same = { ...newer, now: '2026-01-01T00:00:05Z' }
  expect(later(newer, same)).toBe(same)
  expect(later(same, newer)).toBe(same)
  expect(later(null, old)).toBe(old)
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { differences, snake } from '../../src/admin/audit/diff'
import { actions } from '../../src/admin/audit/words'
import { bars, ceiling } from '../../src/admin/overview/bars'
import { dayAfter, expiryOf, lastDay } from '../../src/admin/tokens/expiry'
import { Refusal } from '../../src/api'
import { type Events, watch } from '../../src/api/watch'
import type { LiveSessions } from '../../src/wire'

const changes = (member: string, old: unknown, now: unknown) => {
  const text = (v: unknown) => (v === undefined ? '' : JSON.stringify(v))
  return differences([{ member, old: text(old), new: text(now) }]).map((d) => [d.path.join('.'), d.is, d.old, d.now])
}

describe('what a change changed', () => {
  it('is said field by field', () => {
    expect(changes('chat', undefined, true)).toEqual([['chat', 'changed', false, true]])
    expect(changes('chat', true, undefined)).toEqual([['chat', 'changed', true, false]])
    expect(changes('note', undefined, 'A')).toEqual([['note', 'added', undefined, 'A']])
    expect(changes('note', 'A', undefined)).toEqual([['note', 'removed', 'A', undefined]])
    expect(changes('name', 'A', 'B')).toEqual([['name', 'changed', 'A', 'B']])
  })

  it('looks into what has members', () => {
    const old = { AllPeople: true, People: null, Unenrolled: false }
    const now = { AllPeople: false, People: ['g1', 'g2'], Unenrolled: false }
    expect(changes('scope', old, now)).toEqual([
      ['scope.all_people', 'changed', true, false],
      ['scope.people', 'added', undefined, 'g1'],
      ['scope.people', 'added', undefined, 'g2']
    ])
    expect(changes('scope', undefined, { AllPeople: true })).toEqual([['scope.all_people', 'changed', false, true]])
  })

  it('tells which entries of a list came and went', () => {
    expect(changes('members', ['a', 'b'], ['b', 'c'])).toEqual([
      ['members', 'removed', 'a', undefined],
      ['members', 'added', undefined, 'c']
    ])
    expect(changes('members', ['a', 'b'], ['b', 'a'])).toEqual([['members', 'changed', ['a', 'b'], ['b', 'a']]])
    expect(changes('rule', undefined, [{ Values: ['x'] }])).toEqual([['rule', 'added', undefined, { Values: ['x'] }]])
  })

  it('takes text that is no JSON as it is', () => {
    expect(differences([{ member: 'ownership', old: 'personal', new: 'company' }])).toEqual([
      { path: ['ownership'], is: 'changed', old: 'personal', now: 'company' }
    ])
    expect(snake('SignInOlder')).toBe('sign_in_older')
  })
})

it('what the log knows of a help session has words', () => {
  const go = readFileSync(new URL('../../../internal/assist/event.go', import.meta.url), 'utf8')
  const acts = [...go.matchAll(/\bAct\s+= "(\w+)"/g)].map((m) => m[1] ?? '')
  expect(acts.length).toBeGreaterThan(10)
  for (const act of acts.filter((a) => a !== 'withdraw')) expect(actions['session'], act).toContain(act)
})

describe('the chart', () => {
  const day = (date: string, sessions: number, allowed: number) => ({
    date,
    sessions,
    allowed,
    declined: 0,
    reported: 0,
    averageSeconds: 0
  })

  it('ends at a round number', () => {
    expect([0, 1, 2, 3, 7, 11, 49, 51, 100].map(ceiling)).toEqual([1, 1, 2, 5, 10, 20, 50, 100, 100])
  })

  it('begins where reading begins', () => {
    const days = [day('a', 10, 5), day('b', 0, 0)]
    const [a, b] = bars(days, 10, 200, 100, false)
    expect([a?.top, a?.middle, b?.top]).toEqual([0, 50, 100])
    expect((a?.x ?? 0) < (b?.x ?? 0)).toBe(true)
    const [c, d] = bars(days, 10, 200, 100, true)
    expect((c?.x ?? 0) > (d?.x ?? 0)).toBe(true)
  })
})

describe('how long a token lives', () => {
  const now = new Date(2028, 1, 29, 15, 0)

  it('is from today to a year', () => {
    expect(dayAfter(now, 1)).toBe('2028-03-01')
    expect(expiryOf('2028-02-28', now)).toBeNull()
    expect(expiryOf('', now)).toBeNull()
    expect(expiryOf('2029-03-01', now)).toBeNull()
    const end = expiryOf(lastDay(now), now)
    const year = new Date(now)
    year.setFullYear(2029)
    expect(new Date(end ?? 0) > now && new Date(end ?? 0) <= year).toBe(true)
  })
})

/** Events, timers and answers under the test's hands. */
function world() {
  const opened: { send: (type: string, data?: unknown) => void; closed: boolean }[] = []
  const timers: { ms: number; act: () => void }[] = []
  const answers: (LiveSessions | Refusal)[] = []
  const told: string[] = []
  const watching = watch(
    {
      open: () => {
        const heard = new Map<string, (e: { data?: string }) => void>()
        const one = {
          closed: false,
          send: (type: string, data?: unknown) => heard.get(type)?.(data === undefined ? {} : { data: JSON.stringify(data) })
        }
        opened.push(one)
        const events: Events = {
          addEventListener: (type, f) => heard.set(type, f),
          close: () => Object.assign(one, { closed: true })
        }
        return events
      },
      ask: async () => {
        const next = answers.shift()
        if (!next || next instanceof Refusal) throw next ?? new Refusal(0, 'offline', '', '', [], 0)
        return next
      },
      after: (ms, act) => {
        const timer = { ms, act }
        timers.push(timer)
        return () => {
          const at = timers.indexOf(timer)
          if (at >= 0) timers.splice(at, 1)
        }
      }
    },
    {
      sessions: (list, live) => told.push(`${live ? 'live' : 'asked'} ${list.items.length}`),
      away: () => told.push('away'),
      refused: (r) => told.push(`refused ${r.code}`)
    }
  )
  const run = async () => {
    timers.shift()?.act()
    await new Promise((done) => setImmediate(done))
  }
  return { opened, timers, answers, told, watching, run }
}

const empty: LiveSessions = { now: '2026-11-24T12:00:00Z', items: [] }

describe('following live sessions', () => {
  it('tells each list, and that it is not live any more', async () => {
    const w = world()
    w.opened[0]?.send('sessions', empty)
    w.opened[0]?.send('error')
    expect(w.told).toEqual(['live 0', 'away'])
    expect(w.opened[0]?.closed).toBe(true)
    w.answers.push(empty)
    await w.run()
    w.opened[1]?.send('sessions', empty)
    expect(w.told).toEqual(['live 0', 'away', 'asked 0', 'live 0'])
  })

  it('takes silence for the end, and waits longer each time', async () => {
    const w = world()
    const waits: number[] = []
    await w.run() // nothing was heard
    for (let i = 0; i < 4; i++) {
      waits.push(w.timers[0]?.ms ?? 0)
      await w.run() // no answer
    }
    expect(waits).toEqual([500, 2000, 5000, 10000])
    expect(w.told).toEqual(['away', 'away', 'away', 'away', 'away'])
    expect(w.timers).toHaveLength(1)
  })

  it('gives up when one may not, and only then', async () => {
    const w = world()
    w.opened[0]?.send('refused', { status: 503, code: 'unavailable' })
    expect(w.told).toEqual(['away'])
    w.answers.push(new Refusal(403, 'not_permitted', '', '', [], 0))
    await w.run()
    expect(w.told).toEqual(['away', 'refused not_permitted'])
    expect(w.timers).toEqual([])
  })

  it('hears nothing of what it has left behind', async () => {
    const w = world()
    w.answers.push(empty)
    w.watching.now()
    w.opened[0]?.send('sessions', empty)
    w.watching.stop()
    await w.run()
    expect(w.told).toEqual([])
    expect(w.opened).toHaveLength(1)
  })
})

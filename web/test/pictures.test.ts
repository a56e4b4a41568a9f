import { describe, expect, test, vi } from 'vitest'
import { type Head, headBytes, readHead, writeHead } from '../src/pictures/head'
import { firstPace, type Pace, paced, steps } from '../src/pictures/pace'
import { makeHalf } from '../src/pictures/seal'
import type { OutSignal } from '../src/rtc/peer'
import { Pictures } from '../src/seat/pictures'
import { lostAfter, unreachableAfter, whyPictures } from '../src/session/way'
import type { Signal } from '../src/wire'

const head: Head = { format: 'vp8', whole: false, number: 0x01020304, width: 1920, height: 1080 }

describe('head', () => {
  test('comes back as it was written', () => {
    const b = new Uint8Array([...writeHead(head), 1])
    expect([...b.subarray(0, headBytes)]).toEqual([1, 3, 0, 0, 1, 2, 3, 4, 0x07, 0x80, 0x04, 0x38])
    expect(readHead(b)).toEqual(head)
  })

  test('of another version, of an unknown format or without a picture is none', () => {
    const good = [...writeHead(head), 1]
    expect(readHead(new Uint8Array(good.slice(0, headBytes)))).toBeNull()
    expect(readHead(new Uint8Array([2, ...good.slice(1)]))).toBeNull()
    expect(readHead(new Uint8Array([1, 9, ...good.slice(2)]))).toBeNull()
  })
})

describe('seal', () => {
  test('only the other page reads a picture, and nothing in it can be changed', async () => {
    const [sharer, helper, stranger] = await Promise.all([makeHalf(), makeHalf(), makeHalf()])
    const sealed = await (await sharer.with(helper.key)).close(writeHead(head), new TextEncoder().encode('what is on the screen'))
    expect(new TextDecoder().decode(sealed)).not.toContain('screen')
    const seal = await helper.with(sharer.key)
    expect(new TextDecoder().decode((await seal.open(sealed)) ?? undefined)).toBe('what is on the screen')
    expect(await (await stranger.with(sharer.key)).open(sealed)).toBeNull()
    for (const at of [2, 7, headBytes, sealed.length - 1]) {
      const changed = sealed.slice()
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await seal.open(changed), `byte ${at}`).toBeNull()
    }
  })

  test('what is no key is refused', async () => {
    await expect((await makeHalf()).with(btoa('no key'))).rejects.toThrow()
  })
})

describe('pace', () => {
  test('a slow line gets small pictures, a quick one big ones again', () => {
    let p: Pace = firstPace
    for (let i = 0; i < 20; i++) p = paced(p, p.room + 1, 5000)
    expect(p.room).toBe(8000)
    expect(p.step).toBe(steps.length - 1)
    for (let i = 0; i < 40; i++) p = paced(p, p.room * 0.6, 100)
    expect(p.room).toBe(350_000)
    for (let i = 0; i < 10; i++) p = paced(p, 1000, 100)
    expect(p.step).toBe(0)
  })
})

describe('way', () => {
  const way = { possible: true, connected: false, at: 1000, ever: false }
  test.each([
    ['no WebRTC', { ...way, possible: false }, 1000, 'webrtc_missing'],
    ['still looking', way, 1000 + unreachableAfter - 1, null],
    ['nothing gets through', way, 1000 + unreachableAfter, 'unreachable'],
    ['connected', { ...way, connected: true, ever: true }, 1_000_000, null],
    ['lost a moment ago', { ...way, ever: true }, 1000 + lostAfter - 1, null],
    ['lost', { ...way, ever: true }, 1000 + lostAfter, 'lost']
  ] as const)('%s', (_, w, now, why) => {
    expect(whyPictures(w, now)).toBe(why)
  })
})

/** Two seats whose signals reach each other, or get lost. */
class Couple {
  time = 0
  lose = false
  made = 0
  closed = 0
  readonly one: Pictures<{ close(): void }>
  readonly other: Pictures<{ close(): void }>

  constructor() {
    this.one = this.seat((s) => this.other.take(s))
    this.other = this.seat((s) => this.one.take(s))
  }

  private seat(deliver: (s: Signal) => void) {
    return new Pictures({
      send: (s: OutSignal) => {
        if (!this.lose) deliver({ page: 'p', ...s })
      },
      now: () => this.time,
      make: async () => {
        this.made++
        return {
          close: () => {
            this.closed++
          }
        }
      },
      changed: () => undefined
    })
  }

  both() {
    return vi.waitFor(() => {
      if (!this.one.end || !this.other.end) throw new Error('not yet')
    })
  }
}

describe('pictures', () => {
  test('begin at both seats when one finds that they are needed', async () => {
    const c = new Couple()
    c.one.begin('lost')
    await c.both()
    expect([c.one.why, c.other.why, c.made]).toEqual(['lost', 'lost', 2])
  })

  test('that both began by themselves are one', async () => {
    const c = new Couple()
    c.one.begin('unreachable')
    c.other.begin('webrtc_missing')
    await c.both()
    expect(c.made - c.closed).toBe(2)
  })

  test('what got lost is said again', async () => {
    const c = new Couple()
    c.lose = true
    c.one.begin('unreachable')
    await vi.waitFor(() => expect(c.one.why).toBe('unreachable'))
    await new Promise((done) => setTimeout(done, 50)) // the key is made, and told to nobody
    c.lose = false
    c.time = 3001
    c.one.tick()
    await c.both()
  })

  test('end at both seats with the word of one, and can begin anew', async () => {
    const c = new Couple()
    c.one.begin('lost')
    await c.both()
    c.one.stop()
    c.other.take({ page: 'p', kind: 'video' })
    expect([c.one.why, c.other.why, c.closed]).toEqual([null, null, 2])
    c.other.begin('lost')
    await c.both()
    expect(c.made).toBe(4)
  })
})

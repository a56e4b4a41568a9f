import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Allowance } from '../src/rtc/allowance'
import { maxPixels, maxStill, mostStrip, readFromSharer, rowsText } from '../src/rtc/aside'
import { Paper } from '../src/rtc/paper'
import { type Still, StillTaker } from '../src/rtc/still-take'

/** The same numbers in every run, from 0 up to most. */
function numbers(seed: number): (most: number) => number {
  let s = seed
  return (most) => {
    s = Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9
    return ((s ^ (s >>> 13)) >>> 0) % (most + 1)
  }
}

/** What a sharer's page could say, right and wrong; and bytes. */
function anything(next: (most: number) => number): string | ArrayBuffer {
  const bytes = (most: number) => Uint8Array.from({ length: next(most) }, () => next(255)).buffer
  const count = () => [0, 1, 16, 203, 400, 16_385, 2 ** 32 - 1, 2 ** 53, -1, 1.5, null, '7'][next(11)]
  switch (next(9)) {
    case 0:
      return String.fromCharCode(...new Uint8Array(bytes(80)))
    case 1:
      return JSON.stringify({ is: 'still', still: count(), bytes: count(), type: 'image/png', width: count(), height: count() })
    case 2:
      return JSON.stringify({
        is: 'strips',
        still: count(),
        width: count(),
        height: count(),
        fresh: next(1) === 1,
        rows: 'f'.repeat(next(300))
      })
    case 3:
      return JSON.stringify({
        is: ['stale', 'none', 'mark', 'room', 'ask', '__proto__'][next(5)],
        still: count(),
        kbps: count(),
        why: 'paused'
      })
    case 4: // something that is well-formed, so that bytes find a paper or a still
      return next(1) === 0
        ? JSON.stringify({
            is: 'strips',
            still: 1,
            width: 1 + next(300),
            height: 1 + next(100),
            fresh: next(3) === 0,
            rows: rowsText([0, next(6)], 7)
          })
        : JSON.stringify({ is: 'still', still: 1, bytes: 1 + next(5), type: 'image/webp', width: 9, height: 9 })
    default:
      return bytes(next(1) === 0 ? 3 : 200)
  }
}

/** Time stands still, so no work takes any. */
const endless = () => new Allowance(() => 0)

/** A page of a helper's to which all this happens. */
function attack(seed: number): { kept: Still[]; answers: string[]; refused: number } {
  const next = numbers(seed)
  const out = { kept: [] as Still[], answers: [] as string[], refused: 0 }
  const channel = { readyState: 'open', send: (m: string) => out.answers.push(m) } as unknown as RTCDataChannel
  const taker = new StillTaker(
    channel,
    (s) => {
      out.kept.push(s)
    },
    endless()
  )
  for (let i = 0; i < 60; i++) {
    const m = anything(next)
    const said = readFromSharer(m)
    if (typeof m !== 'string') taker.took(m)
    else if (said && said.is !== 'room') taker.said(said)
    else out.refused++
    if (next(20) === 0) taker.drop()
  }
  return out
}

describe("whatever a sharer's page sends", () => {
  test("the helper's page neither fails nor keeps more than was announced", () => {
    const all = Array.from({ length: 200 }, (_, i) => attack(i + 1))
    const kept = all.flatMap((a) => a.kept)
    const papers = kept.flatMap((s) => (s.is === 'live' ? s.paper.pixels.length : []))
    const stills = kept.flatMap((s) => (s.is === 'there' ? s.picture.size : []))
    expect(Math.max(...papers)).toBeLessThanOrEqual(maxPixels)
    expect(Math.max(...stills)).toBeLessThanOrEqual(maxStill)
    expect(all.every((a) => a.answers.every((m) => m.length < 100))).toBe(true)
    const refused = all.reduce((n, a) => n + a.refused, 0)
    expect([papers.length > 50, stills.length > 5, refused > 200]).toEqual([true, true, true])
  }, 30_000)

  test('a few bytes keep the page busy for a few lines at most', () => {
    const paper = new Paper(4000, 4000)
    for (const code of [[], [255, 255, 255], [85, 170, 85, 170]]) {
      paper.took(Uint8Array.from([0, 9, ...code]).buffer)
      expect(paper.pixels.subarray(9 * 16 * 4000 + 4 * 4000).every((v) => v === 0)).toBe(true)
    }
  })

  test('a strip of the largest picture ends, and changes no other strip', () => {
    const paper = new Paper(4000, 4000)
    const next = numbers(7)
    const code = Uint8Array.from({ length: 4096 }, () => next(255))
    new DataView(code.buffer).setUint16(0, 3)
    paper.expect([3])
    expect(paper.took(code.buffer)).toBe(true)
    expect(paper.pixels.subarray(0, 3 * 16 * 4000).every((v) => v === 0)).toBe(true)
    expect(paper.pixels.subarray(4 * 16 * 4000).every((v) => v === 0)).toBe(true)
    expect(paper.pixels.subarray(3 * 16 * 4000, 4 * 16 * 4000).some((v) => v !== 0)).toBe(true)
  })

  test('strips outside of the picture are nothing', () => {
    const paper = new Paper(20, 20)
    paper.expect([0, 1, 2, 500])
    for (const row of [2, 3, 0xffff]) {
      const message = new Uint8Array(40)
      new DataView(message.buffer).setUint16(0, row)
      expect(paper.took(message.buffer)).toBe(false)
    }
    expect([paper.old(1), paper.old(2), paper.old(500)]).toEqual([true, false, false])
    expect(paper.pixels.every((v) => v === 0)).toBe(true)
    expect(paper.took(new ArrayBuffer(1))).toBe(false)
  })

  test('a strip longer than any sharer writes is not read', () => {
    const paper = new Paper(4000, 20)
    const next = numbers(7)
    const longer = Uint8Array.from({ length: mostStrip + 4 }, () => next(255))
    longer.fill(0, 0, 2)
    expect(paper.took(longer.buffer)).toBe(false)
    expect(paper.pixels.every((v) => v === 0)).toBe(true)
    paper.took(longer.slice(0, -1).buffer)
    expect(paper.pixels.some((v) => v !== 0)).toBe(true)
  })
})

describe('work that another page makes', () => {
  /** An allowance of a page whose clock only work moves. */
  function page() {
    let clock = 0
    const allowance = new Allowance(() => clock)
    const works = (ms: number) => () => {
      clock += ms
    }
    return { allowance, works, rests: (ms: number) => works(ms)(), now: () => clock }
  }

  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('is done at once while there is time for it, and in order later', () => {
    const { allowance, rests } = page()
    const done: number[] = []
    const spend = (n: number) => {
      allowance.spend(10, () => {
        rests(100)
        done.push(n)
      })
    }
    for (const n of [1, 2, 3, 4]) spend(n)
    expect(done).toEqual([1, 2])
    expect(allowance.waits).toBe(true)
    rests(60)
    vi.runOnlyPendingTimers()
    expect(done).toEqual([1, 2, 3])
    rests(200)
    vi.runOnlyPendingTimers()
    expect(done).toEqual([1, 2, 3, 4])
    expect(allowance.waits).toBe(false)
  })

  test('leaves half of the time', () => {
    const { allowance, rests, now } = page()
    let worked = 0
    for (let i = 0; i < 500; i++) {
      allowance.spend(10, () => {
        rests(20)
        worked += 20
      })
      rests(1)
      vi.runOnlyPendingTimers()
    }
    expect(worked).toBeGreaterThan(100)
    expect(worked).toBeLessThanOrEqual(100 + 20 + now() / 2)
  })

  test('does not wait without limit, and not when it is not wanted any more', () => {
    const { allowance, works, rests } = page()
    allowance.spend(0, works(10_000))
    let [taken, done] = [0, 0]
    while (allowance.spend(0, () => done++)) taken++
    expect(taken).toBe(4096)
    allowance.clear()
    rests(60_000)
    vi.runAllTimers()
    expect(done).toBe(0)
  })

  test('a sharer whose strips are too dear is not listened to any more', () => {
    const { allowance, works } = page()
    const seen: Still[] = []
    const channel = { readyState: 'open', send: () => undefined } as unknown as RTCDataChannel
    const taker = new StillTaker(channel, (s) => void seen.push(s), allowance)
    const begins = () => taker.said({ is: 'strips', still: 1, width: 64, height: 64, fresh: true, rows: 'f' })
    begins()
    expect(seen.at(-1)?.is).toBe('live')
    allowance.spend(0, works(10_000)) // a strip that takes very long
    for (let i = 0; i < 600; i++) taker.took(new ArrayBuffer(4096))
    expect(seen.at(-1)?.is).toBe('none')
    const before = seen.length
    begins()
    taker.took(new ArrayBuffer(40))
    vi.runAllTimers()
    expect(seen).toHaveLength(before)
  })

  test('no strip is wider than a page can read in one go', () => {
    const strips = { is: 'strips', still: 1, width: 4096, height: 100, fresh: true, rows: 'f' }
    expect(readFromSharer(JSON.stringify(strips))).toEqual(strips)
    expect(readFromSharer(JSON.stringify({ ...strips, width: 4097 }))).toBeNull()
  })
})

import { describe, expect, test } from 'vitest'
import { maxStill, readFromHelper, readFromSharer } from '../src/rtc/aside'
import { changed } from '../src/rtc/grab'
import { lineWord, Planner, planFor, startOf } from '../src/rtc/line'
import { TrainMeter, train } from '../src/rtc/probe'
import { pathOf } from '../src/rtc/stats'
import { noStill, type Still, StillTaker } from '../src/rtc/still-take'
import { SendWindow } from '../src/rtc/window'

describe('what a line is asked for', () => {
  const screen = 1920 * 1080

  test('fewer pictures first, then fewer pixels', () => {
    const plans = [6000, 1000, 600, 300, 90].map((room) => planFor(room, screen))
    expect(plans.map((p) => p.frames)).toEqual([30, 10, 5, 4, 2])
    expect(plans.map((p) => p.scale > 1)).toEqual([false, false, false, true, true])
    expect(plans.map((p) => p.stills)).toEqual([false, false, false, true, true])
  })

  test('a line that is not known is not spared', () => {
    expect(planFor(null, screen)).toEqual(planFor(6000, screen))
  })

  test('worse at once, better after a while, and no way back from the codec', () => {
    const p = new Planner()
    expect(p.next(300, screen).frames).toBe(4)
    const later = Array.from({ length: 6 }, () => p.next(6000, screen))
    expect(later.map((l) => l.frames)).toEqual([4, 4, 4, 4, 30, 30])
    expect(later.at(-1)?.thrifty).toBe(true)
    expect(p.next(90, screen).frames).toBe(2)
  })

  test('begins below what was shown, and never faster than a picture needs', () => {
    expect(startOf(300)).toBe(240)
    expect(startOf(100_000)).toBe(6000)
  })

  test('in words', () => {
    expect(lineWord(null, 0)).toBe('good')
    expect(lineWord(6000, 0.01)).toBe('good')
    expect(lineWord(6000, 0.1)).toBe('thin')
    expect(lineWord(300, 0)).toBe('thin')
    expect(lineWord(100, 0)).toBe('very_thin')
  })
})

describe('probe', () => {
  const came = (rate: number, lost: number[] = []) => {
    const meter = new TrainMeter()
    let now = 1000
    for (const [i, packet] of train().entries()) {
      now += (packet.byteLength * 8) / rate
      if (!lost.includes(i)) meter.came(packet.buffer, now)
    }
    return meter
  }

  test.each([100, 300, 5000])('tells %i kbit/s by how far apart packets come', (rate) => {
    const meter = came(rate)
    expect(meter.complete).toBe(true)
    expect((meter.rate ?? 0) / rate).toBeGreaterThan(0.9)
    expect((meter.rate ?? 0) / rate).toBeLessThan(1.2)
  })

  test('too few packets tell nothing', () => {
    expect(came(300, [0, 1, 2, 3, 4]).rate).toBeNull()
    expect(came(300, [7]).complete).toBe(false)
  })
})

describe('what the pages say about the picture', () => {
  const still = { is: 'still', still: 1, bytes: 10, type: 'image/png', width: 2, height: 2 }

  test('a helper can ask and answer, and nothing else', () => {
    expect(readFromHelper('{"is":"ask","x":9,"y":9}')).toEqual({ is: 'ask' })
    expect(readFromHelper('{"is":"got","still":1,"bytes":5}')).toEqual({ is: 'got', still: 1, bytes: 5 })
    for (const m of ['{"is":"click"}', '{"is":"line"}', '{"is":"line","kbps":-1}', '[]', 'x', JSON.stringify(still)]) {
      expect(readFromHelper(m), m).toBeNull()
    }
  })

  test('a still has its limits', () => {
    expect(readFromSharer(JSON.stringify(still))).toEqual(still)
    for (const more of [
      { bytes: 0 },
      { bytes: maxStill + 1 },
      { type: 'image/svg+xml' },
      { width: 90_000, height: 90_000 },
      { height: 0 }
    ]) {
      expect(readFromSharer(JSON.stringify({ ...still, ...more })), JSON.stringify(more)).toBeNull()
    }
  })
})

describe('still', () => {
  const seen: Still[] = []
  const channel = { readyState: 'open', send: () => undefined } as unknown as RTCDataChannel
  const announced = { is: 'still', still: 1, bytes: 4, type: 'image/png', width: 1, height: 1 } as const
  const bytes = (n: number) => new Uint8Array(n).buffer

  test('comes in pieces, and goes when the picture is another one', () => {
    const taker = new StillTaker(channel, (s) => seen.push(s))
    taker.ask()
    taker.said(announced)
    taker.took(bytes(2))
    taker.took(bytes(2))
    expect(seen.map((s) => s.is)).toEqual(['asked', 'coming', 'coming', 'there'])
    taker.said({ is: 'stale', still: 7 })
    expect(seen.at(-1)?.is).toBe('there')
    taker.said({ is: 'stale', still: 1 })
    expect(seen.at(-1)).toEqual(noStill)
  })

  test('what was not announced, or is more than was, is not taken', () => {
    const taker = new StillTaker(channel, (s) => seen.push(s))
    seen.length = 0
    taker.took(bytes(2))
    taker.said(announced)
    taker.took(bytes(5))
    taker.drop()
    taker.took(bytes(4))
    expect(seen.map((s) => s.is)).toEqual(['coming', 'none'])
  })

  test('what may not be seen any more is answered to its end, and not shown', () => {
    const sent: string[] = []
    const heard = { readyState: 'open', send: (m: string) => void sent.push(m) } as unknown as RTCDataChannel
    const taker = new StillTaker(heard, (s) => seen.push(s))
    seen.length = 0
    taker.said(announced)
    taker.drop()
    taker.took(bytes(4))
    expect(sent).toEqual(['{"is":"got","still":1,"bytes":4}'])
    expect(seen.map((s) => s.is)).toEqual(['coming', 'none'])
  })

  test('another picture is told from a caret that blinks', () => {
    const thumb = (...lit: number[]) => ({
      width: 10,
      light: Uint8ClampedArray.from({ length: 100 }, (_, i) => (lit.includes(i) ? 60 : 0))
    })
    expect(changed(thumb(), thumb())).toBe(false)
    expect(changed(thumb(), thumb(44, 54))).toBe(false)
    expect(changed(thumb(), thumb(44, 54), 0)).toBe(true)
    expect(changed(thumb(), thumb(), 0)).toBe(false)
    expect(changed(thumb(), thumb(44, 45, 46))).toBe(true)
    expect(changed(thumb(), thumb(4, 94))).toBe(true)
    expect(changed(thumb(), { ...thumb(), width: 20 })).toBe(true)
  })
})

describe('window', () => {
  test('closes until the other side answers, and grows while answers are quick', () => {
    const w = new SendWindow(null)
    let sent = 0
    const fill = () => {
      const before = sent
      for (; w.open; sent += 2048) w.goes(2048, 0)
      return sent - before
    }
    const first = fill()
    w.arrived(sent, 50)
    expect(fill()).toBeGreaterThan(first)
    expect(w.open).toBe(false)
  })

  test('shrinks when answers come late, and tells how fast it went', () => {
    const w = new SendWindow(300)
    for (let i = 0; i < 12; i++) {
      w.goes(2048, i)
      w.arrived(2048 * (i + 1), i * 1000 + 10)
    }
    expect(w.rate).toBe(Math.round((2048 * 11 * 8) / 11_000))
  })
})

test('what flows is told from two readings', () => {
  const pair = { id: 'P', type: 'candidate-pair', nominated: true, state: 'succeeded' }
  const video = (
    timestamp: number,
    bytesReceived: number,
    framesDecoded: number,
    packetsReceived: number,
    packetsLost: number
  ) => [
    pair,
    { id: 'V', type: 'inbound-rtp', kind: 'video', timestamp, bytesReceived, framesDecoded, packetsReceived, packetsLost }
  ]
  const path = pathOf(video(5000, 90_000, 30, 190, 12), video(3000, 15_000, 10, 100, 2))
  expect(path?.flow).toEqual({ kbps: 300, frames: 10, lost: 0.1 })
})

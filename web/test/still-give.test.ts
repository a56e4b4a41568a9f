import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readFromSharer } from '../src/rtc/aside'
import type { Others } from '../src/rtc/tuning'

// What the browser draws is not here: a picture is its pixels and its thumb.
const screen = vi.hoisted(() => ({ pixels: new Uint32Array(), width: 0, height: 0 }))

vi.mock('../src/rtc/grab', () => ({
  sourceOf: () => ({ frame: async () => ({ ...screen, close: () => undefined }), close: () => undefined }),
  thumbOf: (f: { pixels: Uint32Array }) => ({ width: 1, light: Uint8ClampedArray.from(f.pixels, (p) => p & 255) }),
  changed: (a: { light: Uint8ClampedArray }, b: { light: Uint8ClampedArray }) => a.light.some((v, i) => v !== b.light[i]),
  pixelsOf: (f: { pixels: Uint32Array }) => f.pixels.slice(),
  lossless: async () => new Blob([new Uint8Array(100)], { type: 'image/webp' })
}))

const { StillGiver } = await import('../src/rtc/still-give')

/** Text has few colours, a photograph many. */
const text = (width: number, height: number, seed = 0) =>
  Uint32Array.from({ length: width * height }, (_, i) => ((i + seed) % 7 === 0 ? 0xff111111 : 0xffffffff))
const photograph = (width: number, height: number) =>
  Uint32Array.from({ length: width * height }, (_, i) => (0xff000000 | Math.imul(i + 1, 0x9e3779b1)) >>> 0)

function shows(pixels: Uint32Array<ArrayBuffer>, width: number, height: number): void {
  Object.assign(screen, { pixels, width, height })
}

/** A giver, what it said, and for whom the video makes room. */
function begun() {
  let clock = 0
  const said: string[] = []
  const binary: ArrayBuffer[] = []
  const needs: Others[] = []
  const send = (m: unknown) => {
    if (typeof m === 'string') said.push(readFromSharer(m)?.is ?? 'nonsense')
    else binary.push(m as ArrayBuffer)
  }
  const channel = { readyState: 'open', send } as unknown as RTCDataChannel
  let slow = 0
  const giver = new StillGiver(channel, {
    now: () => (clock += slow),
    room: () => 300,
    needs: (o) => needs.push(o),
    still: () => undefined,
    sent: () => undefined
  })
  const look = async (times = 1) => {
    for (let i = 0; i < times; i++) {
      clock += 100
      await giver.look(true)
    }
  }
  giver.use({} as MediaStreamTrack)
  return { giver, said, binary, needs, look, later: (ms: number) => (clock += ms), slows: (ms: number) => (slow = ms) }
}

describe('what goes over a thin line', () => {
  const [width, height] = [64, 32]
  beforeEach(() => shows(text(width, height), width, height))
  afterEach(() => shows(new Uint32Array(), 0, 0))

  test('text goes in strips, and the video rests', async () => {
    const { said, binary, needs, look } = begun()
    await look()
    expect([said[0], needs.at(-1), binary.length]).toEqual(['strips', 'strips', 2])
    const before = binary.length
    await look(3)
    expect(binary).toHaveLength(before)
    shows(text(width, height, 3), width, height)
    await look()
    expect(binary.length).toBeGreaterThan(before)
  })

  test('a photograph gets the video back, goes whole when it rests, and text later goes in strips again', async () => {
    const { said, needs, look, later, giver } = begun()
    shows(photograph(1024, 32), 1024, 32)
    await look()
    expect([said.at(-1), needs.at(-1)]).toEqual(['stale', 'none'])
    await look(4)
    expect([said.at(-1), needs.at(-1)]).toEqual(['still', 'still'])
    giver.got(2, 100)
    expect(needs.at(-1)).toBe('none')
    shows(text(width, height), width, height)
    later(11_000)
    await look()
    expect(needs.at(-1)).toBe('strips')
    expect(said.lastIndexOf('strips')).toBeGreaterThan(said.lastIndexOf('still'))
  })

  test('much text leaves the page time for other things, and goes all the same', async () => {
    const { binary, look, slows } = begun()
    shows(text(64, 160), 64, 160)
    slows(15)
    await look()
    expect(binary.length).toBeLessThan(10)
    await vi.waitUntil(() => binary.length === 10)
  })

  test('what is wider than a paper goes whole', async () => {
    const { said, look } = begun()
    shows(text(4097, 1), 4097, 1)
    await look(4)
    expect(said).toContain('still')
    expect(said).not.toContain('strips')
  })

  test('nothing goes when nothing may be seen, and the helper is told', async () => {
    const { said, binary, needs, look, giver } = begun()
    await look()
    giver.use(null)
    expect([said.at(-1), needs.at(-1)]).toEqual(['stale', 'none'])
    const before = binary.length
    await look(3)
    expect(binary).toHaveLength(before)
    await giver.asked()
    expect(said.at(-1)).toBe('none')
  })

  test('a still that is asked for takes the place of the strips', async () => {
    const { said, needs, look, giver } = begun()
    await look()
    await giver.asked()
    expect(said.slice(-2)).toEqual(['stale', 'still'])
    expect(needs.at(-1)).toBe('still')
  })
})

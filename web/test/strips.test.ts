import { describe, expect, test } from 'vitest'
import { Allowance } from '../src/rtc/allowance'
import { type FromSharer, readFromHelper, readFromSharer, rowsOf, rowsText } from '../src/rtc/aside'
import { Inker } from '../src/rtc/ink'
import { type Still, StillTaker } from '../src/rtc/still-take'
import { StripGiver } from '../src/rtc/strips-give'

const [width, height] = [203, 70] // neither is a number of tiles
const ink = 0xff111111
const ground = 0xffffffff
const lots = 1 << 20

/** Lines of the same few letters, each a pattern of its own. */
function page(seed: number): Uint32Array<ArrayBuffer> {
  const frame = new Uint32Array(width * height).fill(ground)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const letter = (Math.floor(x / 7) * 31 + Math.floor(y / 12) * 17 + seed) % 5
      if (y % 12 < 8 && (((x % 7) * (letter + 2)) ^ (y % 12)) % 3 === 0) frame[y * width + x] = ink + letter * 0x111111
    }
  }
  return frame
}

/** Every pixel another colour. */
const noise = (size: number) => Uint32Array.from({ length: size }, (_, i) => (0xff000000 | Math.imul(i + 1, 0x9e3779b1)) >>> 0)

describe('ink', () => {
  test('is read as it was written, and costs less from page to page', () => {
    const [here, there] = [new Inker(width, height), new Inker(width, height)]
    const colours = page(1)
    colours.set(noise(width * 20))
    const cost = [page(0), page(3), page(1), colours].map((frame) => {
      let bytes = 0
      for (let row = 0; row < here.rows; row++) {
        const code = here.write(frame, row, lots)
        bytes += code?.length ?? 0
        if (code) there.read(code, row)
      }
      expect(there.pixels).toEqual(frame)
      return bytes
    })
    expect(cost[1]).toBeLessThan((cost[0] ?? 0) / 2)
  }, 30_000)

  test('knows which strips are others, and writes next to nothing for the same again', () => {
    const paper = new Inker(width, height)
    const frame = page(0)
    for (let row = 0; row < paper.rows; row++) paper.write(frame, row, lots)
    frame[40 * width + 3] = 0xff0000ff
    expect(Array.from({ length: paper.rows }, (_, row) => paper.differs(frame, row))).toEqual([false, false, true, false, false])
    expect(paper.write(frame, 2, lots)?.length).toBeLessThan(80)
  })

  test('whatever comes, reading it ends', () => {
    const paper = new Inker(width, height)
    for (let row = 0; row < paper.rows; row++) paper.read(new Uint8Array(noise(200).buffer), row)
    paper.read(new Uint8Array(), 0)
  })
})

describe('strips', () => {
  /** Two ends with a line between them that carries when told to. */
  function ends() {
    const [toHelper, toSharer]: [(string | ArrayBuffer)[], string[]] = [[], []]
    const end = (into: unknown[]) => ({ readyState: 'open', send: (m: unknown) => into.push(m) }) as unknown as RTCDataChannel
    const events = { now: () => 0, room: () => null, soon: () => undefined, gone: () => undefined, came: () => undefined }
    const giver = new StripGiver(end(toHelper), events)
    const stills: Still[] = []
    const taker = new StillTaker(end(toSharer), (s) => stills.push(s), new Allowance(() => 0))
    let still = 0
    const show = (frame: Uint32Array<ArrayBuffer>) => giver.show(frame, { width, height }, () => ++still)
    const hears = (m: string | ArrayBuffer) => {
      const said = readFromSharer(m)
      if (typeof m !== 'string') taker.took(new Uint8Array(m).buffer)
      else if (said && said.is !== 'room') taker.said(said)
    }
    const answers = (m: string) => {
      const said = readFromHelper(m)
      if (said?.is === 'got') giver.got(said.bytes)
      if (said?.is === 'anew') giver.drop()
    }
    const carry = () => {
      while (toHelper.length + toSharer.length > 0) {
        toHelper.splice(0).forEach(hears)
        toSharer.splice(0).forEach(answers)
      }
    }
    const seen = () => {
      const last = stills.at(-1)
      return last?.is === 'live' ? last.paper.pixels : null
    }
    return { giver, taker, toHelper, show, carry, seen }
  }

  test('the helper has what is shared, also when it changed on the way', () => {
    const { show, carry, seen, toHelper } = ends()
    expect(show(page(0))).toBe(true)
    expect(show(page(1))).toBe(true)
    carry()
    expect(seen()).toEqual(page(1))
    const other = page(1)
    other[0] = 0xff00ff00
    show(other)
    expect(toHelper.filter((m) => typeof m !== 'string')).toHaveLength(1)
    carry()
    expect(seen()).toEqual(other)
  })

  test('what may not be seen any more is gone, and comes anew when it may', () => {
    const { show, carry, seen, taker } = ends()
    show(page(0))
    carry()
    taker.drop()
    expect(seen()).toBeNull()
    carry()
    show(page(0))
    carry()
    expect(seen()).toEqual(page(0))
  })

  test('what was announced as out of date is taken away', () => {
    const { show, carry, seen, taker } = ends()
    show(page(0))
    carry()
    taker.said({ is: 'stale', still: 1 })
    expect(seen()).toBeNull()
  })

  test('what is no text is not for strips', () => {
    const { giver } = ends()
    const size = { width: 1600, height: 32 }
    expect(giver.show(noise(size.width * size.height), size, () => 1)).toBe(false)
  })

  test('an announcement has its limits', () => {
    const good = { is: 'strips', still: 1, width, height, fresh: true, rows: rowsText([0, 2, 4], 5) } satisfies FromSharer
    expect(readFromSharer(JSON.stringify(good))).toEqual(good)
    expect(rowsOf(good.rows)).toEqual([0, 2, 4])
    for (const more of [
      { width: 0 },
      { width: 90_000, height: 90_000 },
      { fresh: 1 },
      { rows: 'xyz' },
      { rows: 'f'.repeat(300) }
    ]) {
      expect(readFromSharer(JSON.stringify({ ...good, ...more })), JSON.stringify(more)).toBeNull()
    }
  })
})

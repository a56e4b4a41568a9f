// Text on a screen, without loss and in few bytes. Letters repeat: a model of what
// stands left and above of each pixel soon knows how they go on, and an arithmetic coder
// writes down only what was not foreseen (context mixing, as in lpaq). Both ends keep the
// same paper and the same model, so whatever is written must be read, in the same order.
// Only whole numbers decide, so that all browsers foresee the same.

/** The paper is written in strips of tiles; those that did not change are left out. */
export const tile = 16

/** Probabilities have so many bits in the coder, and 16 in the model. */
const fine = 12
const one = 1 << fine
/** Each context has a table of 2^slotBits slots. */
const slotBits = 18
const contexts = 7
/** After so many bits a slot's probability moves no slower. */
const settled = 255
/** Sets of weights: what is known about a pixel, and each bit of a colour. */
const [weightSets, colourSet] = [32, 16]
/** The weight of a context at first, and how fast it changes: of 65536. */
const [firstWeight, learning] = [22_938, 6]
/** The surest that the model can be of a bit, in the logistic domain. */
const surest = 2047

/** 4096 / (1 + e^(-x/256)) at every 128 from -2048 on. */
const logistic = [
  1, 2, 3, 6, 10, 16, 27, 45, 73, 120, 194, 310, 488, 747, 1101, 1546, 2047, 2549, 2994, 3348, 3607, 3785, 3901, 3975, 4022, 4050,
  4068, 4079, 4085, 4089, 4092, 4093, 4094
]

function squash(x: number): number {
  const [i, part] = [(x >> 7) + 16, x & 127]
  return ((logistic[i] ?? 0) * (128 - part) + (logistic[i + 1] ?? 0) * part + 64) >> 7
}

const squashed = Int32Array.from({ length: 2 * surest + 2 }, (_, i) => squash(Math.min(surest, i - surest - 1)))

/** The other way round, of a probability. */
const stretched = (() => {
  const out = new Int32Array(one)
  let p = 0
  for (let x = -surest; x <= surest; x++) while (p <= squash(x)) out[p++] = x
  return out.fill(surest, p)
})()

/** How far a slot moves that has seen so many bits, of 65536. */
const pace = Int32Array.from({ length: settled + 1 }, (_, seen) => Math.round(65536 / (seen + 1.6)))

/** Puts a bit into the code, or takes the next one out of it. p: how likely a 1 is, of 4096. */
interface Coder {
  code(bit: number, p: number): number
}

/** A carry-less range coder. */
class Writer implements Coder {
  private low = 0
  private high = 0xffffffff
  private readonly out: number[] = []

  code(bit: number, p: number): number {
    const middle = this.low + Math.floor((this.high - this.low) / one) * p
    if (bit) this.high = middle
    else this.low = middle + 1
    while ((this.low ^ this.high) >>> 24 === 0) {
      this.out.push(this.high >>> 24)
      this.low = (this.low << 8) >>> 0
      this.high = ((this.high << 8) | 255) >>> 0
    }
    return bit
  }

  get length(): number {
    return this.out.length
  }

  end(): Uint8Array<ArrayBuffer> {
    this.out.push((this.low >>> 24) + 1) // zeros follow: that is above low and not above high
    return Uint8Array.from(this.out)
  }
}

class Reader implements Coder {
  private low = 0
  private high = 0xffffffff
  private at = 0
  private value = 0

  constructor(private readonly bytes: Uint8Array) {
    for (let i = 0; i < 4; i++) this.shift()
  }

  code(_: number, p: number): number {
    const middle = this.low + Math.floor((this.high - this.low) / one) * p
    const bit = this.value <= middle ? 1 : 0
    if (bit) this.high = middle
    else this.low = middle + 1
    while ((this.low ^ this.high) >>> 24 === 0) {
      this.low = (this.low << 8) >>> 0
      this.high = ((this.high << 8) | 255) >>> 0
      this.shift()
    }
    return bit
  }

  /** Whether it reads on where nothing was written: what follows is good for nothing. */
  get over(): boolean {
    return this.at > this.bytes.length + 4
  }

  private shift(): void {
    this.value = ((this.value << 8) | (this.bytes[this.at++] ?? 0)) >>> 0
  }
}

/** Foresees bits from several contexts at once, and learns from each. */
class Model {
  private readonly likely = new Uint16Array(contexts << slotBits).fill(32768)
  private readonly seen = new Uint8Array(contexts << slotBits)
  private readonly weights = new Int32Array(contexts * weightSets).fill(firstWeight)
  private readonly input = new Int32Array(contexts)
  private readonly slot = new Int32Array(contexts)
  /** The hash of each context of the pixel in hand. */
  readonly context = new Int32Array(contexts)

  /** The next bit at a node of a decision, with one set of weights. */
  bit(c: Coder, bit: number, set: number, node: number): number {
    const p = this.foresee(set, node)
    const was = c.code(bit, p)
    this.learn(set, was, ((was << fine) - p) * learning)
    return was
  }

  /** How likely a 1 is, of 4096. */
  private foresee(set: number, node: number): number {
    const salt = Math.imul(node, 0x9e3779b1)
    let sum = 0
    for (let k = 0; k < contexts; k++) {
      const s = (k << slotBits) | (Math.imul((this.context[k] ?? 0) + salt, 0x85ebca6b) >>> (32 - slotBits))
      const x = this.seen[s] === 0 ? 0 : (stretched[(this.likely[s] ?? 0) >> (16 - fine)] ?? 0)
      this.slot[k] = s
      this.input[k] = x
      sum += x * (this.weights[set * contexts + k] ?? 0)
    }
    const x = Math.max(-surest, Math.min(surest, Math.round(sum / 65536)))
    return squashed[x + surest + 1] ?? 0
  }

  private learn(set: number, was: number, error: number): void {
    for (let k = 0; k < contexts; k++) {
      const s = this.slot[k] ?? 0
      const w = set * contexts + k
      this.weights[w] = (this.weights[w] ?? 0) + (((this.input[k] ?? 0) * error + 0x2000) >> 14)
      const n = this.seen[s] ?? 0
      const old = this.likely[s] ?? 0
      this.likely[s] = old + (((was * 65535 - old) * (pace[n] ?? 0)) >> 16)
      if (n < settled) this.seen[s] = n + 1
    }
  }
}

/** Bits that depend on little: whether a tile changed, whether a run goes on, whether a colour is grey. */
class Simple {
  private readonly likely: Uint16Array

  constructor(kinds: number) {
    this.likely = new Uint16Array(kinds).fill(32768)
  }

  bit(c: Coder, bit: number, kind: number): number {
    const old = this.likely[kind] ?? 0
    const was = c.code(bit, Math.min(one - 1, Math.max(1, old >> (16 - fine))))
    this.likely[kind] = old + ((was * 65535 - old) >> 5)
    return was
  }
}

function hash(h: number, value: number): number {
  const x = Math.imul(h ^ value, 0x2c1b3c6d)
  return x ^ (x >>> 15)
}

/** What stood last where the surroundings were the same. */
const guesses = 1 << 16

export class Inker {
  /** What both ends have: 32 bits a pixel as in ImageData, little-endian; 0: nothing yet. */
  readonly pixels: Uint32Array<ArrayBuffer>
  readonly rows: number
  private readonly columns: number
  private readonly model = new Model()
  private readonly simple = new Simple(16)
  private readonly guess = new Uint32Array(guesses)
  private readonly touched: Uint8Array // tiles of the last strip in hand

  constructor(
    readonly width: number,
    readonly height: number
  ) {
    this.pixels = new Uint32Array(width * height)
    this.rows = Math.ceil(height / tile)
    this.columns = Math.ceil(width / tile)
    this.touched = new Uint8Array(this.columns)
  }

  /** Whether a strip of a picture is another one than the paper's. */
  differs(frame: Uint32Array, row: number): boolean {
    const end = Math.min(this.height, (row + 1) * tile) * this.width
    for (let i = row * tile * this.width; i < end; i++) if (frame[i] !== this.pixels[i]) return true
    return false
  }

  /** Takes a strip of a picture over to the paper; gives its code. null: it needs more than so many bytes, and the paper is good for nothing any more. */
  write(frame: Uint32Array, row: number, most: number): Uint8Array<ArrayBuffer> | null {
    const c = new Writer()
    this.strip(c, row, frame, () => c.length > most)
    return c.length > most ? null : c.end()
  }

  /** Takes a strip's code over to the paper. Few bytes must not keep the page busy for long. */
  read(code: Uint8Array, row: number): void {
    const c = new Reader(code)
    this.strip(c, row, null, () => c.over)
  }

  /** frame: to be written; null: it is being read. enough: no more of it is wanted. */
  private strip(c: Coder, row: number, frame: Uint32Array | null, enough: () => boolean): void {
    const { width, columns } = this
    const touched = this.touched
    const [top, bottom] = [row * tile, Math.min(this.height, (row + 1) * tile)]
    let before = 0
    for (let t = 0; t < columns; t++) {
      const bit = frame && this.tileDiffers(frame, t, top, bottom) ? 1 : 0
      before = this.simple.bit(c, bit, before + 2 * (touched[t] ?? 0))
      touched[t] = before
    }
    for (let y = top; y < bottom && !enough(); y++) {
      for (let t = 0; t < columns; t++) if (touched[t]) this.run(c, frame, y, t * tile, Math.min(width, (t + 1) * tile))
    }
  }

  private tileDiffers(frame: Uint32Array, t: number, top: number, bottom: number): boolean {
    const [from, to] = [t * tile, Math.min(this.width, (t + 1) * tile)]
    for (let y = top; y < bottom; y++) {
      for (let i = y * this.width + from; i < y * this.width + to; i++) if (frame[i] !== this.pixels[i]) return true
    }
    return false
  }

  /** A tile's pixels of one line. Below an empty run there is mostly another one: that is one bit. */
  private run(c: Coder, frame: Uint32Array | null, y: number, from: number, to: number): void {
    const { width, pixels } = this
    const start = y * width
    const colour = this.flat(start, y, from, to)
    if (colour !== null) {
      const goesOn = frame?.subarray(start + from, start + to).every((v) => v === colour) ? 1 : 0
      if (this.simple.bit(c, goesOn, 4)) {
        pixels.fill(colour, start + from, start + to)
        return
      }
    }
    for (let x = from; x < to; x++) pixels[start + x] = this.pixel(c, frame?.[start + x] ?? 0, x, y)
  }

  /** The one colour of all that is above and left of a run; null: there are several. */
  private flat(start: number, y: number, from: number, to: number): number | null {
    const { width, pixels } = this
    if (y === 0) return null
    const colour = pixels[start - width + from] ?? 0
    if (from > 0 && pixels[start + from - 1] !== colour) return null
    for (let x = from + 1; x < to; x++) if (pixels[start - width + x] !== colour) return null
    return colour
  }

  private pixel(c: Coder, colour: number, x: number, y: number): number {
    const { model } = this
    const around = this.look(x, y)
    const known = this.guess[around.key] ?? 0
    const guess = known || around.west
    const set =
      (known ? 1 : 0) |
      (around.west === around.north ? 2 : 0) |
      (guess === around.west ? 4 : 0) |
      (around.east === around.north ? 8 : 0)
    const hit = model.bit(c, guess === colour ? 1 : 0, set, hash(1, guess))
    const was = hit ? guess : this.colour(c, colour)
    this.guess[around.key] = was
    return was
  }

  /** Hashes what is around a pixel, smaller and larger surroundings. */
  private look(x: number, y: number): { key: number; west: number; north: number; east: number } {
    const { width, pixels } = this
    const i = y * width + x
    const at = (dx: number, dy: number) => (x + dx < 0 || x + dx >= width || y + dy < 0 ? 0 : (pixels[i + dy * width + dx] ?? 0))
    const [w1, w2, w3, w4] = [at(-1, 0), at(-2, 0), at(-3, 0), at(-4, 0)]
    const [n1, nw, ne, n2] = [at(0, -1), at(-1, -1), at(1, -1), at(0, -2)]
    const [nw2, ne2] = [at(-2, -1), at(2, -1)]
    const { context } = this.model
    const corner = hash(hash(1, w1), n1)
    const cross = hash(hash(corner, nw), ne)
    const wide = hash(hash(hash(hash(hash(cross, w2), w3), ne2), nw2), n2)
    context[0] = corner
    context[1] = hash(hash(hash(2, corner), w2), nw)
    context[2] = hash(hash(3, cross), n2)
    context[3] = hash(4, wide)
    context[4] = hash(hash(hash(hash(hash(hash(5, wide), w4), at(3, -1)), at(-3, -1)), at(1, -2)), at(-1, -2))
    context[5] = hash(hash(hash(hash(hash(hash(6, w1), w2), w3), w4), at(-5, 0)), at(-6, 0))
    context[6] = hash(hash(hash(hash(hash(hash(7, n1), n2), at(0, -3)), at(0, -4)), ne), at(1, -2))
    return { key: wide >>> 16, west: w1, north: n1, east: ne }
  }

  /** A colour that was not foreseen: grey, or green, red and blue. */
  private colour(c: Coder, colour: number): number {
    const [red, green, blue] = [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255]
    const grey = this.simple.bit(c, red === green && green === blue ? 1 : 0, 5)
    const g = this.level(c, green, 2 + grey)
    const r = grey ? g : this.level(c, red, 4 + (g << 3))
    const b = grey ? g : this.level(c, blue, 5 + (((g << 8) | r) << 3))
    return (0xff000000 | (b << 16) | (g << 8) | r) >>> 0
  }

  /** Eight bits, the highest first. */
  private level(c: Coder, level: number, kind: number): number {
    let node = 1
    for (let i = 7; i >= 0; i--) {
      const bit = this.model.bit(c, (level >> i) & 1, colourSet + (kind & 1) * 8 + i, hash(kind, node))
      node = 2 * node + bit
    }
    return node & 255
  }
}

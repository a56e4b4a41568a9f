// What the helper's page has of a shared screen that comes in strips.
import { mostStrip } from './aside'
import { Inker, tile } from './ink'

/** The row stands before a strip's code, and the coder ends with a byte. */
const [rowBytes, endBytes] = [2, 1]

export class Paper {
  private readonly ink: Inker
  /** Strips that are on their way. */
  private readonly coming = new Set<number>()
  private watcher: ((row: number) => void) | null = null

  constructor(
    readonly width: number,
    readonly height: number
  ) {
    this.ink = new Inker(width, height)
  }

  /** Other strips are out of date by now: these will come. */
  expect(rows: readonly number[]): void {
    this.coming.clear()
    for (const r of rows) if (r < this.ink.rows) this.coming.add(r)
    for (const r of this.coming) this.watcher?.(r)
  }

  /** Takes a strip; true: it was the last of those that will come. */
  took(message: ArrayBuffer): boolean {
    if (message.byteLength < rowBytes || message.byteLength > rowBytes + mostStrip + endBytes) return false
    const row = new DataView(message).getUint16(0)
    if (row >= this.ink.rows) return false
    this.ink.read(new Uint8Array(message, rowBytes), row)
    this.coming.delete(row)
    this.watcher?.(row)
    return this.coming.size === 0
  }

  /** Calls back for every strip that is another one, or will be, until the returned function is called. */
  watch(changed: (row: number) => void): () => void {
    this.watcher = changed
    for (let r = 0; r < this.ink.rows; r++) changed(r)
    return () => {
      this.watcher = null
    }
  }

  /** All of it, as in ImageData. */
  get pixels(): Uint32Array<ArrayBuffer> {
    return this.ink.pixels
  }

  /** Whether a strip is out of date, and the new one on its way. */
  old(row: number): boolean {
    return this.coming.has(row)
  }

  /** Puts a strip on a canvas of the paper's size. faint: only in outline, because it is out of date. */
  draw(g: CanvasRenderingContext2D, row: number, faint: boolean): void {
    const { width, height } = this
    const top = row * tile
    const lines = Math.min(tile, height - top)
    const picture = new ImageData(width, lines)
    picture.data.set(new Uint8ClampedArray(this.pixels.buffer, top * width * 4, lines * width * 4))
    if (faint) for (let i = 3; i < picture.data.length; i += 4) picture.data[i] = (picture.data[i] ?? 0) >> 1
    g.putImageData(picture, 0, top)
  }
}

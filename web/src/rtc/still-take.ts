// The helper's side of a sharp still: puts the pieces together. Takes no more than was
// announced, and nothing that was not. Strips go on a paper, which follows what is shared.
import { Allowance } from './allowance'
import { type FromSharer, type NoStill, rowsOf, type StillType, type Strips, tell } from './aside'
import { Paper } from './paper'

/** What there is of a still. */
export type Still =
  | { is: 'none' }
  | { is: 'asked' }
  | { is: 'coming'; share: number }
  | { is: 'there'; picture: Blob; width: number; height: number }
  | { is: 'live'; paper: Paper }
  | { is: 'refused'; why: NoStill }

export const noStill: Still = { is: 'none' }

/** Fewer bytes of a paper are not answered by themselves. */
const fewBytes = 2048

/** So many steps of progress are told. */
const steps = 20

interface Coming {
  still: number
  share: number
  wanted: boolean // else it is only answered, so that the other side need not wait
  bytes: Uint8Array<ArrayBuffer>
  got: number
  type: StillType
  width: number
  height: number
}

export class StillTaker {
  private coming: Coming | null = null
  private paper: Paper | null = null
  private last = 0
  private got = 0 // bytes of the paper
  private answered = 0
  private refused = false // strips came faster than any line or screen explains: no more of them

  constructor(
    private readonly channel: RTCDataChannel,
    private readonly changed: (s: Still) => void,
    private readonly allowance = new Allowance()
  ) {}

  ask(): void {
    if (this.coming) {
      this.coming.wanted = true
      return
    }
    tell(this.channel, { is: 'ask' })
    this.changed({ is: 'asked' })
  }

  /** The picture may not be seen any more: nor may a still of it. The other side begins a new paper when it may. */
  drop(): void {
    if (this.paper) tell(this.channel, { is: 'anew' })
    this.forget()
  }

  private forget(): void {
    if (this.coming) this.coming.wanted = false
    this.last = 0
    this.paper = null
    this.allowance.clear()
    this.changed(noStill)
  }

  said(m: Exclude<FromSharer, { is: 'room' }>): void {
    switch (m.is) {
      case 'still':
        this.last = m.still
        this.paper = null
        this.allowance.clear()
        this.coming = { ...m, bytes: new Uint8Array(m.bytes), got: 0, share: 0, wanted: true }
        this.changed({ is: 'coming', share: 0 })
        break
      case 'strips':
        this.onPaper(0, () => this.strips(m))
        break
      case 'mark':
        break
      case 'stale':
        if (m.still === this.coming?.still) this.coming = null
        if (m.still === this.last) this.forget()
        break
      case 'none':
        this.changed({ is: 'refused', why: m.why })
        break
    }
  }

  /** The next bytes of what was announced. */
  took(part: ArrayBuffer): void {
    if (this.paper || this.allowance.waits) {
      this.onPaper(part.byteLength, () => this.paper && this.strip(this.paper, part))
      return
    }
    const c = this.coming
    if (!c || part.byteLength > c.bytes.length - c.got) return
    c.bytes.set(new Uint8Array(part), c.got)
    c.got += part.byteLength
    tell(this.channel, { is: 'got', still: c.still, bytes: c.got })
    const whole = c.got === c.bytes.length
    if (whole) this.coming = null
    if (!c.wanted) return
    if (whole) this.complete(c)
    else this.progress(c)
  }

  /** Few bytes can make much work: what is more than this page has time for is not taken. */
  private onPaper(bytes: number, work: () => void): void {
    if (this.refused || this.allowance.spend(bytes, work)) return
    this.refused = true
    this.forget()
  }

  private strips(m: Strips): void {
    this.coming = null
    this.last = m.still
    if (m.fresh) {
      this.got = this.answered = 0
      this.paper = new Paper(m.width, m.height)
    }
    if (this.paper) this.paper.expect(rowsOf(m.rows))
    else tell(this.channel, { is: 'anew' })
    if (m.fresh && this.paper) this.changed({ is: 'live', paper: this.paper })
  }

  private strip(paper: Paper, message: ArrayBuffer): void {
    const ends = paper.took(message)
    this.got += message.byteLength
    if (!ends && this.got - this.answered < fewBytes) return
    this.answered = this.got
    tell(this.channel, { is: 'got', still: this.last, bytes: this.got })
  }

  private complete({ still, bytes, type, width, height }: Coming): void {
    this.last = still
    this.changed({ is: 'there', picture: new Blob([bytes], { type }), width, height })
  }

  /** Said in steps: a fast line brings many pieces at once. */
  private progress(c: Coming): void {
    const share = Math.floor((c.got / c.bytes.length) * steps) / steps
    if (share === c.share) return
    c.share = share
    this.changed({ is: 'coming', share })
  }
}

// The helper's side of a sharp still: puts the pieces together. Takes no more than was
// announced, and nothing that was not.
import { type FromSharer, type NoStill, type StillType, tell } from './aside'

/** What there is of a still. */
export type Still =
  | { is: 'none' }
  | { is: 'asked' }
  | { is: 'coming'; share: number }
  | { is: 'there'; picture: Blob; width: number; height: number }
  | { is: 'refused'; why: NoStill }

export const noStill: Still = { is: 'none' }

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
  private last = 0

  constructor(
    private readonly channel: RTCDataChannel,
    private readonly changed: (s: Still) => void
  ) {}

  ask(): void {
    if (this.coming) {
      this.coming.wanted = true
      return
    }
    tell(this.channel, { is: 'ask' })
    this.changed({ is: 'asked' })
  }

  /** The picture may not be seen any more: nor may a still of it. */
  drop(): void {
    if (this.coming) this.coming.wanted = false
    this.last = 0
    this.changed(noStill)
  }

  said(m: Exclude<FromSharer, { is: 'room' }>): void {
    switch (m.is) {
      case 'still':
        this.last = m.still
        this.coming = { ...m, bytes: new Uint8Array(m.bytes), got: 0, share: 0, wanted: true }
        this.changed({ is: 'coming', share: 0 })
        break
      case 'stale':
        if (m.still === this.coming?.still) this.coming = null
        if (m.still === this.last) this.drop()
        break
      case 'none':
        this.changed({ is: 'refused', why: m.why })
        break
    }
  }

  /** The next bytes of what was announced. */
  took(part: ArrayBuffer): void {
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

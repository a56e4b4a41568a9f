// A share of this page's time for work that another page makes. What is within it is done
// at once. The rest waits, in order and not without limit, so that whatever the other
// page sends, half of the time is left for the person at this one.

/** So much work may come at once, in ms; half of the time that passes is given back. */
const most = 100
const share = 0.5
/** Work that waits may hold so many bytes, each piece counting as so many at least. */
const mostBytes = 2 << 20
const leastBytes = 512

interface Work {
  bytes: number
  run: () => void
}

export class Allowance {
  private left = most
  private at: number
  private bytes = 0
  private waiting: Work[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly now: () => number = () => performance.now()) {
    this.at = now()
  }

  /** Does something now, or when there is time for it. bytes: what it holds until then. false: too much waits already. */
  spend(bytes: number, run: () => void): boolean {
    if (this.waiting.length === 0 && this.refilled() > 0) {
      this.work(run)
      return true
    }
    const held = Math.max(bytes, leastBytes)
    if (this.bytes + held > mostBytes) return false
    this.bytes += held
    this.waiting.push({ bytes: held, run })
    this.wait()
    return true
  }

  /** Something waits, so what comes next has to wait as well. */
  get waits(): boolean {
    return this.waiting.length > 0
  }

  /** What waits is not wanted any more. */
  clear(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.waiting = []
    this.bytes = 0
  }

  private refilled(): number {
    const now = this.now()
    this.left = Math.min(most, this.left + (now - this.at) * share)
    this.at = now
    return this.left
  }

  private work(run: () => void): void {
    const from = this.now()
    run()
    this.left -= this.now() - from
  }

  private wait(): void {
    this.timer ??= setTimeout(() => this.go(), Math.max(1, -this.left / share))
  }

  private go(): void {
    this.timer = undefined
    while (this.refilled() > 0) {
      const next = this.waiting.shift()
      if (!next) return
      this.bytes -= next.bytes
      this.work(next.run)
    }
    if (this.waits) this.wait()
  }
}

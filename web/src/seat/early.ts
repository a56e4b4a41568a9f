// Signals can overtake the snapshot that names the page they come from. They wait
// here, those of one page at a time, until the page is known.
import type { Signal } from '../wire'

/** As many as one page's offer and candidates can be. */
const most = 64

export class EarlySignals {
  private page = ''
  private waiting: Signal[] = []

  keep(s: Signal): void {
    if (s.page !== this.page) this.waiting = []
    this.page = s.page
    if (this.waiting.length < most) this.waiting.push(s)
  }

  /** Takes what came from this page. */
  take(page: string): Signal[] {
    if (page !== this.page) return []
    const out = this.waiting
    this.waiting = []
    return out
  }
}

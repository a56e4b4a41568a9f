// Timers that keep their pace while the page is hidden, which the sharer's always is.
import workerURL from './ticker.worker.ts?worker&url'

/** The Trusted Types interface, where the browser has it (W3C Trusted Types; not yet in TypeScript's library). */
interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

/** Starts the worker under the content security policy: the policy tasuke lets this one script through. */
function startWorker(): Worker {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  if (!trustedTypes) return new Worker(workerURL, { type: 'module' })
  const policy = trustedTypes.createPolicy('tasuke', { createScriptURL: () => workerURL })
  return new Worker(policy.createScriptURL(workerURL), { type: 'module' })
}

/** Timers of one page. Make one per page: the policy's name may be used once. */
export class Ticker {
  private readonly worker = startWorker()
  private readonly runs = new Map<number, () => void>()
  private next = 1

  constructor() {
    this.worker.onmessage = (e: MessageEvent<number>) => this.runs.get(e.data)?.()
  }

  /** Runs run every ms until the returned function is called. */
  every(ms: number, run: () => void): () => void {
    const id = this.next++
    this.runs.set(id, run)
    this.worker.postMessage({ id, ms })
    return () => {
      this.runs.delete(id)
      this.worker.postMessage({ id, ms: 0 })
    }
  }

  close(): void {
    this.worker.terminate()
  }
}

// One observable value. Screens subscribe; whoever owns it changes it.

export interface Readable<T> {
  get(): T
  /** Calls back after every change until the returned function is called. */
  subscribe(listener: () => void): () => void
}

export class Store<T> implements Readable<T> {
  private readonly listeners = new Set<() => void>()

  constructor(private value: T) {}

  get(): T {
    return this.value
  }

  set(change: Partial<T>): void {
    this.value = { ...this.value, ...change }
    for (const l of [...this.listeners]) l()
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

/** What the sharer can do on the screens; the session part ties it to the seat. */
export interface SharerDoes {
  /** digits: what the helper read out, when the snapshot asks for it; else empty. */
  allow(digits: string): void
  decline(): void
  report(): void
  share(): void
  change(): void
  pause(): void
  resume(): void
  end(): void
  say(text: string): void
  sayAgain(id: string): void
}

/** What the sharer can do on the screens; the session part ties it to the seat. */
export interface SharerDoes {
  allow(): void
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

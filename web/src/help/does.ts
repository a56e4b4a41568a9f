import type { WarningCode } from '../wire'

/** What the helper can do on the screens; the session part ties it to the seat. */
export interface HelperDoes {
  /** acknowledged: codes of the warnings that were read, where that is asked for. */
  proceed(acknowledged: readonly WarningCode[]): void
  cancel(): void
  leave(): void
  /** Asks for a sharp still of the picture. */
  still(): void
  say(text: string): void
  sayAgain(id: string): void
  /** Begins anew after the end. */
  newCode(): void
}

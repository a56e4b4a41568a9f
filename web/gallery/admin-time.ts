// Moments of the galleries' answers. Development only.

/** A moment so many minutes from now. */
export const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

/** What every configured thing has. */
export const written = { version: 3, createdAt: at(-90_000), updatedAt: at(-4_000) }

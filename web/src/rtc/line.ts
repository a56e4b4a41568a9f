// What a line gives, and what is made of it. Text is what helpers read: a thin line
// gets fewer frames first, then fewer pixels, and a codec that is good at text. Pure.

/** kbit/s. From here on nothing needs to be spared. */
const good = 1500
/** Below this even a page of text takes seconds. */
const veryThin = 150

/** Where libwebrtc begins by itself, in kbit/s: a line that is not known yet is taken for one of these. */
export const unknownLine = 375
/** No line is begun faster than this, in kbit/s: a first picture needs no more. */
const fastest = 6000
/** This share of what a line has shown is used from the start; the rest is for everything else on it. */
const prudent = 0.8

/** Where the speed estimate of a connection begins that has shown so much before. */
export function startOf(shown: number): number {
  return Math.round(Math.min(fastest, Math.max(50, shown * prudent)))
}

export interface Plan {
  /** At most so many frames a second. */
  frames: number
  /** How many times smaller each side of the picture is made. */
  scale: number
  /** Worth the work of a codec that is good at text. */
  thrifty: boolean
  /** What moves goes small and soon; what rests goes whole and without loss, as a still. */
  stills: boolean
}

/** What a line that gives at least room kbit/s is asked for, best first. pixels: of the moving picture, at most. */
const steps: readonly { room: number; frames: number; pixels: number }[] = [
  { room: good, frames: 30, pixels: Number.POSITIVE_INFINITY },
  { room: 800, frames: 10, pixels: Number.POSITIVE_INFINITY },
  { room: 500, frames: 5, pixels: Number.POSITIVE_INFINITY },
  { room: 200, frames: 4, pixels: 260_000 },
  { room: 0, frames: 2, pixels: 130_000 }
]

/** What to do with a picture of so many pixels on a line that gives room kbit/s; null: not known. */
export function planFor(room: number | null, pixels: number): Plan {
  const step = steps.find((s) => room === null || room >= s.room) ?? { room: 0, frames: 2, pixels: 130_000 }
  const scale = Math.max(1, Math.sqrt(pixels / step.pixels))
  const thin = step.room < good
  return { frames: step.frames, scale: Math.round(scale * 10) / 10, thrifty: thin, stills: Number.isFinite(step.pixels) }
}

/** A better plan is believed only after so many looks in a row, a worse one at once. */
const patience = 5

/** Follows a line's plans without going to and fro. */
export class Planner {
  private better = 0
  private plan: Plan | null = null

  /** The next look at the line; gives what to do now. */
  next(room: number | null, pixels: number): Plan {
    const fresh = planFor(room, pixels)
    const now = this.plan
    this.better = now && fresh.frames > now.frames ? this.better + 1 : 0
    if (!now || this.better === 0 || this.better >= patience) {
      this.better = 0
      this.plan = { ...fresh, thrifty: fresh.thrifty || now?.thrifty === true } // each change of codec costs a whole picture
    }
    return this.plan ?? fresh
  }
}

export type LineWord = 'good' | 'thin' | 'very_thin'

/** For people. room: kbit/s, null: not known; lost: share of packets, 0 to 1. */
export function lineWord(room: number | null, lost: number): LineWord {
  if ((room !== null && room < veryThin) || lost >= 0.2) return 'very_thin'
  if ((room !== null && room < good) || lost >= 0.08) return 'thin'
  return 'good'
}

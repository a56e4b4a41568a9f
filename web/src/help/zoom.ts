// How large the picture is shown. Pure: sizes in CSS pixels.

export type Zoom = 'fit' | number

/** Smallest and largest magnification, 1 being one picture pixel on one screen pixel. */
const least = 0.1
const most = 8
const step = 1.25

export interface Sizes {
  /** The picture's own size, in its pixels. */
  width: number
  height: number
  /** The room there is. */
  room: { width: number; height: number }
  /** Screen pixels per CSS pixel. */
  density: number
}

/** The magnification that fits the room, never larger than the picture's own pixels need. */
export function fitting(s: Sizes): number {
  if (s.width === 0 || s.height === 0) return 1
  const scale = Math.min(s.room.width / s.width, s.room.height / s.height) * s.density
  return Math.min(most, Math.max(least, scale))
}

/** One step in or out from what is shown now. */
export function stepped(z: Zoom, s: Sizes, direction: 1 | -1): number {
  const now = z === 'fit' ? fitting(s) : z
  return Math.min(most, Math.max(least, direction > 0 ? now * step : now / step))
}

/** Width and height on the page. */
export function shown(z: Zoom, s: Sizes): { width: number; height: number } {
  const scale = (z === 'fit' ? fitting(s) : z) / s.density
  return { width: Math.round(s.width * scale), height: Math.round(s.height * scale) }
}

/** For people: 125 %. */
export function percent(z: Zoom, s: Sizes): number {
  return Math.round((z === 'fit' ? fitting(s) : z) * 100)
}

// Asking the browser for the screen, and naming what came of it.
import type { Surface, Trouble } from '../wire'

/** Options newer than the targets; a browser that does not know them ignores them. */
interface ScreenOptions extends DisplayMediaStreamOptions {
  surfaceSwitching?: 'include' | 'exclude'
  selfBrowserSurface?: 'include' | 'exclude'
  monitorTypeSurfaces?: 'include' | 'exclude'
}

const screenOptions: ScreenOptions = {
  video: { frameRate: { ideal: 30 } },
  audio: false,
  surfaceSwitching: 'include',
  selfBrowserSurface: 'exclude',
  monitorTypeSurfaces: 'include'
}

/** The person, or the browser, did not give a picture. */
export class CaptureFailure extends Error {
  constructor(readonly problem: Extract<Trouble, 'capture_denied' | 'capture_failed' | 'capture_missing'>) {
    super(problem)
  }
}

/** Phones and tablets either lack screen capture or offer it and always fail. */
const handheld = /Android|iPhone|iPad|iPod/

/** Whether this browser can share a screen at all. */
export function canCapture(n: Pick<Navigator, 'userAgent'> & { mediaDevices?: Partial<MediaDevices> }): boolean {
  return typeof n.mediaDevices?.getDisplayMedia === 'function' && !handheld.test(n.userAgent)
}

/** Opens the browser's picker: only straight from a click. Throws CaptureFailure. */
export async function captureScreen(): Promise<MediaStreamTrack> {
  if (!canCapture(navigator)) throw new CaptureFailure('capture_missing')
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getDisplayMedia(screenOptions)
  } catch (e) {
    throw new CaptureFailure(e instanceof DOMException && e.name === 'NotAllowedError' ? 'capture_denied' : 'capture_failed')
  }
  const track = stream.getVideoTracks()[0]
  if (!track) throw new CaptureFailure('capture_failed')
  if ('contentHint' in track) track.contentHint = 'detail'
  return track
}

/** What a track shows, as far as the browser says. */
export function surfaceOf(track: MediaStreamTrack): Surface {
  const s = track.getSettings().displaySurface
  return s === 'monitor' || s === 'window' || s === 'browser' ? s : ''
}

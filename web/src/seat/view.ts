// What the screens of a help session are a function of.
import type { Refusal } from '../api'
import type { LiveState } from '../live/live'
import type { PathStats } from '../rtc/stats'
import type { Still } from '../rtc/still-take'
import type { Thread } from '../session/chat'
import type { Presence } from '../session/presence'
import type { Why } from '../session/way'
import type { SeatAct, Snapshot, Surface } from '../wire'

/** Both seats. */
export interface SeatView {
  socket: LiveState
  /** The truth as far as known, with the page's own acts already applied; null: nothing came yet. */
  snapshot: Snapshot | null
  /** Milliseconds to add to this machine's clock to get the server's. */
  skew: number
  thread: Thread
  presence: Presence
  /** The acts on their way. */
  doing: readonly SeatAct[]
  /** Why the last act was refused; shown where the buttons are, until the next act. */
  refusal: Refusal | null
  /** The other page said that it ended the session; the server's word follows. */
  ending: boolean
  /** Why there are pictures instead of video; null: there is video, or nothing yet. */
  pictures: Why | null
}

/** The sharer's picture: idle, the picker is open, chosen and on its way, or really shared. */
export type CaptureState = 'idle' | 'choosing' | 'starting' | 'live'

export interface SharerView extends SeatView {
  capture: CaptureState
  surface: Surface
  /** When the last sharp still went to the helper, by this machine's clock in ms; null: none did. */
  stillAt: number | null
}

export interface HelperView extends SeatView {
  /** The picture, only while it may be shown. */
  picture: MediaStream | null
  /** Where the picture will come from, to make the player ready for it unseen, only while the sharer chooses. */
  coming: MediaStream | null
  path: PathStats | null
  /** A sharp still of the picture. */
  still: Still
}

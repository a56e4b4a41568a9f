// Whether the other side is there, judged from what the server says and from what
// this browser hears itself (states.md, presence).
import type { Party } from '../wire'
import type { Pulse } from './heartbeat'

/** closed: its page said goodbye; lost: neither socket nor heartbeat; unstable: one of them. */
export type Presence = 'present' | 'unstable' | 'lost' | 'closed'

export interface Evidence {
  peer: Pick<Party, 'presence' | 'pageClosed' | 'page'>
  pulse: Pulse
  /** Page that said goodbye over the data channel; it never comes back under this name. */
  goodbye: string
  /** Our own socket is open: what the server says is fresh. */
  online: boolean
}

export function judge(e: Evidence): Presence {
  if (e.peer.pageClosed || (e.goodbye !== '' && e.goodbye === e.peer.page)) return 'closed'
  if (!e.online) return alone(e.pulse)
  if (e.peer.presence === 'lost') return e.pulse === 'seen' ? 'unstable' : 'lost'
  if (e.peer.presence === 'unstable' || e.pulse === 'missing') return 'unstable'
  return 'present'
}

/** Without a socket of our own only the heartbeat speaks. */
function alone(pulse: Pulse): Presence {
  if (pulse === 'seen') return 'present'
  return pulse === 'missing' ? 'lost' : 'unstable'
}

/** A picture of somebody who is not there must not be shown as if it were live. */
export function gone(p: Presence): boolean {
  return p === 'lost' || p === 'closed'
}

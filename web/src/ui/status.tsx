// What stands above a session when something is not as it should be: the line to
// the server, the other side's presence, the time limit. Always with what happens next.
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import type { LiveState } from '../live/live'
import { secondsUntil } from '../session/clock'
import { linked } from '../session/machine'
import type { Presence } from '../session/presence'
import type { Why } from '../session/way'
import type { Snapshot } from '../wire'
import { useNow } from './hooks'
import { Note } from './kit'

interface StatusProps {
  socket: LiveState
  snapshot: Snapshot
  presence: Presence
  ending: boolean
  pictures: Why | null
  skew: number
}

/** Both are warned of the time limit from here on, in seconds (states.md). */
const limitNotice = 300

export function Status(p: StatusProps) {
  const name = isolate(p.snapshot.peer?.name ?? '')
  return (
    <div class="status">
      {p.socket.is === 'retrying' && (
        <Note tone="warn" live="assertive" title={t('status.serverLost')}>
          <p>{t('status.serverLostMore')}</p>
        </Note>
      )}
      {p.ending && <Note tone="info" live="assertive" title={endingText(p.snapshot, name)} />}
      {!p.ending && <PresenceNote {...p} name={name} />}
      {p.pictures && linked(p.snapshot.state) && (
        <Note tone="warn" live="polite" title={t('status.pictures')}>
          <p>{t(`status.pictures.${p.pictures}`)}</p>
        </Note>
      )}
      <LimitNote snapshot={p.snapshot} skew={p.skew} />
    </div>
  )
}

/** What the other page just did, in the words of the final page: a sharer ends, a helper leaves. */
function endingText(s: Snapshot, name: string): string {
  return s.seat === 'sharer' ? t('ended.sharer.helper_left', { name }) : t('status.ending', { name })
}

function PresenceNote(p: StatusProps & { name: string }) {
  if (p.socket.is !== 'open' && p.presence !== 'lost') return null // one thing at a time
  const { name } = p
  switch (p.presence) {
    case 'present':
      return null
    case 'unstable':
      if (!linked(p.snapshot.state)) return null
      return <Note tone="warn" live="polite" title={t('status.unstable', { name })} />
    case 'lost':
      return (
        <Note tone="bad" live="assertive" title={t('status.lost', { name })}>
          <p>{t('status.lostMore')}</p>
        </Note>
      )
    case 'closed':
      return (
        <Note tone="bad" live="assertive" title={t('status.closed', { name })}>
          <p>{t('status.closedMore')}</p>
        </Note>
      )
  }
}

function LimitNote({ snapshot, skew }: { snapshot: Snapshot; skew: number }) {
  const now = useNow()
  if (!snapshot.limitAt) return null
  const left = secondsUntil(snapshot.limitAt, now, skew)
  if (left > limitNotice) return null
  return <Note tone="warn" live="polite" title={t('status.limit', { minutes: Math.max(1, Math.ceil(left / 60)) })} />
}

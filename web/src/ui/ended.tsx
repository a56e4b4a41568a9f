// The last page of a session: with whom, how long, why.
import type { ComponentChildren } from 'preact'
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import type { Ground, Snapshot } from '../wire'
import { useFocus } from './hooks'
import { Icon } from './icon'
import { Avatar, Card } from './kit'
import { Grounds } from './refusal'
import { durationText } from './time'

/** What a manager says who ended it, and what no longer allowed it. */
function Why({ note, grounds }: { note: string; grounds: readonly Ground[] }) {
  return (
    <>
      {note !== '' && (
        <blockquote class="ended-note">
          <bdi>{note}</bdi>
        </blockquote>
      )}
      {grounds.length > 0 && <Grounds grounds={grounds} />}
    </>
  )
}

export function Ended({ snapshot: s, children }: { snapshot: Snapshot; children: ComponentChildren }) {
  const title = useFocus<HTMLHeadingElement>()
  const { peer, reason, seat } = s
  const name = isolate(peer?.name ?? '')
  const seconds = s.allowedAt && s.endedAt ? Math.max(0, (Date.parse(s.endedAt) - Date.parse(s.allowedAt)) / 1000) : 0
  return (
    <Card>
      <div class="ended-mark">
        <Icon name={s.allowedAt ? 'check' : 'stop'} />
      </div>
      <h1 tabIndex={-1} ref={title}>
        {t('ended.title')}
      </h1>
      {reason !== '' && <p class="lead">{t(`ended.${seat}.${reason}`, { name })}</p>}
      <Why note={s.note} grounds={s.grounds ?? []} />
      {peer && (
        <dl class="facts">
          <div>
            <dt>{seat === 'helper' ? t('ended.youHelped') : s.allowedAt ? t('ended.sawYourScreen') : t('ended.helper')}</dt>
            <dd class="facts-person">
              <Avatar name={peer.name} picture={peer.picture} />
              <bdi>{peer.name}</bdi>
            </dd>
          </div>
          <div>
            <dt>{t('ended.howLong')}</dt>
            <dd>{s.allowedAt ? durationText(seconds) : t('ended.neverConnected')}</dd>
          </div>
        </dl>
      )}
      {s.allowedAt && (
        <p class="quiet">{s.chatKept === 0 ? t('ended.nothingKept') : t('ended.chatKept', { days: s.chatKept })}</p>
      )}
      <div class="actions">{children}</div>
    </Card>
  )
}

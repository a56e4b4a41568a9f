// The helper's trust screen: whom one is about to help, and what is not known of
// their device. The warnings stay visible for the whole session.
import { useState } from 'preact/hooks'
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import { useFocus } from '../ui/hooks'
import { Button, Card, Note, Waiting } from '../ui/kit'
import { PersonCard } from '../ui/person'
import { Countdown } from '../ui/time'
import { Warnings } from '../ui/warnings'
import type { Party, Snapshot } from '../wire'
import type { HelperDoes } from './does'

interface TrustProps {
  snapshot: Snapshot
  peer: Party
  skew: number
  busy: boolean
  does: HelperDoes
}

export function Trust({ snapshot, peer, skew, busy, does }: TrustProps) {
  const title = useFocus<HTMLHeadingElement>()
  const name = isolate(peer.name)
  const answered = snapshot.screen === 'answered'
  const codes = (snapshot.warnings ?? []).map((w) => w.code)
  const asked = snapshot.acknowledge && codes.length > 0 && !answered
  const [read, setRead] = useState('')
  const unread = asked && read !== codes.join()
  return (
    <Card>
      <h1 tabIndex={-1} ref={title}>
        {t('trust.helper.title', { name })}
      </h1>
      <PersonCard person={peer} />
      {snapshot.binding && <Note tone="info" title={t('trust.bound', { device: isolate(snapshot.binding.name), name })} />}
      {snapshot.firstContact && <Note tone="info" title={t('trust.firstContact', { name })} />}
      <Warnings warnings={snapshot.warnings ?? []} />
      {snapshot.number !== '' && !peer.consented && <ReadOut number={snapshot.number} name={name} />}
      {asked && (
        <label class="check">
          <input type="checkbox" checked={!unread} onChange={(e) => setRead(e.currentTarget.checked ? codes.join() : '')} />
          <span>{t('trust.helper.acknowledge')}</span>
        </label>
      )}
      <p>{t('trust.helper.check')}</p>
      {peer.consented && <Note tone="good" live="polite" title={t('trust.helper.theyAllowed', { name })} />}
      {answered && <Waiting>{t('trust.helper.waiting', { name })}</Waiting>}
      <div class="actions">
        {!answered && (
          <Button big kind="primary" icon="check" busy={busy} disabled={unread} onClick={() => does.proceed(asked ? codes : [])}>
            {t('action.continue')}
          </Button>
        )}
        <Button big icon="cross" disabled={busy} onClick={() => does.cancel()}>
          {t('action.cancel')}
        </Button>
      </div>
      {snapshot.stateEndsAt && (
        <p class="quiet">
          {t('trust.timeLeft')} <Countdown until={snapshot.stateEndsAt} skew={skew} />
        </p>
      )}
    </Card>
  )
}

function ReadOut({ number, name }: { number: string; name: string }) {
  return (
    <div class="digits">
      <p class="digits-ask" id="read-out">
        {t('trust.number.read', { name })}
      </p>
      <output class="digits-shown" dir="ltr" aria-labelledby="read-out">
        {number}
      </output>
      <p>{t('trust.number.readMore', { name })}</p>
    </div>
  )
}

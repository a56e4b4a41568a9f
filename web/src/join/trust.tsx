// The sharer's trust screen: who wants to look, what is asked for, and a free choice.
import { useEffect, useState } from 'preact/hooks'
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import { useFocus } from '../ui/hooks'
import { Icon } from '../ui/icon'
import { Button, Card, Waiting } from '../ui/kit'
import { PersonCard } from '../ui/person'
import { Countdown } from '../ui/time'
import type { Party, Snapshot } from '../wire'
import type { SharerDoes } from './does'

/** Allow takes no click before this: nobody agrees to what they have not read, in ms. */
const armedAfter = 2000

interface TrustProps {
  snapshot: Snapshot
  peer: Party
  skew: number
  busy: boolean
  does: SharerDoes
}

export function Trust({ snapshot, peer, skew, busy, does }: TrustProps) {
  const [armed, setArmed] = useState(false)
  const decline = useFocus<HTMLButtonElement>()
  useEffect(() => {
    const id = setTimeout(() => setArmed(true), armedAfter)
    return () => clearTimeout(id)
  }, [])
  const name = isolate(peer.name)
  return (
    <Card>
      <h1>{t('trust.sharer.title', { name })}</h1>
      <PersonCard person={peer} />
      <div class="asked">
        <Icon name="screen" />
        <div>
          <p class="asked-what">{t('trust.viewOnly')}</p>
          <p>{t('trust.viewOnlyMore', { name })}</p>
        </div>
      </div>
      <p class="question">{t('trust.question')}</p>
      <div class="actions actions-even">
        <Button big icon="cross" buttonRef={decline} disabled={busy} onClick={() => does.decline()}>
          {t('action.decline')}
        </Button>
        <Button big kind="primary" icon="check" disabled={!armed} busy={busy} onClick={(e) => e.isTrusted && does.allow()}>
          {t('action.allow')}
        </Button>
        <Button big kind="danger" icon="flag" disabled={busy} onClick={() => does.report()}>
          {t('action.report')}
        </Button>
      </div>
      <p class="quiet">{t('trust.reportMeans')}</p>
      <p class="quiet">{t('trust.password')}</p>
      {snapshot.stateEndsAt && (
        <p class="quiet">
          {t('trust.timeLeft')} <Countdown until={snapshot.stateEndsAt} skew={skew} />
        </p>
      )}
    </Card>
  )
}

export function Answered({ peer, does }: { peer: Party; does: SharerDoes }) {
  const name = isolate(peer.name)
  return (
    <Card>
      <h1>{t('trust.sharer.allowed')}</h1>
      <PersonCard person={peer} />
      <Waiting>{t('trust.sharer.waiting', { name })}</Waiting>
      <div class="actions">
        <Button big kind="danger" icon="stop" onClick={() => does.end()}>
          {t('action.end')}
        </Button>
      </div>
    </Card>
  )
}

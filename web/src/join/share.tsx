// The sharer's screens while the two browsers are connected.
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import type { CaptureState, SharerView } from '../seat/view'
import { useFocus } from '../ui/hooks'
import { Icon } from '../ui/icon'
import { Avatar, Button, Card, Note, Waiting } from '../ui/kit'
import { Countdown, Elapsed, timeText } from '../ui/time'
import type { Party, Snapshot, Surface } from '../wire'
import type { SharerDoes } from './does'

export interface ShareProps {
  view: SharerView
  snapshot: Snapshot
  peer: Party
  does: SharerDoes
}

/** Before a picture goes, and after it was stopped. */
export function Connecting({ view, snapshot, peer, does }: ShareProps) {
  const share = useFocus<HTMLButtonElement>()
  const name = isolate(peer.name)
  return (
    <Card>
      <h1>{t('share.title', { name })}</h1>
      {snapshot.problem !== '' && view.capture === 'idle' && (
        <Note tone="warn" live="polite" title={t(`problem.sharer.${snapshot.problem}`)}>
          <p>{t('problem.tryAgain')}</p>
        </Note>
      )}
      <p class="lead">{t('share.lead')}</p>
      <div class="actions">
        <Button
          kind="primary"
          big
          wide
          icon="screen"
          buttonRef={share}
          busy={view.capture !== 'idle'}
          onClick={() => does.share()}
        >
          {t('action.share')}
        </Button>
      </div>
      <Progress capture={view.capture} />
      <ul class="tips">
        <li>{t('share.tipWindow')}</li>
        <li>{t('trust.password')}</li>
      </ul>
      <div class="actions">
        <Button kind="danger" icon="stop" onClick={() => does.end()}>
          {t('action.end')}
        </Button>
      </div>
      {snapshot.stateEndsAt && (
        <p class="quiet">
          {t('trust.timeLeft')} <Countdown until={snapshot.stateEndsAt} skew={view.skew} />
        </p>
      )}
    </Card>
  )
}

function Progress({ capture }: { capture: CaptureState }) {
  switch (capture) {
    case 'idle':
      return null
    case 'choosing':
      return <Waiting>{t('share.choosing')}</Waiting>
    case 'starting':
    case 'live':
      return <Waiting>{t('share.starting')}</Waiting>
  }
}

/** The picture goes, or is held back: what is shared and with whom is always there to see. */
export function Sharing({ view, snapshot, peer, does }: ShareProps) {
  const title = useFocus<HTMLHeadingElement>()
  const paused = snapshot.state === 'paused'
  const name = isolate(peer.name)
  const surface = view.surface || snapshot.surface
  return (
    <Card>
      <div class={paused ? 'live live-paused' : 'live'}>
        <span class="live-dot" aria-hidden="true" />
        <h1 tabIndex={-1} ref={title}>
          {paused ? t('share.paused', { name }) : t('share.live', { name })}
        </h1>
      </div>
      <dl class="facts">
        <div>
          <dt>{t('share.what')}</dt>
          <dd class="facts-person">
            <Icon name="screen" /> {surfaceText(surface)}
          </dd>
        </div>
        <div>
          <dt>{t('share.whom')}</dt>
          <dd class="facts-person">
            <Avatar name={peer.name} picture={peer.picture} />
            <bdi>{peer.name}</bdi>
          </dd>
        </div>
        {snapshot.allowedAt && (
          <div>
            <dt>{t('share.since')}</dt>
            <dd>
              <Elapsed since={snapshot.allowedAt} skew={view.skew} />
            </dd>
          </div>
        )}
      </dl>
      {view.stillAt !== null && <p class="quiet">{t('share.still', { time: timeText(view.stillAt) })}</p>}
      {surface === 'monitor' && !paused && <Note tone="info">{<p>{t('share.wholeScreen', { name })}</p>}</Note>}
      <div class="actions actions-even">
        {paused ? (
          <Button big kind="primary" icon="play" onClick={() => does.resume()}>
            {t('action.resume')}
          </Button>
        ) : (
          <Button big icon="pause" onClick={() => does.pause()}>
            {t('action.pause')}
          </Button>
        )}
        <Button big icon="swap" busy={view.capture === 'choosing'} onClick={() => does.change()}>
          {t('action.change')}
        </Button>
        <Button big kind="danger" icon="stop" onClick={() => does.end()}>
          {t('action.end')}
        </Button>
      </div>
      <p class="quiet">{t('trust.password')}</p>
    </Card>
  )
}

export function surfaceText(s: Surface): string {
  switch (s) {
    case 'monitor':
      return t('surface.monitor')
    case 'window':
      return t('surface.window')
    case 'browser':
      return t('surface.browser')
    case '':
      return t('surface.unknown')
  }
}

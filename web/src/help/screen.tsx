// The helper's page of a session: a function of what the seat shows.
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import type { HelperView } from '../seat/view'
import { linked } from '../session/machine'
import { gone } from '../session/presence'
import { Chat } from '../ui/chat'
import { Ended } from '../ui/ended'
import { Icon } from '../ui/icon'
import { Avatar, Button, Note, Waiting } from '../ui/kit'
import { RefusalNote } from '../ui/refusal'
import { Status } from '../ui/status'
import { Elapsed } from '../ui/time'
import { Warnings } from '../ui/warnings'
import type { NewSession, Party, Snapshot } from '../wire'
import { CodePage } from './code'
import type { HelperDoes } from './does'
import { LineChip, Path } from './line'
import { Trust } from './trust'
import { Viewer } from './viewer'

interface HelperProps {
  view: HelperView
  /** The code, while this tab has it. */
  shown: NewSession | null
  does: HelperDoes
}

export function HelperScreen({ view, shown, does }: HelperProps) {
  const { snapshot } = view
  if (!snapshot) return null
  const { peer } = snapshot
  const notes = snapshot.state !== 'ended' && (
    <>
      <Status
        socket={view.socket}
        snapshot={snapshot}
        presence={view.presence}
        ending={view.ending}
        pictures={view.pictures}
        skew={view.skew}
      />
      {view.refusal && <RefusalNote refusal={view.refusal} />}
    </>
  )
  if (peer && linked(snapshot.state)) return <Desk view={view} snapshot={snapshot} peer={peer} notes={notes} does={does} />
  return (
    <div class="session">
      <div class="session-main">
        {notes}
        <Before view={view} shown={shown} does={does} />
      </div>
    </div>
  )
}

/** The screens without a picture. */
function Before({ view, shown, does }: HelperProps) {
  const { snapshot, skew } = view
  if (!snapshot) return null
  const { peer } = snapshot
  switch (snapshot.screen) {
    case 'code':
      return (
        <CodePage
          refused={snapshot.refused ?? []}
          shown={shown}
          expiresAt={snapshot.codeExpiresAt ?? snapshot.now}
          skew={skew}
          onCancel={() => does.cancel()}
          onNew={() => does.newCode()}
        />
      )
    case 'trust':
    case 'answered':
      return peer ? <Trust snapshot={snapshot} peer={peer} skew={skew} busy={view.doing.length > 0} does={does} /> : null
    case 'connecting':
    case 'sharing':
    case 'paused':
      return null // the desk shows them
    case 'ended':
      return (
        <Ended snapshot={snapshot}>
          <Button kind="primary" big onClick={() => does.newCode()}>
            {t('action.newCode')}
          </Button>
        </Ended>
      )
  }
}

interface DeskProps {
  view: HelperView
  snapshot: Snapshot
  peer: Party
  notes: preact.ComponentChildren
  does: HelperDoes
}

/** The helper's desk: whom one helps, the picture, the chat. */
function Desk({ view, snapshot, peer, notes, does }: DeskProps) {
  return (
    <div class="desk">
      <div class="desk-head">
        <div class="desk-who">
          <Avatar name={peer.name} picture={peer.picture} />
          <div>
            <h1 class="desk-name">
              <bdi>{peer.name}</bdi>
            </h1>
            <p class="quiet">
              <bdi>{[peer.title, peer.company].filter((s) => s !== '').join(' · ')}</bdi>
            </p>
          </div>
        </div>
        <Path path={view.path} relayOnly={snapshot.link?.relayOnly === true} />
        {view.picture && <LineChip path={view.path} sharp={view.still.is === 'live'} />}
        {snapshot.allowedAt && (
          <p class="chip">
            <Icon name="clock" />
            <span class="hidden">{t('share.since')}</span>
            <Elapsed since={snapshot.allowedAt} skew={view.skew} />
          </p>
        )}
        <Button kind="danger" icon="leave" onClick={() => does.leave()}>
          {t('action.leave')}
        </Button>
      </div>
      {notes}
      <Warnings warnings={snapshot.warnings ?? []} brief />
      <div class="desk-body">
        <div class="stage">
          <Stage view={view} snapshot={snapshot} peer={peer} onStill={does.still} />
        </div>
        {snapshot.chatAllowed ? (
          <aside class="side">
            <Chat
              thread={view.thread}
              seat={snapshot.seat}
              peerName={peer.name}
              kept={snapshot.chatKept}
              onSay={does.say}
              onSayAgain={does.sayAgain}
            />
          </aside>
        ) : (
          <aside class="side">
            <Note tone="info">
              <p>{t('chat.off')}</p>
            </Note>
          </aside>
        )}
      </div>
    </div>
  )
}

interface StageProps {
  view: HelperView
  snapshot: Snapshot
  peer: Party
  onStill: () => void
}

/** The picture, or why there is none. While it may come the player is there unseen: making one costs the first frames. */
function Stage(p: StageProps) {
  const { picture, coming } = p.view
  const stream = picture ?? coming
  return (
    <>
      {stream && <Viewer stream={stream} hidden={!picture} still={p.view.still} onStill={p.onStill} />}
      {!picture && <Curtain {...p} />}
    </>
  )
}

/** Why there is no picture. */
function Curtain({ view, snapshot, peer }: StageProps) {
  const name = isolate(peer.name)
  if (snapshot.state === 'paused') {
    return (
      <div class="curtain" role="status">
        <Icon name="pause" />
        <p class="curtain-title">{t('stage.paused', { name })}</p>
        <p>{t('stage.pausedMore')}</p>
      </div>
    )
  }
  if (gone(view.presence)) {
    return (
      <div class="curtain">
        <Icon name="warn" />
        <p class="curtain-title">{t('stage.gone')}</p>
      </div>
    )
  }
  return (
    <div class="curtain">
      {snapshot.state === 'connecting' && snapshot.problem !== '' && (
        <Note tone="warn" live="polite" title={t(`problem.helper.${snapshot.problem}`, { name })} />
      )}
      <Waiting>{snapshot.state === 'sharing' ? t('viewer.coming') : t('stage.choosing', { name })}</Waiting>
    </div>
  )
}

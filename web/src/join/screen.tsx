// The sharer's page of a session: a function of what the seat shows.
import { t } from '../i18n/seats'
import type { SharerView } from '../seat/view'
import { linked } from '../session/machine'
import { Chat } from '../ui/chat'
import { Ended } from '../ui/ended'
import { LinkButton, Note } from '../ui/kit'
import { RefusalNote } from '../ui/refusal'
import { Status } from '../ui/status'
import type { SharerDoes } from './does'
import { Connecting, Sharing } from './share'
import { Answered, Trust } from './trust'

export function SharerScreen({ view, does }: { view: SharerView; does: SharerDoes }) {
  const { snapshot } = view
  if (!snapshot) return null
  const chat = linked(snapshot.state)
  return (
    <div class={chat ? 'session session-chat' : 'session'}>
      <div class="session-main">
        {snapshot.state !== 'ended' && (
          <Status
            socket={view.socket}
            snapshot={snapshot}
            presence={view.presence}
            ending={view.ending}
            pictures={view.pictures}
            skew={view.skew}
          />
        )}
        {view.refusal && snapshot.state !== 'ended' && <RefusalNote refusal={view.refusal} />}
        <Body view={view} does={does} />
      </div>
      {chat && <Side view={view} does={does} />}
    </div>
  )
}

function Body({ view, does }: { view: SharerView; does: SharerDoes }) {
  const { snapshot } = view
  if (!snapshot) return null
  const { peer } = snapshot
  if (snapshot.screen === 'ended') {
    return (
      <Ended snapshot={snapshot}>
        <LinkButton href="/join" big>
          {t('ended.anotherCode')}
        </LinkButton>
      </Ended>
    )
  }
  if (!peer) return null // a sharer's session has a helper from its first moment
  const busy = view.doing.length > 0
  switch (snapshot.screen) {
    case 'code':
      return null // the helper's alone
    case 'trust':
      return <Trust snapshot={snapshot} peer={peer} skew={view.skew} busy={busy} does={does} />
    case 'answered':
      return <Answered peer={peer} does={does} />
    case 'connecting':
      return <Connecting view={view} snapshot={snapshot} peer={peer} does={does} />
    case 'sharing':
    case 'paused':
      return <Sharing view={view} snapshot={snapshot} peer={peer} does={does} />
  }
}

function Side({ view, does }: { view: SharerView; does: SharerDoes }) {
  const { snapshot } = view
  if (!snapshot?.peer) return null
  if (!snapshot.chatAllowed) {
    return (
      <aside class="side">
        <Note tone="info">
          <p>{t('chat.off')}</p>
        </Note>
      </aside>
    )
  }
  return (
    <aside class="side">
      <Chat
        thread={view.thread}
        seat={snapshot.seat}
        peerName={snapshot.peer.name}
        kept={snapshot.chatKept}
        onSay={does.say}
        onSayAgain={does.sayAgain}
      />
    </aside>
  )
}

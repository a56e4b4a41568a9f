// What stands in place of a session while there is none to show: it is being
// opened, it is open elsewhere, it is not ours, the sign-in is over.
import type { ComponentChildren } from 'preact'
import { t } from '../i18n/seats'
import type { LiveState, Verdict } from '../live/live'
import { Button, Card, LinkButton, Note, Waiting } from './kit'

interface GateProps {
  socket: LiveState
  ready: boolean
  /** Where to sign in again. */
  signInHref: string
  /** Where to begin anew. */
  startHref: string
  onTakeOver: () => void
  onLeave: () => void
  children: ComponentChildren
}

export function Gate(p: GateProps) {
  const { socket } = p
  if (socket.is === 'closed' && socket.verdict !== 'done') return <VerdictCard {...p} verdict={socket.verdict} />
  if (p.ready) return <>{p.children}</>
  return (
    <Card>
      <h1>{t('gate.heading')}</h1>
      <Waiting>{t('gate.opening')}</Waiting>
      {socket.is === 'retrying' && (
        <Note tone="warn" live="polite" title={t('status.serverLost')}>
          <p>{t('gate.noAnswer')}</p>
        </Note>
      )}
    </Card>
  )
}

function VerdictCard(p: GateProps & { verdict: Verdict }) {
  return (
    <Card>
      <h1>{t(`gate.${p.verdict}`)}</h1>
      <p>{t(`gate.${p.verdict}.more`)}</p>
      <div class="actions">
        <VerdictActions {...p} />
      </div>
    </Card>
  )
}

function VerdictActions(p: GateProps & { verdict: Verdict }) {
  switch (p.verdict) {
    case 'seat_taken':
    case 'replaced':
      return (
        <>
          <Button kind="primary" big onClick={p.onTakeOver}>
            {t('gate.takeOver')}
          </Button>
          <Button big onClick={p.onLeave}>
            {t('gate.stayThere')}
          </Button>
        </>
      )
    case 'sign_in_required':
      return (
        <LinkButton kind="primary" big href={p.signInHref}>
          {t('signIn.button')}
        </LinkButton>
      )
    case 'not_yours':
    case 'not_found':
      return (
        <LinkButton kind="primary" big href={p.startHref}>
          {t('gate.startAnew')}
        </LinkButton>
      )
  }
}

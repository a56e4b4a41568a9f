// The first administrator: a one-time link, a sign-in, one click.
import { t } from '../i18n/seats'
import { useTitle } from '../ui/hooks'
import { Button, Card, LinkButton, Note, Waiting } from '../ui/kit'
import { RefusalNote, type Refused } from '../ui/refusal'
import { Shell } from '../ui/shell'

export type FirstState =
  | { is: 'noToken' }
  | { is: 'loading' }
  | { is: 'signIn' }
  | { is: 'ready'; name: string; organisation: string; busy: boolean; refusal: Refused | null }
  | { is: 'done' }
  | { is: 'failed'; refusal: Refused }

export function First({ state, onConfirm, onSignIn }: { state: FirstState; onConfirm: () => void; onSignIn: () => void }) {
  useTitle(t('title.first'))
  return (
    <Shell>
      <Card>
        <h1>{t('first.title')}</h1>
        <Body state={state} onConfirm={onConfirm} onSignIn={onSignIn} />
      </Card>
    </Shell>
  )
}

function Body({ state, onConfirm, onSignIn }: { state: FirstState; onConfirm: () => void; onSignIn: () => void }) {
  switch (state.is) {
    case 'loading':
      return <Waiting>{t('gate.loading')}</Waiting>
    case 'noToken':
      return <Note tone="warn" title={t('first.noToken')} />
    case 'signIn':
      return (
        <>
          <p class="lead">{t('first.signIn')}</p>
          <Button kind="primary" big onClick={onSignIn}>
            {t('signIn.button')}
          </Button>
        </>
      )
    case 'ready':
      return (
        <>
          <p class="lead">{t('first.confirm', { name: state.name, organisation: state.organisation })}</p>
          {state.refusal && <RefusalNote refusal={state.refusal} />}
          <Button kind="primary" big busy={state.busy} onClick={onConfirm}>
            {t('first.button')}
          </Button>
        </>
      )
    case 'done':
      return (
        <>
          <Note tone="good" live="polite" title={t('first.done')} />
          <div class="actions">
            <LinkButton kind="primary" big href="/admin">
              {t('first.admin')}
            </LinkButton>
          </div>
        </>
      )
    case 'failed':
      return <RefusalNote refusal={state.refusal} />
  }
}

// Enrolling the device one is at: one name, one click.
import { useState } from 'preact/hooks'
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import { useTitle } from '../ui/hooks'
import { Button, Card, LinkButton, Note, Waiting } from '../ui/kit'
import { RefusalNote, type Refused } from '../ui/refusal'
import { Shell } from '../ui/shell'
import type { ThisDevice } from '../wire'

type Was = ThisDevice['state']

export type EnrolState =
  | { is: 'loading' }
  | { is: 'signIn' }
  | { is: 'ask'; was: Was }
  | { is: 'ready'; was: Was; person: string; busy: boolean; refusal: Refused | null; stuck: boolean }
  | { is: 'done'; name: string }
  | { is: 'failed'; refusal: Refused }

interface EnrolProps {
  state: EnrolState
  onEnrol: (name: string) => void
  onSignIn: () => void
}

export function Enrol(p: EnrolProps) {
  useTitle(t('title.enrol'))
  return (
    <Shell>
      <Card>
        <h1>{t('enrol.title')}</h1>
        <Body {...p} />
      </Card>
    </Shell>
  )
}

function Body({ state, onEnrol, onSignIn }: EnrolProps) {
  switch (state.is) {
    case 'loading':
      return <Waiting>{t('gate.loading')}</Waiting>
    case 'signIn':
      return (
        <>
          <p class="lead">{t('enrol.signIn')}</p>
          <Button kind="primary" big onClick={onSignIn}>
            {t('signIn.button')}
          </Button>
        </>
      )
    case 'ask':
      return (
        <>
          <Before was={state.was} />
          <Note tone="warn" title={t('enrol.ask')}>
            <p>{t('enrol.askMore')}</p>
          </Note>
        </>
      )
    case 'ready':
      return <Form state={state} onEnrol={onEnrol} />
    case 'done':
      return (
        <>
          <Note tone="good" live="polite" title={t('enrol.done', { name: isolate(state.name) })}>
            <p>{t('enrol.doneMore')}</p>
          </Note>
          <div class="actions">
            <LinkButton kind="primary" big href="/join">
              {t('title.join')}
            </LinkButton>
          </div>
        </>
      )
    case 'failed':
      return <RefusalNote refusal={state.refusal} />
  }
}

/** What was known of this browser before. */
function Before({ was }: { was: Was }) {
  switch (was) {
    case 'key_lost':
      return <Note tone="warn" title={t('enrol.keyLost')} />
    case 'revoked':
      return <Note tone="warn" title={t('enrol.revoked')} />
    case 'unenrolled':
    case 'proven':
      return null
  }
}

function Form({ state, onEnrol }: { state: Extract<EnrolState, { is: 'ready' }>; onEnrol: (name: string) => void }) {
  const [name, setName] = useState(t('enrol.suggested', { name: state.person }))
  return (
    <form
      class="form"
      onSubmit={(e) => {
        e.preventDefault()
        if (name.trim() !== '') onEnrol(name.trim())
      }}
    >
      <Before was={state.was} />
      <p class="lead">{t('enrol.lead')}</p>
      <label for="device-name">{t('enrol.name')}</label>
      <input
        id="device-name"
        class="field"
        value={name}
        maxLength={100}
        required
        autoComplete="off"
        onInput={(e) => setName(e.currentTarget.value)}
      />
      {state.refusal && <RefusalNote refusal={state.refusal} />}
      {state.stuck && <Note tone="bad" live="assertive" title={t('enrol.stuck')} />}
      <Button kind="primary" big wide type="submit" busy={state.busy}>
        {t('enrol.button')}
      </Button>
      <p class="quiet">{t('enrol.safety')}</p>
    </form>
  )
}

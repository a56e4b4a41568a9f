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

/** Whether the device's own lock proves it as well. */
export type Lock = 'none' | 'offered' | 'busy' | 'declined' | 'synced' | 'bound'

export type EnrolState =
  | { is: 'loading' }
  | { is: 'signIn' }
  | { is: 'ask'; was: Was }
  | { is: 'ready'; was: Was; person: string; busy: boolean; refusal: Refused | null; stuck: boolean }
  | { is: 'done'; name: string; lock: Lock }
  | { is: 'failed'; refusal: Refused }

interface EnrolProps {
  state: EnrolState
  onEnrol: (name: string) => void
  onLock: () => void
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

function Body({ state, onEnrol, onLock, onSignIn }: EnrolProps) {
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
          <DeviceLock lock={state.lock} onLock={onLock} />
          <div class="actions">
            <LinkButton kind={offers(state.lock) ? 'plain' : 'primary'} big href="/join">
              {t('title.join')}
            </LinkButton>
          </div>
        </>
      )
    case 'failed':
      return <RefusalNote refusal={state.refusal} />
  }
}

const offers = (lock: Lock) => lock === 'offered' || lock === 'busy' || lock === 'declined'

/** The stronger proof: a fingerprint, face or PIN that only this device knows. */
function DeviceLock({ lock, onLock }: { lock: Lock; onLock: () => void }) {
  switch (lock) {
    case 'none':
      return null
    case 'bound':
      return <Note tone="good" live="polite" title={t('enrol.lock.bound')} />
    case 'synced':
      return (
        <Note tone="warn" live="polite" title={t('error.device_credential_synced')}>
          <p>{t('fix.device_credential_synced')}</p>
        </Note>
      )
    case 'offered':
    case 'busy':
    case 'declined':
      return (
        <section class="form">
          <h2>{t('enrol.lock.title')}</h2>
          <p>{t('enrol.lock.lead')}</p>
          {lock === 'declined' && <Note tone="warn" live="assertive" title={t('enrol.lock.declined')} />}
          <Button kind="primary" big wide busy={lock === 'busy'} onClick={onLock}>
            {t('enrol.lock.button')}
          </Button>
        </section>
      )
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

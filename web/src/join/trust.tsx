// The sharer's trust screen: who wants to look, what is asked for, and a free choice.
import { useEffect, useState } from 'preact/hooks'
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import { useFocus } from '../ui/hooks'
import { Icon } from '../ui/icon'
import { Button, Card, Note, Waiting } from '../ui/kit'
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
  const [digits, setDigits] = useState('')
  const decline = useFocus<HTMLButtonElement>()
  useEffect(() => setDigits(''), [snapshot.wrongNumbers]) // the next try begins with an empty box
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
      {snapshot.binding && <Note tone="info" title={t('trust.boundToYou', { device: isolate(snapshot.binding.name) })} />}
      {snapshot.firstContact && <Note tone="info" title={t('trust.firstContact', { name })} />}
      <p class="quiet">
        {snapshot.you.proof === '' ? t('proof.ownNone') : t('proof.own', { proof: t(`proof.${snapshot.you.proof}`) })}
      </p>
      <p class="question">{t('trust.question')}</p>
      {snapshot.matching && <Digits name={name} typed={digits} wrong={snapshot.wrongNumbers > 0} onType={setDigits} />}
      <div class="actions actions-even">
        <Button big icon="cross" buttonRef={decline} disabled={busy} onClick={() => does.decline()}>
          {t('action.decline')}
        </Button>
        <Button
          big
          kind="primary"
          icon="check"
          disabled={!armed || (snapshot.matching && digits.length < 2)}
          busy={busy}
          onClick={(e) => e.isTrusted && does.allow(digits)}
        >
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

interface DigitsProps {
  name: string
  typed: string
  wrong: boolean
  onType: (digits: string) => void
}

/** What only somebody can know who is talking with the helper. */
function Digits({ name, typed, wrong, onType }: DigitsProps) {
  return (
    <div class="digits">
      <p class="digits-ask">{t('trust.number.ask', { name })}</p>
      <p id="digits-more">{t('trust.number.more')}</p>
      <label for="digits">{t('trust.number.label')}</label>
      <input
        id="digits"
        class="digits-box"
        value={typed}
        onInput={(e) => {
          const digits = western(e.currentTarget.value)
          e.currentTarget.value = digits
          onType(digits)
        }}
        dir="ltr"
        inputMode="numeric"
        autoComplete="off"
        maxLength={4}
        aria-describedby="digits-more"
      />
      {wrong && typed.length < 2 && <Note tone="bad" live="assertive" title={t('trust.number.wrong')} />}
    </div>
  )
}

/** At most two digits, whatever keyboard they come from: ٠–٩, ۰–۹ and full-width ones as well. */
function western(text: string): string {
  const zeros = [0x30, 0x660, 0x6f0, 0xff10]
  const digits = [...text].flatMap((c) => {
    const code = c.codePointAt(0) ?? 0
    const zero = zeros.find((z) => code >= z && code < z + 10)
    return zero === undefined ? [] : [String(code - zero)]
  })
  return digits.slice(0, 2).join('')
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

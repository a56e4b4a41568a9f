/** @jsxImportSource react */
// A refusal of the server's where it happened: what is wrong, what is in the way, what to do.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { passing, type Refusal } from '../api'
import { t } from '../i18n/admin'
import { ButtonLink } from './link'
import { keepAddress, signInHref } from './signin'
import { refusalWords } from './words'

interface RefusalBarProps {
  refusal: Refusal
  /** Tries the same again; offered when that can help. */
  onAgain?: () => void
}

export function RefusalBar({ refusal, onAgain }: RefusalBarProps) {
  const { title, grounds, fix } = refusalWords(refusal)
  return (
    <div role="alert">
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{title}</MessageBarTitle>
          {[...grounds, fix].filter(Boolean).join(' ')}
        </MessageBarBody>
        <Remedy refusal={refusal} onAgain={onAgain} />
      </MessageBar>
    </div>
  )
}

function Remedy({ refusal, onAgain }: { refusal: Refusal; onAgain: (() => void) | undefined }) {
  if (refusal.status === 401) {
    return (
      <MessageBarActions>
        <ButtonLink href={signInHref()} onClick={keepAddress}>
          {t('signIn.button')}
        </ButtonLink>
      </MessageBarActions>
    )
  }
  if (!onAgain || !passing(refusal)) return null
  return (
    <MessageBarActions>
      <Button onClick={onAgain}>{t('action.again')}</Button>
    </MessageBarActions>
  )
}

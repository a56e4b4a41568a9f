// Where a sign-in that did not work ends: why, and what to do. Where the server
// cannot know the organisation it is asked for here.
import { useState } from 'preact/hooks'
import { isMessage, t } from '../i18n/seats'
import { useTitle } from '../ui/hooks'
import { Button, Card, LinkButton } from '../ui/kit'
import { Shell } from '../ui/shell'

interface ErrorProps {
  code: string
  /** Page to come back to; the server allows its own only. */
  back: string
  onGo: (address: string) => void
}

/** The codes that an organisation's name helps with. */
const asks = ['organisation_needed', 'organisation_unknown']

export function SignInError({ code, back, onGo }: ErrorProps) {
  useTitle(t('title.signInError'))
  const known = /^[a-z_]{1,64}$/.test(code)
  return (
    <Shell>
      <Card>
        <h1>{code === 'organisation_needed' ? t('signIn.which') : t('signInError.title')}</h1>
        <p class="lead">{said(code)}</p>
        {asks.includes(code) ? (
          <Organisation back={back} onGo={onGo} />
        ) : (
          <div class="actions">
            <LinkButton kind="primary" big href={startOf(back, '')}>
              {t('signInError.again')}
            </LinkButton>
            <LinkButton big href="/">
              {t('signInError.home')}
            </LinkButton>
          </div>
        )}
        {known && !asks.includes(code) && (
          <p class="quiet">
            {t('signInError.code')} <code dir="ltr">{code}</code>
          </p>
        )}
      </Card>
    </Shell>
  )
}

function Organisation({ back, onGo }: { back: string; onGo: (address: string) => void }) {
  const [text, setText] = useState('')
  return (
    <form
      class="form"
      onSubmit={(e) => {
        e.preventDefault()
        if (text.trim() !== '') onGo(startOf(back, text))
      }}
    >
      <label for="organisation">{t('signIn.organisation')}</label>
      <input
        id="organisation"
        class="field"
        dir="auto"
        autoComplete="username"
        autoCapitalize="none"
        spellcheck={false}
        value={text}
        onInput={(e) => setText(e.currentTarget.value)}
      />
      <div class="actions">
        <Button kind="primary" big type="submit">
          {t('action.continue')}
        </Button>
        <LinkButton big href="/">
          {t('signInError.home')}
        </LinkButton>
      </div>
    </form>
  )
}

/** Where a sign-in begins, for an organisation's name or somebody's address in it. */
export function startOf(back: string, organisation: string): string {
  const q = new URLSearchParams({ return: back })
  const text = organisation.trim()
  if (text !== '') q.set(text.includes('@') ? 'email' : 'org', text)
  return `/signin?${q}`
}

/** Codes we have no words for are told in general ones. */
function said(code: string): string {
  const id = `signInError.${code}`
  return isMessage(id) ? t(id) : t('signInError.general')
}

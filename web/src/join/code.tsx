// The box for the security code: the first thing a person in need sees.
import { useState } from 'preact/hooks'
import { t } from '../i18n/seats'
import { parseCode, showCode, typing } from '../session/code'
import { useFocus } from '../ui/hooks'
import { Button, Card } from '../ui/kit'
import { RefusalNote, type Refused } from '../ui/refusal'

export interface CodeProps {
  /** Canonical code to begin with, or empty. */
  initial: string
  /** It came with a link: the person confirms it. */
  fromLink: boolean
  signedIn: boolean
  busy: boolean
  refusal: Refused | null
  onCode: (code: string) => void
}

export function CodeCard(p: CodeProps) {
  const [text, setText] = useState(showCode(p.initial))
  const [hint, setHint] = useState('')
  const box = useFocus<HTMLInputElement>()
  const confirming = p.fromLink && parseCode(text) === p.initial
  const type = (input: HTMLInputElement) => {
    const { text: shown, strayed } = typing(input.value)
    input.value = shown
    setText(shown)
    setHint(strayed ? t('code.strayed') : '')
  }
  const submit = () => {
    const code = parseCode(text)
    if (code) return p.onCode(code)
    setHint(t('code.incomplete'))
    box.current?.focus()
  }
  return (
    <Card>
      <h1>{t('code.title')}</h1>
      <p class="lead">{confirming ? t('code.confirm') : t('code.lead')}</p>
      <form
        class="form"
        onSubmit={(e) => {
          e.preventDefault()
          submit()
        }}
      >
        <label for="code">{t('code.label')}</label>
        <input
          id="code"
          ref={box}
          class="code-box"
          value={text}
          onInput={(e) => type(e.currentTarget)}
          placeholder="0000-0000"
          dir="ltr"
          inputMode="text"
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellcheck={false}
          aria-describedby="code-hint"
          aria-invalid={p.refusal !== null || undefined}
        />
        <p id="code-hint" class="code-hint" role="status">
          {hint}
        </p>
        {p.refusal && <RefusalNote refusal={p.refusal} />}
        {!p.signedIn && <p class="quiet">{t('code.signInFirst')}</p>}
        <Button kind="primary" big wide type="submit" busy={p.busy}>
          {p.busy ? t('code.checking') : p.signedIn ? t('action.continue') : t('signIn.button')}
        </Button>
      </form>
      <p class="quiet">{t('code.safety')}</p>
    </Card>
  )
}

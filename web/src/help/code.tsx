// The code page: a code to read out, a link to send, a QR to point at.
import { t } from '../i18n/seats'
import { Button, Card, CopyButton, Note, Waiting } from '../ui/kit'
import { lazy } from '../ui/lazy'
import { Grounds } from '../ui/refusal'
import { Countdown } from '../ui/time'
import type { Ground, NewSession } from '../wire'

const QR = lazy<{ text: string; label: string }>(() => import('../ui/qr'))

interface CodePageProps {
  /** null: this tab does not have the code (it was asked for elsewhere). */
  shown: NewSession | null
  expiresAt: string
  skew: number
  /** Why the last person with the right code was refused; empty: nobody was. */
  refused: readonly Ground[]
  onCancel: () => void
  onNew: () => void
}

export function CodePage({ shown, expiresAt, skew, refused, onCancel, onNew }: CodePageProps) {
  return (
    <Card>
      <h1>{t('help.code.title')}</h1>
      {shown ? <Shown shown={shown} /> : <Elsewhere onNew={onNew} />}
      <p class="left">
        {t('help.code.timeLeft')} <Countdown until={expiresAt} skew={skew} />
      </p>
      {refused.length > 0 && (
        <Note tone="warn" live="polite" title={t('help.code.refused')}>
          <Grounds grounds={refused.map(toHelper)} />
        </Note>
      )}
      <Waiting>{t('help.code.waiting')}</Waiting>
      <div class="actions">
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
      </div>
    </Card>
  )
}

/** The sharer is told that this helper is not theirs; the helper, that the sharer is outside their scope. */
function toHelper(g: Ground): Ground {
  return g.code === 'helper_out_of_scope' ? { code: 'out_of_scope' } : g
}

function Shown({ shown }: { shown: NewSession }) {
  return (
    <>
      <p class="lead">{t('help.code.lead')}</p>
      <div class="code-and-qr">
        <div>
          <p class="code-label" id="code-label">
            {t('code.label')}
          </p>
          <output class="shown-code" dir="ltr" aria-labelledby="code-label">
            {shown.code}
          </output>
          <div class="actions">
            <CopyButton text={shown.code} icon="copy" done={t('copy.done')} failed={t('copy.failed')}>
              {t('action.copyCode')}
            </CopyButton>
            <CopyButton text={shown.link} icon="link" done={t('copy.done')} failed={t('copy.failed')}>
              {t('action.copyLink')}
            </CopyButton>
          </div>
          <p class="shown-link" dir="ltr">
            {shown.link}
          </p>
        </div>
        <QR text={shown.link} label={t('help.code.qr')} />
      </div>
    </>
  )
}

function Elsewhere({ onNew }: { onNew: () => void }) {
  return (
    <Note tone="info">
      <p>{t('help.code.elsewhere')}</p>
      <Button onClick={onNew}>{t('action.getCode')}</Button>
    </Note>
  )
}

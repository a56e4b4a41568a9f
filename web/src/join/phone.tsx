// For browsers that cannot share a screen: said at once, with the way to the computer.
import { t } from '../i18n/seats'
import { showCode } from '../session/code'
import { Card, CopyButton, Note } from '../ui/kit'
import { lazy } from '../ui/lazy'

const QR = lazy<{ text: string; label: string }>(() => import('../ui/qr'))

/** code: canonical, or empty. origin: where this server is. */
export function CannotShare({ code, origin }: { code: string; origin: string }) {
  const link = `${origin}/join${code ? `#${showCode(code)}` : ''}`
  return (
    <Card>
      <h1>{t('phone.title')}</h1>
      <Note tone="info">
        <p>{t('phone.why')}</p>
      </Note>
      <p class="lead">{t('phone.what')}</p>
      {code && (
        <p class="shown-code" dir="ltr">
          {showCode(code)}
        </p>
      )}
      <p class="shown-link" dir="ltr">
        {link}
      </p>
      <div class="actions">
        <CopyButton text={link} icon="link" done={t('copy.done')} failed={t('copy.failed')}>
          {t('action.copyLink')}
        </CopyButton>
      </div>
      <QR text={link} label={t('phone.qr')} />
    </Card>
  )
}

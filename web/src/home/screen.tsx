// The first page: two doors.
import { currentLanguage } from '../i18n'
import { t } from '../i18n/seats'
import { type Account, signInHref } from '../ui/account'
import { DeviceLine } from '../ui/device'
import { useTitle } from '../ui/hooks'
import { Icon, type IconName } from '../ui/icon'
import { Button, LinkButton } from '../ui/kit'
import { RefusalNote } from '../ui/refusal'
import { Shell } from '../ui/shell'
import type { ThisDevice } from '../wire'

interface HomeProps {
  account: Account
  /** What is known of this device; null: not yet, or nobody is signed in. */
  device: ThisDevice | null
  onSignOut: () => void
  onSignOutEverywhere: () => void
}

/** What the admin center has a page for. */
const administers = ['view_reports', 'manage_settings', 'manage_people'] as const

export function HomeScreen({ account, device, onSignOut, onSignOutEverywhere }: HomeProps) {
  useTitle(t('title.home'))
  const me = account.is === 'in' ? account.me : null
  return (
    <Shell person={me?.person ?? null} onSignOut={onSignOut}>
      <div class="home">
        <h1>{t('home.title')}</h1>
        <p class="lead">{t('home.lead')}</p>
        {account.is === 'failed' && <RefusalNote refusal={account.refusal} />}
        <div class="doors">
          <Door href="/join" icon="screen" title={t('home.getHelp')} more={t('home.getHelpMore')} />
          <Door href="/help" icon="hand" title={t('home.giveHelp')} more={t('home.giveHelpMore')} />
        </div>
        <p class="quiet">{said(account)}</p>
        {device && <DeviceLine device={device} />}
        <p>
          <a href="/check">{t('check.title')}</a>
        </p>
        {me && (
          <div class="actions">
            {administers.some((p) => me.permissions.includes(p)) && <LinkButton href="/admin">{t('home.admin')}</LinkButton>}
            {me.account !== '' && (
              <LinkButton href={`${me.account}?${new URLSearchParams({ lang: currentLanguage() })}`}>
                {t('home.account')}
              </LinkButton>
            )}
            <Button onClick={onSignOutEverywhere}>{t('home.everywhere')}</Button>
          </div>
        )}
      </div>
    </Shell>
  )
}

/** The state of the sign-in in one line. */
function said(account: Account) {
  switch (account.is) {
    case 'loading':
    case 'failed':
      return null
    case 'in':
      return t('home.signedIn', { organisation: account.me.organisation.name })
    case 'out':
      return (
        <>
          {t('home.signedOut')} <a href={signInHref('/')}>{t('signIn.button')}</a>
        </>
      )
  }
}

/** The whole door can be clicked; its link has the short name. */
function Door({ href, icon, title, more }: { href: string; icon: IconName; title: string; more: string }) {
  return (
    <div class="door">
      <span class="door-icon">
        <Icon name={icon} />
      </span>
      <a class="door-title" href={href}>
        {title}
      </a>
      <p class="door-more">{more}</p>
    </div>
  )
}

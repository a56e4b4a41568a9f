// The pre-flight page: what a help session needs, tried out in this browser.
import { t } from '../i18n/seats'
import { type Account, signInHref } from '../ui/account'
import { Icon, type IconName } from '../ui/icon'
import { Button, Card, CopyButton, Note, type Tone, Waiting } from '../ui/kit'
import { Grounds, RefusalNote } from '../ui/refusal'
import { type Finding, type Mark, overall } from './judge'

interface CheckProps {
  findings: readonly Finding[]
  account: Account
  /** For the report. */
  agent: string
  onAgain: () => void
}

export function CheckScreen({ findings, account, agent, onAgain }: CheckProps) {
  const mark = overall(findings)
  return (
    <Card>
      <h1>{t('check.title')}</h1>
      <p class="lead">{t('check.lead')}</p>
      {mark === 'running' ? (
        <Waiting>{t('check.running')}</Waiting>
      ) : (
        <Note tone={tones[mark]} live="polite" title={t(`check.overall.${mark === 'info' ? 'good' : mark}`)} />
      )}
      <ul class="findings" aria-label={t('check.findings')}>
        {findings.map((f) => (
          <Line key={f.about} finding={f} />
        ))}
      </ul>
      <Policies account={account} />
      <div class="actions">
        <Button kind="primary" busy={mark === 'running'} onClick={onAgain}>
          {t('check.again')}
        </Button>
        <CopyButton text={report(findings, agent)} icon="copy" done={t('copy.done')} failed={t('copy.failed')}>
          {t('check.copy')}
        </CopyButton>
      </div>
      <p class="quiet">{t('check.privacy')}</p>
    </Card>
  )
}

const tones: Record<Exclude<Mark, 'running'>, Tone> = { good: 'good', info: 'good', fair: 'warn', bad: 'bad' }
const icons: Record<Mark, IconName> = { running: 'clock', good: 'check', info: 'info', fair: 'warn', bad: 'cross' }

function Line({ finding: f }: { finding: Finding }) {
  return (
    <li class={`finding finding-${f.mark}`}>
      <Icon name={icons[f.mark]} />
      <div>
        <p>
          <strong>{t(`check.about.${f.about}`)}</strong> <span class="hidden">{t(`check.mark.${f.mark}`)}</span>
        </p>
        <p>{t(f.words, f.values)}</p>
        {f.fix && <p class="quiet">{t(f.fix)}</p>}
      </div>
    </li>
  )
}

/** What would apply to who is signed in. */
function Policies({ account }: { account: Account }) {
  switch (account.is) {
    case 'loading':
      return null
    case 'failed':
      return <RefusalNote refusal={account.refusal} />
    case 'out':
      return (
        <p>
          {t('check.signedOut')} <a href={signInHref('/check')}>{t('signIn.button')}</a>
        </p>
      )
    case 'in': {
      const { allowed, reasons } = account.me.mayHelp
      if (allowed) return <Note tone="good" title={t('check.mayHelp')} />
      return (
        <Note tone="info" title={t('check.mayNotHelp')}>
          <Grounds grounds={reasons ?? []} />
        </Note>
      )
    }
  }
}

/** The findings as text for whoever helps: no names, no secrets. */
export function report(findings: readonly Finding[], agent: string): string {
  const lines = findings.map((f) => {
    const words = [t(f.words, f.values), f.fix && f.mark !== 'good' ? t(f.fix) : ''].filter(Boolean).join(' ')
    return `[${t(`check.mark.${f.mark}`)}] ${t(`check.about.${f.about}`)}: ${words}`
  })
  return [t('check.title'), agent, ...lines].join('\n')
}

// The pre-flight page: what a help session needs, tried out in this browser.
import { Refusal } from '../api'
import { formats } from '../i18n'
import { t } from '../i18n/seats'
import { type Account, signInHref } from '../ui/account'
import { Icon, type IconName } from '../ui/icon'
import { Button, Card, CopyButton, Note, type Tone, Waiting } from '../ui/kit'
import { Grounds, RefusalNote } from '../ui/refusal'
import type { Decision, OwnAccess } from '../wire'
import { type Finding, type Mark, overall } from './judge'

interface CheckProps {
  findings: readonly Finding[]
  account: Account
  /** What applies to who is signed in; null: nobody is, or it is not known yet. */
  access: OwnAccess | Refusal | null
  /** For the report. */
  agent: string
  onAgain: () => void
}

export function CheckScreen({ findings, account, access, agent, onAgain }: CheckProps) {
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
      <Standing account={account} access={access} />
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
function Standing({ account, access }: Pick<CheckProps, 'account' | 'access'>) {
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
    case 'in':
      if (!access) return <Waiting>{t('check.running')}</Waiting>
      if (access instanceof Refusal) return <RefusalNote refusal={access} />
      return (
        <>
          <Seat title={access.sharer.allowed ? t('check.mayShare') : t('check.mayNotShare')} decision={access.sharer} />
          <Seat title={access.helper.allowed ? t('check.mayHelp') : t('check.mayNotHelp')} decision={access.helper} />
        </>
      )
  }
}

/** What is decided for one seat: what is in the way, and which policies were about it. */
function Seat({ title, decision: { allowed, reasons, policies } }: { title: string; decision: Decision }) {
  return (
    <Note tone={allowed ? 'good' : 'info'} title={title}>
      {!allowed && <Grounds grounds={reasons} />}
      {policies.length > 0 && <p class="quiet">{t('check.policies', { names: listed(policies.map((p) => p.name)) })}</p>}
    </Note>
  )
}

const listed = (names: string[]) => new Intl.ListFormat(formats(), { type: 'conjunction' }).format(names)

/** The findings as text for whoever helps: no names, no secrets. */
export function report(findings: readonly Finding[], agent: string): string {
  const lines = findings.map((f) => {
    const words = [t(f.words, f.values), f.fix && f.mark !== 'good' ? t(f.fix) : ''].filter(Boolean).join(' ')
    return `[${t(`check.mark.${f.mark}`)}] ${t(`check.about.${f.about}`)}: ${words}`
  })
  return [t('check.title'), agent, ...lines].join('\n')
}

// A refusal of the server's in the person's language: what is wrong, what is in
// the way, what to do. Codes we have no words for keep the server's own sentence.
import { isolate } from '../i18n'
import { isMessage, type SeatsMessage, t } from '../i18n/seats'
import { type Return, signInHref } from './account'
import { LinkButton, Note } from './kit'

/** The part of a refusal that is shown. */
export interface Refused {
  code: string
  detail: string
  fix?: string
  reasons?: readonly { code: string; subject?: string }[]
  retryAfter?: number
}

/** A message whose id is only known at run time, or the other text. */
function dynamic(id: string, otherwise: string): string {
  return isMessage(id) ? t(id) : otherwise
}

export function refusalText(r: Refused): string {
  return dynamic(`error.${r.code}`, r.detail || t('error.internal_error'))
}

export function refusalFix(r: Refused): string {
  return dynamic(`fix.${r.code}`, r.fix ?? '')
}

/** One ground: which permission, switch or policy is in the way. */
export function groundText(g: { code: string; subject?: string }): string {
  const permission = g.subject ? dynamic(`permission.${g.subject}`, g.subject) : ''
  return g.code in grounds
    ? t(grounds[g.code as keyof typeof grounds], { permission, subject: isolate(g.subject ?? '') })
    : [g.code, g.subject].filter(Boolean).join(': ')
}

const grounds = {
  help_disabled: 'ground.help_disabled',
  other_organisation: 'ground.other_organisation',
  person_disabled: 'ground.person_disabled',
  permission_missing: 'ground.permission_missing',
  signed_out: 'ground.signed_out',
  out_of_scope: 'ground.out_of_scope',
  helper_out_of_scope: 'ground.helper_out_of_scope',
  helper_suspended: 'ground.helper_suspended',
  unenrolled_device: 'ground.unenrolled_device',
  device_revoked: 'ground.device_revoked',
  other_person: 'ground.other_person',
  other_device: 'ground.other_device',
  policy_blocked: 'ground.policy_blocked',
  mfa_required: 'ground.mfa_required',
  enrolled_device_required: 'ground.enrolled_device_required',
  compliant_device_required: 'ground.compliant_device_required',
  device_grade_required: 'ground.device_grade_required',
  fresh_sign_in_required: 'ground.fresh_sign_in_required',
  acr_required: 'ground.acr_required'
} as const satisfies Record<string, SeatsMessage>

/** Where signing in again, more strongly, removes a ground; empty: it would not help. */
export function stepUpHref(reasons: readonly { code: string }[], back: Return): string {
  const has = (code: string) => reasons.some((r) => r.code === code)
  if (has('mfa_required') || has('acr_required')) return `${signInHref(back)}&step=mfa`
  return has('fresh_sign_in_required') ? `${signInHref(back)}&fresh=1` : ''
}

/** Whether a device that is enrolled would not meet with the refusal. */
export function enrolHelps(reasons: readonly { code: string }[]): boolean {
  return reasons.some((r) =>
    ['unenrolled_device', 'enrolled_device_required', 'device_grade_required', 'device_revoked', 'other_device'].includes(r.code)
  )
}

/** The way out of a refusal that a stronger sign-in would not meet with. */
export function StepUp({ reasons }: { reasons: readonly { code: string }[] }) {
  const href = stepUpHref(reasons, location.pathname === '/help' ? '/help' : '/join')
  return href === '' ? null : <LinkButton href={href}>{t('action.stepUp')}</LinkButton>
}

export function RefusalNote({ refusal }: { refusal: Refused }) {
  const fix = refusalFix(refusal)
  const wait = refusal.retryAfter ?? 0
  return (
    <Note tone="bad" live="assertive" title={refusalText(refusal)}>
      {(refusal.reasons ?? []).length > 0 && <Grounds grounds={refusal.reasons ?? []} />}
      {wait > 0 && <p>{t('error.wait', { minutes: Math.max(1, Math.ceil(wait / 60)) })}</p>}
      {fix && <p>{fix}</p>}
      <StepUp reasons={refusal.reasons ?? []} />
      {enrolHelps(refusal.reasons ?? []) && <LinkButton href="/enrol">{t('action.enrol')}</LinkButton>}
    </Note>
  )
}

export function Grounds(p: { grounds: readonly { code: string; subject?: string }[] }) {
  return (
    <ul class="grounds">
      {p.grounds.map((g) => (
        <li key={`${g.code} ${g.subject ?? ''}`}>{groundText(g)}</li>
      ))}
    </ul>
  )
}

// A refusal of the server's in the person's language: what is wrong, what is in
// the way, what to do. Codes we have no words for keep the server's own sentence.
import { isMessage, type SeatsMessage, t } from '../i18n/seats'
import { Note } from './kit'

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
    ? t(grounds[g.code as keyof typeof grounds], { permission })
    : [g.code, g.subject].filter(Boolean).join(': ')
}

const grounds = {
  help_disabled: 'ground.help_disabled',
  other_organisation: 'ground.other_organisation',
  person_disabled: 'ground.person_disabled',
  permission_missing: 'ground.permission_missing',
  signed_out: 'ground.signed_out'
} as const satisfies Record<string, SeatsMessage>

export function RefusalNote({ refusal }: { refusal: Refused }) {
  const fix = refusalFix(refusal)
  const wait = refusal.retryAfter ?? 0
  return (
    <Note tone="bad" live="assertive" title={refusalText(refusal)}>
      {(refusal.reasons ?? []).length > 0 && <Grounds grounds={refusal.reasons ?? []} />}
      {wait > 0 && <p>{t('error.wait', { minutes: Math.max(1, Math.ceil(wait / 60)) })}</p>}
      {fix && <p>{fix}</p>}
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

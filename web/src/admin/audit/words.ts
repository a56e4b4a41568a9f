// Audit lines in the reader's words: what was done, and what was changed.
import { formats } from '../../i18n'
import { type AdminMessage, dynamic, t } from '../../i18n/admin'
import type { AuditLine } from '../../wire'
import { fields, ranges } from '../settings/draft'
import { listText, momentText } from '../words'
import { snake } from './diff'

/** Everything that is recorded, in families. */
export const actions: Readonly<Record<string, readonly string[]>> = {
  session: [
    'create',
    'redeem',
    'refuse',
    'wrong_code',
    'continue',
    'cancel',
    'allow',
    'wrong_number',
    'decline',
    'report',
    'share',
    'share_failed',
    'change',
    'stop',
    'pause',
    'resume',
    'end',
    'leave',
    'seat_moved',
    'admin_end',
    'ended'
  ],
  settings: ['change'],
  role: ['create', 'change', 'delete'],
  group: ['create', 'change', 'delete', 'add_member', 'remove_member'],
  assignment: ['create', 'change', 'delete'],
  policy: ['create', 'change', 'delete'],
  location: ['create', 'change', 'delete'],
  compliance_policy: ['create', 'change', 'delete'],
  person: [
    'provision',
    'first_administrator',
    'groups',
    'disable',
    'enable',
    'sign_out',
    'export',
    'erase',
    'suspend',
    'lift_suspension'
  ],
  account: [
    'create',
    'change',
    'disable',
    'enable',
    'link',
    'password',
    'password_reset',
    'factors_reset',
    'passkey_add',
    'passkey_remove',
    'totp_add',
    'totp_remove',
    'recovery_codes',
    'recovery_used'
  ],
  sign_in: ['begin', 'end'],
  device: ['ticket', 'enrol', 'bind', 'describe', 'change', 'transfer', 'cloned', 'key_lost', 'retired', 'revoked'],
  domain: ['add', 'check', 'delete'],
  token: ['create', 'revoke'],
  provider: ['set'],
  organisation: ['create'],
  report: ['export'],
  audit: ['export', 'retire']
}

/** Family and act in one sentence; what is newer than this page keeps its code. */
export function actionText(action: string): string {
  const [family = '', act = ''] = action.split('.')
  const things = dynamic(`audited.${family}`, family)
  return dynamic(`audit.${action}`, dynamic(`audit.any.${act}`, action, { what: things }))
}

/** Families and acts, for a filter: value and words. */
export function actionOptions(): readonly (readonly [string, string])[] {
  return Object.entries(actions).flatMap(([family, acts]) => [
    [`${family}.`, t('audit.family', { what: dynamic(`audited.${family}`, family) })] as const,
    ...(acts.length > 1 ? acts.map((a) => [`${family}.${a}`, actionText(`${family}.${a}`)] as const) : [])
  ])
}

/** Who did it, and through which token if it was a program of theirs. */
export function actorText(l: AuditLine): string {
  if (l.system) return t('audit.system')
  const name = l.actorName === '' ? t('report.erased') : l.actorName
  return l.token ? t('audit.through', { name, token: l.token.name }) : name
}

/** What a member of a change is called. */
const known: Readonly<Record<string, AdminMessage>> = {
  name: 'field.name',
  description: 'field.description',
  role: 'assignments.role',
  members: 'assignments.members',
  scope: 'assignments.scope',
  expires: 'assignments.expires',
  of: 'groups.of',
  kind: 'groups.kind',
  claim: 'groups.claim',
  rule: 'groups.rule',
  permissions: 'roles.permissions',
  state: 'policies.state',
  seats: 'policies.seats',
  include: 'policies.include',
  exclude: 'policies.exclude',
  conditions: 'policies.step.conditions',
  control: 'policies.control',
  ranges: 'locations.ranges',
  everyone: 'policies.everyone',
  people: 'title.people',
  groups: 'title.groups',
  roles: 'title.roles',
  all_people: 'scope.allPeople',
  all_devices: 'scope.allDevices',
  unenrolled: 'scope.unenrolled',
  devices: 'scope.devices',
  locations: 'conditions.locations',
  not_locations: 'conditions.notLocations',
  platforms: 'conditions.platforms',
  not_platforms: 'conditions.notPlatforms',
  browsers: 'conditions.browsers',
  without_mfa: 'conditions.withoutMfa',
  sign_in_older: 'conditions.signInOlder',
  first_contact: 'conditions.firstContact',
  hours: 'conditions.hours',
  block: 'control.block',
  require: 'control.require',
  one_of: 'control.oneOf'
}

/** The settings by the names of the log. */
const settings: Readonly<Record<string, AdminMessage>> = Object.fromEntries(
  fields.map((f) => [f in ranges ? ranges[f as keyof typeof ranges].subject : snake(f), `settings.${f}` as AdminMessage])
)

/** The words of a path; names that this page does not know stay as they are. */
export function pathText(path: readonly string[], action: string): string {
  const words = path.map((name) => {
    const id = action.startsWith('settings.') ? (settings[name] ?? known[name]) : known[name]
    return id ? t(id) : name
  })
  return words.join(' › ')
}

/** Members that are kept in billionths of a second. */
const spans = ['code_lifetime', 'time_limit', 'sign_in_idle', 'sign_in_absolute', 'sign_in_older', 'age']

/** A value in words. nameOf gives the name of an id. */
export function valueText(path: readonly string[], value: unknown, nameOf: (id: string) => string): string {
  if (value === undefined || value === null || value === '') return t('audit.nothing')
  if (typeof value === 'boolean') return t(value ? 'field.yes' : 'field.no')
  if (typeof value === 'number') return numberText(path.at(-1) ?? '', value)
  if (typeof value === 'string') return stringText(value, nameOf)
  if (Array.isArray(value)) return listText(value.map((v) => valueText(path, v, nameOf)))
  const parts = Object.entries(value).map(([k, v]) => `${pathText([snake(k)], '')}: ${valueText([snake(k)], v, nameOf)}`)
  return parts.join('; ')
}

function numberText(name: string, n: number): string {
  if (!spans.includes(name)) return n.toLocaleString(formats())
  return new Intl.NumberFormat(formats(), { style: 'unit', unit: 'minute', unitDisplay: 'long' }).format(n / 60e9)
}

/** Codes that have words of their own, moments, ids, and any other text as it is. */
function stringText(value: string, nameOf: (id: string) => string): string {
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/.test(value)) return momentText(value)
  for (const family of [
    'permission',
    'require',
    'platform',
    'browser',
    'seat',
    'standing',
    'policies.state',
    'groups.kind',
    'groups.of'
  ])
    if (/^[a-z_]+$/.test(value)) {
      const words = dynamic(`${family}.${value}`, '')
      if (words !== '') return words
    }
  return nameOf(value)
}

/** @jsxImportSource react */
// Assignments: the members of groups get a role over a scope, until it expires.
import { Badge } from '@fluentui/react-components'
import { assignments, groups, roles } from '../../api/admin'
import { t } from '../../i18n/admin'
import type { Assignment, AssignmentBody, Group, Role, Scope } from '../../wire'
import { Configured, orNone, type PageProps } from '../kit/configured'
import type { Editing } from '../kit/editor'
import { ChoiceField, NamedFields, Part, PickMany, SwitchField, TextField } from '../kit/form'
import { namer, roleName, roleOptions } from '../names'
import { listText, momentText } from '../words'
import { localMoment, momentOf } from './moment'

interface Known {
  rows: readonly Assignment[]
  roles: readonly Role[]
  groups: readonly Group[]
}

async function load(): Promise<Known> {
  const [rows, r, g] = await Promise.all([assignments.list(), roles.list(), orNone(groups.list())])
  return { rows, roles: r, groups: g }
}

const nothing: Scope = { allPeople: false, people: [], allDevices: false, devices: [], unenrolled: false }
const blank: AssignmentBody = { name: '', description: '', role: 'first_line_helper', members: [], scope: nothing }

export default function AssignmentsPage({ query, focus, may }: PageProps) {
  return (
    <Configured<Assignment, AssignmentBody, Known>
      page="assignments"
      query={query}
      focus={focus}
      load={load}
      rows={(known) => known.rows}
      columns={(known) => {
        const role = namer(known.roles.map((r) => ({ id: r.id, name: roleName(r) })))
        const group = namer(known.groups)
        const who = (a: Assignment) => listText(a.members.map(group))
        return [
          { id: 'role', head: t('assignments.role'), text: (a) => role(a.role), cell: (a) => <bdi>{role(a.role)}</bdi> },
          { id: 'members', head: t('assignments.members'), text: who, cell: (a) => <bdi>{who(a)}</bdi> },
          {
            id: 'scope',
            head: t('assignments.scope'),
            text: (a) => scopeText(a.scope, group),
            cell: (a) => <bdi>{scopeText(a.scope, group)}</bdi>
          },
          {
            id: 'expires',
            head: t('assignments.expires'),
            text: (a) => a.expiresAt ?? '',
            cell: (a) => <Expiry at={a.expiresAt} />
          }
        ]
      }}
      facets={(known) => [
        {
          id: 'role',
          label: t('assignments.role'),
          of: (a) => a.role,
          options: known.roles.map((r) => [r.id, roleName(r)] as const)
        },
        {
          id: 'member',
          label: t('assignments.members'),
          of: (a) => a.members,
          options: known.groups.filter((g) => g.of === 'people').map((g) => [g.id, g.name] as const)
        }
      ]}
      collection={assignments}
      blank={blank}
      mayWrite={may('manage_roles')}
      form={(editing, known) => <AssignmentForm {...editing} known={known} />}
    />
  )
}

function Expiry({ at }: { at: string | undefined }) {
  if (!at) return <span className="quiet">{t('assignments.never')}</span>
  const over = Date.parse(at) <= Date.now()
  return (
    <>
      <time dateTime={at}>{momentText(at)}</time> {over && <Badge color="warning">{t('assignments.expired')}</Badge>}
    </>
  )
}

/** Over whom and what, in one line. */
function scopeText(s: Scope, group: (id: string) => string): string {
  const parts = [
    ...(s.allPeople ? [t('scope.allPeople')] : s.people.map(group)),
    ...(s.allDevices ? [t('scope.allDevices')] : s.devices.map(group)),
    ...(s.unenrolled ? [t('scope.unenrolled')] : [])
  ]
  return listText(parts)
}

function AssignmentForm({ draft, change, replace, known }: Editing<AssignmentBody> & { known: Known }) {
  const people = known.groups.filter((g) => g.of === 'people')
  const { expiresAt, ...rest } = draft
  const expire = (text: string) => {
    const at = momentOf(text)
    replace(at === null ? rest : { ...rest, expiresAt: at })
  }
  return (
    <>
      <NamedFields draft={draft} change={change} />
      <ChoiceField
        label={t('assignments.role')}
        value={rest.role}
        options={roleOptions(known.roles).map((o) => [o.id, o.name] as const)}
        onChange={(role) => change({ role })}
      />
      <PickMany
        label={t('assignments.membersPick')}
        options={people}
        chosen={rest.members}
        none={t('assignments.noGroups')}
        onChange={(members) => change({ members })}
      />
      <ScopePart scope={rest.scope} groups={known.groups} onChange={(scope) => change({ scope })} />
      <TextField
        label={t('assignments.expires')}
        hint={t('assignments.expires.more')}
        type="datetime-local"
        value={localMoment(expiresAt)}
        onChange={expire}
      />
    </>
  )
}

interface ScopeProps {
  scope: Scope
  groups: readonly Group[]
  onChange: (scope: Scope) => void
}

function ScopePart({ scope, groups: all, onChange }: ScopeProps) {
  const put = (part: Partial<Scope>) => onChange({ ...scope, ...part })
  return (
    <Part title={t('assignments.scope')} more={t('scope.more')}>
      <SwitchField
        label={t('scope.allPeople')}
        more={t('scope.allPeople.more')}
        on={scope.allPeople}
        onChange={(allPeople) => put({ allPeople })}
      />
      {!scope.allPeople && (
        <PickMany
          label={t('scope.people')}
          options={all.filter((g) => g.of === 'people')}
          chosen={scope.people}
          none={t('assignments.noGroups')}
          onChange={(people) => put({ people })}
        />
      )}
      <SwitchField
        label={t('scope.allDevices')}
        more={t('scope.allDevices.more')}
        on={scope.allDevices}
        onChange={(allDevices) => put({ allDevices })}
      />
      {!scope.allDevices && (
        <PickMany
          label={t('scope.devices')}
          options={all.filter((g) => g.of === 'devices')}
          chosen={scope.devices}
          none={t('scope.noDeviceGroups')}
          onChange={(devices) => put({ devices })}
        />
      )}
      <SwitchField
        label={t('scope.unenrolled')}
        more={t('scope.unenrolled.more')}
        on={scope.unenrolled}
        onChange={(unenrolled) => put({ unenrolled })}
      />
    </Part>
  )
}

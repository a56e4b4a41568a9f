/** @jsxImportSource react */
// Roles: named sets of permissions. Built-in ones are read and duplicated.
import { Badge, Button } from '@fluentui/react-components'
import { roles } from '../../api/admin'
import { t } from '../../i18n/admin'
import type { Role, RoleBody } from '../../wire'
import { go } from '../hooks'
import { Configured, type PageProps, withParts } from '../kit/configured'
import type { Editing } from '../kit/editor'
import { NamedFields, Part, Tick } from '../kit/form'
import { roleName } from '../names'
import { hrefOf } from '../route'
import { numberText } from '../words'
import { implied, sections, whole, withPermission } from './permissions'

const blank: RoleBody = { name: '', description: '', permissions: [] }

/** A copy of another role, under a name of its own. */
function copyOf(known: readonly Role[], id: string): RoleBody {
  const role = known.find((r) => r.id === id)
  if (!role) return blank
  return { name: t('roles.copy', { name: roleName(role) }), description: role.description, permissions: whole(role.permissions) }
}

export default function RolesPage({ query, focus, may }: PageProps) {
  const mayWrite = may('manage_roles')
  const duplicate = (id: string) => go(hrefOf('roles', withParts(query, { open: 'new', from: id })))
  return (
    <Configured<Role, RoleBody, readonly Role[]>
      page="roles"
      query={query}
      focus={focus}
      load={roles.list}
      rows={(known) => known}
      columns={() => [
        {
          id: 'kind',
          head: t('roles.kind'),
          text: (r) => t(r.builtin ? 'roles.builtin' : 'roles.custom'),
          cell: (r) => <Badge appearance="tint">{t(r.builtin ? 'roles.builtin' : 'roles.custom')}</Badge>
        },
        {
          id: 'permissions',
          head: t('roles.permissions'),
          text: (r) => r.permissions.length,
          cell: (r) => numberText(whole(r.permissions).length)
        }
      ]}
      facets={() => [
        {
          id: 'kind',
          label: t('roles.kind'),
          of: (r) => (r.builtin ? 'builtin' : 'custom'),
          options: [
            ['builtin', t('roles.builtin')],
            ['custom', t('roles.custom')]
          ]
        }
      ]}
      nameOf={roleName}
      descriptionOf={roleDescription}
      collection={roles}
      blank={blank}
      start={copyOf}
      mayWrite={mayWrite}
      isFixed={(r) => r.builtin}
      form={(editing, _, thing) => <RoleForm {...editing} role={thing} />}
      beside={(r) => mayWrite && <Button onClick={() => duplicate(r.id)}>{t('roles.duplicate')}</Button>}
    />
  )
}

function roleDescription(r: Role): string {
  return r.builtin ? t(`role.more.${r.id as BuiltinRole}`) : r.description
}

type BuiltinRole =
  | 'first_line_helper'
  | 'second_line_helper'
  | 'help_desk_manager'
  | 'device_manager'
  | 'auditor'
  | 'administrator'

function RoleForm({ draft, change, fixed, role }: Editing<RoleBody> & { role: Role | null }) {
  const held = whole(draft.permissions)
  return (
    <>
      {role?.builtin ? (
        <p className="quiet">
          {roleDescription(role)} {t('roles.builtinMore')}
        </p>
      ) : (
        <NamedFields draft={draft} change={change} />
      )}
      {sections.map(({ id, permissions }) => (
        <Part key={id} title={t(`roles.section.${id}`)}>
          {permissions.map((p) => (
            <Tick
              key={p}
              label={t(`permission.${p}`)}
              more={t(`may.${p}`)}
              on={held.includes(p)}
              fixed={fixed || implied(draft.permissions).includes(p)}
              onChange={(on) => change({ permissions: withPermission(draft.permissions, p, on) })}
            />
          ))}
        </Part>
      ))}
    </>
  )
}

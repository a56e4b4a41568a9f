/** @jsxImportSource react */
// The people of the organisation, their roles and groups.
import { Badge, Button } from '@fluentui/react-components'
import { useCallback } from 'react'
import { groups, people, person, roles } from '../../api/admin'
import { type AdminMessage, dynamic, t } from '../../i18n/admin'
import type { Named, Person } from '../../wire'
import { go, useAsked, useTitle } from '../hooks'
import { orNone, type PageProps, withParts } from '../kit/configured'
import { type Column, type Facet, ServerList } from '../kit/list'
import { ButtonLink } from '../link'
import { Modal } from '../modal'
import { namer, roleName } from '../names'
import { Facts, PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { hrefOf } from '../route'
import { Face } from '../shell'
import { listText } from '../words'
import { permissions } from './match'

interface Known {
  groups: readonly Named[]
  roles: readonly Named[]
}

/** The names of what people belong to. Who may not see the roles still sees the people. */
async function load(): Promise<Known> {
  const [g, r] = await Promise.all([groups.list(), orNone(roles.list())])
  return { groups: g, roles: r }
}

export default function PeoplePage({ query, focus, own, may }: PageProps) {
  useTitle(t('title.people'))
  const { asked, again } = useAsked(load)
  return (
    <>
      <PageHead title={t('title.people')} lead={t('people.lead')} focus={focus} />
      {asked.is === 'loading' && <Waiting>{t('people.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <Everybody known={asked.value} query={query} own={own} may={may} />}
    </>
  )
}

interface NamesOf {
  roles: (p: Person) => string[]
  groups: (p: Person) => string[]
}

function namesOf(known: Known): NamesOf {
  const names = new Map(known.roles.map((r) => [r.id, r.name]))
  const group = namer(known.groups)
  return {
    roles: (p) => p.roles.map((id) => dynamic(`role.${id}`, names.get(id) ?? t('role.unnamed'))),
    groups: (p) => p.groups.map(group)
  }
}

interface EverybodyProps extends Pick<PageProps, 'query' | 'own' | 'may'> {
  known: Known
}

function Everybody({ known, query, own, may }: EverybodyProps) {
  const names = namesOf(known)
  const open = query.get('open') ?? ''
  return (
    <>
      <ServerList<Person>
        page="people"
        query={query}
        label={t('people.table')}
        ask={people}
        keyOf={(p) => p.id}
        columns={columns(names, own)}
        facets={facets(known)}
        empty={{ title: t('list.none'), more: '' }}
      />
      {open !== '' && (
        <PersonPanel key={open} id={open} own={own} names={names} query={query} mayAsk={may('read_configuration')} />
      )}
    </>
  )
}

function columns(names: NamesOf, own: string): readonly Column<Person>[] {
  return [
    { id: 'name', head: t('person.name'), by: 'name', text: (p) => p.name, cell: (p) => <Who person={p} own={p.id === own} /> },
    { id: 'email', head: t('person.email'), by: 'email', extra: true, text: (p) => p.email, cell: (p) => <bdi>{p.email}</bdi> },
    { id: 'title', head: t('person.title'), text: (p) => p.title, cell: (p) => <bdi>{p.title}</bdi> },
    {
      id: 'department',
      head: t('person.department'),
      by: 'department',
      text: (p) => p.department,
      cell: (p) => <bdi>{p.department}</bdi>
    },
    { id: 'company', head: t('person.company'), extra: true, text: (p) => p.company, cell: (p) => <bdi>{p.company}</bdi> },
    {
      id: 'roles',
      head: t('person.roles'),
      text: (p) => names.roles(p).join('; '),
      cell: (p) => <Names of="person.roles" none="person.noRoles" names={names.roles(p)} />
    },
    {
      id: 'groups',
      head: t('person.groups'),
      text: (p) => names.groups(p).join('; '),
      cell: (p) => <Names of="person.groups" none="person.noGroups" names={names.groups(p)} />
    }
  ]
}

function facets(known: Known): readonly Facet<Person>[] {
  return [
    { id: 'group', label: t('person.groups'), options: known.groups.map((g) => [g.id, g.name] as const) },
    { id: 'role', label: t('person.roles'), options: known.roles.map((r) => [r.id, roleName(r)] as const) },
    {
      id: 'state',
      label: t('person.state'),
      options: [
        ['active', t('person.active')],
        ['disabled', t('person.disabled')]
      ],
      ask: (state) => ({ disabled: String(state === 'disabled') })
    }
  ]
}

function Who({ person, own }: { person: Person; own: boolean }) {
  return (
    <span className="person-who">
      <Face person={person} size={32} />
      <span>
        <bdi>{person.name}</bdi> {own && <Badge appearance="tint">{t('person.you')}</Badge>}
        {person.disabled && (
          <Badge appearance="tint" color="warning">
            {t('person.disabled')}
          </Badge>
        )}
        <bdi dir="ltr" className="quiet person-email">
          {person.email}
        </bdi>
      </span>
    </span>
  )
}

function Names({ of, none, names }: { of: AdminMessage; none: AdminMessage; names: readonly string[] }) {
  if (names.length === 0) return <span className="quiet">{t(none)}</span>
  return (
    <ul className="held" aria-label={t(of)}>
      {names.map((name) => (
        <li key={name}>
          <bdi>{name}</bdi>
        </li>
      ))}
    </ul>
  )
}

interface PersonProps {
  id: string
  own: string
  names: NamesOf
  query: URLSearchParams
  mayAsk: boolean
}

/** One person: who they are, what they belong to, what they may do. */
function PersonPanel({ id, own, names, query, mayAsk }: PersonProps) {
  const { asked, again } = useAsked(useCallback(() => person(id), [id]))
  const close = () => go(hrefOf('people', withParts(query, { open: '' })))
  return (
    <Modal
      side
      title={asked.is === 'here' ? asked.value.name : t('title.people')}
      onClose={close}
      actions={<Button onClick={close}>{t('editor.close')}</Button>}
    >
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <PersonFacts person={asked.value} own={own} names={names} mayAsk={mayAsk} />}
    </Modal>
  )
}

function PersonFacts({ person: p, own, names, mayAsk }: { person: Person } & Pick<PersonProps, 'own' | 'names' | 'mayAsk'>) {
  const held = permissions.filter((one) => p.permissions.includes(one)).map((one) => t(`permission.${one}`))
  const facts: readonly (readonly [string, string])[] = [
    [t('person.email'), p.email],
    [t('person.title'), p.title],
    [t('person.department'), p.department],
    [t('person.company'), p.company],
    [t('person.roles'), names.roles(p).length === 0 ? t('person.noRoles') : listText(names.roles(p))],
    [t('person.groups'), names.groups(p).length === 0 ? t('person.noGroups') : listText(names.groups(p))],
    [t('roles.permissions'), held.length === 0 ? t('person.noRoles') : listText(held)]
  ]
  return (
    <>
      <Who person={p} own={p.id === own} />
      <Facts of={facts} />
      {mayAsk && (
        <div>
          <ButtonLink href={hrefOf('whyNot', { person: p.id })}>{t('person.whyNot')}</ButtonLink>
        </div>
      )}
    </>
  )
}

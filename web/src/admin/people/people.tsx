/** @jsxImportSource react */
// The people of the organisation, their roles and groups.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import { groups, people, roles } from '../../api/admin'
import { type AdminMessage, t } from '../../i18n/admin'
import type { Named, Person } from '../../wire'
import { go, useAsked, useTitle } from '../hooks'
import { orNone, type PageProps, withParts } from '../kit/configured'
import { type Column, type Facet, ServerList } from '../kit/list'
import { roleName } from '../names'
import { PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { hrefOf } from '../route'
import { Invite } from './invite'
import { type NamesOf, namesOf, PersonPanel, Who } from './person'

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

interface EverybodyProps extends Pick<PageProps, 'query' | 'own' | 'may'> {
  known: Known
}

function Everybody({ known, query, own, may }: EverybodyProps) {
  const names = namesOf(known)
  const open = query.get('open') ?? ''
  const [turn, setTurn] = useState(0)
  const close = () => go(hrefOf('people', withParts(query, { do: '' })))
  return (
    <>
      <ServerList<Person>
        page="people"
        query={query}
        label={t('people.table')}
        ask={people}
        turn={turn}
        keyOf={(p) => p.id}
        columns={columns(names, own)}
        facets={facets(known)}
        empty={{ title: t('list.none'), more: '' }}
        commands={
          may('manage_people') && (
            <Button appearance="primary" onClick={() => go(hrefOf('people', withParts(query, { do: 'invite' })))}>
              {t('people.invite')}
            </Button>
          )
        }
      />
      {open !== '' && (
        <PersonPanel key={open} id={open} own={own} names={names} query={query} may={may} onChanged={() => setTurn(turn + 1)} />
      )}
      {query.get('do') === 'invite' && may('manage_people') && <Invite onClose={close} onMade={() => setTurn(turn + 1)} />}
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

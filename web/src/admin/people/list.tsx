/** @jsxImportSource react */
// The list of people: a table where there is room, else cards.
import { Badge, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components'
import { type AdminMessage, dynamic, t } from '../../i18n/admin'
import type { Person } from '../../wire'
import { useWide } from '../hooks'
import { Face } from '../shell'

interface PeopleListProps {
  people: readonly Person[]
  own: string
  /** Names of roles and groups by their ids. */
  names: ReadonlyMap<string, string>
}

export function PeopleList(p: PeopleListProps) {
  return <section className="panel list">{useWide() ? <PeopleTable {...p} /> : <PeopleCards {...p} />}</section>
}

function PeopleTable({ people, own, names }: PeopleListProps) {
  return (
    <Table className="table" aria-label={t('people.table')}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell scope="col">{t('person.name')}</TableHeaderCell>
          <TableHeaderCell scope="col">{t('person.place')}</TableHeaderCell>
          <TableHeaderCell scope="col">{t('person.roles')}</TableHeaderCell>
          <TableHeaderCell scope="col">{t('person.groups')}</TableHeaderCell>
        </TableRow>
      </TableHeader>
      <TableBody>
        {people.map((p) => (
          <TableRow key={p.id}>
            <TableCell>
              <Who person={p} own={p.id === own} />
            </TableCell>
            <TableCell>
              <Place person={p} />
            </TableCell>
            <TableCell>
              <RoleNames person={p} names={names} />
            </TableCell>
            <TableCell>
              <GroupNames person={p} names={names} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function PeopleCards({ people, own, names }: PeopleListProps) {
  return (
    <ul className="cards" aria-label={t('people.table')}>
      {people.map((p) => (
        <li key={p.id} className="card-row person-card">
          <Who person={p} own={p.id === own} />
          <Place person={p} />
          <RoleNames person={p} names={names} />
          <GroupNames person={p} names={names} />
        </li>
      ))}
    </ul>
  )
}

function Who({ person, own }: { person: Person; own: boolean }) {
  return (
    <div className="person-who">
      <Face person={person} size={40} />
      <div>
        <div className="table-name">
          <bdi>{person.name}</bdi>{' '}
          {own && (
            <Badge appearance="tint" color="brand">
              {t('person.you')}
            </Badge>
          )}
          {person.disabled && (
            <Badge appearance="tint" color="warning">
              {t('person.disabled')}
            </Badge>
          )}
        </div>
        <div className="quiet">
          <bdi dir="ltr">{person.email}</bdi>
        </div>
      </div>
    </div>
  )
}

function Place({ person }: { person: Person }) {
  const department = [person.department, person.company].filter(Boolean)
  return (
    <div>
      <bdi>{person.title}</bdi>
      <div className="quiet">
        {department.map((s, i) => (
          <span key={s}>
            {i > 0 && ' · '}
            <bdi>{s}</bdi>
          </span>
        ))}
      </div>
    </div>
  )
}

interface NamesProps {
  person: Person
  names: ReadonlyMap<string, string>
}

function RoleNames({ person, names }: NamesProps) {
  const roles = person.roles.map((id) => dynamic(`role.${id}`, names.get(id) ?? t('role.unnamed')))
  return <Names of={'person.roles'} none={'person.noRoles'} names={roles} />
}

function GroupNames({ person, names }: NamesProps) {
  return <Names of={'person.groups'} none={'person.noGroups'} names={person.groups.map((id) => names.get(id) ?? id)} />
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

/** @jsxImportSource react */
// The list of people: a table where there is room, else cards.
import { Badge, Button, Table, TableBody, TableCell, TableHeader, TableHeaderCell, TableRow } from '@fluentui/react-components'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Person } from '../../wire'
import { useWide } from '../hooks'
import { Face } from '../shell'
import { permissions } from './match'

interface PeopleListProps {
  people: readonly Person[]
  own: string
  onEdit: (p: Person) => void
}

export function PeopleList(p: PeopleListProps) {
  return <section className="panel list">{useWide() ? <PeopleTable {...p} /> : <PeopleCards {...p} />}</section>
}

function PeopleTable({ people, own, onEdit }: PeopleListProps) {
  return (
    <Table className="table" aria-label={t('people.table')}>
      <TableHeader>
        <TableRow>
          <TableHeaderCell scope="col">{t('person.name')}</TableHeaderCell>
          <TableHeaderCell scope="col">{t('person.place')}</TableHeaderCell>
          <TableHeaderCell scope="col">{t('person.permissions')}</TableHeaderCell>
          <TableHeaderCell scope="col">
            <span className="hidden">{t('person.change')}</span>
          </TableHeaderCell>
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
              <Held person={p} />
            </TableCell>
            <TableCell className="table-act">
              <Edit person={p} onEdit={onEdit} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  )
}

function PeopleCards({ people, own, onEdit }: PeopleListProps) {
  return (
    <ul className="cards" aria-label={t('people.table')}>
      {people.map((p) => (
        <li key={p.id} className="card-row person-card">
          <Who person={p} own={p.id === own} />
          <Place person={p} />
          <Held person={p} />
          <Edit person={p} onEdit={onEdit} />
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

function Held({ person }: { person: Person }) {
  const held = permissions.filter((p) => person.permissions.includes(p))
  if (held.length === 0) return <span className="quiet">{t('person.noPermissions')}</span>
  return (
    <ul className="held" aria-label={t('person.permissions')}>
      {held.map((p) => (
        <li key={p}>{t(`permission.${p}`)}</li>
      ))}
    </ul>
  )
}

function Edit({ person, onEdit }: { person: Person; onEdit: (p: Person) => void }) {
  return (
    <Button aria-label={t('person.changeOf', { name: isolate(person.name) })} onClick={() => onEdit(person)}>
      {t('person.change')}
    </Button>
  )
}

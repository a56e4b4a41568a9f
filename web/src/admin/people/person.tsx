/** @jsxImportSource react */
// One person: who they are, what they belong to and may do, where they are signed
// in, what was reported about them, and what can be done.
import { Badge, Button } from '@fluentui/react-components'
import { type ReactNode, useCallback } from 'react'
import { person } from '../../api/admin'
import { localPeople } from '../../api/local'
import { sessionReports } from '../../api/records'
import { isolate } from '../../i18n'
import { dynamic, t } from '../../i18n/admin'
import type { LocalPerson, Named, Permission, Person, PersonDetail, SessionReport } from '../../wire'
import { go, refusalIn, useAsked } from '../hooks'
import { withParts } from '../kit/configured'
import { ButtonLink } from '../link'
import { Modal } from '../modal'
import { namer } from '../names'
import { Facts, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { hrefOf } from '../route'
import { Face } from '../shell'
import { listText, momentText, reasonText } from '../words'
import { PersonActs } from './acts'
import { permissions } from './match'

export interface NamesOf {
  roles: (p: Person) => string[]
  groups: (p: Person) => string[]
}

export function namesOf(known: { groups: readonly Named[]; roles: readonly Named[] }): NamesOf {
  const names = new Map(known.roles.map((r) => [r.id, r.name]))
  const group = namer(known.groups)
  return {
    roles: (p) => p.roles.map((id) => dynamic(`role.${id}`, names.get(id) ?? t('role.unnamed'))),
    groups: (p) => p.groups.map(group)
  }
}

/** Somebody, and what only some may see of them. */
export interface Told {
  person: PersonDetail
  /** Null: another provider keeps them, or the reader may not manage people. */
  local: LocalPerson | null
  /** Who reported them as a helper and when; only while they are suspended. */
  reports: readonly SessionReport[]
}

async function tell(id: string, may: (p: Permission) => boolean): Promise<Told> {
  const [who, local] = await Promise.all([person(id), may('manage_people') ? localOf(id) : null])
  const reports = who.suspendedAt && may('view_reports') ? await reportsOf(id) : []
  return { person: who, local, reports }
}

async function localOf(id: string): Promise<LocalPerson | null> {
  try {
    return (await localPeople()).find((l) => l.person === id) ?? null
  } catch (e) {
    const { status } = refusalIn(e)
    if (status === 403 || status === 404 || status === 409) return null // this organisation has a provider of its own
    throw e
  }
}

async function reportsOf(id: string): Promise<readonly SessionReport[]> {
  const { items } = await sessionReports(new URLSearchParams({ person: id, reason: 'reported', limit: '20' }))
  return items.filter((r) => r.helperId === id)
}

interface PersonPanelProps {
  id: string
  own: string
  names: NamesOf
  query: URLSearchParams
  may: (permission: Permission) => boolean
  /** The list is no longer true. */
  onChanged: () => void
}

export function PersonPanel({ id, own, names, query, may, onChanged }: PersonPanelProps) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the reader may do does not change while they look
  const { asked, again, put } = useAsked(useCallback(() => tell(id, may), [id]))
  const close = () => go(hrefOf('people', withParts(query, { open: '' })))
  const changed = async () => {
    put(await tell(id, may))
    onChanged()
  }
  const gone = () => {
    close()
    onChanged()
  }
  return (
    <Modal
      side
      title={asked.is === 'here' ? asked.value.person.name : t('title.people')}
      onClose={close}
      actions={<Button onClick={close}>{t('editor.close')}</Button>}
    >
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && (
        <>
          <Who person={asked.value.person} own={asked.value.person.id === own} />
          {may('manage_people') && <PersonActs {...asked.value} own={own} onChanged={changed} onGone={gone} />}
          <PersonFacts {...asked.value} names={names} may={may} />
        </>
      )}
    </Modal>
  )
}

export function Who({ person, own }: { person: Person; own: boolean }) {
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
        {person.suspendedAt && (
          <Badge appearance="tint" color="danger">
            {t('person.suspended')}
          </Badge>
        )}
        <bdi dir="ltr" className="quiet person-email">
          {person.email}
        </bdi>
      </span>
    </span>
  )
}

export function PersonFacts({ person: p, local, reports, names, may }: Told & Pick<PersonPanelProps, 'names' | 'may'>) {
  const held = permissions.filter((one) => p.permissions.includes(one)).map((one) => t(`permission.${one}`))
  const list = (of: readonly string[], none: string) => (of.length === 0 ? none : listText(of))
  return (
    <>
      <Facts
        of={[
          [t('person.email'), p.email],
          [t('person.username'), local?.username ?? ''],
          [t('person.title'), p.title],
          [t('person.department'), p.department],
          [t('person.company'), p.company],
          [t('person.issuer'), p.issuer],
          [t('person.groups'), list(names.groups(p), t('person.noGroups'))],
          [t('person.roles'), list(names.roles(p), t('person.noRoles'))],
          [t('roles.permissions'), list(held, t('person.noRoles'))],
          [t('person.factors'), local ? factorsText(local) : '']
        ]}
      />
      <div className="row">
        {may('read_configuration') && <ButtonLink href={hrefOf('whyNot', { person: p.id })}>{t('person.whyNot')}</ButtonLink>}
        {may('read_devices') && <ButtonLink href={hrefOf('devices', { owner: p.id })}>{t('person.devices')}</ButtonLink>}
      </div>
      {p.suspendedAt && (
        <Lines
          title={t('person.reports')}
          of={reports}
          keyOf={(r) => r.session}
          line={(r) => t('person.report', { name: isolate(r.sharer || t('report.erased')), at: momentText(r.endedAt) })}
        />
      )}
      <Lines
        title={t('title.assignments')}
        of={p.assignments}
        keyOf={(a) => a.assignment}
        line={(a) =>
          [a.name, a.expiresAt ? t('person.until', { until: momentText(a.expiresAt) }) : ''].filter(Boolean).join(' · ')
        }
      />
      <Lines
        title={t('person.signIns')}
        of={p.signIns}
        keyOf={(s) => s.id}
        line={(s) => [s.browser, momentText(s.createdAt), s.methods.join(', ')].filter(Boolean).join(' · ')}
      />
      <Lines
        title={t('person.sessions')}
        of={p.sessions}
        keyOf={(s) => s.session}
        line={(s) => {
          const other = s.helperId === p.id ? s.sharer || t('report.nobody') : s.helper || t('report.erased')
          const seat = t(s.helperId === p.id ? 'seat.helper' : 'seat.sharer')
          return [seat, isolate(other), momentText(s.createdAt), reasonText(s.reason)].join(' · ')
        }}
      />
    </>
  )
}

/** What somebody of the embedded provider has set up beside the password. */
function factorsText(l: LocalPerson): string {
  const has = [
    l.passkeys > 0 ? t('person.passkeys', { count: l.passkeys }) : '',
    l.totp ? t('person.totp') : '',
    l.recoveryCodes > 0 ? t('person.recoveryCodes', { count: l.recoveryCodes }) : ''
  ].filter(Boolean)
  return has.length === 0 ? t('person.noFactors') : listText(has)
}

interface LinesProps<T> {
  title: string
  of: readonly T[]
  keyOf: (one: T) => string
  line: (one: T) => ReactNode
}

function Lines<T>({ title, of, keyOf, line }: LinesProps<T>) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {of.length === 0 ? (
        <p className="quiet">{t('person.none')}</p>
      ) : (
        <ul className="lines">
          {of.map((one) => (
            <li key={keyOf(one)}>
              <bdi>{line(one)}</bdi>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

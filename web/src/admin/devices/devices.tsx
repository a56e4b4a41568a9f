/** @jsxImportSource react */
// The devices of the organisation: the list, and the page of the one that the address names.
import { Badge, Button } from '@fluentui/react-components'
import { useState } from 'react'
import { groups } from '../../api/admin'
import { devices } from '../../api/devices'
import { t } from '../../i18n/admin'
import type { Device, Group, Ticket } from '../../wire'
import { go, useAsked, useTitle } from '../hooks'
import { orNone, type PageProps, withParts } from '../kit/configured'
import { type Column, type Facet, ServerList } from '../kit/list'
import { PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { hrefOf } from '../route'
import { momentText } from '../words'
import { DevicePage } from './device'
import { EnrolForm, EnrolmentLink } from './enrol'
import { Import } from './import'
import {
  compliances,
  complianceText,
  enrolments,
  enrolmentText,
  grades,
  gradeText,
  ownerships,
  ownershipText,
  platforms,
  platformText
} from './words'

/** Groups of devices, for the filter. Who may not see them still sees the devices. */
const load = async () => (await orNone(groups.list())).filter((g) => g.of === 'devices')

export default function DevicesPage(p: PageProps) {
  const open = p.query.get('open') ?? ''
  const { asked, again } = useAsked(load)
  if (open !== '') return <DevicePage {...p} key={open} id={open} groups={asked.is === 'here' ? asked.value : []} />
  return (
    <>
      <Head focus={p.focus} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <Listed {...p} groups={asked.value} />}
    </>
  )
}

function Head({ focus }: { focus: boolean }) {
  useTitle(t('title.devices'))
  return <PageHead title={t('title.devices')} lead={t('lead.devices')} focus={focus} />
}

function Listed({ query, may, groups: known }: PageProps & { groups: readonly Group[] }) {
  const [turn, setTurn] = useState(0)
  const [ticket, setTicket] = useState<Ticket | null>(null)
  const doing = query.get('do')
  const close = () => go(hrefOf('devices', withParts(query, { do: '' })))
  const start = (what: string) => () => go(hrefOf('devices', withParts(query, { do: what })))
  return (
    <>
      <ServerList<Device>
        page="devices"
        query={query}
        label={t('title.devices')}
        ask={devices}
        turn={turn}
        keyOf={(d) => d.id}
        columns={columns()}
        facets={facets(known, query.get('owner') ?? '')}
        empty={{ title: t('empty.devices'), more: t('emptyMore.devices') }}
        commands={
          <>
            {may('enrol_devices') && (
              <Button appearance="primary" onClick={start('enrol')}>
                {t('devices.enrol')}
              </Button>
            )}
            {may('manage_devices') && <Button onClick={start('import')}>{t('devices.import')}</Button>}
          </>
        }
      />
      {doing === 'enrol' && may('enrol_devices') && (
        <EnrolForm
          onMade={(made) => {
            close()
            setTicket(made)
          }}
          onClose={close}
        />
      )}
      {doing === 'import' && may('manage_devices') && <Import onApplied={() => setTurn(turn + 1)} onClose={close} />}
      {ticket && (
        <EnrolmentLink
          ticket={ticket}
          onClose={() => {
            setTicket(null)
            setTurn(turn + 1)
          }}
        />
      )}
    </>
  )
}

function columns(): readonly Column<Device>[] {
  const text = (id: string, head: string, of: (d: Device) => string, more: Partial<Column<Device>> = {}): Column<Device> => ({
    id,
    head,
    text: of,
    cell: (d) => <bdi>{of(d)}</bdi>,
    ...more
  })
  return [
    text('name', t('device.name'), (d) => d.name, { by: 'name' }),
    text('owner', t('device.owner'), (d) => d.owner?.name ?? ''),
    text('platform', t('device.platform'), (d) => platformText(d.platform), { by: 'platform' }),
    text('enrolment', t('device.enrolment'), (d) => enrolmentText(d.enrolment)),
    text('grade', t('device.grade'), (d) => gradeText(d.grade)),
    {
      id: 'compliance',
      head: t('device.compliance'),
      by: 'compliance',
      text: (d) => complianceText(d.compliance),
      cell: (d) => <ComplianceBadge device={d} />
    },
    text('seen', t('device.seen'), (d) => (d.seenAt ? momentText(d.seenAt) : ''), { by: 'seen' }),
    text('ownership', t('device.ownership'), (d) => ownershipText(d.ownership), { extra: true }),
    text('manufacturer', t('device.manufacturer'), (d) => d.manufacturer, { extra: true }),
    text('model', t('device.model'), (d) => d.model, { extra: true }),
    text('serial', t('device.serial'), (d) => d.serial, { extra: true }),
    text('externalId', t('device.externalId'), (d) => d.externalId, { extra: true })
  ]
}

/** owner: the person whose devices the address asks for. */
function facets(known: readonly Group[], owner: string): readonly Facet<Device>[] {
  const group: Facet<Device> = { id: 'group', label: t('device.group'), options: known.map((g) => [g.id, g.name]) }
  const ownedBy: Facet<Device> = { id: 'owner', label: t('device.owner'), options: [[owner, t('devices.ownedBy')]] }
  return [
    { id: 'platform', label: t('device.platform'), options: platforms.map((p) => [p, platformText(p)]) },
    { id: 'compliance', label: t('device.compliance'), options: compliances.map((c) => [c, complianceText(c)]) },
    { id: 'enrolment', label: t('device.enrolment'), options: enrolments.map((e) => [e, enrolmentText(e)]) },
    { id: 'grade', label: t('device.grade'), options: grades.map((g) => [g, gradeText(g)]) },
    { id: 'ownership', label: t('device.ownership'), options: ownerships.map((o) => [o, ownershipText(o)]) },
    ...(known.length > 0 ? [group] : []),
    ...(owner !== '' ? [ownedBy] : [])
  ]
}

export function ComplianceBadge({ device: d }: { device: Pick<Device, 'compliance' | 'cloned' | 'stale'> }) {
  const colours = {
    compliant: 'success',
    in_grace_period: 'warning',
    not_compliant: 'danger',
    not_evaluated: 'informative'
  } as const
  return (
    <span className="row">
      <Badge appearance="tint" color={colours[d.compliance]}>
        {complianceText(d.compliance)}
      </Badge>
      {d.cloned && (
        <Badge appearance="tint" color="danger">
          {t('device.cloned')}
        </Badge>
      )}
      {d.stale && (
        <Badge appearance="tint" color="warning">
          {t('device.stale')}
        </Badge>
      )}
    </span>
  )
}

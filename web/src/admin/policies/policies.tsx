/** @jsxImportSource react */
// Conditional access policies: the list with its states, the editor, and the
// usual policies to begin with.
import { Badge, Button, Select } from '@fluentui/react-components'
import { useState } from 'react'
import { groups, locations, policies, roles } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Group, Location, Person, Policy, PolicyBody, Role } from '../../wire'
import { go } from '../hooks'
import { Configured, orNone, type PageProps, withParts } from '../kit/configured'
import type { Saying } from '../kit/notice'
import { Modal } from '../modal'
import { everybody } from '../names'
import { hrefOf } from '../route'
import { listText } from '../words'
import { PolicyForm } from './form'
import { blank, isTemplate, templateOf, templates } from './templates'

export interface Known {
  rows: readonly Policy[]
  people: readonly Person[]
  groups: readonly Group[]
  roles: readonly Role[]
  locations: readonly Location[]
}

async function load(): Promise<Known> {
  const [rows, people, g, r, l] = await Promise.all([
    policies.list(),
    orNone(everybody()),
    orNone(groups.list()),
    roles.list(),
    locations.list()
  ])
  return { rows, people, groups: g, roles: r, locations: l }
}

const states = ['on', 'report_only', 'off'] as const
const seats = ['helper', 'sharer', 'administrator'] as const

/** What a new policy begins with. */
function start(known: Known, from: string): PolicyBody {
  if (!isTemplate(from)) return blank
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const parts = templateOf(from, { locations: known.locations.map((l) => l.id), zone })
  return { ...parts, name: t(`template.${from}`), description: t(`template.${from}.more`) }
}

/** The parts of a policy that are written. */
function bodyOf({ id: _, version: __, createdAt: ___, updatedAt: ____, ...body }: Policy): PolicyBody {
  return body
}

export default function PoliciesPage({ query, focus, may }: PageProps) {
  const mayWrite = may('manage_policies')
  return (
    <Configured<Policy, PolicyBody, Known>
      page="policies"
      query={query}
      focus={focus}
      load={load}
      rows={(known) => known.rows}
      columns={(_, saying, again) => [
        {
          id: 'state',
          head: t('policies.state'),
          text: (p) => t(`policies.state.${p.state}`),
          cell: (p) => (mayWrite ? <StateSwitch policy={p} saying={saying} again={again} /> : <StateBadge state={p.state} />)
        },
        { id: 'seats', head: t('policies.seats'), text: seatsText, cell: seatsText },
        { id: 'control', head: t('policies.control'), text: controlText, cell: controlText }
      ]}
      facets={() => [
        {
          id: 'state',
          label: t('policies.state'),
          of: (p) => p.state,
          options: states.map((s) => [s, t(`policies.state.${s}`)])
        },
        { id: 'seat', label: t('policies.seats'), of: (p) => p.seats, options: seats.map((s) => [s, t(`seat.${s}`)]) }
      ]}
      collection={policies}
      blank={blank}
      start={start}
      mayWrite={mayWrite}
      commands={() => mayWrite && <Templates query={query} />}
      form={(editing, known) => <PolicyForm {...editing} known={known} />}
    />
  )
}

function seatsText(p: Policy): string {
  return listText(p.seats.map((s) => t(`seat.${s}`)))
}

function controlText(p: Policy): string {
  if (p.control.block) return t('control.block')
  return listText(p.control.require.map((r) => t(`require.${r.kind}`)))
}

function StateBadge({ state }: { state: Policy['state'] }) {
  return (
    <Badge appearance="tint" color={state === 'on' ? 'success' : state === 'off' ? 'subtle' : 'warning'}>
      {t(`policies.state.${state}`)}
    </Badge>
  )
}

/** Switches a policy where it is listed; the way back is offered. */
function StateSwitch({ policy, saying, again }: { policy: Policy; saying: Saying; again: () => Promise<void> }) {
  const turn = (state: Policy['state']) => async () => {
    const now = await policies.read(policy.id)
    await policies.save(now.id, now.version, { ...bodyOf(now), state })
    await again()
  }
  const pick = (value: string) => {
    const state = states.find((s) => s === value)
    if (!state) return
    const words = t('policies.turned', { name: isolate(policy.name), state: t(`policies.state.${state}`) })
    void saying.doing(turn(state), words, turn(policy.state))
  }
  return (
    <Select
      size="small"
      aria-label={t('policies.stateOf', { name: isolate(policy.name) })}
      value={policy.state}
      onChange={(_, d) => pick(d.value)}
    >
      {states.map((s) => (
        <option key={s} value={s}>
          {t(`policies.state.${s}`)}
        </option>
      ))}
    </Select>
  )
}

function Templates({ query }: { query: URLSearchParams }) {
  const [open, setOpen] = useState(false)
  const pick = (from: string) => {
    setOpen(false)
    go(hrefOf('policies', withParts(query, { open: 'new', from })))
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('template.choose')}</Button>
      {open && (
        <Modal
          side
          title={t('template.choose')}
          onClose={() => setOpen(false)}
          actions={<Button onClick={() => setOpen(false)}>{t('action.cancel')}</Button>}
        >
          <p className="quiet">{t('template.lead')}</p>
          <ul className="choices">
            {templates.map((which) => (
              <li key={which}>
                <button type="button" className="choice" onClick={() => pick(which)}>
                  <strong>{t(`template.${which}`)}</strong>
                  <span className="quiet">{t(`template.${which}.more`)}</span>
                </button>
              </li>
            ))}
          </ul>
        </Modal>
      )}
    </>
  )
}

/** @jsxImportSource react */
// The organisation's e-mail domains: which are verified, what is wrong with the
// others, and the record that proves one.
import { Badge, Button } from '@fluentui/react-components'
import { type FormEvent, useId, useState } from 'react'
import type { Refusal } from '../../api'
import { addDomain, domains } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Domain } from '../../wire'
import { go, refusalIn, useAsked, useTitle } from '../hooks'
import { type PageProps, withParts } from '../kit/configured'
import { TextField } from '../kit/form'
import { type Column, DataList, type Facet } from '../kit/list'
import { Notice, type Saying, useNotice } from '../kit/notice'
import { Modal } from '../modal'
import { PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { hrefOf } from '../route'
import { momentText } from '../words'
import { DomainPanel } from './panel'

export default function DomainsPage({ query, focus, may }: PageProps) {
  useTitle(t('title.domains'))
  const { asked, again, put } = useAsked(domains)
  const saying = useNotice()
  return (
    <>
      <PageHead title={t('title.domains')} lead={t('lead.domains')} focus={focus} />
      <Notice {...saying} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && (
        <DomainList rows={asked.value} onRows={put} query={query} mayWrite={may('manage_settings')} saying={saying} />
      )}
    </>
  )
}

interface ListProps {
  rows: readonly Domain[]
  onRows: (rows: readonly Domain[]) => void
  query: URLSearchParams
  mayWrite: boolean
  saying: Saying
}

/** What the address says of a new domain instead of a name. */
const fresh = 'new'

function DomainList({ rows, onRows, query, mayWrite, saying }: ListProps) {
  const show = (name: string) => go(hrefOf('domains', withParts(query, { open: name })))
  const id = query.get('open') ?? ''
  const open = rows.find((d) => d.name === id)
  return (
    <>
      <DataList<Domain>
        page="domains"
        query={query}
        label={t('title.domains')}
        rows={rows}
        keyOf={(d) => d.name}
        columns={columns()}
        facets={facets()}
        empty={{ title: t('empty.domains'), more: t('emptyMore.domains') }}
        commands={
          mayWrite && (
            <Button appearance="primary" onClick={() => show(fresh)}>
              {t('add.domains')}
            </Button>
          )
        }
      />
      {id === fresh && mayWrite && (
        <AddDomain
          onClose={() => show('')}
          onDone={(d) => {
            onRows([...rows, d])
            show(d.name)
          }}
        />
      )}
      {open && (
        <DomainPanel
          key={open.name}
          domain={open}
          mayWrite={mayWrite}
          onChange={(d) => onRows(rows.map((one) => (one.name === d.name ? d : one)))}
          onClose={() => show('')}
          onDeleted={() => {
            onRows(rows.filter((one) => one.name !== open.name))
            saying.say({ is: 'done', text: t('editor.deleted', { name: isolate(open.unicode) }) })
            show('')
          }}
        />
      )}
    </>
  )
}

const states = ['pending', 'verified', 'warning', 'failed'] as const satisfies readonly Domain['state'][]
const colours = { pending: 'subtle', verified: 'success', warning: 'warning', failed: 'danger' } as const

export function StateBadge({ state }: { state: Domain['state'] }) {
  return (
    <Badge appearance="tint" color={colours[state]}>
      {t(`domain.state.${state}`)}
    </Badge>
  )
}

function columns(): readonly Column<Domain>[] {
  return [
    { id: 'name', head: t('domain.name'), text: (d) => `${d.unicode} ${d.name}`, cell: (d) => <bdi>{d.unicode}</bdi> },
    { id: 'state', head: t('domain.state'), text: (d) => d.state, cell: (d) => <StateBadge state={d.state} /> },
    {
      id: 'proof',
      head: t('domain.proof'),
      text: (d) => (d.record ? 'dns' : 'operator'),
      cell: (d) => t(d.record ? 'domain.proof.dns' : 'domain.proof.operator')
    },
    {
      id: 'checked',
      head: t('domain.checked'),
      text: (d) => d.checkedAt ?? '',
      cell: (d) => (d.checkedAt ? <time dateTime={d.checkedAt}>{momentText(d.checkedAt)}</time> : '')
    }
  ]
}

function facets(): readonly Facet<Domain>[] {
  return [
    {
      id: 'state',
      label: t('domain.state'),
      of: (d) => d.state,
      options: states.map((s) => [s, t(`domain.state.${s}`)] as const)
    }
  ]
}

function AddDomain({ onClose, onDone }: { onClose: () => void; onDone: (d: Domain) => void }) {
  const form = useId()
  const [name, setName] = useState('')
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const add = async (e: FormEvent) => {
    e.preventDefault()
    if (busy || name.trim() === '') return
    setBusy(true)
    setRefusal(null)
    try {
      onDone(await addDomain(name))
    } catch (e) {
      setRefusal(refusalIn(e))
      setBusy(false)
    }
  }
  return (
    <Modal
      side
      title={t('add.domains')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button form={form} type="submit" appearance="primary" disabledFocusable={busy || name.trim() === ''}>
            {t('domain.add')}
          </Button>
        </>
      }
    >
      <form id={form} className="form" noValidate onSubmit={(e) => void add(e)}>
        <TextField
          label={t('domain.name')}
          hint={t('domain.name.more')}
          required
          code
          value={name}
          maxLength={253}
          onChange={setName}
        />
      </form>
      {refusal && <RefusalBar refusal={refusal} />}
    </Modal>
  )
}

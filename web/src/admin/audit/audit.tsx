/** @jsxImportSource react */
// The audit log: who did what to whom, and what it changed.
import { Button } from '@fluentui/react-components'
import { useCallback } from 'react'
import { assignments, groups, locations, policies, roles } from '../../api/admin'
import { auditFile, auditLine, auditLines } from '../../api/records'
import { t } from '../../i18n/admin'
import type { AuditLine } from '../../wire'
import { go, useAsked, useTitle } from '../hooks'
import { orNone, type PageProps, withParts } from '../kit/configured'
import { CopyButton } from '../kit/copy'
import { type Column, type Facet, ServerList } from '../kit/list'
import { startOf } from '../kit/view'
import { Modal } from '../modal'
import { roleName } from '../names'
import { Facts, PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { outOfOrder } from '../reports/filter'
import { hrefOf } from '../route'
import { momentText, numberText, zoneText } from '../words'
import { Changes } from './changes'
import { actionOptions, actionText, actorText } from './words'

export default function AuditPage({ query, focus, may }: PageProps) {
  useTitle(t('title.audit'))
  const open = query.get('open') ?? ''
  return (
    <>
      <PageHead title={t('title.audit')} lead={t('audit.lead')} focus={focus} />
      <ServerList<AuditLine>
        page="audit"
        query={query}
        label={t('audit.table')}
        ask={auditLines}
        keyOf={(l) => String(l.number)}
        columns={columns()}
        facets={facets(may('read_people'))}
        noSearch
        empty={{ title: t('audit.empty'), more: t('audit.emptyMore') }}
        fileHref={auditFile}
        wrong={(chosen) => (outOfOrder(chosen) ? t('reports.order') : '')}
      />
      <p className="quiet">{t('reports.zone', { zone: zoneText() })}</p>
      {open !== '' && <LinePanel key={open} number={open} query={query} mayNames={may('read_configuration')} />}
    </>
  )
}

function columns(): readonly Column<AuditLine>[] {
  const whom = (l: AuditLine) => (l.person === '' ? '' : l.personName || t('report.erased'))
  return [
    { id: 'action', head: t('audit.action'), text: (l) => l.action, cell: (l) => actionText(l.action) },
    { id: 'at', head: t('audit.at'), by: '', text: (l) => l.at, cell: (l) => <time dateTime={l.at}>{momentText(l.at)}</time> },
    { id: 'actor', head: t('audit.actor'), text: actorText, cell: (l) => <bdi>{actorText(l)}</bdi> },
    { id: 'person', head: t('audit.person'), text: whom, cell: (l) => <bdi>{whom(l)}</bdi> },
    { id: 'object', head: t('audit.object'), text: (l) => l.object, cell: (l) => <bdi className="code">{l.object}</bdi> },
    { id: 'number', head: t('audit.number'), extra: true, text: (l) => l.number, cell: (l) => numberText(l.number) },
    { id: 'hash', head: t('audit.hash'), extra: true, text: (l) => l.hash, cell: (l) => <bdi className="code">{l.hash}</bdi> }
  ]
}

function facets(mayPeople: boolean): readonly Facet<AuditLine>[] {
  const people: readonly Facet<AuditLine>[] = [
    { id: 'actor', label: t('audit.actor'), kind: 'person' },
    { id: 'person', label: t('audit.person'), kind: 'person' }
  ]
  return [
    { id: 'action', label: t('audit.action'), options: actionOptions(), ask: (action) => ({ search: action }) },
    ...(mayPeople ? people : []),
    { id: 'token', label: t('audit.token'), kind: 'text' },
    { id: 'object', label: t('audit.object'), kind: 'text' },
    { id: 'from', label: t('audit.from'), kind: 'day', ask: (day) => ({ from: startOf(day) }) },
    { id: 'to', label: t('audit.to'), kind: 'day', ask: (day) => ({ to: startOf(day, 1) }) } // before the next day
  ]
}

/** Names of what ids in changes stand for, as far as the reader may see them. */
async function namesById(): Promise<ReadonlyMap<string, string>> {
  const all = await Promise.all([
    orNone(groups.list()),
    orNone(roles.list()),
    orNone(locations.list()),
    orNone(assignments.list()),
    orNone(policies.list())
  ])
  const [, r] = all
  return new Map([...all.flat().map((o) => [o.id, o.name] as const), ...r.map((o) => [o.id, roleName(o)] as const)])
}

interface PanelProps {
  number: string
  query: URLSearchParams
  /** Whether the reader may see what ids stand for. */
  mayNames: boolean
}

function LinePanel({ number, query, mayNames }: PanelProps) {
  const load = useCallback(
    async () => ({ line: await auditLine(number), names: mayNames ? await namesById() : new Map<string, string>() }),
    [number, mayNames]
  )
  const { asked, again } = useAsked(load)
  const close = () => go(hrefOf('audit', withParts(query, { open: '' })))
  const title = asked.is === 'here' ? actionText(asked.value.line.action) : t('title.audit')
  return (
    <Modal
      side
      title={title}
      onClose={close}
      actions={
        <>
          <CopyButton words={t('copied.link')} text={() => location.href} />
          <Button onClick={close}>{t('editor.close')}</Button>
        </>
      }
    >
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && (
        <>
          <LineFacts line={asked.value.line} />
          <h3>{t('audit.changes')}</h3>
          <Changes line={asked.value.line} nameOf={(id) => asked.value.names.get(id) ?? id} />
        </>
      )}
    </Modal>
  )
}

function LineFacts({ line: l }: { line: AuditLine }) {
  const only = (part: Record<string, string>, words: string) => <a href={hrefOf('audit', part)}>{words}</a>
  return (
    <Facts
      of={[
        [t('audit.at'), momentText(l.at)],
        [t('audit.actor'), l.actor === '' ? actorText(l) : only({ actor: l.actor }, actorText(l))],
        [t('audit.token'), l.token ? only({ token: l.token.id }, l.token.name) : ''],
        [t('audit.person'), l.person === '' ? '' : only({ person: l.person }, l.personName || t('report.erased'))],
        [t('audit.object'), l.object === '' ? '' : only({ object: l.object }, l.object)],
        [t('audit.number'), numberText(l.number)],
        [
          t('audit.hash'),
          <bdi key="hash" className="code">
            {l.hash}
          </bdi>
        ]
      ]}
    />
  )
}

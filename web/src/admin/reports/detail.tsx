/** @jsxImportSource react */
// Everything that is kept of one ended help session: who, when, what both said
// yes to, what was decided and why, and what happened.
import { type ReactNode, useCallback } from 'react'
import { assignments } from '../../api/admin'
import { sessionReport } from '../../api/records'
import { isolate } from '../../i18n'
import { dynamic, t } from '../../i18n/admin'
import type { AuditLine, Consent, SessionDetail } from '../../wire'
import { actionText, actorText } from '../audit/words'
import { useAsked, useTitle } from '../hooks'
import { orNone } from '../kit/configured'
import { CopyButton } from '../kit/copy'
import { PageLink } from '../link'
import { Facts, PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { browserText, connectionText, durationText, groundText, momentText, platformText, reasonText } from '../words'
import { kindText, Name, nameText, Warnings } from './cells'
import { Decisions } from './decisions'

interface DetailProps {
  id: string
  focus: boolean
  /** Where the list is. */
  back: string
  /** Whether the reader may see what assignments are called. */
  mayNames: boolean
}

export function SessionPage({ id, focus, back, mayNames }: DetailProps) {
  const load = useCallback(
    async () => ({ session: await sessionReport(id), assignments: mayNames ? await orNone(assignments.list()) : [] }),
    [id, mayNames]
  )
  const { asked, again } = useAsked(load)
  const s = asked.is === 'here' ? asked.value.session : null
  const title = s
    ? t('session.title', { helper: nameOf(s.helper, s.helperId), sharer: nameOf(s.sharer, s.sharerId) })
    : t('title.session')
  useTitle(title)
  return (
    <>
      <PageLink href={back}>{t('session.back')}</PageLink>
      <PageHead title={title} lead="" focus={focus} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && (
        <>
          <div>
            <CopyButton words={t('copied.link')} text={() => location.href} />
          </div>
          <Everything session={asked.value.session} names={new Map(asked.value.assignments.map((a) => [a.id, a.name]))} />
        </>
      )}
    </>
  )
}

function nameOf(name: string, id: string): string {
  return isolate(nameText(name, id))
}

function Everything({ session: s, names }: { session: SessionDetail; names: ReadonlyMap<string, string> }) {
  return (
    <div className="detail">
      <Card title={t('session.facts')}>
        <Facts of={factsOf(s)} />
      </Card>
      <Card title={t('session.people')}>
        <Facts of={[...seatFacts(s, 'helper'), ...seatFacts(s, 'sharer')]} />
      </Card>
      <Card title={t('session.consents')}>
        <p>{consentText('helper', s.helperConsent)}</p>
        <p>{consentText('sharer', s.sharerConsent)}</p>
      </Card>
      <Card title={t('report.warnings')}>
        <Warnings warnings={s.warnings} />
      </Card>
      <Card title={t('session.timeline')}>
        <Timeline lines={s.timeline} />
      </Card>
      <Card title={t('session.decisions')}>
        <Decisions decisions={s.decisions} names={names} />
      </Card>
    </div>
  )
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="panel detail-card" aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function factsOf(s: SessionDetail): readonly (readonly [string, ReactNode])[] {
  return [
    [t('report.ended'), [reasonText(s.reason), ...s.grounds.map(groundText)].filter(Boolean).join(' ')],
    [t('session.endedBy'), s.endedBy === '' ? '' : t(`seat.${s.endedBy}`)],
    [t('session.note'), s.note],
    [t('report.started'), momentText(s.createdAt)],
    [t('session.allowed'), s.allowedAt ? momentText(s.allowedAt) : t('report.notStarted')],
    [t('session.firstPicture'), s.firstPictureAt ? momentText(s.firstPictureAt) : ''],
    [t('report.endedAt'), momentText(s.endedAt)],
    [t('report.duration'), s.allowedAt ? durationText(s.seconds) : ''],
    [t('report.kind'), kindText(s.kind)],
    [t('session.surface'), s.surface === '' ? '' : dynamic(`shared.${s.surface}`, s.surface)],
    [t('report.connection'), connectionText(s.connection)],
    [t('session.firstContact'), t(s.firstContact ? 'field.yes' : 'field.no')],
    [
      t('session.id'),
      <bdi key="id" className="code">
        {s.session}
      </bdi>
    ]
  ]
}

function seatFacts(s: SessionDetail, seat: 'helper' | 'sharer'): readonly (readonly [string, ReactNode])[] {
  const helper = seat === 'helper'
  const id = helper ? s.helperId : s.sharerId
  const device = helper ? s.helperDevice : s.sharerDevice
  const called = helper ? s.helperDeviceName : s.sharerDeviceName
  const what = [
    platformText(helper ? s.helperPlatform : s.sharerPlatform),
    browserText(helper ? s.helperBrowser : s.sharerBrowser)
  ]
  return [
    [t(`report.${seat}`), <Name key="name" name={helper ? s.helper : s.sharer} id={id} />],
    [t('person.email'), helper ? s.helperEmail : s.sharerEmail],
    [t('session.device'), id === '' ? '' : device === '' ? t('standing.unenrolled') : <bdi key="device">{called || device}</bdi>],
    [t('session.system'), what.filter(Boolean).join(' · ')]
  ]
}

function consentText(seat: 'helper' | 'sharer', consent: Consent | undefined): string {
  if (!consent) return t(`session.${seat}NoConsent`)
  return t(`session.${seat}Consent`, { at: momentText(consent.at), text: isolate(consent.text) })
}

/** What happened, in order. */
function Timeline({ lines }: { lines: readonly AuditLine[] }) {
  if (lines.length === 0) return <p className="quiet">{t('session.noTimeline')}</p>
  return (
    <ol className="timeline">
      {lines.map((l) => (
        <li key={l.number}>
          <time dateTime={l.at} className="quiet">
            {momentText(l.at, 'seconds')}
          </time>
          <div>
            {actionText(l.action)}
            <bdi className="quiet person-email">{[actorText(l), ...detailTexts(l)].join(' · ')}</bdi>
          </div>
        </li>
      ))}
    </ol>
  )
}

/** What a line says beside who did what: reason, surface, note. */
function detailTexts(l: AuditLine): readonly string[] {
  return Object.entries(l.details).map(([k, v]) => {
    switch (k) {
      case 'reason':
        return reasonText(v)
      case 'surface':
        return dynamic(`shared.${v}`, v)
      case 'note':
        return isolate(v)
      default:
        return `${k}: ${isolate(v)}`
    }
  })
}

/** @jsxImportSource react */
// The help sessions that go on: who helps whom, since when, and the way to end one.
import { Badge, Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { useState } from 'react'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { LiveSeat, LiveSession } from '../../wire'
import { useTitle } from '../hooks'
import type { PageProps } from '../kit/configured'
import { type Column, DataList, type Facet } from '../kit/list'
import { Notice, useNotice } from '../kit/notice'
import { PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { Warnings } from '../reports/cells'
import { Face } from '../shell'
import { browserText, connectionText, durationText, platformText } from '../words'
import { EndQuestion } from './end'
import { type Followed, useFollowed, useNow } from './follow'

export default function LivePage({ query, focus }: PageProps) {
  useTitle(t('title.live'))
  const { again, ...followed } = useFollowed()
  const now = useNow(followed.list)
  const saying = useNotice()
  const [ending, setEnding] = useState<LiveSession | null>(null)
  const rows = followed.list?.items ?? []
  return (
    <>
      <PageHead title={t('title.live')} lead={t('live.lead')} focus={focus} />
      <Notice {...saying} />
      <Standing followed={followed} again={again} />
      {followed.list && (
        <DataList<LiveSession>
          page="live"
          query={query}
          label={t('live.table')}
          rows={rows}
          keyOf={(s) => s.session}
          columns={columns(now, setEnding)}
          facets={facets()}
          empty={{ title: t('live.empty'), more: t('live.emptyMore') }}
          flat
        />
      )}
      {ending && (
        <EndQuestion
          session={ending}
          over={followed.is === 'live' && !rows.some((s) => s.session === ending.session)}
          onDone={(note) => {
            setEnding(null)
            saying.say({
              is: 'done',
              text: t(note === '' ? 'live.ended' : 'live.endedNote', { name: isolate(ending.helper.name) })
            })
          }}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  )
}

/** Whether what is shown is live. */
function Standing({ followed, again }: { followed: Followed; again: () => void }) {
  switch (followed.is) {
    case 'opening':
      return <Waiting>{t('admin.loading')}</Waiting>
    case 'refused':
      return followed.refusal && <RefusalBar refusal={followed.refusal} />
    case 'live':
      return (
        <p className="live-standing" role="status">
          <Badge appearance="tint" color="success" size="large">
            {t('live.on')}
          </Badge>
        </p>
      )
    case 'away':
      return (
        <div role="alert">
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>{t(followed.list ? 'live.away' : 'live.awayNothing')}</MessageBarBody>
            <MessageBarActions>
              <Button onClick={again}>{t('action.again')}</Button>
            </MessageBarActions>
          </MessageBar>
        </div>
      )
  }
}

function seconds(since: string, now: number): number {
  return Math.max(0, (now - new Date(since).getTime()) / 1000)
}

function stateText(s: LiveSession): string {
  return t(`state.${s.state}`)
}

function columns(now: number, onEnd: (s: LiveSession) => void): readonly Column<LiveSession>[] {
  const shared = (s: LiveSession) => (s.allowedAt ? seconds(s.allowedAt, now) : 0)
  return [
    { id: 'helper', head: t('report.helper'), text: (s) => s.helper.name, cell: (s) => <Seat seat={s.helper} /> },
    {
      id: 'sharer',
      head: t('report.sharer'),
      text: (s) => s.sharer?.name ?? '',
      cell: (s) => (s.sharer ? <Seat seat={s.sharer} /> : <span className="quiet">{t('live.nobodyYet')}</span>)
    },
    {
      id: 'state',
      head: t('live.state'),
      text: stateText,
      cell: (s) => (
        <>
          <StateBadge session={s} />{' '}
          <span className="quiet">{t('live.since', { duration: durationText(seconds(s.since, now)) })}</span>
        </>
      )
    },
    {
      id: 'duration',
      head: t('report.duration'),
      text: (s) => Math.floor(shared(s)),
      cell: (s) => (s.allowedAt ? durationText(shared(s)) : <span className="quiet">{t('live.notYet')}</span>)
    },
    { id: 'device', head: t('live.device'), text: (s) => s.sharer?.deviceName ?? '', cell: (s) => <Device seat={s.sharer} /> },
    {
      id: 'warnings',
      head: t('report.warnings'),
      text: (s) => s.warnings.join(' '),
      cell: (s) => <Warnings warnings={s.warnings} />
    },
    {
      id: 'connection',
      head: t('report.connection'),
      extra: true,
      text: (s) => connectionText(s.connection),
      cell: (s) => connectionText(s.connection)
    },
    {
      id: 'end',
      head: t('live.act'),
      cell: (s) =>
        s.mayEnd ? (
          <Button
            aria-label={t('live.endOf', {
              helper: isolate(s.helper.name),
              sharer: isolate(s.sharer?.name ?? t('live.nobodyYet'))
            })}
            onClick={() => onEnd(s)}
          >
            {t('live.end')}
          </Button>
        ) : (
          <span className="quiet">{t('live.mayNotEnd')}</span>
        )
    }
  ]
}

const colours = {
  waiting: 'informative',
  trust: 'informative',
  connecting: 'brand',
  sharing: 'success',
  paused: 'warning',
  ended: 'subtle'
} as const

function StateBadge({ session }: { session: LiveSession }) {
  return (
    <Badge appearance="tint" color={colours[session.state]} size="large">
      {stateText(session)}
    </Badge>
  )
}

/** Who sits in a seat, and whether they are there. */
function Seat({ seat }: { seat: LiveSeat }) {
  return (
    <span className="person-who">
      <Face person={seat} size={32} />
      <span>
        <bdi>{seat.name}</bdi>
        {seat.presence !== 'present' && (
          <>
            {' '}
            <Badge appearance="tint" color="warning" size="large">
              {t(`presence.${seat.presence}`)}
            </Badge>
          </>
        )}
        <bdi className="quiet person-email">{seat.title}</bdi>
      </span>
    </span>
  )
}

function Device({ seat }: { seat: LiveSeat | undefined }) {
  if (!seat) return null
  const what = [platformText(seat.platform), browserText(seat.browser)].filter(Boolean)
  return (
    <>
      {seat.device === '' ? <span className="quiet">{t('standing.unenrolled')}</span> : <bdi>{seat.deviceName}</bdi>}
      {seat.compliance !== '' && <span className="person-email">{t(`standing.${seat.compliance}`)}</span>}
      <span className="quiet person-email">{what.join(' · ')}</span>
    </>
  )
}

const states: readonly Exclude<LiveSession['state'], 'ended'>[] = ['waiting', 'trust', 'connecting', 'sharing', 'paused']

function facets(): readonly Facet<LiveSession>[] {
  return [{ id: 'state', label: t('live.state'), of: (s) => s.state, options: states.map((s) => [s, t(`state.${s}`)]) }]
}

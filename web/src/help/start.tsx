// The helper's first screen: one button, what is running, and what was.
import { useEffect, useState } from 'preact/hooks'
import { ownSessions, Refusal } from '../api'
import { isolate } from '../i18n'
import { isMessage, t } from '../i18n/seats'
import { Button, Card, LinkButton, Note, Waiting } from '../ui/kit'
import { Grounds, RefusalNote, type Refused, StepUp } from '../ui/refusal'
import { durationText, momentText } from '../ui/time'
import type { Me, OwnSession } from '../wire'
import { type Bound, BoundNote } from './device'

interface StartProps {
  me: Me
  /** The device that the code will be for, with its owner; null: it is for anybody. */
  bound: Bound | null
  busy: boolean
  refusal: Refused | null
  onGetCode: () => void
  /** The code shall be for anybody after all. */
  onFree: () => void
}

export function Start(p: StartProps) {
  const { allowed, reasons } = p.me.mayHelp
  return (
    <Card>
      <h1>{t('help.title')}</h1>
      {p.bound ? <BoundNote bound={p.bound} onFree={p.onFree} /> : <p class="lead">{t('help.lead')}</p>}
      {allowed ? (
        <Button kind="primary" big icon="key" busy={p.busy} onClick={p.onGetCode}>
          {t('action.getCode')}
        </Button>
      ) : (
        <Note tone="warn" title={t('help.mayNot')}>
          <Grounds grounds={reasons ?? []} />
          <p>{t('help.mayNotMore')}</p>
          <StepUp reasons={reasons ?? []} />
        </Note>
      )}
      {p.refusal && <RefusalNote refusal={p.refusal} />}
      <p class="quiet">
        <a href="/check">{t('check.title')}</a>
      </p>
    </Card>
  )
}

export type History = { is: 'loading' } | { is: 'there'; sessions: OwnSession[] } | { is: 'failed'; refusal: Refusal }

/** Loads the caller's own sessions. */
export function useHistory(): [History, () => void] {
  const [history, setHistory] = useState<History>({ is: 'loading' })
  const load = () => {
    setHistory({ is: 'loading' })
    ownSessions().then(
      (l) => setHistory({ is: 'there', sessions: l.sessions ?? [] }),
      (e: unknown) => {
        if (!(e instanceof Refusal)) throw e
        setHistory({ is: 'failed', refusal: e })
      }
    )
  }
  useEffect(load, [])
  return [history, load]
}

export function HistoryCard({ history, onAgain }: { history: History; onAgain: () => void }) {
  return (
    <Card label={t('history.title')}>
      <h2>{t('history.title')}</h2>
      <Listed history={history} onAgain={onAgain} />
    </Card>
  )
}

function Listed({ history, onAgain }: { history: History; onAgain: () => void }) {
  switch (history.is) {
    case 'loading':
      return <Waiting>{t('history.loading')}</Waiting>
    case 'failed':
      return (
        <>
          <RefusalNote refusal={history.refusal} />
          <Button onClick={onAgain}>{t('action.again')}</Button>
        </>
      )
    case 'there':
      if (history.sessions.length === 0) return <p class="empty">{t('history.empty')}</p>
      return (
        <ul class="history">
          {history.sessions.map((s) => (
            <Row key={s.session} session={s} />
          ))}
        </ul>
      )
  }
}

function Row({ session: s }: { session: OwnSession }) {
  const running = s.state !== 'ended'
  const name = s.peerName === '' ? t('history.nobody') : s.peerName
  const seconds = s.allowedAt && s.endedAt ? (Date.parse(s.endedAt) - Date.parse(s.allowedAt)) / 1000 : 0
  const why = `ended.${s.seat}.${s.reason}`
  const page = s.seat === 'helper' ? '/help' : '/join'
  return (
    <li class="history-row">
      <div>
        <p class="history-name">
          <bdi>{name}</bdi> <span class="chip">{t(`history.${s.seat}`)}</span>
        </p>
        <p class="quiet">
          {momentText(s.createdAt)}
          {seconds > 0 && ` · ${durationText(seconds)}`}
        </p>
        {isMessage(why) && <p class="quiet">{t(why, { name: isolate(name) })}</p>}
      </div>
      {running && <LinkButton href={`${page}?s=${encodeURIComponent(s.session)}`}>{t('history.open')}</LinkButton>}
    </li>
  )
}

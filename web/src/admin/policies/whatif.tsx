/** @jsxImportSource react */
// What would happen if: a supposed situation, decided exactly as a real one, with
// every policy that was about it.
import { Badge, Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { whatIf } from '../../api/admin'
import { t } from '../../i18n/admin'
import type { Applied, Decision, Person, WhatIf } from '../../wire'
import { grades } from '../devices/words'
import { type Asked, refusalIn, useAsked, useTitle } from '../hooks'
import { orNone, type PageProps } from '../kit/configured'
import { DeviceField } from '../kit/find'
import { ChoiceField, Part, SwitchField, TextField } from '../kit/form'
import { DataList } from '../kit/list'
import { everybody } from '../names'
import { PageHead, Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { localMoment, momentOf } from '../roles/moment'
import { groundText, listText } from '../words'
import { browsers, platforms } from './values'

const load = () => orNone(everybody())
const seats = ['helper', 'sharer', 'administrator'] as const

export default function WhatIfPage({ query, focus, own }: PageProps) {
  useTitle(t('title.whatIf'))
  const { asked, again } = useAsked(load)
  return (
    <>
      <PageHead title={t('title.whatIf')} lead={t('whatIf.lead')} focus={focus} />
      {asked.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {asked.is === 'failed' && <RefusalBar refusal={asked.refusal} onAgain={again} />}
      {asked.is === 'here' && <Situation people={asked.value} own={own} query={query} />}
    </>
  )
}

type Answer = Asked<Decision> | { is: 'nothing' }

function Situation({ people, own, query }: { people: readonly Person[]; own: string; query: URLSearchParams }) {
  const [draft, setDraft] = useState<WhatIf>({ seat: 'helper', person: own, mfa: false, signInAgeMinutes: 0 })
  const [answer, setAnswer] = useState<Answer>({ is: 'nothing' })
  const change = (part: Partial<WhatIf>) => setDraft({ ...draft, ...part })
  const ask = async (e: FormEvent) => {
    e.preventDefault()
    setAnswer({ is: 'loading' })
    try {
      setAnswer({ is: 'here', value: await whatIf(draft) })
    } catch (error) {
      setAnswer({ is: 'failed', refusal: refusalIn(error) })
    }
  }
  return (
    <>
      <form className="panel what-if" onSubmit={(e) => void ask(e)} noValidate>
        <WhoPart draft={draft} people={people} change={change} />
        <WherePart draft={draft} change={change} />
        <SignInPart draft={draft} change={change} onDraft={setDraft} />
        <div className="row">
          <Button type="submit" appearance="primary">
            {t('whatIf.ask')}
          </Button>
        </div>
      </form>
      {answer.is === 'loading' && <Waiting>{t('admin.loading')}</Waiting>}
      {answer.is === 'failed' && <RefusalBar refusal={answer.refusal} />}
      {answer.is === 'here' && <Decided decision={answer.value} query={query} />}
    </>
  )
}

interface PartProps {
  draft: WhatIf
  change: (part: Partial<WhatIf>) => void
}

function WhoPart({ draft, people, change }: PartProps & { people: readonly Person[] }) {
  const names = people.map((p) => [p.id, p.name] as const)
  return (
    <Part title={t('whatIf.who')}>
      <ChoiceField
        label={t('whatIf.seat')}
        value={draft.seat}
        options={seats.map((s) => [s, t(`seat.${s}`)] as const)}
        onChange={(seat) => change({ seat })}
      />
      <ChoiceField label={t('whyNot.person')} value={draft.person} options={names} onChange={(person) => change({ person })} />
      {draft.seat !== 'administrator' && (
        <ChoiceField
          label={t(draft.seat === 'helper' ? 'whatIf.sharer' : 'whatIf.helper')}
          value={draft.other ?? ''}
          options={[['', t('whatIf.nobody')] as const, ...names]}
          onChange={(other) => change({ other })}
        />
      )}
    </Part>
  )
}

function WherePart({ draft, change }: PartProps) {
  return (
    <Part title={t('whatIf.where')}>
      <TextField
        label={t('whatIf.address')}
        hint={t('whatIf.address.more')}
        code
        value={draft.address ?? ''}
        maxLength={64}
        onChange={(address) => change({ address })}
      />
      <ChoiceField
        label={t('whatIf.platform')}
        value={draft.platform ?? ''}
        options={[['', t('whatIf.unknown')] as const, ...platforms.map((p) => [p, t(`platform.${p}`)] as const)]}
        onChange={(platform) => change({ platform })}
      />
      <ChoiceField
        label={t('whatIf.browser')}
        value={draft.browser ?? ''}
        options={[['', t('whatIf.unknown')] as const, ...browsers.map((b) => [b, t(`browser.${b}`)] as const)]}
        onChange={(browser) => change({ browser })}
      />
      <DeviceField label={t('whatIf.device')} onChange={(device) => change({ device })} />
      <ChoiceField
        label={t('whatIf.grade')}
        value={draft.deviceGrade ?? ''}
        options={[['', t('whatIf.strongest')] as const, ...grades.map((g) => [g, t(`grade.${g}`)] as const)]}
        onChange={(deviceGrade) => change({ deviceGrade })}
      />
      {draft.seat === 'helper' && (
        <DeviceField label={t('whatIf.otherDevice')} onChange={(otherDevice) => change({ otherDevice })} />
      )}
    </Part>
  )
}

function SignInPart({ draft, change, onDraft }: PartProps & { onDraft: (draft: WhatIf) => void }) {
  const { at, ...rest } = draft
  const when = (text: string) => {
    const moment = momentOf(text)
    onDraft(moment === null ? rest : { ...rest, at: moment })
  }
  return (
    <Part title={t('whatIf.signIn')}>
      <SwitchField label={t('whatIf.mfa')} on={draft.mfa} onChange={(mfa) => change({ mfa })} />
      <TextField
        label={t('whatIf.age')}
        type="number"
        value={String(draft.signInAgeMinutes)}
        onChange={(text) => change({ signInAgeMinutes: Math.min(43200, Math.max(0, Math.floor(Number(text) || 0))) })}
      />
      <TextField label={t('control.acr')} code value={draft.acr ?? ''} maxLength={200} onChange={(acr) => change({ acr })} />
      <TextField
        label={t('whatIf.at')}
        hint={t('whatIf.at.more')}
        type="datetime-local"
        value={localMoment(at)}
        onChange={when}
      />
    </Part>
  )
}

const colours = { satisfied: 'success', unsatisfied: 'warning', blocked: 'danger' } as const

function Decided({ decision: d, query }: { decision: Decision; query: URLSearchParams }) {
  const obliged = d.obligations.map((o) => t(`require.${o}`))
  return (
    <>
      <div role="status">
        <MessageBar intent={d.allowed ? 'success' : 'error'} layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t(d.allowed ? 'whatIf.allowed' : 'whatIf.refused')}</MessageBarTitle>
            {d.reasons.map(groundText).join(' ')}
            {obliged.length > 0 && ` ${t('whatIf.obliged', { what: listText(obliged) })}`}
          </MessageBarBody>
        </MessageBar>
      </div>
      <h2>{t('whatIf.policies')}</h2>
      <DataList<Applied>
        page="whatIf"
        query={query}
        label={t('whatIf.policies')}
        rows={d.policies}
        keyOf={(p) => p.id}
        flat
        columns={[
          { id: 'name', head: t('field.name'), text: (p) => p.name, cell: (p) => <bdi>{p.name}</bdi> },
          {
            id: 'state',
            head: t('policies.state'),
            text: (p) => t(`policies.state.${p.state}`),
            cell: (p) => t(`policies.state.${p.state}`)
          },
          {
            id: 'result',
            head: t('whatIf.result'),
            text: (p) => t(`whatIf.result.${p.result}`),
            cell: (p) => (
              <Badge appearance="tint" color={colours[p.result]}>
                {t(`whatIf.result.${p.result}`)}
              </Badge>
            )
          },
          { id: 'unmet', head: t('whatIf.unmet'), cell: (p) => listText(p.unmet.map((u) => t(`require.${u}`))) }
        ]}
        empty={{ title: t('whatIf.none'), more: t('whatIf.noneMore') }}
      />
    </>
  )
}

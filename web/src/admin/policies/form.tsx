/** @jsxImportSource react */
// The editor of a policy, in steps: what it is called, whom it is about, when it
// applies, what follows.
import { useState } from 'react'
import { type AdminMessage, t } from '../../i18n/admin'
import type { PolicyBody, Who } from '../../wire'
import { toggled } from '../kit/draft'
import type { Editing } from '../kit/editor'
import { ChoiceField, NamedFields, Part, PickMany, SwitchField, Tick } from '../kit/form'
import { personOptions, roleOptions } from '../names'
import { ConditionsStep } from './conditions'
import { ControlStep } from './control'
import type { Known } from './policies'

const steps = ['name', 'who', 'seats', 'conditions', 'control'] as const
type Step = (typeof steps)[number]

const states = ['on', 'report_only', 'off'] as const
const seats = ['helper', 'sharer', 'administrator'] as const

/** Members of a policy that the server may find wrong, with the step where they are. */
const places: Record<string, Step> = { state: 'name', include: 'who', seats: 'seats', control: 'control' }

export interface StepProps extends Editing<PolicyBody> {
  known: Known
}

export function PolicyForm(p: StepProps) {
  const [step, setStep] = useState<Step>('name')
  const wrong = new Set(p.refused.map((r) => places[r.subject ?? ''] ?? 'conditions'))
  return (
    <>
      <ol className="steps" aria-label={t('policies.steps')}>
        {steps.map((s, i) => (
          <li key={s}>
            <button type="button" aria-current={s === step ? 'step' : undefined} onClick={() => setStep(s)}>
              {i + 1}. {t(`policies.step.${s}`)}
              {wrong.has(s) && p.refused.length > 0 && <span className="step-wrong"> {t('policies.stepWrong')}</span>}
            </button>
          </li>
        ))}
      </ol>
      {step === 'name' && <NameStep {...p} />}
      {step === 'who' && <WhoStep {...p} />}
      {step === 'seats' && <SeatsStep {...p} />}
      {step === 'conditions' && <ConditionsStep {...p} />}
      {step === 'control' && <ControlStep {...p} />}
    </>
  )
}

function NameStep({ draft, change }: StepProps) {
  return (
    <>
      <NamedFields draft={draft} change={change} />
      <ChoiceField
        label={t('policies.state')}
        hint={t(`policies.state.${draft.state}.more`)}
        value={draft.state}
        options={states.map((s) => [s, t(`policies.state.${s}`)] as const)}
        onChange={(state) => change({ state })}
      />
    </>
  )
}

function WhoStep({ draft, change, known }: StepProps) {
  return (
    <>
      <Part title={t('policies.include')} more={t('policies.include.more')}>
        <SwitchField
          label={t('policies.everyone')}
          on={draft.include.everyone}
          onChange={(everyone) => change({ include: { ...draft.include, everyone } })}
        />
        {!draft.include.everyone && <WhoFields who={draft.include} known={known} onChange={(include) => change({ include })} />}
      </Part>
      <Part title={t('policies.exclude')} more={t('policies.exclude.more')}>
        <WhoFields who={draft.exclude} known={known} onChange={(exclude) => change({ exclude })} />
      </Part>
    </>
  )
}

function WhoFields({ who, known, onChange }: { who: Who; known: Known; onChange: (who: Who) => void }) {
  const pick = (label: AdminMessage, member: 'groups' | 'roles' | 'people', options: { id: string; name: string }[]) => (
    <PickMany
      label={t(label)}
      options={options}
      chosen={who[member]}
      onChange={(chosen) => onChange({ ...who, [member]: chosen })}
    />
  )
  return (
    <>
      {pick(
        'person.groups',
        'groups',
        known.groups.filter((g) => g.of === 'people')
      )}
      {pick('person.roles', 'roles', roleOptions(known.roles))}
      {pick('title.people', 'people', personOptions(known.people))}
    </>
  )
}

function SeatsStep({ draft, change }: StepProps) {
  return (
    <Part title={t('policies.seats')}>
      {seats.map((s) => (
        <Tick
          key={s}
          label={t(`seat.${s}`)}
          more={t(`seat.${s}.more`)}
          on={draft.seats.includes(s)}
          onChange={(on) => change({ seats: toggled(seats, draft.seats, s, on) })}
        />
      ))}
    </Part>
  )
}

/** @jsxImportSource react */
// The fields of the settings, each with a sentence on what it means.
import { Field, Input, Switch } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'
import { type AdminMessage, t } from '../../i18n/admin'
import { numberText } from '../words'
import { type Draft, fieldOf, type NumberField, numberIn, ranges, type SwitchField } from './draft'

interface FieldsProps {
  draft: Draft
  /** What the server found wrong. */
  refused: readonly { code: string; subject?: string }[]
  onChange: (next: Draft) => void
}

export function SettingFields({ draft, refused, onChange }: FieldsProps) {
  const wrong = new Set(refused.map((r) => fieldOf(r.subject ?? '')))
  const toggle = (field: SwitchField) => (
    <Toggle field={field} on={draft[field]} onChange={(on) => onChange({ ...draft, [field]: on })} />
  )
  const number = (field: NumberField) => (
    <NumberInput
      field={field}
      draft={draft}
      refused={wrong.has(field)}
      onChange={(text) => onChange({ ...draft, [field]: text })}
    />
  )
  return (
    <>
      <Group title="settings.group.help">
        {toggle('remoteHelp')}
        {toggle('chat')}
        {toggle('relayOnly')}
        {number('codeLifetimeMinutes')}
        {number('timeLimitMinutes')}
        {number('reportsSuspend')}
      </Group>
      <Group title="settings.group.devices">
        {toggle('unenrolled')}
        {toggle('selfEnrol')}
        {toggle('acknowledge')}
        {number('complianceDays')}
      </Group>
      <Group title="settings.group.keep">
        {number('sessionDays')}
        {number('auditDays')}
        {number('chatDays')}
      </Group>
      <Group title="settings.group.signIn">
        {number('signInIdleMinutes')}
        {number('signInAbsoluteMinutes')}
      </Group>
    </>
  )
}

function Group({ title, children }: { title: AdminMessage; children: ReactNode }) {
  const id = useId()
  return (
    <section className="panel group" aria-labelledby={id}>
      <h2 id={id}>{t(title)}</h2>
      {children}
    </section>
  )
}

function Toggle({ field, on, onChange }: { field: SwitchField; on: boolean; onChange: (on: boolean) => void }) {
  const more = useId()
  return (
    <div className="setting">
      <Switch
        className="setting-switch"
        label={t(`settings.${field}`)}
        labelPosition="before"
        checked={on}
        aria-describedby={more}
        onChange={(_, d) => onChange(d.checked)}
      />
      <p id={more} className="quiet">
        {t(`settings.${field}.more`)}
      </p>
    </div>
  )
}

interface NumberInputProps {
  field: NumberField
  draft: Draft
  refused: boolean
  onChange: (text: string) => void
}

function NumberInput({ field, draft, refused, onChange }: NumberInputProps) {
  const { min, max, unit } = ranges[field]
  const bounds = { min: numberText(min), max: numberText(max) }
  const wrong = refused || numberIn(draft, field) === null
  return (
    <Field
      className="setting"
      label={t(`settings.${field}`)}
      hint={`${t(`settings.${field}.more`)} ${t(`settings.between.${unit}`, bounds)}`}
      {...(wrong ? { validationMessage: t('settings.outOfRange', bounds) } : {})}
    >
      <Input
        className="setting-number"
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        value={draft[field]}
        contentAfter={t(`settings.${unit}`)}
        onChange={(_, d) => onChange(d.value)}
      />
    </Field>
  )
}

/** @jsxImportSource react */
// The fields that every form is made of.
import { Checkbox, Field, Input, SearchBox, Select, Switch, Textarea } from '@fluentui/react-components'
import { type ReactNode, useId, useState } from 'react'
import { t } from '../../i18n/admin'
import { toggled } from './draft'
import { fold } from './view'

interface FieldProps {
  label: string
  hint?: string
  /** What is wrong with it. */
  wrong?: string | undefined
}

const said = ({ hint, wrong }: FieldProps) => ({ ...(hint ? { hint } : {}), ...(wrong ? { validationMessage: wrong } : {}) })

interface TextProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  type?: 'text' | 'number' | 'date' | 'time' | 'datetime-local'
  maxLength?: number
  required?: boolean
  /** Technical text: left to right in every language. */
  code?: boolean
  readOnly?: boolean
}

export function TextField(p: TextProps) {
  return (
    <Field label={p.label} required={p.required ?? false} {...said(p)}>
      <Input
        type={p.type ?? 'text'}
        value={p.value}
        readOnly={p.readOnly ?? false}
        {...(p.maxLength ? { maxLength: p.maxLength } : {})}
        {...(p.code ? { dir: 'ltr' as const, spellCheck: false } : {})}
        onChange={(_, d) => p.onChange(d.value)}
      />
    </Field>
  )
}

export function LinesField(p: FieldProps & { value: string; rows?: number; code?: boolean; onChange: (value: string) => void }) {
  return (
    <Field label={p.label} {...said(p)}>
      <Textarea
        value={p.value}
        rows={p.rows ?? 2}
        resize="vertical"
        {...(p.code ? { dir: 'ltr' as const, spellCheck: false } : {})}
        onChange={(_, d) => p.onChange(d.value)}
      />
    </Field>
  )
}

interface NamedProps {
  draft: { name: string; description: string }
  change: (part: { name?: string; description?: string }) => void
}

/** What every configured thing is called, and what it is for. */
export function NamedFields({ draft, change }: NamedProps) {
  return (
    <>
      <TextField label={t('field.name')} required value={draft.name} maxLength={100} onChange={(name) => change({ name })} />
      <LinesField
        label={t('field.description')}
        value={draft.description}
        onChange={(description) => change({ description: description.slice(0, 500) })}
      />
    </>
  )
}

interface ChoiceProps<V extends string> extends FieldProps {
  value: V
  /** Value and its words. */
  options: readonly (readonly [V, string])[]
  onChange: (value: V) => void
  disabled?: boolean
}

export function ChoiceField<V extends string>(p: ChoiceProps<V>) {
  const pick = (value: string) => {
    const one = p.options.find(([v]) => v === value)
    if (one) p.onChange(one[0])
  }
  return (
    <Field label={p.label} {...said(p)}>
      <Select value={p.value} disabled={p.disabled ?? false} onChange={(_, d) => pick(d.value)}>
        {p.options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Yes or no, with a sentence on what it means. */
export function SwitchField(p: { label: string; more?: string; on: boolean; onChange: (on: boolean) => void }) {
  const more = useId()
  return (
    <div className="setting">
      <Switch
        className="setting-switch"
        label={p.label}
        labelPosition="before"
        checked={p.on}
        {...(p.more ? { 'aria-describedby': more } : {})}
        onChange={(_, d) => p.onChange(d.checked)}
      />
      {p.more && (
        <p id={more} className="quiet">
          {p.more}
        </p>
      )}
    </div>
  )
}

/** A tick, with a sentence on what it means. */
export function Tick(p: { label: string; more?: string; on: boolean; fixed?: boolean; onChange: (on: boolean) => void }) {
  const more = useId()
  return (
    <div className="tick">
      <Checkbox
        label={p.label}
        checked={p.on}
        disabled={p.fixed ?? false}
        {...(p.more ? { 'aria-describedby': more } : {})}
        onChange={(_, d) => p.onChange(d.checked === true)}
      />
      {p.more && (
        <p id={more} className="quiet">
          {p.more}
        </p>
      )}
    </div>
  )
}

/** Fields under a heading of their own. */
export function Part({ title, more, children }: { title: string; more?: string; children: ReactNode }) {
  return (
    <fieldset className="part">
      <legend>{title}</legend>
      {more && <p className="quiet">{more}</p>}
      {children}
    </fieldset>
  )
}

export interface Option {
  id: string
  name: string
  more?: string
}

interface PickProps {
  label: string
  options: readonly Option[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  /** What is said when there is nothing to choose from. */
  none?: string
}

/** So many options are offered without searching; more would bury what is below. */
const offered = 40

/** Chooses any of many: what is chosen first, the rest found by searching. */
export function PickMany({ label, options, chosen, onChange, none }: PickProps) {
  const [search, setSearch] = useState('')
  const ids = options.map((o) => o.id)
  const words = fold(search).split(/\s+/).filter(Boolean)
  const fits = (o: Option) => words.every((w) => fold(`${o.name} ${o.more ?? ''}`).includes(w))
  const gone: Option[] = chosen.filter((id) => !ids.includes(id)).map((id) => ({ id, name: t('pick.gone') }))
  const found = [...gone, ...options].filter((o) => chosen.includes(o.id) || fits(o)).slice(0, offered)
  return (
    <fieldset className="part pick">
      <legend>
        {label} <span className="quiet">{t('pick.chosen', { count: chosen.length })}</span>
      </legend>
      {options.length > 6 && (
        <SearchBox
          value={search}
          aria-label={t('pick.search', { what: label })}
          placeholder={t('list.search')}
          dismiss={{ 'aria-label': t('list.clear') }}
          onChange={(_, d) => setSearch(d.value)}
        />
      )}
      <div className="pick-options">
        {found.map((o) => (
          <Checkbox
            key={o.id}
            label={<bdi>{o.more ? `${o.name} · ${o.more}` : o.name}</bdi>}
            checked={chosen.includes(o.id)}
            onChange={(_, d) => onChange(toggled(ids, chosen, o.id, d.checked === true))}
          />
        ))}
        {found.length === 0 && <p className="quiet">{options.length === 0 && none ? none : t('list.none')}</p>}
      </div>
    </fieldset>
  )
}

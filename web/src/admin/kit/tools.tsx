/** @jsxImportSource react */
// What narrows a list down and says how it is shown: search, filters, columns, page size, files.
import { Field, Input, SearchBox, Select } from '@fluentui/react-components'
import { type ReactNode, useEffect, useId, useState } from 'react'
import { t } from '../../i18n/admin'
import { numberText } from '../words'
import { Drop } from './drop'
import type { Column, Facet } from './list'
import { PersonChoice } from './person'
import { searchLimit, sizes, type View } from './view'

export interface ToolsProps<T> {
  view: View
  columns: readonly Column<T>[]
  facets: readonly Facet<T>[]
  /** The list comes page by page. */
  paged: boolean
  /** Nothing of it can be searched for. */
  noSearch: boolean
  onView: (next: View) => void
  /** The ways to take the list along. */
  files: ReactNode
}

export function Tools<T>({ view, columns, facets, paged, noSearch, onView, files }: ToolsProps<T>) {
  return (
    <div className="tools">
      {!noSearch && (
        <Typed
          value={view.search}
          onValue={(search) => onView({ ...view, search })}
          field={(text, type) => (
            <SearchBox
              className="tools-search"
              value={text}
              maxLength={searchLimit}
              aria-label={t('list.search')}
              placeholder={t('list.search')}
              dismiss={{ 'aria-label': t('list.clear') }}
              onChange={(_, d) => type(d.value)}
            />
          )}
        />
      )}
      {facets.map((f) => (
        <Narrow
          key={f.id}
          facet={f}
          value={view.chosen[f.id] ?? ''}
          onValue={(value) => onView({ ...view, chosen: { ...view.chosen, [f.id]: value } })}
        />
      ))}
      <ColumnChoice view={view} columns={columns} onView={onView} />
      {paged && <SizeChoice view={view} onView={onView} />}
      {files}
    </div>
  )
}

interface NarrowProps<T> {
  facet: Facet<T>
  value: string
  onValue: (value: string) => void
}

function Narrow<T>({ facet: f, value, onValue }: NarrowProps<T>) {
  switch (f.kind) {
    case 'day':
      return (
        <Field label={f.label} orientation="horizontal" className="tools-day">
          <Input type="date" value={value} onChange={(_, d) => onValue(d.value)} />
        </Field>
      )
    case 'person':
      return <PersonChoice label={f.label} value={value} onValue={onValue} />
    case 'text':
      return (
        <Typed
          value={value}
          onValue={onValue}
          field={(text, type) => (
            <Input
              aria-label={f.label}
              placeholder={f.label}
              value={text}
              maxLength={searchLimit}
              onChange={(_, d) => type(d.value)}
            />
          )}
        />
      )
    case undefined:
      return (
        <Select aria-label={f.label} value={value} onChange={(_, d) => onValue(d.value)}>
          <option value="">{t('list.any', { what: f.label })}</option>
          {f.options?.map(([v, words]) => (
            <option key={v} value={v}>
              {words}
            </option>
          ))}
        </Select>
      )
  }
}

/** How long the address waits for the typing to rest, in ms: some browsers refuse to have it changed with every key. */
const restsAfter = 200

interface TypedProps {
  value: string
  onValue: (value: string) => void
  field: (text: string, type: (text: string) => void) => ReactNode
}

/** A field whose text counts when the typing rests. */
function Typed({ value, onValue, field }: TypedProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const id = setTimeout(() => onValue(text), restsAfter)
    return () => clearTimeout(id)
  }, [text, value, onValue])
  return <>{field(text, setText)}</>
}

function ColumnChoice<T>({ view, columns, onView }: Pick<ToolsProps<T>, 'view' | 'columns' | 'onView'>) {
  const name = useId()
  const toggle = (id: string, on: boolean) =>
    onView({ ...view, columns: columns.map((c) => c.id).filter((c) => (c === id ? on : view.columns.includes(c))) })
  return (
    <Drop label={t('list.columns')}>
      <fieldset className="drop-body" aria-label={t('list.columns')}>
        {columns.slice(1).map((c) => (
          <label key={c.id} className="drop-choice">
            <input
              type="checkbox"
              name={name}
              checked={view.columns.includes(c.id)}
              onChange={(e) => toggle(c.id, e.currentTarget.checked)}
            />
            {c.head}
          </label>
        ))}
      </fieldset>
    </Drop>
  )
}

function SizeChoice({ view, onView }: { view: View; onView: (next: View) => void }) {
  return (
    <Select aria-label={t('list.size')} value={String(view.size)} onChange={(_, d) => onView({ ...view, size: Number(d.value) })}>
      {sizes.map((s) => (
        <option key={s} value={s}>
          {t('list.sizeOf', { size: numberText(s) })}
        </option>
      ))}
    </Select>
  )
}

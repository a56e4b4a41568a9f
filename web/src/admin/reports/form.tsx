/** @jsxImportSource react */
// The filter's form. Nothing is asked until it is applied.
import { Button, Field, Input, Select } from '@fluentui/react-components'
import { type FormEvent, useState } from 'react'
import { t } from '../../i18n/admin'
import { reasonText } from '../words'
import { type Filter, filterOf, nameLimit, outOfOrder, queryOf, reasons } from './filter'

interface FilterFormProps {
  filter: Filter
  onApply: (filter: Filter) => void
  onReset: () => void
}

export function FilterForm({ filter, onApply, onReset }: FilterFormProps) {
  const [draft, setDraft] = useState(filter)
  const wrong = outOfOrder(draft)
  const change = (part: Partial<Filter>) => setDraft({ ...draft, ...part })
  const apply = (e: FormEvent) => {
    e.preventDefault()
    if (!wrong) onApply(filterOf(queryOf(draft)))
  }
  const reset = () => {
    setDraft(filterOf(new URLSearchParams()))
    onReset()
  }
  return (
    <form className="panel filter" onSubmit={apply} aria-label={t('reports.filter')}>
      <Days draft={draft} wrong={wrong} change={change} />
      <Field label={t('reports.name')} className="filter-name">
        <Input
          value={draft.name}
          maxLength={nameLimit}
          placeholder={t('reports.nameHint')}
          onChange={(_, d) => change({ name: d.value })}
        />
      </Field>
      <Field label={t('reports.reason')} className="filter-reason">
        <Select
          value={draft.reason}
          onChange={(_, d) => change({ reason: filterOf(new URLSearchParams({ reason: d.value })).reason })}
        >
          <option value="">{t('reports.anyReason')}</option>
          {reasons.map((r) => (
            <option key={r} value={r}>
              {reasonText(r)}
            </option>
          ))}
        </Select>
      </Field>
      <div className="row filter-actions">
        <Button type="submit" appearance="primary">
          {t('reports.apply')}
        </Button>
        <Button onClick={reset}>{t('reports.reset')}</Button>
      </div>
    </form>
  )
}

function Days({ draft, wrong, change }: { draft: Filter; wrong: boolean; change: (part: Partial<Filter>) => void }) {
  return (
    <>
      <Field label={t('reports.from')}>
        <Input type="date" value={draft.from} onChange={(_, d) => change({ from: d.value })} />
      </Field>
      <Field label={t('reports.to')} {...(wrong ? { validationMessage: t('reports.order') } : {})}>
        <Input type="date" value={draft.to} onChange={(_, d) => change({ to: d.value })} />
      </Field>
    </>
  )
}

/** @jsxImportSource react */
// One domain: what it is now and why, the record to publish, and looking again.
import { Button, Field, Input, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { checkDomain, deleteDomain } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Domain } from '../../wire'
import { refusalIn } from '../hooks'
import { Question } from '../kit/editor'
import { Modal } from '../modal'
import { RefusalBar } from '../refusal'
import { listText, momentText } from '../words'

interface PanelProps {
  domain: Domain
  mayWrite: boolean
  onChange: (d: Domain) => void
  onDeleted: () => void
  onClose: () => void
}

export function DomainPanel({ domain: d, mayWrite, onChange, onDeleted, onClose }: PanelProps) {
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const doing = async (act: () => Promise<void>) => {
    setBusy(true)
    setRefusal(null)
    try {
      await act()
    } catch (e) {
      setRefusal(refusalIn(e))
    }
    setBusy(false)
  }
  const check = () => doing(async () => onChange(await checkDomain(d.name)))
  const remove = () => {
    setAsking(false)
    return doing(async () => {
      await deleteDomain(d.name)
      onDeleted()
    })
  }
  return (
    <>
      <Modal
        side
        title={d.unicode}
        onClose={onClose}
        actions={
          <>
            {mayWrite && (
              <Button className="actions-apart" onClick={() => setAsking(true)}>
                {t('editor.deleteYes')}
              </Button>
            )}
            <Button onClick={onClose}>{t('editor.close')}</Button>
            {mayWrite && d.record && (
              <Button appearance="primary" disabledFocusable={busy} onClick={() => void (busy || check())}>
                {t(busy ? 'domain.checking' : 'domain.check')}
              </Button>
            )}
          </>
        }
      >
        <Standing domain={d} />
        {d.record && <RecordFields record={d.record} />}
        {refusal && <RefusalBar refusal={refusal} />}
      </Modal>
      {asking && (
        <Question
          title={t('editor.delete', { name: isolate(d.unicode) })}
          more={t('domain.deleteMore')}
          yes={t('editor.deleteYes')}
          onYes={() => void remove()}
          onNo={() => setAsking(false)}
        />
      )}
    </>
  )
}

const intents = { pending: 'info', verified: 'success', warning: 'warning', failed: 'error' } as const

/** What the domain is now, why, and when somebody last looked. */
function Standing({ domain: d }: { domain: Domain }) {
  const wrong = d.problem === '' ? '' : t(`domain.problem.${d.problem}`)
  const found = d.found.length === 0 ? '' : t('domain.found', { values: listText(d.found.map(isolate)) })
  const grace = d.graceEnds ? t('domain.grace', { when: momentText(d.graceEnds) }) : ''
  const looked = d.checkedAt ? t('domain.looked', { when: momentText(d.checkedAt) }) : ''
  const by = d.record ? '' : t('domain.byOperator')
  const pending = d.state === 'pending' ? t('domain.pendingMore') : ''
  return (
    <div role="status">
      <MessageBar intent={intents[d.state]} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t(`domain.state.${d.state}`)}</MessageBarTitle>
          {[by, pending, wrong, found, grace, looked].filter(Boolean).join(' ')}
        </MessageBarBody>
      </MessageBar>
    </div>
  )
}

function RecordFields({ record }: { record: NonNullable<Domain['record']> }) {
  return (
    <section className="form" aria-label={t('domain.record')}>
      <h3>{t('domain.record')}</h3>
      <p className="quiet">{t('domain.record.more')}</p>
      <CopyField label={t('domain.record.name')} value={record.name} />
      <CopyField label={t('domain.record.type')} value="TXT" />
      <CopyField label={t('domain.record.value')} value={record.value} />
    </section>
  )
}

/** A text that is taken elsewhere whole. */
function CopyField({ label, value }: { label: string; value: string }) {
  const [said, setSaid] = useState('')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setSaid(t('copy.done'))
    } catch {
      setSaid(t('copy.failed'))
    }
  }
  return (
    <Field label={label} {...(said === '' ? {} : { validationMessage: said, validationState: 'none' as const })}>
      <Input
        value={value}
        readOnly
        dir="ltr"
        onFocus={(e) => e.currentTarget.select()}
        contentAfter={
          <Button size="small" appearance="subtle" aria-label={t('domain.copyOf', { what: label })} onClick={() => void copy()}>
            {t('domain.copy')}
          </Button>
        }
      />
    </Field>
  )
}

/** @jsxImportSource react */
// How somebody whom the embedded provider keeps is described.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { saveLocal } from '../../api/local'
import { t } from '../../i18n/admin'
import type { LocalDescription, LocalPerson } from '../../wire'
import { refusalIn } from '../hooks'
import { TextField } from '../kit/form'
import { Modal } from '../modal'
import { RefusalBar } from '../refusal'

interface DescriptionProps {
  draft: LocalDescription
  change: (part: Partial<LocalDescription>) => void
}

/** Longest value of a field. */
export const longest = 120

export function DescriptionFields({ draft, change }: DescriptionProps) {
  return (
    <>
      <TextField label={t('field.name')} required value={draft.name} maxLength={longest} onChange={(name) => change({ name })} />
      <TextField
        label={t('person.email')}
        hint={t('person.email.more')}
        value={draft.email ?? ''}
        maxLength={longest}
        onChange={(email) => change({ email })}
      />
      <TextField
        label={t('person.title')}
        value={draft.title ?? ''}
        maxLength={longest}
        onChange={(title) => change({ title })}
      />
      <TextField
        label={t('person.department')}
        value={draft.department ?? ''}
        maxLength={longest}
        onChange={(department) => change({ department })}
      />
    </>
  )
}

export function LocalForm({ local, onSaved, onClose }: { local: LocalPerson; onSaved: () => void; onClose: () => void }) {
  const [draft, setDraft] = useState<LocalDescription>({
    name: local.name,
    title: local.title,
    department: local.department,
    email: local.email
  })
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const save = async () => {
    try {
      await saveLocal(local.id, draft)
      onSaved()
    } catch (e) {
      setRefusal(refusalIn(e))
    }
  }
  return (
    <Modal
      side
      title={t('person.edit')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button appearance="primary" disabledFocusable={draft.name.trim() === ''} onClick={() => void save()}>
            {t('settings.save')}
          </Button>
        </>
      }
    >
      <DescriptionFields draft={draft} change={(part) => setDraft((d) => ({ ...d, ...part }))} />
      {refusal && <RefusalBar refusal={refusal} onAgain={() => void save()} />}
    </Modal>
  )
}

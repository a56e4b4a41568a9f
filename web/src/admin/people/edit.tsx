/** @jsxImportSource react */
// The dialog in which somebody's permissions are changed.
import { Button, Checkbox, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useId, useState } from 'react'
import type { Refusal } from '../../api'
import { savePermissions } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Permission, Person } from '../../wire'
import { refusalIn } from '../hooks'
import { Modal } from '../modal'
import { RefusalBar } from '../refusal'
import { means, permissions, same, toggled } from './match'

interface EditProps {
  person: Person
  /** It is the reader's own entry. */
  own: boolean
  onSaved: (id: string, held: readonly Permission[]) => void
  onClose: () => void
}

export function EditPermissions({ person, own, onSaved, onClose }: EditProps) {
  const [held, setHeld] = useState<readonly Permission[]>(person.permissions)
  const [saving, setSaving] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const save = async () => {
    if (same(held, person.permissions)) return onClose()
    setSaving(true)
    setRefusal(null)
    try {
      await savePermissions(person.id, { permissions: [...held] })
      onSaved(person.id, held)
    } catch (e) {
      setRefusal(refusalIn(e))
      setSaving(false)
    }
  }
  const buttons = (
    <>
      <Button onClick={onClose}>{t('action.cancel')}</Button>
      <Button appearance="primary" disabledFocusable={saving} onClick={() => void save()}>
        {t(saving ? 'settings.saving' : 'settings.save')}
      </Button>
    </>
  )
  return (
    <Modal title={t('person.dialog', { name: isolate(person.name) })} onClose={onClose} actions={buttons}>
      <p>{t('person.dialogMore')}</p>
      {own && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('person.own')}</MessageBarBody>
        </MessageBar>
      )}
      <fieldset className="ticks">
        <legend className="hidden">{t('person.permissions')}</legend>
        {permissions.map((p) => (
          <Tick key={p} permission={p} on={held.includes(p)} onChange={(on) => setHeld(toggled(held, p, on))} />
        ))}
      </fieldset>
      {refusal && <RefusalBar refusal={refusal} onAgain={() => void save()} />}
    </Modal>
  )
}

function Tick({ permission, on, onChange }: { permission: Permission; on: boolean; onChange: (on: boolean) => void }) {
  const more = useId()
  return (
    <div className="tick">
      <Checkbox
        label={t(`permission.${permission}`)}
        checked={on}
        aria-describedby={more}
        onChange={(_, d) => onChange(d.checked === true)}
      />
      <p id={more} className="quiet">
        {t(means[permission])}
      </p>
    </div>
  )
}

/** @jsxImportSource react */
// Renaming a device, and giving it to somebody else.
import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { device } from '../../api/devices'
import { saveDevice } from '../../api/inventory'
import { t } from '../../i18n/admin'
import type { DeviceBody, DeviceDetail } from '../../wire'
import { refusalIn } from '../hooks'
import { Conflict } from '../kit/conflict'
import { rebased } from '../kit/draft'
import { FindOne, findPeople } from '../kit/find'
import { ChoiceField, type Option, TextField } from '../kit/form'
import { Modal } from '../modal'
import { RefusalBar } from '../refusal'
import { ownerships, ownershipText } from './words'

interface DeviceFormProps {
  device: DeviceDetail
  onSaved: (now: DeviceDetail) => void
  onClose: () => void
}

const bodyOf = (d: DeviceDetail): DeviceBody => ({
  name: d.name,
  owner: d.owner?.id ?? '',
  ownership: d.ownership,
  externalId: d.externalId
})
const ownerOf = (d: DeviceDetail): Option | null => d.owner ?? null

export function DeviceForm({ device: first, onSaved, onClose }: DeviceFormProps) {
  const [base, setBase] = useState(first)
  const [draft, setDraft] = useState(bodyOf(first))
  const [owner, setOwner] = useState(ownerOf(first))
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const change = (part: Partial<DeviceBody>) => setDraft((d) => ({ ...d, ...part }))
  const save = async () => {
    setRefusal(null)
    try {
      onSaved(await saveDevice(base.id, base.version, { ...draft, owner: owner?.id ?? '' }))
    } catch (e) {
      setRefusal(refusalIn(e))
    }
  }
  const reload = async (keep: boolean) => {
    try {
      const now = await device(base.id)
      if (!keep || owner?.id === base.owner?.id) setOwner(ownerOf(now))
      setDraft(keep ? rebased(bodyOf(base), draft, bodyOf(now)) : bodyOf(now))
      setBase(now)
      setRefusal(null)
    } catch (e) {
      setRefusal(refusalIn(e))
    }
  }
  return (
    <Modal
      side
      title={first.name}
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
      <TextField label={t('device.name')} required value={draft.name} maxLength={100} onChange={(name) => change({ name })} />
      <FindOne label={t('device.owner')} find={findPeople} chosen={owner} onChange={setOwner} />
      {owner?.id !== base.owner?.id && base.enrolment === 'enrolled' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('device.transfer')}</MessageBarBody>
        </MessageBar>
      )}
      <ChoiceField
        label={t('device.ownership')}
        value={draft.ownership}
        options={[['', t('device.ownershipUnknown')], ...ownerships.map((o) => [o, ownershipText(o)] as const)]}
        onChange={(ownership) => change({ ownership })}
      />
      <TextField
        label={t('device.externalId')}
        hint={t('device.externalId.more')}
        code
        value={draft.externalId}
        maxLength={100}
        onChange={(externalId) => change({ externalId })}
      />
      {refusal?.code === 'changed_meanwhile' && (
        <Conflict title={t('error.changed_meanwhile')} more={t('editor.conflict')} onReload={(keep) => void reload(keep)} />
      )}
      {refusal && refusal.code !== 'changed_meanwhile' && <RefusalBar refusal={refusal} onAgain={() => void save()} />}
    </Modal>
  )
}

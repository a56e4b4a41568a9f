/** @jsxImportSource react */
// Letting somebody enrol a device: for whom, and the link that is shown once.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { enrolmentLink } from '../../api/inventory'
import { t } from '../../i18n/admin'
import type { Ticket } from '../../wire'
import { refusalIn } from '../hooks'
import { FindOne, findPeople } from '../kit/find'
import { type Option, TextField } from '../kit/form'
import { Once } from '../kit/once'
import { Modal } from '../modal'
import { RefusalBar } from '../refusal'

export function EnrolForm({ onMade, onClose }: { onMade: (ticket: Ticket) => void; onClose: () => void }) {
  const [owner, setOwner] = useState<Option | null>(null)
  const [name, setName] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const make = async () => {
    if (!owner) return
    setRefusal(null)
    try {
      onMade(await enrolmentLink({ owner: owner.id, name: name.trim() }))
    } catch (e) {
      setRefusal(refusalIn(e))
    }
  }
  return (
    <Modal
      side
      title={t('devices.enrol')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button appearance="primary" disabledFocusable={!owner} onClick={() => void make()}>
            {t('enrolment.make')}
          </Button>
        </>
      }
    >
      <p>{t('enrolment.lead')}</p>
      <FindOne label={t('enrolment.person')} find={findPeople} chosen={owner} onChange={setOwner} />
      <TextField label={t('enrolment.name')} hint={t('enrolment.name.more')} value={name} maxLength={100} onChange={setName} />
      {refusal && <RefusalBar refusal={refusal} />}
    </Modal>
  )
}

export function EnrolmentLink({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  return (
    <Once
      title={t('enrolment.title')}
      more={t('enrolment.give')}
      link={ticket.link}
      code={ticket.code}
      expiresAt={ticket.expiresAt}
      onClose={onClose}
    />
  )
}

/** @jsxImportSource react */
// Inviting somebody whom the embedded provider will keep: who they are, then the link that is shown once.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { invite } from '../../api/local'
import { currentLanguage, languages } from '../../i18n'
import { t } from '../../i18n/admin'
import type { LocalInvite, LocalLink } from '../../wire'
import { refusalIn } from '../hooks'
import { ChoiceField, TextField } from '../kit/form'
import { Modal } from '../modal'
import { RefusalBar } from '../refusal'
import { OneTimeLink } from './acts'
import { DescriptionFields, longest } from './local'

export function Invite({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const [draft, setDraft] = useState<LocalInvite>({ name: '', username: '', locale: currentLanguage() })
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [link, setLink] = useState<LocalLink | null>(null)
  const change = (part: Partial<LocalInvite>) => setDraft((d) => ({ ...d, ...part }))
  const ready = draft.name.trim() !== '' && draft.username.trim() !== ''
  const send = async () => {
    setRefusal(null)
    try {
      setLink(await invite({ ...draft, name: draft.name.trim(), username: draft.username.trim() }))
      onMade()
    } catch (e) {
      setRefusal(refusalIn(e))
    }
  }
  if (link) return <OneTimeLink link={link} onClose={onClose} />
  return (
    <Modal
      side
      title={t('people.invite')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button appearance="primary" disabledFocusable={!ready} onClick={() => ready && void send()}>
            {t('people.inviteYes')}
          </Button>
        </>
      }
    >
      <p>{t('people.inviteLead')}</p>
      <DescriptionFields draft={draft} change={change} />
      <TextField
        label={t('person.username')}
        hint={t('person.username.more')}
        required
        code
        value={draft.username}
        maxLength={longest}
        onChange={(username) => change({ username })}
      />
      <ChoiceField
        label={t('person.locale')}
        value={draft.locale ?? ''}
        options={languages.map((l) => [l.id, l.name])}
        onChange={(locale) => change({ locale })}
      />
      {refusal && <RefusalBar refusal={refusal} onAgain={() => void send()} />}
    </Modal>
  )
}

/** @jsxImportSource react */
// Makes an API token: its name, what it may, until when. Its secret is shown once.
import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { type FormEvent, useEffect, useId, useState } from 'react'
import type { Refusal } from '../../api'
import { makeToken } from '../../api/records'
import { t } from '../../i18n/admin'
import type { NewToken, Permission } from '../../wire'
import { refusalIn } from '../hooks'
import { CopyButton } from '../kit/copy'
import { Part, TextField, Tick } from '../kit/form'
import { Modal } from '../modal'
import { permissions } from '../people/match'
import { RefusalBar } from '../refusal'
import { withPermission } from '../roles/permissions'
import { dayAfter, expiryOf } from './expiry'

/** How long a token lives when nobody says otherwise, in days. */
const usualDays = 90

interface MakeProps {
  /** What the maker may: a token can have no more. */
  may: (permission: Permission) => boolean
  onMade: (made: NewToken) => void
  onClose: () => void
}

export function MakeToken({ may, onMade, onClose }: MakeProps) {
  const now = new Date()
  const [name, setName] = useState('')
  const [held, setHeld] = useState<Permission[]>([])
  const [day, setDay] = useState(() => dayAfter(now, usualDays))
  const [doing, setDoing] = useState<'nothing' | 'making' | Refusal>('nothing')
  const form = useId()
  const expiresAt = expiryOf(day, now)
  const ready = name.trim() !== '' && held.length > 0 && expiresAt !== null
  const make = async (e: FormEvent) => {
    e.preventDefault()
    if (!ready || doing === 'making') return
    setDoing('making')
    try {
      onMade(await makeToken({ name: name.trim(), permissions: held, expiresAt }))
    } catch (err) {
      setDoing(refusalIn(err))
    }
  }
  return (
    <Modal
      side
      title={t('tokens.add')}
      onClose={onClose}
      actions={
        <>
          <Button type="submit" form={form} appearance="primary" disabledFocusable={!ready || doing === 'making'}>
            {t('tokens.make')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </>
      }
    >
      <form id={form} className="form" noValidate onSubmit={(e) => void make(e)}>
        {typeof doing === 'object' && <RefusalBar refusal={doing} />}
        <TextField label={t('field.name')} required value={name} maxLength={100} hint={t('tokens.nameMore')} onChange={setName} />
        <TextField
          label={t('tokens.expires')}
          required
          type="date"
          value={day}
          hint={t('tokens.expiresMore')}
          {...(expiresAt === null ? { wrong: t('fix.token_expiry_invalid') } : {})}
          onChange={setDay}
        />
        <Part title={t('roles.permissions')} more={t('tokens.permissionsMore')}>
          {permissions.filter(may).map((p) => (
            <Tick
              key={p}
              label={t(`permission.${p}`)}
              more={t(`may.${p}`)}
              on={held.includes(p)}
              onChange={(on) => setHeld(withPermission(held, p, on))}
            />
          ))}
        </Part>
      </form>
    </Modal>
  )
}

/** The secret of a new token, this once. Who leaves without it is asked first. */
export function Secret({ made, onClose }: { made: NewToken; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  const [asking, setAsking] = useState(false)
  useEffect(() => {
    if (copied) return
    const guard = (e: BeforeUnloadEvent) => e.preventDefault()
    addEventListener('beforeunload', guard)
    return () => removeEventListener('beforeunload', guard)
  }, [copied])
  const close = () => (copied ? onClose() : setAsking(true))
  return (
    <Modal title={t('tokens.secret')} onClose={close} actions={<Button onClick={close}>{t('editor.close')}</Button>}>
      <p>{t('tokens.secretMore')}</p>
      <code className="secret" dir="ltr">
        {made.secret}
      </code>
      <div className="row">
        <CopyButton words={t('tokens.copy')} appearance="primary" text={() => made.secret} onCopied={() => setCopied(true)} />
      </div>
      {asking && (
        <div role="alert">
          <MessageBar intent="warning" layout="multiline">
            <MessageBarBody>
              <MessageBarTitle>{t('tokens.notCopied')}</MessageBarTitle>
              {t('tokens.notCopiedMore')}
            </MessageBarBody>
          </MessageBar>
          <div className="row">
            <Button className="danger" appearance="primary" onClick={onClose}>
              {t('tokens.closeAnyway')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  )
}

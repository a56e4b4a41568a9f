/** @jsxImportSource react */
// What can be done with somebody. What cannot be taken back is asked for first,
// and says what it means.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useState } from 'react'
import { doToLocal, doToPerson, newLocalLink, personFileHref, resetFactors } from '../../api/local'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { LocalLink, LocalPerson, PersonDetail } from '../../wire'
import { refusalIn } from '../hooks'
import { Question } from '../kit/editor'
import { TextField } from '../kit/form'
import { Notice, useNotice } from '../kit/notice'
import { Once } from '../kit/once'
import { ButtonLink } from '../link'
import { Modal } from '../modal'
import { momentText } from '../words'
import { LocalForm } from './local'
import type { Told } from './person'

interface PersonActsProps extends Told {
  own: string
  /** Asks for the person anew. */
  onChanged: () => Promise<void>
  onGone: () => void
}

/** Asked before they are done. */
const questions = ['disable', 'sign-out', 'link', 'factors'] as const
type Asked = (typeof questions)[number]
type Open = 'nothing' | 'edit' | 'erase' | Asked | { link: LocalLink }

export function PersonActs({ person: p, local, own, onChanged, onGone }: PersonActsProps) {
  const [open, setOpen] = useState<Open>('nothing')
  const saying = useNotice()
  const close = () => setOpen('nothing')
  const name = isolate(p.name)
  const act = (what: () => Promise<unknown>, text: string) => {
    close()
    return saying.doing(async () => {
      await what()
      await onChanged()
    }, text)
  }
  const disable = (on: boolean) =>
    act(
      () => (local ? doToLocal(local.id, on ? 'disable' : 'enable') : doToPerson(p.id, on ? 'disable' : 'enable')),
      t(on ? 'person.disableDone' : 'person.enableDone', { name })
    )
  const link = async (account: LocalPerson) => {
    close()
    try {
      setOpen({ link: await newLocalLink(account.id) })
      await onChanged()
    } catch (e) {
      saying.say({ is: 'refused', refusal: refusalIn(e) })
    }
  }
  const answered = (question: Asked) => {
    switch (question) {
      case 'disable':
        return disable(true)
      case 'sign-out':
        return act(() => doToPerson(p.id, 'sign-out'), t('person.sign-outDone', { name }))
      case 'link':
        return local ? link(local) : undefined
      case 'factors':
        return local ? act(() => resetFactors(local.id), t('person.factorsDone', { name })) : undefined
    }
  }
  return (
    <>
      {p.suspendedAt && (
        <Suspended
          since={p.suspendedAt}
          onLift={() => void act(() => doToPerson(p.id, 'lift-suspension'), t('person.liftDone', { name }))}
        />
      )}
      <div className="row" role="toolbar" aria-label={t('list.commands')}>
        {local && <Button onClick={() => setOpen('edit')}>{t('person.edit')}</Button>}
        {local && <Button onClick={() => setOpen('link')}>{t('person.link')}</Button>}
        {local && <Button onClick={() => setOpen('factors')}>{t('person.resetFactors')}</Button>}
        <Button onClick={() => setOpen('sign-out')}>{t('person.sign-out')}</Button>
        {p.disabled ? (
          <Button onClick={() => void disable(false)}>{t('person.enable')}</Button>
        ) : (
          <Button onClick={() => setOpen('disable')}>{t('person.disable')}</Button>
        )}
        <ButtonLink href={personFileHref(p.id)} download>
          {t('person.export')}
        </ButtonLink>
        {p.id !== own && <Button onClick={() => setOpen('erase')}>{t('person.erase')}</Button>}
      </div>
      <Notice {...saying} />
      {questions.map(
        (q) =>
          q === open && (
            <Question
              key={q}
              title={t(`person.${q}Ask`, { name })}
              more={t(`person.${q}More`)}
              yes={t(`person.${q}Yes`)}
              onYes={() => void answered(q)}
              onNo={close}
            />
          )
      )}
      {open === 'erase' && <Erase person={p} onErased={onGone} onClose={close} />}
      {open === 'edit' && local && (
        <LocalForm
          local={local}
          onSaved={() => {
            close()
            void onChanged()
          }}
          onClose={close}
        />
      )}
      {typeof open === 'object' && <OneTimeLink link={open.link} onClose={close} />}
    </>
  )
}

export function OneTimeLink({ link, onClose }: { link: LocalLink; onClose: () => void }) {
  return (
    <Once
      title={t('person.linkTitle')}
      more={t('person.linkGive')}
      link={link.link}
      expiresAt={link.expiresAt}
      onClose={onClose}
    />
  )
}

function Suspended({ since, onLift }: { since: string; onLift: () => void }) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{t('person.suspended')}</MessageBarTitle>
        {t('person.suspendedSince', { since: momentText(since) })}
      </MessageBarBody>
      <MessageBarActions>
        <Button onClick={onLift}>{t('person.lift')}</Button>
      </MessageBarActions>
    </MessageBar>
  )
}

interface EraseProps {
  person: PersonDetail
  onErased: () => void
  onClose: () => void
}

/** The name must be typed: nothing brings an erased person back. */
function Erase({ person: p, onErased, onClose }: EraseProps) {
  const [typed, setTyped] = useState('')
  const saying = useNotice()
  const sure = typed.trim().normalize('NFC') === p.name.trim().normalize('NFC')
  const erase = () =>
    saying.doing(async () => {
      await doToPerson(p.id, 'erase')
      onErased()
    }, '')
  return (
    <Modal
      alert
      title={t('person.eraseAsk', { name: isolate(p.name) })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button className="danger" appearance="primary" disabledFocusable={!sure} onClick={() => sure && void erase()}>
            {t('person.erase')}
          </Button>
        </>
      }
    >
      <p>{t('person.eraseGone')}</p>
      <p>{t('person.eraseStays')}</p>
      <TextField label={t('person.eraseType', { name: isolate(p.name) })} value={typed} onChange={setTyped} />
      {saying.said.is === 'refused' && <Notice {...saying} />}
    </Modal>
  )
}

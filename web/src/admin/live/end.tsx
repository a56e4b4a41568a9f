/** @jsxImportSource react */
// Asks before somebody else's help session is ended, and for the reason that both sides read.
import { Button, Field, Textarea } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { endSession } from '../../api/records'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { LiveSession } from '../../wire'
import { refusalIn } from '../hooks'
import { Modal } from '../modal'
import { RefusalBar } from '../refusal'

/** Longest note, in characters; the server has the last word. */
const noteLimit = 200

interface EndProps {
  session: LiveSession
  /** It has ended meanwhile. */
  over: boolean
  onDone: (note: string) => void
  onClose: () => void
}

export function EndQuestion({ session, over, onDone, onClose }: EndProps) {
  const [note, setNote] = useState('')
  const [doing, setDoing] = useState<'nothing' | 'ending' | Refusal>('nothing')
  const end = async () => {
    setDoing('ending')
    try {
      await endSession(session.session, note.trim())
      onDone(note.trim())
    } catch (e) {
      setDoing(refusalIn(e))
    }
  }
  const buttons = (
    <>
      <Button onClick={onClose}>{t(over ? 'editor.close' : 'action.cancel')}</Button>
      {!over && (
        <Button className="danger" appearance="primary" disabledFocusable={doing === 'ending'} onClick={() => void end()}>
          {t('live.end')}
        </Button>
      )}
    </>
  )
  const names = { helper: isolate(session.helper.name), sharer: isolate(session.sharer?.name ?? t('live.nobodyYet')) }
  return (
    <Modal title={t('live.question')} alert onClose={onClose} actions={buttons}>
      <p>{over ? t('live.over') : t('live.questionMore', names)}</p>
      {!over && (
        <Field label={t('live.note')} hint={t('live.noteMore')}>
          <Textarea value={note} maxLength={noteLimit} rows={3} onChange={(_, d) => setNote(d.value)} />
        </Field>
      )}
      {typeof doing === 'object' && <RefusalBar refusal={doing} onAgain={() => void end()} />}
    </Modal>
  )
}

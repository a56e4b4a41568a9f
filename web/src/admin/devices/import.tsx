/** @jsxImportSource react */
// Devices from a file: looked through first, kept only when the reader says so and nothing is wrong.
import { Button, MessageBar, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { importDevices } from '../../api/inventory'
import { isolate } from '../../i18n'
import { dynamic, t } from '../../i18n/admin'
import type { Described, RowError } from '../../wire'
import { refusalIn } from '../hooks'
import { Modal } from '../modal'
import { Waiting } from '../parts'
import { RefusalBar } from '../refusal'
import { countsOf } from './words'

type Doing =
  | { is: 'choosing' }
  | { is: 'reading' }
  | { is: 'looked'; file: File; found: Described }
  | { is: 'applied'; found: Described }
  | { is: 'refused'; refusal: Refusal }

export function Import({ onApplied, onClose }: { onApplied: () => void; onClose: () => void }) {
  const [doing, setDoing] = useState<Doing>({ is: 'choosing' })
  const attempt = async (file: File, preview: boolean) => {
    setDoing({ is: 'reading' })
    try {
      const found = await importDevices(file, preview)
      const kept = !found.preview && found.errors.length === 0
      setDoing(kept ? { is: 'applied', found } : { is: 'looked', file, found })
      if (kept) onApplied()
    } catch (e) {
      setDoing({ is: 'refused', refusal: refusalIn(e) })
    }
  }
  return (
    <Modal
      side
      title={t('devices.import')}
      onClose={onClose}
      actions={<Actions doing={doing} attempt={attempt} onClose={onClose} />}
    >
      <p>{t('import.lead')}</p>
      <pre className="sample" dir="ltr">
        {sample}
      </pre>
      <label className="file">
        <span>{t('import.file')}</span>
        <input
          type="file"
          accept=".csv,text/csv"
          onChange={(e) => {
            const file = e.currentTarget.files?.[0]
            if (file) void attempt(file, true)
          }}
        />
      </label>
      {doing.is === 'reading' && <Waiting>{t('import.reading')}</Waiting>}
      {doing.is === 'refused' && <RefusalBar refusal={doing.refusal} />}
      {(doing.is === 'looked' || doing.is === 'applied') && <Outcome found={doing.found} applied={doing.is === 'applied'} />}
    </Modal>
  )
}

const sample = `external_id,name,owner,platform,os_version,disk_encryption
4711,LAPTOP-4F7X,sofia@acme.example,windows,10.0.22631,true`

interface ActionsProps {
  doing: Doing
  attempt: (file: File, preview: boolean) => Promise<void>
  onClose: () => void
}

function Actions({ doing, attempt, onClose }: ActionsProps) {
  const ready = doing.is === 'looked' && doing.found.errors.length === 0 ? doing : null
  const idle = ready !== null && ready.found.created + ready.found.changed === 0
  return (
    <>
      <Button onClick={onClose}>{t(doing.is === 'applied' ? 'editor.close' : 'action.cancel')}</Button>
      {doing.is !== 'applied' && (
        <Button
          appearance="primary"
          disabledFocusable={ready === null || idle}
          onClick={() => ready && void attempt(ready.file, false)}
        >
          {t('import.apply')}
        </Button>
      )}
    </>
  )
}

function Outcome({ found, applied }: { found: Described; applied: boolean }) {
  if (found.errors.length > 0) return <Wrong errors={found.errors} />
  return (
    <div role="status">
      <MessageBar intent={applied ? 'success' : 'info'} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t(applied ? 'import.applied' : 'import.preview')}</MessageBarTitle>
          {t('import.counts', countsOf(found))}
        </MessageBarBody>
      </MessageBar>
    </div>
  )
}

/** What is wrong, line by line. */
function Wrong({ errors }: { errors: readonly RowError[] }) {
  return (
    <div role="alert">
      <MessageBar intent="error" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t('import.wrong')}</MessageBarTitle>
          <ul className="lines" aria-label={t('import.wrong')}>
            {errors.map((e) => (
              <li key={`${e.line} ${e.code} ${e.member}`}>
                {t('import.line', { line: e.line, what: dynamic(`error.${e.code}`, e.code) })}{' '}
                {e.member !== '' && <bdi dir="ltr">{isolate(e.member)}</bdi>}
              </li>
            ))}
          </ul>
        </MessageBarBody>
      </MessageBar>
    </div>
  )
}

/** @jsxImportSource react */
// What became of a save, and the buttons for the next one.
import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import type { Refusal } from '../../api'
import { t } from '../../i18n/admin'
import { Conflict } from '../kit/conflict'
import { RefusalBar } from '../refusal'
import { listText } from '../words'
import type { Field } from './draft'

/** What the page says after the last act. */
export type Said =
  | { is: 'nothing' }
  | { is: 'saving' }
  | { is: 'saved' }
  | { is: 'conflict' }
  | { is: 'rebased'; theirs: readonly Field[]; both: readonly Field[] }
  | { is: 'refused'; refusal: Refusal }

export function Outcome({ said, onReload }: { said: Said; onReload: (keep: boolean) => void }) {
  switch (said.is) {
    case 'nothing':
    case 'saving':
      return <div role="status" />
    case 'saved':
      return (
        <div role="status">
          <MessageBar intent="success">
            <MessageBarBody>{t('settings.saved')}</MessageBarBody>
          </MessageBar>
        </div>
      )
    case 'conflict':
      return <Conflict title={t('settings.conflict')} more={t('settings.conflictMore')} onReload={onReload} />
    case 'rebased':
      return <RebasedNote theirs={said.theirs} both={said.both} />
    case 'refused':
      return <RefusalBar refusal={said.refusal} />
  }
}

function RebasedNote({ theirs, both }: { theirs: readonly Field[]; both: readonly Field[] }) {
  const names = (list: readonly Field[]) => listText(list.map((f) => t(`settings.${f}`)))
  return (
    <div role="status">
      <MessageBar intent={both.length > 0 ? 'warning' : 'info'} layout="multiline">
        <MessageBarBody>
          {theirs.length > 0 && <p>{t('settings.rebased', { fields: names(theirs) })}</p>}
          {both.length > 0 && <p>{t('settings.rebasedBoth', { fields: names(both) })}</p>}
          {theirs.length + both.length === 0 && <p>{t('settings.rebasedSame')}</p>}
        </MessageBarBody>
      </MessageBar>
    </div>
  )
}

interface SaveBarProps {
  changed: number
  wrong: boolean
  saving: boolean
  onDiscard: () => void
  /** What became of the last save. */
  children: ReactNode
}

/** Stays in sight while there is something to save or to say. */
export function SaveBar({ changed, wrong, saving, onDiscard, children }: SaveBarProps) {
  return (
    <div className={changed > 0 ? 'save save-wanted' : 'save'}>
      {children}
      <div className="row save-buttons">
        <Button type="submit" appearance="primary" disabledFocusable={saving || wrong || changed === 0}>
          {t(saving ? 'settings.saving' : 'settings.save')}
        </Button>
        <Button disabledFocusable={saving || changed === 0} onClick={onDiscard}>
          {t('settings.discard')}
        </Button>
        <p className="quiet" role="status">
          {changed > 0 && t('settings.unsaved', { count: changed })}
        </p>
      </div>
    </div>
  )
}

/** @jsxImportSource react */
// What was just done, with the way back.
import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { t } from '../../i18n/admin'
import { refusalIn } from '../hooks'
import { RefusalBar } from '../refusal'

export type Said =
  | { is: 'nothing' }
  | { is: 'done'; text: string; undo?: () => Promise<void> }
  | { is: 'refused'; refusal: Refusal }

export interface Saying {
  said: Said
  say: (said: Said) => void
  /** Does something and says what became of it. */
  doing: (act: () => Promise<void>, text: string, undo?: () => Promise<void>) => Promise<void>
}

export function useNotice(): Saying {
  const [said, say] = useState<Said>({ is: 'nothing' })
  const doing: Saying['doing'] = async (act, text, undo) => {
    try {
      await act()
      say({ is: 'done', text, ...(undo ? { undo } : {}) })
    } catch (e) {
      say({ is: 'refused', refusal: refusalIn(e) })
    }
  }
  return { said, say, doing }
}

export function Notice({ said, doing }: Saying) {
  if (said.is === 'refused') return <RefusalBar refusal={said.refusal} />
  const { undo } = said.is === 'done' ? said : {}
  return (
    <div role="status">
      {said.is === 'done' && (
        <MessageBar intent="success">
          <MessageBarBody>{said.text}</MessageBarBody>
          {undo && (
            <MessageBarActions>
              <Button onClick={() => void doing(undo, t('notice.undone'))}>{t('notice.undo')}</Button>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
    </div>
  )
}

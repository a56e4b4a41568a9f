/** @jsxImportSource react */
// Somebody else saved first: nothing is overwritten before the reader has said how to go on.
import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components'
import { t } from '../../i18n/admin'

interface ConflictProps {
  title: string
  more: string
  /** keep: put my changes on top of theirs. */
  onReload: (keep: boolean) => void
}

export function Conflict({ title, more, onReload }: ConflictProps) {
  return (
    <div role="alert">
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{title}</MessageBarTitle>
          {more}
        </MessageBarBody>
        <MessageBarActions>
          <Button onClick={() => onReload(true)}>{t('settings.reloadKeep')}</Button>
          <Button onClick={() => onReload(false)}>{t('settings.reloadDrop')}</Button>
        </MessageBarActions>
      </MessageBar>
    </div>
  )
}

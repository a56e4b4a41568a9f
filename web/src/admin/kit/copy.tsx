/** @jsxImportSource react */
// Copies a text, and says so.
import { Button, type ButtonProps } from '@fluentui/react-components'
import { useState } from 'react'
import { t } from '../../i18n/admin'

interface CopyProps {
  words: string
  text: () => string
  appearance?: NonNullable<ButtonProps['appearance']>
  onCopied?: () => void
}

export function CopyButton({ words, text, appearance = 'secondary', onCopied }: CopyProps) {
  const [said, setSaid] = useState<'nothing' | 'done' | 'failed'>('nothing')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text())
      setSaid('done')
      onCopied?.()
    } catch {
      setSaid('failed') // not permitted, or not a safe page
    }
  }
  return (
    <>
      <Button appearance={appearance} onClick={() => void copy()}>
        {words}
      </Button>
      <span role="status" className="quiet copy-said">
        {said !== 'nothing' && t(`copied.${said}`)}
      </span>
    </>
  )
}

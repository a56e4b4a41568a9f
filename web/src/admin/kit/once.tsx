/** @jsxImportSource react */
// A secret that is shown once: to copy, to point a camera at, with the time it has left.
import { Button, MessageBar, MessageBarBody } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import { t } from '../../i18n/admin'
import { qrPath } from '../../qr/path'
import { Modal } from '../modal'
import { durationText, momentText } from '../words'
import { CopyButton } from './copy'

interface OnceProps {
  title: string
  /** What to do with it. */
  more: string
  link: string
  /** The same to be typed. */
  code?: string
  expiresAt: string
  onClose: () => void
}

export function Once({ title, more, link, code, expiresAt, onClose }: OnceProps) {
  const { path, side } = qrPath(link)
  return (
    <Modal title={title} onClose={onClose} actions={<Button onClick={onClose}>{t('once.close')}</Button>}>
      <p>{more}</p>
      <div className="once">
        <div className="form">
          <Secret label={t('once.link')} text={link} copy={t('once.copyLink')} />
          {code && <Secret label={t('once.code')} text={code} copy={t('once.copyCode')} />}
          <Left until={expiresAt} />
        </div>
        <svg className="qr" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={t('once.qr')}>
          <rect className="qr-light" width={side} height={side} />
          <path className="qr-dark" d={path} />
        </svg>
      </div>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t('once.again')}</MessageBarBody>
      </MessageBar>
    </Modal>
  )
}

function Secret({ label, text, copy }: { label: string; text: string; copy: string }) {
  return (
    <div>
      <p className="quiet">{label}</p>
      <output className="once-secret" dir="ltr" aria-label={label}>
        {text}
      </output>
      <div className="row">
        <CopyButton words={copy} text={() => text} />
      </div>
    </div>
  )
}

/** Counts down to the minute the link dies. */
function Left({ until }: { until: string }) {
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    const id = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(id)
  }, [])
  const seconds = (Date.parse(until) - now) / 1000
  if (seconds <= 0) return <p role="status">{t('once.over')}</p>
  return <p className="quiet">{t('once.left', { left: durationText(seconds), until: momentText(until) })}</p>
}

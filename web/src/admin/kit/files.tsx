/** @jsxImportSource react */
// The ways to take a list along as a file: made here of its rows, or by the server.
import { Button } from '@fluentui/react-components'
import { useState } from 'react'
import type { Refusal } from '../../api'
import { t } from '../../i18n/admin'
import { refusalIn } from '../hooks'
import { ButtonLink } from '../link'
import { RefusalBar } from '../refusal'
import { Drop } from './drop'
import { csvText, type Format, formats, jsonText, save } from './file'
import type { Column } from './list'

interface FilesProps<T> {
  /** What the file is called. */
  name: string
  columns: readonly Column<T>[]
  /** Every row that belongs into the file. */
  rows: () => Promise<readonly T[]>
}

/** Files with every column that has words, and JSON as the server gave it. */
export function Files<T>({ name, columns, rows }: FilesProps<T>) {
  const [doing, setDoing] = useState<'nothing' | Format | Refusal>('nothing')
  const make = async (format: Format) => {
    setDoing(format)
    try {
      save(name, format, fileText(format, columns, await rows()))
      setDoing('nothing')
    } catch (e) {
      setDoing(refusalIn(e))
    }
  }
  return (
    <Drop label={t('list.export')}>
      <div className="drop-body">
        {formats.map((f) => (
          <Button
            key={f}
            appearance="subtle"
            disabledFocusable={typeof doing === 'string' && doing !== 'nothing'}
            onClick={() => void make(f)}
          >
            {t(doing === f ? 'list.exporting' : `list.${f}`)}
          </Button>
        ))}
        {typeof doing === 'object' && <RefusalBar refusal={doing} />}
      </div>
    </Drop>
  )
}

function fileText<T>(format: Format, columns: readonly Column<T>[], rows: readonly T[]): string {
  if (format === 'json') return jsonText(rows)
  const written = columns.filter((c) => c.text)
  return csvText([written.map((c) => c.head), ...rows.map((row) => written.map((c) => c.text?.(row) ?? ''))])
}

/** Where the server makes the files itself, of any length, and records that it did. */
export type FileHref = (format: 'csv' | 'jsonl', query: URLSearchParams) => string

export function ServerFiles({ href, query }: { href: FileHref; query: string }) {
  const of = (format: 'csv' | 'jsonl') => href(format, new URLSearchParams(query))
  return (
    <Drop label={t('list.export')}>
      <div className="drop-body">
        <ButtonLink href={of('csv')} appearance="subtle" download>
          {t('list.csv')}
        </ButtonLink>
        <ButtonLink href={of('jsonl')} appearance="subtle" download>
          {t('list.jsonl')}
        </ButtonLink>
        <p className="quiet">{t('list.exportRecorded')}</p>
      </div>
    </Drop>
  )
}

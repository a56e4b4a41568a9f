/** @jsxImportSource react */
// What a session's facts look like, in a list and on its own page.
import { Badge } from '@fluentui/react-components'
import { t } from '../../i18n/admin'
import type { SessionReport } from '../../wire'
import { warningText } from '../words'

/** A name; erased and absent ones are told apart. */
export function nameText(name: string, id: string): string {
  return name === '' ? t(id === '' ? 'report.nobody' : 'report.erased') : name
}

/** A name keeps its own direction. */
export function Name({ name, id }: { name: string; id: string }) {
  if (name !== '') return <bdi>{name}</bdi>
  return <span className="quiet">{nameText(name, id)}</span>
}

export function kindText(kind: SessionReport['kind']): string {
  switch (kind) {
    case 'view':
      return t('report.view')
  }
}

export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return <span className="quiet">{t('report.noWarnings')}</span>
  return (
    <span className="warnings">
      {warnings.map((w) => (
        <Badge key={w} appearance="tint" color="warning" size="large" shape="rounded" className="warning">
          {warningText(w)}
        </Badge>
      ))}
    </span>
  )
}

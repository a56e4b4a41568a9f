/** @jsxImportSource react */
// What a change changed, field by field: for the audit log and the settings' history.
import { Badge } from '@fluentui/react-components'
import { t } from '../../i18n/admin'
import type { AuditLine } from '../../wire'
import { Facts } from '../parts'
import { type Difference, differences } from './diff'
import { pathText, valueText } from './words'

interface ChangesProps {
  line: AuditLine
  /** The name of an id. */
  nameOf: (id: string) => string
}

/** Old and new side by side, and everything else that the line says. */
export function Changes({ line, nameOf }: ChangesProps) {
  const all = differences(line.changes)
  const details = Object.entries(line.details)
  return (
    <>
      {all.length > 0 && (
        <ul className="differences" aria-label={t('audit.changes')}>
          {all.map((d, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: differences have no other name than their place
            <li key={i}>
              <One difference={d} action={line.action} nameOf={nameOf} />
            </li>
          ))}
        </ul>
      )}
      {details.length > 0 && (
        <Facts of={details.map(([k, v]) => [pathText([k], line.action), valueText([k], v, nameOf)] as const)} />
      )}
      {all.length + details.length === 0 && <p className="quiet">{t('audit.noChanges')}</p>}
    </>
  )
}

const colours = { added: 'success', removed: 'danger', changed: 'brand' } as const

function One({ difference: d, action, nameOf }: { difference: Difference; action: string; nameOf: (id: string) => string }) {
  const words = (v: unknown) => valueText(d.path, v, nameOf)
  return (
    <>
      <p className="difference-head">
        <span>{pathText(d.path, action)}</span>
        <Badge appearance="tint" color={colours[d.is]} size="large">
          {t(`audit.${d.is}`)}
        </Badge>
      </p>
      {d.is !== 'added' && (
        <p>
          <span className="hidden">{t('audit.old')} </span>
          <del>
            <bdi>{words(d.old)}</bdi>
          </del>
        </p>
      )}
      {d.is !== 'removed' && (
        <p>
          <span className="hidden">{t('audit.new')} </span>
          <ins>
            <bdi>{words(d.now)}</bdi>
          </ins>
        </p>
      )}
    </>
  )
}

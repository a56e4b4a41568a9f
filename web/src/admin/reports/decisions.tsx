/** @jsxImportSource react */
// What was decided about a session, as sentences: the answer, who entitles, and what each policy said.
import { Badge } from '@fluentui/react-components'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Applied, SeatDecision } from '../../wire'
import { groundText, listText, momentText } from '../words'

interface DecisionsProps {
  decisions: readonly SeatDecision[]
  /** Names of assignments by id, as far as the reader may see them. */
  names: ReadonlyMap<string, string>
}

export function Decisions({ decisions, names }: DecisionsProps) {
  if (decisions.length === 0) return <p className="quiet">{t('decision.none')}</p>
  return (
    <ol className="decisions">
      {decisions.map((d) => (
        <li key={`${d.at} ${d.seat} ${d.step}`}>
          <p className="difference-head">
            <span>
              {t(`decision.step.${d.step}`)} <span className="quiet">{momentText(d.at)}</span>
            </span>
            <Badge appearance="tint" color={d.decision.allowed ? 'success' : 'danger'} size="large">
              {t(`decision.${d.seat}.${d.decision.allowed ? 'allowed' : 'refused'}`)}
            </Badge>
          </p>
          <ul>
            {sentences(d, names).map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

/** Why it was decided so, one ground after another. */
function sentences({ decision: d }: SeatDecision, names: ReadonlyMap<string, string>): readonly string[] {
  const entitled = names.get(d.assignment)
  return [
    ...d.reasons.map(groundText),
    entitled === undefined ? '' : t('decision.assignment', { name: isolate(entitled) }),
    ...d.policies.map(policyText),
    d.obligations.length > 0 ? t('whatIf.obliged', { what: listText(d.obligations.map((o) => t(`require.${o}`))) }) : '',
    d.policies.length === 0 ? t('decision.noPolicies') : ''
  ].filter(Boolean)
}

function policyText(p: Applied): string {
  const name = isolate(p.name)
  const said = () => {
    switch (p.result) {
      case 'satisfied':
        return t('decision.policy.satisfied', { name })
      case 'blocked':
        return t('decision.policy.blocked', { name })
      case 'unsatisfied':
        return t('decision.policy.unsatisfied', { name, what: listText(p.unmet.map((u) => t(`require.${u}`))) })
    }
  }
  return p.state === 'report_only' ? `${said()} ${t('decision.reportOnly')}` : said()
}

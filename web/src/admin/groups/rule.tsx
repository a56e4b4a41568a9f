/** @jsxImportSource react */
// The rule of a group: comparisons that must all hold.
import { Button } from '@fluentui/react-components'
import { t } from '../../i18n/admin'
import type { GroupBody, Term } from '../../wire'
import { ChoiceField, LinesField, Part } from '../kit/form'
import { attributes, blankTerm, operators } from './term'

interface RuleProps {
  of: GroupBody['of']
  rule: readonly Term[]
  onChange: (rule: Term[]) => void
}

export function RuleEditor({ of, rule, onChange }: RuleProps) {
  const put = (at: number, part: Partial<Term>) => onChange(rule.map((x, i) => (i === at ? { ...x, ...part } : x)))
  return (
    <Part title={t('groups.rule')} more={t('groups.rule.more')}>
      {rule.map((term, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: comparisons have no other name than their place
        <fieldset key={i} className="term" aria-label={t('groups.term', { number: i + 1 })}>
          <ChoiceField
            label={t('groups.attribute')}
            value={term.attribute}
            options={attributes[of].map((a) => [a, t(`groups.attribute.${a}`)])}
            onChange={(attribute) => put(i, { attribute })}
          />
          <ChoiceField
            label={t('groups.operator')}
            value={term.operator}
            options={operators.map((o) => [o, t(`groups.operator.${o}`)])}
            onChange={(operator) => put(i, { operator })}
          />
          <LinesField
            label={t('groups.values')}
            hint={t('field.onePerLine')}
            value={term.values.join('\n')}
            onChange={(text) => put(i, { values: text.split('\n') })}
          />
          <Button onClick={() => onChange(rule.filter((_, at) => at !== i))}>{t('groups.termRemove')}</Button>
        </fieldset>
      ))}
      <div>
        <Button onClick={() => onChange([...rule, blankTerm(of)])}>{t('groups.termAdd')}</Button>
      </div>
    </Part>
  )
}

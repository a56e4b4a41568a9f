// What rules of groups compare. Pure.
import type { GroupBody, Term } from '../../wire'
import { linesOf } from '../kit/draft'

export const attributes: Record<GroupBody['of'], readonly Term['attribute'][]> = {
  people: ['department', 'domain', 'title', 'company', 'issuer'],
  devices: ['platform', 'ownership', 'manufacturer', 'model', 'device_name']
}
export const operators: readonly Term['operator'][] = ['is', 'is_not', 'contains', 'starts_with']

export function blankTerm(of: GroupBody['of']): Term {
  return { attribute: attributes[of][0] ?? 'department', operator: 'is', values: [] }
}

/** A group as it is sent: without what belongs to another kind, and without empty lines. */
export function tidy(g: GroupBody): GroupBody {
  return {
    ...g,
    claim: g.kind === 'claim' ? g.claim.trim() : '',
    rule: g.kind === 'rule' ? g.rule.map((x) => ({ ...x, values: linesOf(x.values.join('\n')) })) : []
  }
}

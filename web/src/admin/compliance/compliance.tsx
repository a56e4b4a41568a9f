/** @jsxImportSource react */
// Compliance policies: what devices of a platform must be like, and how long they may fall short of it.
import { groups } from '../../api/admin'
import { compliancePolicies } from '../../api/inventory'
import { t } from '../../i18n/admin'
import type { CompliancePolicy, CompliancePolicyBody, ComplianceRule, Group } from '../../wire'
import { graceText, platforms, platformText, ruleText } from '../devices/words'
import { Configured, orNone, type PageProps } from '../kit/configured'
import type { Editing } from '../kit/editor'
import { ChoiceField, NamedFields, Part, PickMany, SwitchField, TextField, Tick } from '../kit/form'
import { ButtonLink } from '../link'
import { namer } from '../names'
import { hrefOf } from '../route'
import { listText } from '../words'
import { blank, type GraceUnit, graceOf, graceUnits, hoursOf, ruleKinds, tidy, valueKind, withRule } from './rules'

interface Known {
  rows: readonly CompliancePolicy[]
  groups: readonly Group[]
}

async function load(): Promise<Known> {
  const [rows, g] = await Promise.all([compliancePolicies.list(), orNone(groups.list())])
  return { rows, groups: g }
}

export default function CompliancePage({ query, focus, may }: PageProps) {
  return (
    <Configured<CompliancePolicy, CompliancePolicyBody, Known>
      page="compliance"
      query={query}
      focus={focus}
      load={load}
      rows={(known) => known.rows}
      columns={(known) => [
        {
          id: 'platform',
          head: t('device.platform'),
          text: (p) => platformText(p.platform),
          cell: (p) => platformText(p.platform)
        },
        { id: 'for', head: t('compliance.for'), text: (p) => whomText(p, known), cell: (p) => <bdi>{whomText(p, known)}</bdi> },
        { id: 'rules', head: t('compliance.rules'), text: rulesText, cell: rulesText }
      ]}
      facets={() => [
        {
          id: 'platform',
          label: t('device.platform'),
          of: (p) => p.platform,
          options: platforms.map((p) => [p, platformText(p)])
        }
      ]}
      collection={compliancePolicies}
      blank={blank}
      tidy={tidy}
      mayWrite={may('manage_compliance')}
      commands={() => <ButtonLink href={hrefOf('settings')}>{t('compliance.settings')}</ButtonLink>}
      form={(editing, known) => <CompliancePolicyForm {...editing} groups={known.groups} />}
    />
  )
}

function whomText(p: CompliancePolicy, known: Known): string {
  return p.everything ? t('compliance.everything') : listText(p.groups.map(namer(known.groups)))
}

function rulesText(p: CompliancePolicy): string {
  return listText(p.rules.map((r) => (valueKind(r.kind) === 'nothing' ? ruleText(r.kind) : `${ruleText(r.kind)} ${r.value}`)))
}

type FormProps = Editing<CompliancePolicyBody> & { groups: readonly Group[] }

export function CompliancePolicyForm({ draft, change, refused, fixed, groups: known }: FormProps) {
  const wrong = new Set(refused.map((r) => r.subject ?? ''))
  const put = (kind: ComplianceRule['kind'], part: Partial<ComplianceRule>) =>
    change({ rules: draft.rules.map((r) => (r.kind === kind ? { ...r, ...part } : r)) })
  return (
    <>
      <NamedFields draft={draft} change={change} />
      <ChoiceField
        label={t('device.platform')}
        value={draft.platform}
        options={platforms.map((p) => [p, platformText(p)])}
        onChange={(platform) => change({ platform })}
      />
      <SwitchField
        label={t('compliance.everything')}
        more={t('compliance.everything.more')}
        on={draft.everything}
        onChange={(everything) => change({ everything })}
      />
      {!draft.everything && (
        <PickMany
          label={t('compliance.groups')}
          options={known.map((g) => ({ id: g.id, name: g.name, more: t(`groups.of.${g.of}`) }))}
          chosen={draft.groups}
          onChange={(chosen) => change({ groups: chosen })}
        />
      )}
      <Part title={t('compliance.rules')} more={t('compliance.rules.more')}>
        {ruleKinds.map((kind) => {
          const rule = draft.rules.find((r) => r.kind === kind)
          return (
            <div key={kind} className="rule">
              <Tick
                label={ruleText(kind)}
                on={rule !== undefined}
                fixed={fixed}
                onChange={(on) => change({ rules: withRule(draft.rules, kind, on) })}
              />
              {rule && <RuleFields rule={rule} wrong={wrong.has(kind)} put={(part) => put(kind, part)} />}
            </div>
          )
        })}
      </Part>
    </>
  )
}

interface RuleProps {
  rule: ComplianceRule
  wrong: boolean
  put: (part: Partial<ComplianceRule>) => void
}

function RuleFields({ rule, wrong, put }: RuleProps) {
  const value = valueKind(rule.kind)
  const grace = graceOf(rule.graceHours)
  const change = (count: string, unit: GraceUnit) => put({ graceHours: hoursOf(count, unit) })
  return (
    <div className="rule-fields">
      {value !== 'nothing' && (
        <TextField
          label={t(value === 'days' ? 'compliance.days' : 'compliance.version')}
          hint={t(value === 'days' ? 'compliance.days.more' : 'compliance.version.more')}
          required
          code
          wrong={wrong ? t('compliance.valueWrong') : undefined}
          value={rule.value}
          maxLength={100}
          onChange={(text) => put({ value: text })}
        />
      )}
      <TextField
        label={t('compliance.grace')}
        hint={t('compliance.grace.more', { grace: graceText(rule.graceHours) })}
        type="number"
        value={String(grace.count)}
        onChange={(count) => change(count, grace.unit)}
      />
      <ChoiceField
        label={t('compliance.graceUnit')}
        value={grace.unit}
        options={graceUnits.map((u) => [u, t(`unit.${u}`)])}
        onChange={(unit) => change(String(grace.count), unit)}
      />
    </div>
  )
}

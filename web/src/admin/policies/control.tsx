/** @jsxImportSource react */
// What follows when a policy applies: nothing goes, or something is required.
import { t } from '../../i18n/admin'
import type { Control, Requirement } from '../../wire'
import { grades } from '../devices/words'
import { ChoiceField, Part, SwitchField, TextField, Tick } from '../kit/form'
import type { StepProps } from './form'

const kinds: readonly Requirement['kind'][] = [
  'mfa',
  'fresh_sign_in',
  'acr',
  'enrolled_device',
  'compliant_device',
  'device_grade',
  'number_matching',
  'acknowledgement'
]

/** What proofs of a device are worth, the weakest first. */

/** A requirement with the least it must say. */
function fresh(kind: Requirement['kind']): Requirement {
  if (kind === 'device_grade') return { kind, value: 'platform_key' }
  return kind === 'fresh_sign_in' ? { kind, ageMinutes: 60 } : { kind }
}

export function ControlStep({ draft, change }: StepProps) {
  const c = draft.control
  const put = (part: Partial<Control>) => change({ control: { ...c, ...part } })
  const toggle = (kind: Requirement['kind'], on: boolean) =>
    put({ require: kinds.flatMap((k) => (k === kind ? (on ? [fresh(k)] : []) : c.require.filter((r) => r.kind === k))) })
  return (
    <>
      <ChoiceField
        label={t('policies.control')}
        value={c.block ? 'block' : 'require'}
        options={[
          ['block', t('control.block')],
          ['require', t('control.require')]
        ]}
        onChange={(what) => change({ control: { block: what === 'block', require: [], oneOf: false } })}
      />
      {!c.block && (
        <Part title={t('control.require')}>
          {kinds.map((kind) => {
            const held = c.require.find((r) => r.kind === kind)
            return (
              <div key={kind}>
                <Tick
                  label={t(`require.${kind}`)}
                  more={t(`require.${kind}.more`)}
                  on={held !== undefined}
                  onChange={(on) => toggle(kind, on)}
                />
                {held && (
                  <Detail
                    requirement={held}
                    onChange={(next) => put({ require: c.require.map((r) => (r.kind === kind ? next : r)) })}
                  />
                )}
              </div>
            )
          })}
          {c.require.length > 1 && (
            <SwitchField
              label={t('control.oneOf')}
              more={t('control.oneOf.more')}
              on={c.oneOf}
              onChange={(oneOf) => put({ oneOf })}
            />
          )}
        </Part>
      )}
    </>
  )
}

/** What a requirement needs to be told. */
function Detail({ requirement: r, onChange }: { requirement: Requirement; onChange: (r: Requirement) => void }) {
  switch (r.kind) {
    case 'fresh_sign_in':
      return (
        <TextField
          label={t('control.age')}
          type="number"
          value={String(r.ageMinutes ?? '')}
          onChange={(text) => onChange({ ...r, ageMinutes: Math.min(43200, Math.max(0, Math.floor(Number(text) || 0))) })}
        />
      )
    case 'device_grade':
      return (
        <ChoiceField
          label={t('control.grade')}
          value={r.value ?? ''}
          options={grades.map((g) => [g, t(`grade.${g}`)] as const)}
          onChange={(value) => onChange({ ...r, value })}
        />
      )
    case 'acr':
      return (
        <TextField
          label={t('control.acr')}
          code
          value={r.value ?? ''}
          maxLength={200}
          onChange={(value) => onChange({ ...r, value })}
        />
      )
    default:
      return null
  }
}

/** @jsxImportSource react */
// When a policy applies: everything that is set here must hold.
import { t } from '../../i18n/admin'
import type { Conditions, Hours } from '../../wire'
import { ChoiceField, Part, PickMany, SwitchField, TextField } from '../kit/form'
import type { StepProps } from './form'
import { minutesOf, timeOfDay } from './templates'
import { browsers, dayName, days, platforms } from './values'

const standings = ['enrolled', 'unenrolled', 'compliant', 'in_grace_period', 'not_compliant', 'not_evaluated'] as const

export function ConditionsStep({ draft, change, known }: StepProps) {
  const c = draft.conditions
  const put = (part: Partial<Conditions>) => change({ conditions: { ...c, ...part } })
  const platformOptions = platforms.map((p) => ({ id: p, name: t(`platform.${p}`) }))
  return (
    <>
      <p className="quiet">{t('conditions.lead')}</p>
      <PickMany
        label={t('conditions.locations')}
        options={known.locations}
        chosen={c.locations}
        none={t('conditions.noLocations')}
        onChange={(locations) => put({ locations })}
      />
      <PickMany
        label={t('conditions.notLocations')}
        options={known.locations}
        chosen={c.notLocations}
        none={t('conditions.noLocations')}
        onChange={(notLocations) => put({ notLocations })}
      />
      <PickMany
        label={t('conditions.platforms')}
        options={platformOptions}
        chosen={c.platforms}
        onChange={(chosen) => put({ platforms: platforms.filter((p) => chosen.includes(p)) })}
      />
      <PickMany
        label={t('conditions.notPlatforms')}
        options={platformOptions}
        chosen={c.notPlatforms}
        onChange={(chosen) => put({ notPlatforms: platforms.filter((p) => chosen.includes(p)) })}
      />
      <PickMany
        label={t('conditions.browsers')}
        options={browsers.map((b) => ({ id: b, name: t(`browser.${b}`) }))}
        chosen={c.browsers}
        onChange={(chosen) => put({ browsers: browsers.filter((b) => chosen.includes(b)) })}
      />
      <PickMany
        label={t('conditions.devices')}
        options={standings.map((s) => ({ id: s, name: t(`standing.${s}`) }))}
        chosen={c.devices}
        onChange={(chosen) => put({ devices: standings.filter((s) => chosen.includes(s)) })}
      />
      <SwitchField label={t('conditions.withoutMfa')} on={c.withoutMfa} onChange={(withoutMfa) => put({ withoutMfa })} />
      <SwitchField
        label={t('conditions.firstContact')}
        more={t('conditions.firstContact.more')}
        on={c.firstContact}
        onChange={(firstContact) => put({ firstContact })}
      />
      <TextField
        label={t('conditions.signInOlder')}
        hint={t('conditions.signInOlder.more')}
        type="number"
        value={String(c.signInOlderMinutes)}
        onChange={(text) => put({ signInOlderMinutes: Math.min(43200, Math.max(0, Math.floor(Number(text) || 0))) })}
      />
      <HoursPart conditions={c} onChange={(conditions) => change({ conditions })} />
    </>
  )
}

/** A working week, to begin with. */
const workdays: Hours = { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 18 * 60, zone: '' }

function HoursPart({ conditions: c, onChange }: { conditions: Conditions; onChange: (c: Conditions) => void }) {
  const { hours, ...rest } = c
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const toggle = (on: boolean) => onChange(on ? { ...c, hours: { ...workdays, zone } } : { ...rest, outsideHours: false })
  return (
    <Part title={t('conditions.hours')}>
      <SwitchField label={t('conditions.hoursOn')} on={hours !== undefined} onChange={toggle} />
      {hours && (
        <>
          <ChoiceField
            label={t('conditions.side')}
            value={c.outsideHours ? 'outside' : 'inside'}
            options={[
              ['inside', t('conditions.inside')],
              ['outside', t('conditions.outside')]
            ]}
            onChange={(side) => onChange({ ...c, outsideHours: side === 'outside' })}
          />
          <HoursFields hours={hours} onChange={(h) => onChange({ ...c, hours: h })} />
        </>
      )}
    </Part>
  )
}

function HoursFields({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const put = (part: Partial<Hours>) => onChange({ ...hours, ...part })
  const names = days.map((d) => ({ id: String(d), name: dayName(d) }))
  return (
    <>
      <PickMany
        label={t('conditions.days')}
        options={names}
        chosen={hours.days.map(String)}
        onChange={(chosen) => put({ days: days.filter((d) => chosen.includes(String(d))) })}
      />
      <div className="row">
        <TextField
          label={t('conditions.from')}
          type="time"
          value={timeOfDay(hours.from)}
          onChange={(text) => put({ from: minutesOf(text) ?? hours.from })}
        />
        <TextField
          label={t('conditions.to')}
          type="time"
          value={timeOfDay(hours.to)}
          onChange={(text) => put({ to: minutesOf(text) ?? hours.to })}
        />
        <TextField label={t('conditions.zone')} code value={hours.zone} maxLength={64} onChange={(text) => put({ zone: text })} />
      </div>
    </>
  )
}

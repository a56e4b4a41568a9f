/** @jsxImportSource react */
// Named locations: address ranges that policies speak of.
import { locations } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Location, LocationBody } from '../../wire'
import { Configured, type PageProps } from '../kit/configured'
import { linesOf } from '../kit/draft'
import type { Editing } from '../kit/editor'
import { LinesField, TextField } from '../kit/form'
import { listText, momentText } from '../words'

const blank: LocationBody = { name: '', description: '', ranges: [] }
const tidy = (l: LocationBody): LocationBody => ({ ...l, ranges: linesOf(l.ranges.join('\n')) })
const rangesText = (l: Location) => listText(l.ranges)

export default function LocationsPage({ query, focus, may }: PageProps) {
  return (
    <Configured<Location, LocationBody, readonly Location[]>
      page="locations"
      query={query}
      focus={focus}
      words={{
        title: t('title.locations'),
        lead: t('locations.lead'),
        label: t('title.locations'),
        add: t('locations.add'),
        titleNew: t('locations.add'),
        empty: { title: t('locations.empty'), more: t('locations.emptyMore') }
      }}
      load={locations.list}
      rows={(known) => known}
      columns={() => [
        { id: 'name', head: t('field.name'), text: (l) => l.name, cell: (l) => <bdi>{l.name}</bdi> },
        { id: 'ranges', head: t('locations.ranges'), text: rangesText, cell: (l) => <bdi dir="ltr">{rangesText(l)}</bdi> },
        { id: 'description', head: t('field.description'), text: (l) => l.description, cell: (l) => <bdi>{l.description}</bdi> },
        { id: 'updated', head: t('field.updated'), extra: true, text: (l) => l.updatedAt, cell: (l) => momentText(l.updatedAt) }
      ]}
      collection={locations}
      blank={blank}
      tidy={tidy}
      mayWrite={may('manage_policies')}
      form={(editing) => <LocationForm {...editing} />}
    />
  )
}

function LocationForm({ draft, change, refused }: Editing<LocationBody>) {
  const bad = refused.filter((r) => r.code === 'range_invalid').map((r) => isolate(r.subject ?? ''))
  return (
    <>
      <TextField label={t('field.name')} required value={draft.name} maxLength={100} onChange={(name) => change({ name })} />
      <LinesField
        label={t('field.description')}
        value={draft.description}
        onChange={(description) => change({ description: description.slice(0, 500) })}
      />
      <LinesField
        label={t('locations.ranges')}
        hint={t('locations.ranges.more')}
        wrong={bad.length > 0 ? t('locations.rangeWrong', { ranges: listText(bad) }) : undefined}
        code
        rows={6}
        value={draft.ranges.join('\n')}
        onChange={(text) => change({ ranges: text.split('\n') })}
      />
    </>
  )
}

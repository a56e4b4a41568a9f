/** @jsxImportSource react */
// Named locations: address ranges that policies speak of.
import { locations } from '../../api/admin'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import type { Location, LocationBody } from '../../wire'
import { Configured, type PageProps } from '../kit/configured'
import { linesOf } from '../kit/draft'
import type { Editing } from '../kit/editor'
import { LinesField, NamedFields } from '../kit/form'
import { listText } from '../words'

const blank: LocationBody = { name: '', description: '', ranges: [] }
const tidy = (l: LocationBody): LocationBody => ({ ...l, ranges: linesOf(l.ranges.join('\n')) })
const rangesText = (l: Location) => listText(l.ranges)

export default function LocationsPage({ query, focus, may }: PageProps) {
  return (
    <Configured<Location, LocationBody, readonly Location[]>
      page="locations"
      query={query}
      focus={focus}
      load={locations.list}
      rows={(known) => known}
      columns={() => [
        { id: 'ranges', head: t('locations.ranges'), text: rangesText, cell: (l) => <bdi dir="ltr">{rangesText(l)}</bdi> }
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
      <NamedFields draft={draft} change={change} />
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

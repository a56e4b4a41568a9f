/** @jsxImportSource react */
// Finds one of very many by asking the server, and chooses it.
import { Button, SearchBox } from '@fluentui/react-components'
import { useEffect, useState } from 'react'
import type { Refusal } from '../../api'
import { people } from '../../api/admin'
import { devices } from '../../api/devices'
import { isolate } from '../../i18n'
import { t } from '../../i18n/admin'
import { refusalIn } from '../hooks'
import { RefusalBar } from '../refusal'
import type { Option } from './form'
import { searchLimit } from './view'

/** So many of those who were found are offered. */
const offered = 8
/** How long the question waits for the typing to rest, in ms. */
const restsAfter = 200

export type FindOptions = (search: string) => Promise<readonly Option[]>

const asked = (search: string) => new URLSearchParams({ search, limit: String(offered) })

export const findPeople: FindOptions = async (search) =>
  (await people(asked(search))).items.map((p) => ({ id: p.id, name: p.name, more: p.email }))
export const findDevices: FindOptions = async (search) =>
  (await devices(asked(search))).items.map((d) => ({ id: d.id, name: d.name, more: d.owner?.name ?? d.serial }))

interface FindProps {
  label: string
  /** The same function each time. */
  find: FindOptions
  /** Who or what is not offered. */
  except?: ReadonlySet<string>
  /** Words of the button, and with the name for screen readers. */
  choose: { words: string; of: (name: string) => string }
  onChoose: (one: Option) => void
}

type Found = { is: 'nothing' } | { is: 'found'; options: readonly Option[] } | { is: 'failed'; refusal: Refusal }

export function Find({ label, find, except, choose, onChoose }: FindProps) {
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<Found>({ is: 'nothing' })
  useEffect(() => {
    let stale = false
    const settle = (next: Found) => {
      if (!stale) setFound(next)
    }
    const id = setTimeout(() => {
      if (search.trim() === '') return settle({ is: 'nothing' })
      find(search.trim()).then(
        (options) => settle({ is: 'found', options }),
        (e: unknown) => settle({ is: 'failed', refusal: refusalIn(e) })
      )
    }, restsAfter)
    return () => {
      stale = true
      clearTimeout(id)
    }
  }, [search, find])
  const options = found.is === 'found' ? found.options.filter((o) => !except?.has(o.id)) : []
  return (
    <>
      <SearchBox
        value={search}
        maxLength={Math.min(100, searchLimit)}
        aria-label={label}
        placeholder={label}
        dismiss={{ 'aria-label': t('list.clear') }}
        onChange={(_, d) => setSearch(d.value)}
      />
      {options.length > 0 && (
        <ul className="members" aria-label={t('members.found')}>
          {options.map((o) => (
            <li key={o.id}>
              <span>
                <bdi>{o.name}</bdi> {o.more && <bdi className="quiet">{o.more}</bdi>}
              </span>
              <Button aria-label={choose.of(isolate(o.name))} onClick={() => onChoose(o)}>
                {choose.words}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {found.is === 'found' && options.length === 0 && <p className="quiet">{t('find.none')}</p>}
      {found.is === 'failed' && <RefusalBar refusal={found.refusal} />}
    </>
  )
}

interface FindOneProps {
  label: string
  find: FindOptions
  chosen: Option | null
  onChange: (one: Option | null) => void
}

/** A field that holds one of very many, or nothing. */
export function FindOne({ label, find, chosen, onChange }: FindOneProps) {
  return (
    <fieldset className="part">
      <legend>{label}</legend>
      {chosen ? (
        <div className="row">
          <span>
            <bdi>{chosen.name}</bdi> {chosen.more && <bdi className="quiet">{chosen.more}</bdi>}
          </span>
          <Button onClick={() => onChange(null)}>{t('find.other')}</Button>
        </div>
      ) : (
        <Find
          label={t('find.search', { what: label })}
          find={find}
          choose={{ words: t('find.choose'), of: (name) => t('find.chooseOf', { name }) }}
          onChoose={onChange}
        />
      )}
    </fieldset>
  )
}

/** A field for the id of a device, or nothing. */
export function DeviceField({ label, onChange }: { label: string; onChange: (id: string) => void }) {
  const [chosen, setChosen] = useState<Option | null>(null)
  const choose = (one: Option | null) => {
    setChosen(one)
    onChange(one?.id ?? '')
  }
  return <FindOne label={label} find={findDevices} chosen={chosen} onChange={choose} />
}

// For whom a code is to be: anybody, or one device and its owner.
import { useEffect, useState } from 'preact/hooks'
import { Refusal } from '../api'
import { device, devices } from '../api/devices'
import { isolate } from '../i18n'
import { t } from '../i18n/seats'
import { Button, Card, Note, Waiting } from '../ui/kit'
import { RefusalNote } from '../ui/refusal'
import type { Device } from '../wire'

/** What is known of the device that a code is to be for. */
export type Bound = { is: 'loading' } | { is: 'known'; device: Device } | { is: 'failed'; refusal: Refusal }

/** Asks about the device; null: the code is for anybody. */
export function useBound(id: string): Bound | null {
  const [bound, setBound] = useState<Bound | null>(null)
  useEffect(() => {
    let stale = false
    setBound(id === '' ? null : { is: 'loading' })
    if (id !== '') {
      settle(device(id), (next) => !stale && setBound(next.is === 'here' ? { is: 'known', device: next.value } : next))
    }
    return () => {
      stale = true
    }
  }, [id])
  return bound
}

type Settled<T> = { is: 'here'; value: T } | { is: 'failed'; refusal: Refusal }

function settle<T>(asked: Promise<T>, then: (next: Settled<T>) => void): void {
  asked.then(
    (value) => then({ is: 'here', value }),
    (e: unknown) => {
      if (!(e instanceof Refusal)) throw e
      then({ is: 'failed', refusal: e })
    }
  )
}

/** Which device the code will be for, and whose it is. */
export function BoundNote({ bound, onFree }: { bound: Bound; onFree: () => void }) {
  switch (bound.is) {
    case 'loading':
      return <Waiting>{t('help.device.loading')}</Waiting>
    case 'failed':
      return (
        <>
          <RefusalNote refusal={bound.refusal} />
          <Button onClick={onFree}>{t('help.device.free')}</Button>
        </>
      )
    case 'known': {
      const { name, owner, enrolment } = bound.device
      const words = owner
        ? t('help.device.bound', { device: isolate(name), owner: isolate(owner.name) })
        : t('help.device.boundNobody', { device: isolate(name) })
      return (
        <Note tone={enrolment === 'enrolled' ? 'info' : 'warn'} title={words}>
          <p>{t(enrolment === 'enrolled' ? 'help.leadBound' : 'help.device.notEnrolled')}</p>
          <Button onClick={onFree}>{t('help.device.free')}</Button>
        </Note>
      )
    }
  }
}

/** So many of those that were found are offered. */
const offered = 8
/** How long the question waits for the typing to rest, in ms. */
const restsAfter = 200

export type Found = { is: 'nothing' } | { is: 'found'; devices: readonly Device[] } | { is: 'failed'; refusal: Refusal }

/** What a search finds among the enrolled devices. */
export function useDeviceSearch(): [string, Found, (search: string) => void] {
  const [search, setSearch] = useState('')
  const [found, setFound] = useState<Found>({ is: 'nothing' })
  useEffect(() => {
    const words = search.trim()
    let stale = false
    if (words === '') setFound({ is: 'nothing' })
    const id = setTimeout(() => {
      if (words === '') return
      const query = new URLSearchParams({ search: words, enrolment: 'enrolled', limit: String(offered) })
      settle(devices(query), (next) => !stale && setFound(next.is === 'here' ? { is: 'found', devices: next.value.items } : next))
    }, restsAfter)
    return () => {
      stale = true
      clearTimeout(id)
    }
  }, [search])
  return [search, found, setSearch]
}

interface DeviceSearchProps {
  search: string
  found: Found
  onSearch: (search: string) => void
  onChoose: (device: Device) => void
}

/** Finds the device of who needs help. */
export function DeviceSearch({ search, found, onSearch, onChoose }: DeviceSearchProps) {
  return (
    <Card label={t('help.device.title')}>
      <h2>{t('help.device.title')}</h2>
      <p>{t('help.device.more')}</p>
      <label for="device-search">{t('help.device.search')}</label>
      <input
        id="device-search"
        class="field"
        type="search"
        value={search}
        maxLength={100}
        autoComplete="off"
        onInput={(e) => onSearch(e.currentTarget.value)}
      />
      {found.is === 'failed' && <RefusalNote refusal={found.refusal} />}
      {found.is === 'found' && found.devices.length === 0 && <p class="empty">{t('help.device.none')}</p>}
      {found.is === 'found' && found.devices.length > 0 && (
        <ul class="history" aria-label={t('help.device.found')}>
          {found.devices.map((d) => (
            <li key={d.id} class="history-row">
              <div>
                <p class="history-name">
                  <bdi>{d.name}</bdi>
                </p>
                <p class="quiet">
                  <bdi>{d.owner?.name ?? ''}</bdi>
                </p>
              </div>
              <Button onClick={() => onChoose(d)}>
                {t('help.device.choose')}
                <span class="hidden">{isolate(d.name)}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

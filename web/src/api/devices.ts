// The devices in one's scope, for whoever may see them.
import type { Device, DeviceDetail, Devices } from '../wire'
import { request, type Transport } from './client'

const root = '/api/v1/devices'
const transport: Transport = { fetch: (...a) => fetch(...a) }

/** One page of devices. query: search, platform, compliance, enrolment, ownership, group, owner, sort, order, cursor, limit. */
export async function devices(query: URLSearchParams): Promise<{ items: readonly Device[]; next: string }> {
  const asked = new URLSearchParams(query)
  asked.delete('order')
  if (query.get('order') === 'desc') asked.set('descending', 'true')
  const page = await request<Devices>(transport, 'GET', `${root}?${asked}`)
  return { items: page.devices, next: page.next }
}

/** One device with its facts, findings, sessions and audit lines. */
export const device = (id: string) => request<DeviceDetail>(transport, 'GET', `${root}/${encodeURIComponent(id)}`)

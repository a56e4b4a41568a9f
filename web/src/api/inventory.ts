// What administrators tell the server about devices. Nothing is decided here.
import type { CompliancePolicy, CompliancePolicyBody, Described, DeviceBody, DeviceDetail, NewTicket, Ticket } from '../wire'
import { collection } from './admin'
import { request, type Transport } from './client'

const root = '/api/v1'
const transport: Transport = { fetch: (...a) => fetch(...a) }
const one = (id: string) => `${root}/devices/${encodeURIComponent(id)}`

/** A large file takes the server a while, in ms. */
const importPatience = 120_000

/** Renames it or gives it to somebody else, who must enrol it anew. */
export const saveDevice = (id: string, version: number, body: DeviceBody) =>
  request<DeviceDetail>(transport, 'PUT', one(id), body, { match: version })
/** Takes it out of use, or trusts its key no more: a live session on it ends. */
export const withdrawDevice = (id: string, how: 'retire' | 'revoke') =>
  request<DeviceDetail>(transport, 'POST', `${one(id)}/${how}`)
/** Lets somebody enrol one device, once. */
export const enrolmentLink = (body: NewTicket) => request<Ticket>(transport, 'POST', `${root}/enrolment-links`, body)
/** Describes devices by a CSV file; preview only tells what would change. */
export const importDevices = (file: Blob, preview: boolean) =>
  request<Described>(
    transport,
    'POST',
    `${root}/devices/import${preview ? '?preview=true' : ''}`,
    new Blob([file], { type: 'text/csv' }),
    {
      wait: importPatience
    }
  )

/** What devices of a platform must be like. */
export const compliancePolicies = collection<CompliancePolicy, CompliancePolicyBody>('compliance-policies')

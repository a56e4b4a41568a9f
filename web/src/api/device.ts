// What a browser tells the server of the device it runs on.
import type { Assertion, Challenge, DeviceCredential, Enrol, Prove, Shown, ThisDevice } from '../wire'
import { request, type Transport } from './client'

const root = '/api/v1/this-device'
const transport: Transport = { fetch: (...a) => fetch(...a) }

/** What this sign-in has proven. */
export const thisDevice = () => request<ThisDevice>(transport, 'GET', root)
/** Gets something to sign, within a minute and once. */
export const challenge = (purpose: 'enrol' | 'prove' | 'bind' | 'assert' | 'show') =>
  request<Challenge>(transport, 'POST', `${root}/challenges/${purpose}`)
export const enrol = (body: Enrol) => request<ThisDevice>(transport, 'POST', `${root}/enrol`, body)
export const prove = (body: Prove) => request<ThisDevice>(transport, 'POST', `${root}/prove`, body)
/** Lets the device's own authenticator prove it from now on. */
export const bind = (body: DeviceCredential) => request<ThisDevice>(transport, 'POST', `${root}/bind`, body)
export const assert = (body: Assertion) => request<ThisDevice>(transport, 'POST', `${root}/assert`, body)
/** Brings the assertion about a client certificate. */
export const show = (body: Shown) => request<ThisDevice>(transport, 'POST', `${root}/certificate`, body)
/** Says that this browser was the device once and has lost its key. */
export const lost = (device: string) => request<void>(transport, 'POST', `${root}/lost`, { device })

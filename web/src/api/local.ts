// What administrators do with people: shutting out, signing out, forgetting; and
// with those whom the embedded provider keeps.
import type { LocalDescription, LocalInvite, LocalLink, LocalPeople } from '../wire'
import { request, type Transport } from './client'

const root = '/api/v1'
const transport: Transport = { fetch: (...a) => fetch(...a) }
const person = (id: string) => `${root}/people/${encodeURIComponent(id)}`
const local = (id: string) => `${root}/local-people/${encodeURIComponent(id)}`

/** What can be done with anybody, whoever vouches for them. */
export type PersonAct = 'disable' | 'enable' | 'sign-out' | 'erase' | 'lift-suspension'
export const doToPerson = (id: string, act: PersonAct) => request<void>(transport, 'POST', `${person(id)}/${act}`)
/** Where the browser downloads everything that is kept about somebody. */
export const personFileHref = (id: string) => `${person(id)}/export`

/** Everybody of the embedded provider. */
export const localPeople = async () => (await request<LocalPeople>(transport, 'GET', `${root}/local-people`)).people
/** Invites somebody; the answer holds the one-time link. */
export const invite = (body: LocalInvite) => request<LocalLink>(transport, 'POST', `${root}/local-people`, body)
export const saveLocal = (id: string, body: LocalDescription) => request<void>(transport, 'PUT', local(id), body)
/** Takes the password away and makes a new one-time link. */
export const newLocalLink = (id: string) => request<LocalLink>(transport, 'POST', `${local(id)}/link`)
/** Forgets passkeys, authenticator app and recovery codes. */
export const resetFactors = (id: string) => request<void>(transport, 'POST', `${local(id)}/reset-factors`)
/** Shuts somebody out, account and person, or lets them in again. */
export const doToLocal = (id: string, act: 'disable' | 'enable') => request<void>(transport, 'POST', `${local(id)}/${act}`)

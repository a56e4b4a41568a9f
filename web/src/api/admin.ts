// What administrators ask and tell the server. Bodies and answers are the
// generated types; nothing is decided here.
import type {
  Assignment,
  AssignmentBody,
  Decision,
  Explanation,
  Group,
  GroupBody,
  Location,
  LocationBody,
  Members,
  PagePerson,
  PersonDetail,
  Policy,
  PolicyBody,
  Role,
  RoleBody,
  Settings,
  WhatIf,
  WhyNot
} from '../wire'
import { request, type Transport } from './client'

const root = '/api/v1'
const transport: Transport = { fetch: (...a) => fetch(...a) }

/** The organisation's settings, with their version. */
export const settings = () => request<Settings>(transport, 'GET', `${root}/settings`)
/** Replaces the settings; Refusal changed_meanwhile when the version is no longer the current one. */
export const saveSettings = (body: Settings) => request<Settings>(transport, 'PUT', `${root}/settings`, body)

/** One page of the people one may see, with their groups, roles and permissions. */
export const people = (query: URLSearchParams) => request<PagePerson>(transport, 'GET', `${root}/people?${query}`)
/** Somebody with everything an administrator may know. */
export const person = (id: string) => request<PersonDetail>(transport, 'GET', `${root}/people/${encodeURIComponent(id)}`)

/** What every configured thing has: whose version it is guards against overwriting. */
export interface Kept {
  readonly id: string
  readonly version: number
}

/** One kind of configured things: W as it is read, B as it is written. */
export interface Collection<W extends Kept, B> {
  list: () => Promise<readonly W[]>
  read: (id: string) => Promise<W>
  make: (body: B) => Promise<W>
  /** Refusal changed_meanwhile when version is no longer the current one. */
  save: (id: string, version: number, body: B) => Promise<W>
  /** Refusal in_use, with the names of what still uses it. */
  remove: (id: string, version: number) => Promise<void>
}

export function collection<W extends Kept, B>(name: string): Collection<W, B> {
  const path = `${root}/${name}`
  const one = (id: string) => `${path}/${encodeURIComponent(id)}`
  return {
    list: async () => (await request<{ items: W[] }>(transport, 'GET', path)).items,
    read: (id) => request<W>(transport, 'GET', one(id)),
    make: (body) => request<W>(transport, 'POST', path, body),
    save: (id, version, body) => request<W>(transport, 'PUT', one(id), body, { match: version }),
    remove: (id, version) => request<void>(transport, 'DELETE', one(id), undefined, { match: version })
  }
}

/** Named sets of permissions, the built-in ones first. */
export const roles = collection<Role, RoleBody>('roles')
/** Sets of people or devices, by name. */
export const groups = collection<Group, GroupBody>('groups')
/** Who has which role over whom. */
export const assignments = collection<Assignment, AssignmentBody>('assignments')
/** Conditional access. */
export const policies = collection<Policy, PolicyBody>('policies')
/** Named address ranges. */
export const locations = collection<Location, LocationBody>('locations')

const membersOf = (group: string) => `${root}/groups/${encodeURIComponent(group)}/members`

/** One page of who or what belongs to a group, by name. */
export const members = (group: string, cursor: string) =>
  request<Members>(transport, 'GET', `${membersOf(group)}?${new URLSearchParams(cursor === '' ? {} : { cursor })}`)
/** Puts somebody into a fixed group, or takes them out; Refusal last_administrator when nobody could administer any more. */
export const setMember = (group: string, member: string, isIn: boolean) =>
  request<void>(transport, isIn ? 'PUT' : 'DELETE', `${membersOf(group)}/${encodeURIComponent(member)}`)

/** Evaluates a supposed situation exactly as a real one. */
export const whatIf = (body: WhatIf) => request<Decision>(transport, 'POST', `${root}/what-if`, body)
/** Explains which permission or scope somebody lacks. */
export const whyNot = (body: WhyNot) => request<Explanation>(transport, 'POST', `${root}/why-not`, body)

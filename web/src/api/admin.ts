// What administrators ask and tell the server. Bodies and answers are the
// generated types; nothing is decided here.
import type { Groups, People, Roles, SessionReports, Settings } from '../wire'
import { request, type Transport } from './client'

const root = '/api/v1'
const transport: Transport = { fetch: (...a) => fetch(...a) }

/** One page of ended help sessions, newest first. query: from, to, name, reason, cursor, limit. */
export const sessionReports = (query: URLSearchParams) =>
  request<SessionReports>(transport, 'GET', `${root}/reports/sessions?${query}`)

/** Where the browser downloads the same sessions as a file. */
export function exportHref(format: 'csv' | 'json', query: URLSearchParams): string {
  const q = query.toString()
  return `${root}/reports/sessions.${format}${q === '' ? '' : `?${q}`}`
}

/** The organisation's settings, with their version. */
export const settings = () => request<Settings>(transport, 'GET', `${root}/settings`)
/** Replaces the settings; Refusal changed_meanwhile when the version is no longer the current one. */
export const saveSettings = (body: Settings) => request<Settings>(transport, 'PUT', `${root}/settings`, body)

/** Everybody of the organisation with their groups, roles and permissions. */
export const people = () => request<People>(transport, 'GET', `${root}/people`)
/** Named sets of permissions, the built-in ones first. */
export const roles = () => request<Roles>(transport, 'GET', `${root}/roles`)
/** Sets of people or devices, by name. */
export const groups = () => request<Groups>(transport, 'GET', `${root}/groups`)

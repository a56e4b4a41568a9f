// Which page an address means and the address of a page. Pure.
import { everything, type Filter, filterOf, queryOf } from './reports/filter'

export type Route =
  | { tab: 'sessions'; filter: Filter }
  | { tab: 'settings' }
  | { tab: 'people'; search: string }
  | { tab: 'unknown' }

export type Tab = Exclude<Route['tab'], 'unknown'>

/** The path of each tab; the sign-in may come back to these. */
export const paths: Record<Tab, string> = { sessions: '/admin', settings: '/admin/settings', people: '/admin/people' }

export const tabs = Object.keys(paths) as readonly Tab[]

/** Longest search for people that is kept in the address, in characters. */
export const searchLimit = 120

export function routeOf(address: string): Route {
  const url = new URL(address, 'https://here.invalid')
  const path = url.pathname.replace(/(.)\/+$/, '$1')
  switch (tabs.find((t) => paths[t] === path)) {
    case 'sessions':
      return { tab: 'sessions', filter: filterOf(url.searchParams) }
    case 'settings':
      return { tab: 'settings' }
    case 'people':
      return { tab: 'people', search: (url.searchParams.get('search') ?? '').slice(0, searchLimit) }
    case undefined:
      return { tab: 'unknown' }
  }
}

export function sessionsHref(filter: Filter = everything): string {
  return withQuery(paths.sessions, queryOf(filter))
}

export function peopleHref(search: string): string {
  const query = new URLSearchParams()
  if (search !== '') query.set('search', search)
  return withQuery(paths.people, query)
}

function withQuery(path: string, query: URLSearchParams): string {
  const q = query.toString()
  return q === '' ? path : `${path}?${q}`
}

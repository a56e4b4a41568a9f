// Which page an address means, what a page needs, and where it stands in the
// navigation. Pure.
import type { Permission } from '../wire'

interface PageOf {
  path: string
  /** Permission without which there is nothing to see; none: everybody who is signed in. */
  needs: Permission | null
  /** Heading it stands under in the navigation. */
  under: 'start' | 'help' | 'people' | 'devices' | 'access' | 'organisation'
}

/** Every page, in the order of the navigation. The sign-in may come back to these paths. */
export const pages = {
  overview: { path: '/admin', needs: null, under: 'start' },
  live: { path: '/admin/live', needs: 'view_reports', under: 'help' },
  sessions: { path: '/admin/sessions', needs: 'view_reports', under: 'help' },
  people: { path: '/admin/people', needs: 'read_people', under: 'people' },
  groups: { path: '/admin/groups', needs: 'read_people', under: 'people' },
  roles: { path: '/admin/roles', needs: 'read_configuration', under: 'people' },
  assignments: { path: '/admin/assignments', needs: 'read_configuration', under: 'people' },
  whyNot: { path: '/admin/why-not', needs: 'read_configuration', under: 'people' },
  devices: { path: '/admin/devices', needs: 'read_devices', under: 'devices' },
  compliance: { path: '/admin/compliance', needs: 'read_configuration', under: 'devices' },
  policies: { path: '/admin/policies', needs: 'read_configuration', under: 'access' },
  locations: { path: '/admin/locations', needs: 'read_configuration', under: 'access' },
  whatIf: { path: '/admin/what-if', needs: 'read_configuration', under: 'access' },
  settings: { path: '/admin/settings', needs: 'read_configuration', under: 'organisation' },
  tokens: { path: '/admin/tokens', needs: 'manage_tokens', under: 'organisation' },
  audit: { path: '/admin/audit', needs: 'view_audit', under: 'organisation' }
} as const satisfies Record<string, PageOf>

export type Page = keyof typeof pages
export type Heading = PageOf['under']

export const allPages = Object.keys(pages) as readonly Page[]
export const headings = [...new Set(allPages.map((p) => pages[p].under))] as readonly Heading[]

export interface Route {
  page: Page | 'unknown'
  query: URLSearchParams
}

export function routeOf(address: string): Route {
  const url = new URL(address, 'https://here.invalid')
  const path = url.pathname.replace(/(.)\/+$/, '$1')
  return { page: allPages.find((p) => pages[p].path === path) ?? 'unknown', query: url.searchParams }
}

/** The permission that somebody lacks for a page, or null. */
export function lacks(page: Page, held: readonly Permission[]): Permission | null {
  const { needs } = pages[page]
  return needs === null || held.includes(needs) ? null : needs
}

/** The address of a page with a query. */
export function hrefOf(page: Page, query: URLSearchParams | Record<string, string> = {}): string {
  const q = new URLSearchParams(query).toString()
  return q === '' ? pages[page].path : `${pages[page].path}?${q}`
}

// The usual policies, ready to be looked at and saved. Each begins as report-only,
// so that nobody is locked out by trying one. Pure.
import type { Conditions, PolicyBody, Requirement, Who } from '../../wire'

export const nobody: Who = { everyone: false, people: [], groups: [], roles: [] }
export const everyone: Who = { ...nobody, everyone: true }

export const anything: Conditions = {
  locations: [],
  notLocations: [],
  platforms: [],
  notPlatforms: [],
  browsers: [],
  devices: [],
  withoutMfa: false,
  signInOlderMinutes: 0,
  firstContact: false,
  outsideHours: false
}

export const blank: PolicyBody = {
  name: '',
  description: '',
  state: 'report_only',
  seats: ['helper'],
  include: everyone,
  exclude: nobody,
  conditions: anything,
  control: { block: true, require: [], oneOf: false }
}

/** What a template needs to know of the organisation and the reader. */
export interface Known {
  /** Ids of all named locations. */
  locations: readonly string[]
  /** The reader's time zone. */
  zone: string
}

export const templates = ['mfa', 'enrolled', 'location', 'fresh', 'contact', 'hours'] as const
export type Template = (typeof templates)[number]

export function isTemplate(s: string): s is Template {
  return templates.some((t) => t === s)
}

const required = (...require: Requirement[]) => ({ block: false, require, oneOf: false })
const blocked = { block: true, require: [], oneOf: false }

/** The parts in which a template differs from a blank policy. */
export function templateOf(which: Template, known: Known): Omit<PolicyBody, 'name' | 'description'> {
  switch (which) {
    case 'mfa':
      return { ...blank, control: required({ kind: 'mfa' }) }
    case 'enrolled':
      return { ...blank, seats: ['sharer'], control: required({ kind: 'enrolled_device' }) }
    case 'location':
      return { ...blank, conditions: { ...anything, notLocations: [...known.locations] }, control: blocked }
    case 'fresh':
      return { ...blank, seats: ['administrator'], control: required({ kind: 'fresh_sign_in', ageMinutes: 60 }) }
    case 'contact':
      return { ...blank, conditions: { ...anything, firstContact: true }, control: required({ kind: 'number_matching' }) }
    case 'hours':
      return {
        ...blank,
        conditions: {
          ...anything,
          hours: { days: [1, 2, 3, 4, 5], from: 8 * 60, to: 18 * 60, zone: known.zone },
          outsideHours: true
        },
        control: blocked
      }
  }
}

/** Minutes after midnight as a time field writes them; the end of the day is 24:00 to the server and 00:00 there. */
export function timeOfDay(minutes: number): string {
  const m = minutes % 1440
  return `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`
}

/** Minutes after midnight that were typed, or null. */
export function minutesOf(time: string): number | null {
  const parts = /^(\d{2}):(\d{2})/.exec(time)
  return parts ? Number(parts[1]) * 60 + Number(parts[2]) : null
}

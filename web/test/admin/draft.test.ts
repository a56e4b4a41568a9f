import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  changedFields,
  type Draft,
  draftOf,
  fieldOf,
  fields,
  type NumberField,
  numberIn,
  ranges,
  rebase,
  settingsOf,
  switchesHelpOff,
  wrongFields
} from '../../src/admin/settings/draft'
import type { Settings } from '../../src/wire'

const base: Settings = {
  remoteHelp: true,
  chat: true,
  relayOnly: false,
  unenrolled: false,
  selfEnrol: false,
  acknowledge: false,
  reportsSuspend: 2,
  complianceDays: 30,
  codeLifetimeMinutes: 10,
  timeLimitMinutes: 60,
  sessionDays: 180,
  auditDays: 365,
  chatDays: 0,
  signInIdleMinutes: 60,
  signInAbsoluteMinutes: 720,
  version: 4
}

const typed = (change: Partial<Draft>): Draft => ({ ...draftOf(base), ...change })

describe('a draft of the settings', () => {
  it('has every field of the contract but the version', () => {
    expect([...fields, 'version'].sort()).toEqual(Object.keys(base).sort())
  })

  it('goes there and back unchanged', () => {
    expect(settingsOf(base, draftOf(base))).toEqual(base)
    expect(changedFields(base, draftOf(base))).toEqual([])
  })

  it('keeps the version it was made from', () => {
    expect(settingsOf(base, typed({ chat: false, chatDays: '7' }))).toEqual({ ...base, chat: false, chatDays: 7 })
  })

  it('is right at both ends of every range and wrong beyond them', () => {
    for (const [field, { min, max }] of Object.entries(ranges) as [NumberField, { min: number; max: number }][]) {
      for (const n of [min, max]) expect(numberIn(typed({ [field]: String(n) }), field)).toBe(n)
      for (const bad of [String(min - 1), String(max + 1), '', ' ', '1.5', '1e1', '0x10', 'ten', '９']) {
        expect(wrongFields(typed({ [field]: bad })), `${field} ${bad}`).toEqual([field])
      }
    }
  })

  it('asks only when remote help goes off', () => {
    expect(switchesHelpOff(base, typed({ remoteHelp: false }))).toBe(true)
    expect(switchesHelpOff(base, typed({ chat: false }))).toBe(false)
    expect(switchesHelpOff({ ...base, remoteHelp: false }, typed({ remoteHelp: true }))).toBe(false)
  })
})

describe('when somebody else saved first', () => {
  it('my changes stand on theirs, under their version', () => {
    const now = { ...base, version: 5, timeLimitMinutes: 90 }
    const r = rebase(base, typed({ relayOnly: true }), now)
    expect(settingsOf(now, r.draft)).toEqual({ ...now, relayOnly: true })
    expect(r.theirs).toEqual(['timeLimitMinutes'])
    expect(r.both).toEqual([])
  })

  it('names what both changed and keeps mine', () => {
    const now = { ...base, version: 5, codeLifetimeMinutes: 15, chat: false }
    const r = rebase(base, typed({ codeLifetimeMinutes: '12' }), now)
    expect(r.draft.codeLifetimeMinutes).toBe('12')
    expect(r.draft.chat).toBe(false)
    expect(r.both).toEqual(['codeLifetimeMinutes'])
    expect(r.theirs).toEqual(['chat'])
  })

  it('does not call the same change by both a conflict', () => {
    const now = { ...base, version: 5, chat: false }
    const r = rebase(base, typed({ chat: false }), now)
    expect(r.both).toEqual([])
    expect(r.theirs).toEqual([])
    expect(changedFields(now, r.draft)).toEqual([])
  })

  it('keeps what I have typed wrong', () => {
    const r = rebase(base, typed({ sessionDays: '' }), { ...base, version: 5 })
    expect(wrongFields(r.draft)).toEqual(['sessionDays'])
  })
})

describe('the ranges', () => {
  it('are those of the server, under its names', () => {
    const go = readFileSync(new URL('../../../internal/identity/identity.go', import.meta.url), 'utf8')
    const theirs = [...go.matchAll(/within\("(\w+)", .+, (\d+), (\d+)\)/g)].map(([, subject = '', min, max]) => ({
      field: fieldOf(subject),
      min: Number(min),
      max: Number(max)
    }))
    const ours = Object.entries(ranges).map(([field, { min, max }]) => ({ field, min, max }))
    const order = (a: { field: string | null }, b: { field: string | null }) => String(a.field).localeCompare(String(b.field))
    expect(theirs.sort(order)).toEqual(ours.sort(order))
  })
})

// People, policies and records, as the server answers in the gallery of the admin center. Development only.

import { permissions } from '../src/admin/people/match'
import type {
  Assignment,
  AuditLine,
  Group,
  LiveSession,
  LiveSessions,
  Location,
  Me,
  Overview,
  PersonDetail,
  Policy,
  Role,
  SessionDetail,
  Settings,
  Token
} from '../src/wire'
import { at, written } from './admin-time'

export const people: PersonDetail[] = (
  [
    ['p1', 'Grace Okafor', 'Service Desk', 'IT', false],
    ['p2', '佐藤 はるか', 'ヘルプデスク担当', '情報システム部', false],
    ['p3', 'عمر حداد', 'مدير المبيعات', 'المبيعات', true],
    [
      'p4',
      'Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine',
      'Executive Vice President for Intercontinental Affairs',
      'Sales',
      false
    ]
  ] as const
).map(([id, name, title, department, disabled]) => ({
  id,
  name,
  title,
  department,
  disabled,
  company: 'Northwind',
  email: `${id}@northwind.example`,
  picture: '',
  permissions: id === 'p1' ? [...permissions] : ['view_screen', 'offer_remote_assistance'],
  groups: ['g1', 'g2'],
  roles: ['administrator', 'r1'],
  issuer: 'https://idp.northwind.example',
  domain: 'northwind.example',
  assignments: [],
  signIns: [],
  sessions: []
}))

const [grace] = people as [PersonDetail]

export function meWith(held: Me['permissions']): Me {
  return {
    person: grace,
    organisation: { id: 'o', name: 'Northwind', remoteHelp: true, chat: true },
    permissions: held,
    mayHelp: { allowed: true, reasons: [] },
    account: ''
  }
}

export const groups: Group[] = [
  {
    ...written,
    id: 'g1',
    name: 'Branch desk',
    description: 'Helpers of the branches',
    of: 'people',
    kind: 'fixed',
    claim: '',
    rule: []
  },
  {
    ...written,
    id: 'g2',
    name: '本社の社員',
    description: '',
    of: 'people',
    kind: 'rule',
    claim: '',
    rule: [{ attribute: 'department', operator: 'is', values: ['情報システム部'] }]
  },
  { ...written, id: 'g3', name: 'Laptops', description: '', of: 'devices', kind: 'fixed', claim: '', rule: [] }
]

export const roles: Role[] = [
  { ...written, id: 'administrator', name: 'Administrator', description: '', builtin: true, permissions: [...permissions] },
  {
    ...written,
    id: 'r1',
    name: 'Branch helper',
    description: 'Helps in the branches',
    builtin: false,
    permissions: ['view_screen']
  }
]

export const assignments: Assignment[] = [
  {
    ...written,
    id: 'a1',
    name: 'Branch desk helps all',
    description: '',
    role: 'r1',
    members: ['g1'],
    scope: { allPeople: true, people: [], allDevices: false, devices: [], unenrolled: false },
    expiresAt: at(-100)
  }
]

const who = { everyone: false, people: [], groups: [], roles: [] }
export const policies: Policy[] = [
  {
    ...written,
    id: 'c1',
    name: 'Second factor for helpers',
    description: 'Everybody who helps signs in with two factors',
    state: 'on',
    seats: ['helper'],
    include: { ...who, everyone: true },
    exclude: who,
    conditions: {
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
    },
    control: { block: false, oneOf: false, require: [{ kind: 'mfa' }] }
  }
]

export const locations: Location[] = [
  { ...written, id: 'l1', name: 'Head office', description: '', ranges: ['192.0.2.0/24', '2001:db8::/32'] }
]

export const settings: Settings = {
  version: 4,
  remoteHelp: true,
  chat: true,
  relayOnly: false,
  unenrolled: false,
  selfEnrol: true,
  acknowledge: false,
  reportsSuspend: 2,
  codeLifetimeMinutes: 10,
  timeLimitMinutes: 60,
  sessionDays: 180,
  auditDays: 365,
  chatDays: 0,
  complianceDays: 30,
  signInIdleMinutes: 60,
  signInAbsoluteMinutes: 720
}

function line(number: number, action: string, more: Partial<AuditLine> = {}): AuditLine {
  return {
    number,
    at: at(-number),
    actor: 'p1',
    actorName: 'Grace Okafor',
    system: false,
    action,
    object: '0190a1b2-0000-7000-8000-000000000001',
    person: '',
    personName: '',
    changes: [],
    details: {},
    hash: '8f14e45fceea167a5a36dedd4bea2543'.repeat(2),
    ...more
  }
}

export const audit: AuditLine[] = [
  line(12, 'settings.change', {
    object: '',
    changes: [
      { member: 'chat', old: 'true', new: '' },
      { member: 'code_lifetime', old: '600000000000', new: '720000000000' }
    ]
  }),
  line(11, 'assignment.change', {
    changes: [
      { member: 'members', old: '["g1"]', new: '["g2"]' },
      { member: 'scope', old: '{"AllPeople":true}', new: '{"AllPeople":false,"People":["g2"]}' }
    ]
  }),
  line(10, 'session.wrong_code', { object: '' }),
  line(9, 'person.erase', { person: 'x', personName: '' }),
  line(8, 'audit.retire', { actor: '', actorName: '', system: true, object: '', details: { lines: '1200' } })
]

const seat = {
  id: 'p2',
  name: '佐藤 はるか',
  title: 'ヘルプデスク担当',
  picture: '',
  presence: 'present',
  device: 'd1',
  deviceName: 'LAPTOP-4F7X',
  compliance: 'compliant',
  platform: 'windows',
  browser: 'edge'
} as const

const liveSession: LiveSession = {
  session: 's1',
  state: 'sharing',
  since: at(-9),
  createdAt: at(-14),
  allowedAt: at(-11),
  helper: seat,
  sharer: { ...seat, id: 'p3', name: 'عمر حداد', title: 'مدير المبيعات', presence: 'unstable', compliance: 'not_compliant' },
  connection: 'relay_udp',
  warnings: ['not_compliant'],
  mayEnd: true
}
const { allowedAt: _, sharer: __, ...waiting } = liveSession

export const live: LiveSessions = {
  now: at(0),
  items: [liveSession, { ...waiting, session: 's2', state: 'waiting', connection: '', warnings: [], mayEnd: false }]
}

export const session: SessionDetail = {
  session: '0190a1b2-0000-7000-8000-000000000001',
  helper: '佐藤 はるか',
  helperId: 'p2',
  helperEmail: 'p2@northwind.example',
  helperDevice: 'd1',
  helperDeviceName: 'LAPTOP-4F7X',
  helperPlatform: 'windows',
  helperBrowser: 'edge',
  sharer: 'عمر حداد',
  sharerId: 'p3',
  sharerEmail: 'p3@northwind.example',
  sharerDevice: '',
  sharerDeviceName: '',
  sharerDeviceSerial: '',
  sharerPlatform: 'macos',
  sharerBrowser: 'safari',
  kind: 'view',
  createdAt: at(-64),
  allowedAt: at(-60),
  endedAt: at(-48),
  seconds: 745,
  connection: 'relay_tls',
  reason: 'admin_ended',
  endedBy: '',
  note: 'Maintenance begins now',
  warnings: ['device_unknown', 'not_compliant'],
  surface: 'window',
  firstContact: true,
  firstPictureAt: at(-59),
  helperConsent: { at: at(-61), text: '2026-06' },
  sharerConsent: { at: at(-60), text: '2026-06' },
  grounds: [],
  decisions: [
    {
      at: at(-64),
      seat: 'helper',
      step: 'create',
      decision: {
        allowed: true,
        assignment: 'a1',
        obligations: [],
        reasons: [],
        policies: [{ id: 'c1', name: 'Second factor for helpers', result: 'satisfied', state: 'on', unmet: [] }]
      }
    },
    {
      at: at(-62),
      seat: 'sharer',
      step: 'redeem',
      decision: {
        allowed: true,
        assignment: '',
        obligations: ['number_matching'],
        reasons: [],
        policies: [
          { id: 'c2', name: 'Enrolled devices only', result: 'unsatisfied', state: 'report_only', unmet: ['enrolled_device'] }
        ]
      }
    }
  ],
  timeline: [
    line(30, 'session.create'),
    line(29, 'session.allow'),
    line(28, 'session.admin_end', { details: { note: 'Maintenance begins now' } })
  ]
}

export const tokens: Token[] = [
  {
    id: 't1',
    owner: 'p1',
    name: 'Monthly report',
    permissions: ['view_own_reports', 'view_reports'],
    createdAt: at(-9000),
    expiresAt: at(90_000),
    usedAt: at(-3)
  },
  { id: 't2', owner: 'p3', name: 'Old import', permissions: ['manage_devices'], createdAt: at(-90_000), expiresAt: at(-60) }
]

export const newToken = { token: tokens[0], secret: 'tsk_EXAMPLE0not0a0secret0EXAMPLE' }

const day = (n: number) => ({
  date: new Date(Date.now() - (29 - n) * 86_400_000).toISOString().slice(0, 10),
  sessions: (n * 7) % 23,
  allowed: ((n * 7) % 23) >> 1,
  declined: n % 3,
  reported: n === 20 ? 1 : 0,
  averageSeconds: 300 + n * 11
})
const days = Array.from({ length: 30 }, (_, n) => day(n))

export const overview: Overview = {
  active: 2,
  today: day(29),
  days,
  reasons: [
    { code: 'sharer_ended', count: 141 },
    { code: 'helper_left', count: 38 },
    { code: 'code_expired', count: 5 }
  ],
  warnings: [{ code: 'device_unknown', count: 17 }],
  suspended: [{ person: 'p2', name: '佐藤 はるか', since: at(-300) }]
}
const none = { sessions: 0, allowed: 0, declined: 0, reported: 0, averageSeconds: 0 }
export const noOverview: Overview = {
  active: 0,
  today: { ...day(29), ...none },
  days: days.map((d) => ({ ...d, ...none })),
  reasons: [],
  warnings: [],
  suspended: []
}

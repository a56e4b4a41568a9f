// Devices, their rules and the domains, as the server answers in the gallery of
// the admin center. Development only.
import type { CompliancePolicy, Decision, Described, Device, DeviceDetail, Domain, Explanation, LocalPerson } from '../src/wire'
import { at, written } from './admin-time'

const device: Device = {
  id: 'd1',
  version: 4,
  name: 'LAPTOP-4F7X',
  owner: { id: 'p2', name: '佐藤 はるか' },
  platform: 'windows',
  enrolment: 'enrolled',
  grade: 'platform_key',
  compliance: 'compliant',
  cloned: false,
  stale: false,
  ownership: 'corporate',
  manufacturer: 'Contoso',
  model: 'Book 14',
  serial: 'SN-2231-77',
  externalId: '4711',
  createdAt: at(-90_000),
  enrolledAt: at(-80_000),
  seenAt: at(-6)
}

const { enrolledAt: _, seenAt: __, owner: ___, ...described } = device
export const devices: Device[] = [
  device,
  {
    ...device,
    id: 'd2',
    name: 'MAC-مبيعات-07',
    owner: { id: 'p3', name: 'عمر حداد' },
    platform: 'macos',
    grade: 'profile_key',
    compliance: 'not_compliant',
    cloned: true
  },
  {
    ...device,
    id: 'd3',
    name: 'Kiosk of the head office, third floor',
    platform: 'chromeos',
    enrolment: 'key_lost',
    compliance: 'in_grace_period',
    stale: true
  },
  {
    ...described,
    id: 'd4',
    name: 'PHONE-0042',
    platform: 'android',
    enrolment: 'known',
    grade: '',
    compliance: 'not_evaluated',
    ownership: 'personal'
  }
]

export const deviceDetail: DeviceDetail = {
  ...device,
  compliance: 'not_compliant',
  evaluatedAt: at(-6),
  facts: [
    { name: 'os_version', value: '10.0.19045', source: 'import', at: at(-4000) },
    { name: 'browser_version', value: '143.0', source: 'browser', at: at(-6) },
    { name: 'disk_encryption', value: 'false', source: 'api', at: at(-900) }
  ],
  broken: [
    { policy: 'k1', rule: 'disk_encryption', since: at(-9000) },
    { policy: 'k1', rule: 'os_version_min', since: at(-600), graceTo: at(3000) }
  ],
  unknown: [{ policy: 'k1', rule: 'firewall' }],
  groups: ['g3'],
  sessions: [
    {
      session: '0190a1b2-0000-7000-8000-000000000001',
      helper: '佐藤 はるか',
      sharer: 'عمر حداد',
      createdAt: at(-64),
      allowedAt: at(-60),
      endedAt: at(-48),
      reason: 'sharer_ended',
      warnings: ['not_compliant']
    }
  ],
  audit: [{ number: 7, action: 'device.enrol', actor: 'Grace Okafor', at: at(-80_000), details: { grade: 'platform_key' } }]
}

export const compliance: CompliancePolicy[] = [
  {
    ...written,
    id: 'k1',
    name: 'Windows of the company',
    description: 'Encrypted, guarded, not older than a year',
    platform: 'windows',
    everything: false,
    groups: ['g3'],
    rules: [
      { kind: 'os_version_min', value: '10.0.22631', graceHours: 72 },
      { kind: 'disk_encryption', value: '', graceHours: 0 },
      { kind: 'firewall', value: '', graceHours: 12 }
    ]
  }
]

/** A file that was looked through: nothing wrong, or two lines. */
export const importFine: Described = { created: 12, changed: 3, unchanged: 85, errors: [], preview: true }
export const importWrong: Described = {
  ...importFine,
  created: 0,
  changed: 0,
  errors: [
    { line: 3, code: 'csv_line_invalid', member: 'platform' },
    { line: 17, code: 'device_of_somebody_else', member: 'nobody@northwind.example' }
  ]
}

export const ticket = { code: 'K7QF-2M9D', link: 'https://tasuke.northwind.example/enrol#K7QF2M9D', expiresAt: at(1440) }

const record = { name: '_tasuke.northwind.example', value: 'tasuke-domain=3f9a1c77d20b4e5586aa' }
const domain: Domain = {
  name: 'northwind.example',
  unicode: 'northwind.example',
  state: 'verified',
  problem: '',
  found: [],
  record,
  createdAt: at(-90_000),
  verifiedAt: at(-89_000),
  checkedAt: at(-30)
}
export const domains: Domain[] = [
  domain,
  {
    ...domain,
    name: 'branch.example',
    unicode: 'branch.example',
    state: 'warning',
    problem: 'record_wrong',
    found: ['v=spf1 -all'],
    graceEnds: at(9000),
    nextAt: at(60)
  },
  { ...domain, name: 'xn--r8jz45g.example', unicode: '例え.example', state: 'pending', problem: 'record_missing', nextAt: at(5) }
]

export const refused: Decision = {
  allowed: false,
  assignment: 'a1',
  obligations: [],
  reasons: [{ code: 'mfa_required', subject: 'Second factor for helpers' }],
  policies: [
    { id: 'c1', name: 'Second factor for helpers', state: 'on', result: 'unsatisfied', unmet: ['mfa'] },
    { id: 'c2', name: 'Not from elsewhere', state: 'report_only', result: 'blocked', unmet: [] },
    { id: 'c3', name: 'Enrolled devices only', state: 'on', result: 'satisfied', unmet: [] }
  ]
}

export const explanation: Explanation = {
  allowed: false,
  reasons: [{ code: 'permission_missing', subject: 'view_screen' }],
  sentence: '',
  assignments: [{ id: 'a1', name: 'Branch desk helps all', role: 'r1', member: true, covers: false, expired: true }]
}

export const localPeople: LocalPerson[] = [
  {
    id: 'lp1',
    person: 'p1',
    name: 'Grace Okafor',
    username: 'grace',
    email: 'p1@northwind.example',
    title: 'Service Desk',
    department: 'IT',
    state: 'active',
    passkeys: 1,
    totp: true,
    recoveryCodes: 8,
    createdAt: at(-90_000)
  }
]

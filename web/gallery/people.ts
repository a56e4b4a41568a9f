// People and snapshots to draw screens with. Development only, never in the build.
import { Refusal } from '../src/api'
import { noStill } from '../src/rtc/still-take'
import { emptyView } from '../src/seat/seat'
import type { HelperView, SharerView } from '../src/seat/view'
import { actions, screen } from '../src/session/machine'
import type { Device, Me, OwnSession, Party, Seat, Snapshot, State, ThisDevice } from '../src/wire'

const now = Date.now()
export const inFuture = (seconds: number) => new Date(now + seconds * 1000).toISOString()

export const aiko: Party = {
  name: '田中 愛子',
  title: 'IT サポート エンジニア',
  company: 'Northwind 株式会社',
  department: '情報システム部',
  domain: 'northwind.example',
  domainVerified: true,
  picture: '',
  consented: false,
  presence: 'present',
  presenceSince: inFuture(-20),
  pageClosed: false,
  page: 'page-of-the-other-one',
  proof: ''
}

export const omar: Party = {
  ...aiko,
  name: 'Omar Haddad · عمر حداد',
  title: 'Regional Sales Lead',
  company: 'Northwind',
  department: 'Sales',
  proof: 'profile_key',
  domain: 'contractor.example',
  domainVerified: false
}

const peers: Record<Seat, Party> = { helper: omar, sharer: aiko }

/** A snapshot of a seat in a state, with what the server would put there. */
export function snap(seat: Seat, state: State, more: Partial<Snapshot> = {}): Snapshot {
  const yes = state !== 'waiting' && state !== 'trust'
  const standing = {
    state,
    helper: yes,
    sharer: yes,
    reason: '' as const,
    endedBy: '' as const,
    surface: '' as const,
    problem: '' as const
  }
  const s: Snapshot = {
    session: '0190a1b2-0000-7000-8000-000000000001',
    version: 7,
    now: inFuture(0),
    seat,
    kind: 'view',
    state,
    screen: screen(standing, seat),
    actions: actions(standing, seat),
    you: { ...peers[seat === 'helper' ? 'sharer' : 'helper'], consented: yes },
    surface: state === 'sharing' || state === 'paused' ? 'monitor' : '',
    problem: '',
    warnings: seat === 'helper' && state !== 'waiting' ? [{ code: 'device_unknown', findings: [] }] : [],
    reason: '',
    endedBy: '',
    chatAllowed: true,
    chatKept: 0,
    grounds: [],
    refused: [],
    firstContact: false,
    matching: false,
    note: '',
    number: '',
    wrongNumbers: 0,
    acknowledge: false,
    ...more
  }
  if (state !== 'waiting') s.peer = more.peer ?? { ...peers[seat], consented: yes }
  if (state === 'waiting') s.codeExpiresAt = inFuture(560)
  if (state === 'trust') s.stateEndsAt = inFuture(280)
  if (state === 'connecting') s.stateEndsAt = inFuture(580)
  if (yes) s.allowedAt = inFuture(-754)
  if (yes && !more.limitAt) s.limitAt = inFuture(3000)
  if (state === 'ended') s.endedAt = inFuture(0)
  return s
}

const thread = {
  lines: [
    { number: 1, id: 'a', seat: 'helper' as const, text: 'こんにちは。どの画面で止まりますか?', at: inFuture(-300) },
    { number: 2, id: 'b', seat: 'sharer' as const, text: 'مرحبا، يظهر لي خطأ عند فتح التقرير 📊', at: inFuture(-240) },
    {
      number: 3,
      id: 'c',
      seat: 'helper' as const,
      text: 'Please open this page:\nhttps://intranet.example/reports?id=42&view=full',
      at: inFuture(-100)
    }
  ],
  waiting: [{ id: 'd', text: 'One moment…', refused: null }]
}

export function sharer(snapshot: Snapshot | null, more: Partial<SharerView> = {}): SharerView {
  return {
    ...emptyView,
    socket: { is: 'open' },
    presence: 'present',
    snapshot,
    thread,
    capture: 'idle',
    surface: '',
    stillAt: null,
    ...more
  }
}

export function helper(snapshot: Snapshot | null, more: Partial<HelperView> = {}): HelperView {
  const path = {
    kind: 'direct' as const,
    roundTrip: 14,
    width: 1920,
    height: 1080,
    flow: { kbps: 840, frames: 24, lost: 0 },
    room: 6000
  }
  return {
    ...emptyView,
    socket: { is: 'open' },
    presence: 'present',
    snapshot,
    thread,
    picture: null,
    coming: null,
    path,
    still: noStill,
    ...more
  }
}

export const wrongCode = new Refusal(404, 'code_not_accepted', '', '', [], 0)
export const tooMany = new Refusal(429, 'too_many_wrong_codes', '', '', [], 290)
export const noServer = new Refusal(0, 'offline', '', '', [], 0)
export const refusedByPolicy = new Refusal(
  403,
  'help_refused',
  '',
  '',
  [{ code: 'permission_missing', subject: 'offer_remote_assistance' }],
  0
)

export const refusedForMFA = new Refusal(403, 'help_refused', '', '', [{ code: 'mfa_required', subject: 'Second factor' }], 0)

export const me: Me = {
  person: {
    id: 'p',
    name: 'Grace Okafor',
    title: 'Service Desk',
    company: 'Northwind',
    department: 'IT',
    email: 'grace@northwind.example',
    picture: '',
    disabled: false,
    permissions: ['offer_remote_assistance'],
    groups: [],
    roles: []
  },
  organisation: { id: 'o', name: 'Northwind', remoteHelp: true, chat: true },
  permissions: ['offer_remote_assistance'],
  mayHelp: { allowed: true, reasons: [] },
  account: '/idp/northwind/account'
}

export const own: OwnSession[] = [
  {
    session: '1',
    seat: 'helper',
    state: 'sharing',
    peerName: 'Omar Haddad',
    createdAt: inFuture(-900),
    allowedAt: inFuture(-754),
    reason: ''
  },
  {
    session: '2',
    seat: 'helper',
    state: 'ended',
    peerName: '佐藤 健',
    createdAt: inFuture(-90000),
    allowedAt: inFuture(-89900),
    endedAt: inFuture(-88000),
    reason: 'sharer_ended'
  },
  {
    session: '3',
    seat: 'sharer',
    state: 'ended',
    peerName: 'Lena Fischer',
    createdAt: inFuture(-400000),
    allowedAt: inFuture(-399900),
    endedAt: inFuture(-399800),
    reason: 'helper_left'
  },
  {
    session: '4',
    seat: 'helper',
    state: 'ended',
    peerName: '',
    createdAt: inFuture(-500000),
    endedAt: inFuture(-499400),
    reason: 'code_expired'
  }
]

export const laptop: Device = {
  id: 'd1',
  version: 3,
  name: 'LAPTOP-4F7X',
  owner: { id: 'p1', name: 'Grace Okafor' },
  platform: 'windows',
  ownership: 'corporate',
  manufacturer: 'Lenovo',
  model: 'ThinkPad X1',
  serial: 'PF-4F7X',
  externalId: '4711',
  enrolment: 'enrolled',
  grade: 'profile_key',
  compliance: 'compliant',
  stale: false,
  cloned: false,
  createdAt: inFuture(-9_000_000),
  enrolledAt: inFuture(-8_000_000),
  seenAt: inFuture(-600)
}

export const provenDevice: ThisDevice = {
  device: { id: 'd1', name: 'LAPTOP-4F7X' },
  state: 'proven',
  grade: 'profile_key',
  bound: '',
  bindable: true,
  asked: '',
  warnings: [],
  selfEnrol: false,
  needed: false
}

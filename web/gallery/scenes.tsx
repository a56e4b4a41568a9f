// Every screen in every state, each under a name. Development only.
import type { ComponentChildren } from 'preact'
import * as judge from '../src/check/judge'
import { CheckScreen } from '../src/check/screen'
import { Enrol, type EnrolState } from '../src/enrol/screen'
import { SignInCard } from '../src/help/app'
import { CodePage } from '../src/help/code'
import { type Bound, DeviceSearch, type Found } from '../src/help/device'
import { HelperScreen } from '../src/help/screen'
import { HistoryCard, Start } from '../src/help/start'
import { HomeScreen } from '../src/home/screen'
import { CodeCard } from '../src/join/code'
import { CannotShare } from '../src/join/phone'
import { SharerScreen } from '../src/join/screen'
import type { HelperView, SharerView } from '../src/seat/view'
import { SignInError } from '../src/signin/error'
import { First } from '../src/signin/first'
import { Gate } from '../src/ui/gate'
import { Shell } from '../src/ui/shell'
import type { Decision, EndReason, Seat, ThisDevice, Trouble, Warning } from '../src/wire'
import {
  aiko,
  helper,
  inFuture,
  laptop,
  me,
  noServer,
  omar,
  own,
  provenDevice,
  refusedByPolicy,
  refusedForMFA,
  sharer,
  snap,
  tooMany,
  wrongCode
} from './people'
import { testPaper, testPicture } from './picture'

const nothing = () => undefined
const sharerDoes = {
  allow: nothing,
  decline: nothing,
  report: nothing,
  share: nothing,
  change: nothing,
  pause: nothing,
  resume: nothing,
  end: nothing,
  say: nothing,
  sayAgain: nothing
}
const helperDoes = {
  proceed: nothing,
  cancel: nothing,
  leave: nothing,
  still: nothing,
  say: nothing,
  sayAgain: nothing,
  newCode: nothing
}
const shown = { session: 's', code: '4060-R0GX', link: 'https://help.northwind.example/join#4060-R0GX', expiresAt: inFuture(560) }

const page = (children: ComponentChildren, wide = false) => (
  <Shell person={me.person} wide={wide} onSignOut={nothing}>
    {children}
  </Shell>
)
const S = (view: SharerView) => page(<SharerScreen view={view} does={sharerDoes} />)
const H = (view: HelperView) => page(<HelperScreen view={view} shown={shown} does={helperDoes} />, true)
const code = (more: Partial<Parameters<typeof CodeCard>[0]>) =>
  page(<CodeCard initial="" fromLink={false} signedIn busy={false} refusal={null} onCode={nothing} {...more} />)
const gate = (socket: Parameters<typeof Gate>[0]['socket']) =>
  page(
    <Gate socket={socket} ready={false} signInHref="#" startHref="#" onTakeOver={nothing} onLeave={nothing}>
      {null}
    </Gate>
  )

const startFor = (bound: Bound) =>
  page(<Start me={me} bound={bound} busy={false} refusal={null} onGetCode={nothing} onFree={nothing} />)
const deviceSearch = (found: Found) =>
  page(
    <>
      <Start me={me} bound={null} busy={false} refusal={null} onGetCode={nothing} onFree={nothing} />
      <DeviceSearch search="laptop" found={found} onSearch={nothing} onChoose={nothing} />
    </>
  )

const E = (state: EnrolState) => <Enrol state={state} onEnrol={nothing} onLock={nothing} onSignIn={nothing} />
const brokenRules: Warning[] = [
  {
    code: 'not_compliant',
    evaluatedAt: inFuture(-260_000),
    findings: [
      { rule: 'disk_encryption', policy: 'Windows laptops', since: inFuture(-900_000) },
      { rule: 'os_version_min', policy: 'Windows laptops', since: inFuture(-90_000), graceTo: inFuture(90_000) }
    ]
  },
  { code: 'device_cloned', findings: [] }
]

const home = (device: Partial<ThisDevice>) => (
  <HomeScreen
    account={{ is: 'in', me }}
    device={{ ...provenDevice, ...device }}
    onSignOut={nothing}
    onSignOutEverywhere={nothing}
  />
)

export const reasons: EndReason[] = [
  'wrong_number',
  'code_revoked',
  'code_expired',
  'declined',
  'reported',
  'helper_cancelled',
  'no_answer',
  'no_picture',
  'sharer_ended',
  'helper_left',
  'admin_ended',
  'permission_lost',
  'policy_blocked',
  'device_revoked',
  'help_disabled',
  'signed_out',
  'time_limit',
  'sharer_lost',
  'helper_lost'
]
const troubles: Trouble[] = [
  'capture_denied',
  'capture_failed',
  'capture_missing',
  'sharing_stopped',
  'page_closed',
  'connection_stuck'
]
const early: EndReason[] = [
  'wrong_number',
  'code_revoked',
  'code_expired',
  'declined',
  'reported',
  'helper_cancelled',
  'no_answer'
]

function ended(seat: Seat, reason: EndReason) {
  const s = snap(seat, 'ended', { reason })
  if (early.includes(reason)) delete s.allowedAt
  if (reason === 'code_expired' || reason === 'code_revoked') delete s.peer
  return s
}

const path = (about: judge.Path, answers: boolean) =>
  judge.judgePath(about, answers ? { is: 'answered', ms: 48 } : { is: 'silent' })
const findings = (paths: judge.Finding[]) => [
  judge.judgeSecure(true),
  judge.judgeBrowser('Mozilla/5.0 Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0'),
  judge.judgeCapture(true, true),
  judge.judgeMachine('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device), SwiftShader driver)'),
  judge.judgeServer(31),
  judge.judgeClock(1),
  judge.judgeSocket(44),
  ...judge.judgePaths(paths),
  judge.judgeExtras(['WebCodecs', 'ImageCapture'])
]
type Checked = Parameters<typeof CheckScreen>[0]
const checked = (list: judge.Finding[], account: Checked['account'] = { is: 'out' }, access: Checked['access'] = null) =>
  page(<CheckScreen findings={list} account={account} access={access} agent="Mozilla/5.0" onAgain={nothing} />)
const permits: Decision = { allowed: true, reasons: [], obligations: [], assignment: '', policies: [] }
const applied = (name: string): Decision['policies'][number] => ({ id: name, name, state: 'on', result: 'satisfied', unmet: [] })

export const scenes: Record<string, () => ComponentChildren> = {
  'home-out': () => <HomeScreen account={{ is: 'out' }} device={null} onSignOut={nothing} onSignOutEverywhere={nothing} />,
  'home-in': () => <HomeScreen account={{ is: 'in', me }} device={null} onSignOut={nothing} onSignOutEverywhere={nothing} />,
  'home-failed': () => (
    <HomeScreen account={{ is: 'failed', refusal: noServer }} device={null} onSignOut={nothing} onSignOutEverywhere={nothing} />
  ),
  'home-device': () => home({ state: 'proven' }),
  'home-device-broken': () => home({ state: 'proven', warnings: brokenRules }),
  'home-device-lost': () => home({ state: 'key_lost' }),
  'home-device-revoked': () => home({ state: 'revoked' }),
  'home-device-needed': () => home({ state: 'unenrolled', needed: true }),
  'home-device-unenrolled': () => home({ state: 'unenrolled' }),
  'check-running': () => checked([...findings([]).slice(0, 4), judge.running('server'), judge.running('socket')]),
  'check-good': () =>
    checked(
      findings([path('stun', true), path('udp', true), path('tcp', true), path('tls', true)]),
      { is: 'in', me },
      {
        helper: { ...permits, policies: [applied('Second factor for helpers'), applied('Office networks')] },
        sharer: permits
      }
    ),
  'check-access': () => checked(findings([path('udp', true)]), { is: 'in', me }),
  'check-fair': () => checked(findings([path('stun', false), path('udp', false), path('tcp', true)])),
  'check-bad': () =>
    checked(
      [
        judge.judgeSecure(false),
        judge.judgeBrowser('Mozilla/5.0 Firefox/102.0'),
        judge.judgeCapture(false, null),
        judge.judgeServer(null),
        judge.judgeClock(400),
        judge.judgeSocket(null),
        ...judge.judgePaths([path('udp', false), path('tcp', false)])
      ],
      { is: 'failed', refusal: noServer }
    ),
  'check-may-not': () =>
    checked(
      findings([path('udp', true)]),
      { is: 'in', me },
      {
        helper: { ...permits, allowed: false, reasons: [{ code: 'permission_missing', subject: 'offer_remote_assistance' }] },
        sharer: {
          ...permits,
          allowed: false,
          reasons: [{ code: 'mfa_required', subject: 'Second factor' }],
          policies: [applied('Second factor')]
        }
      }
    ),
  'join-code': () => code({}),
  'join-code-out': () => code({ signedIn: false }),
  'join-code-link': () => code({ initial: '4060R0GX', fromLink: true }),
  'join-code-wrong': () => code({ initial: '4060R0GX', refusal: wrongCode }),
  'join-code-slow': () => code({ initial: '4060R0GX', refusal: tooMany }),
  'join-code-refused': () => code({ initial: '4060R0GX', refusal: refusedByPolicy }),
  'join-phone': () => page(<CannotShare code="4060R0GX" origin="https://help.northwind.example" />),
  'join-trust': () => S(sharer(snap('sharer', 'trust'))),
  'join-trust-unverified': () => S(sharer(snap('sharer', 'trust', { peer: { ...omar, picture: '' } }))),
  'join-trust-first': () => S(sharer(snap('sharer', 'trust', { firstContact: true }))),
  'join-trust-number': () => S(sharer(snap('sharer', 'trust', { firstContact: true, matching: true }))),
  'join-trust-wrong': () => S(sharer(snap('sharer', 'trust', { matching: true, wrongNumbers: 1 }))),
  'join-code-mfa': () => code({ initial: '4060R0GX', refusal: refusedForMFA }),
  'join-answered': () => S(sharer(snap('sharer', 'trust', { screen: 'answered' }))),
  'join-connecting': () => S(sharer(snap('sharer', 'connecting'))),
  'join-choosing': () => S(sharer(snap('sharer', 'connecting'), { capture: 'choosing' })),
  'join-starting': () => S(sharer(snap('sharer', 'connecting'), { capture: 'starting' })),
  'join-sharing': () => S(sharer(snap('sharer', 'sharing'), { capture: 'live', surface: 'monitor' })),
  'join-sharing-window': () =>
    S(sharer(snap('sharer', 'sharing', { surface: 'window', chatAllowed: false }), { capture: 'live', surface: 'window' })),
  'join-paused': () => S(sharer(snap('sharer', 'paused'), { capture: 'live', surface: 'monitor' })),
  'join-pictures': () =>
    S(sharer(snap('sharer', 'sharing'), { capture: 'live', surface: 'browser', pictures: 'webrtc_missing' })),
  'join-unstable': () => S(sharer(snap('sharer', 'sharing'), { capture: 'live', presence: 'unstable' })),
  'join-lost': () => S(sharer(snap('sharer', 'sharing'), { capture: 'live', presence: 'lost' })),
  'join-server-lost': () => S(sharer(snap('sharer', 'sharing'), { capture: 'live', socket: { is: 'retrying' } })),
  'join-limit': () => S(sharer(snap('sharer', 'sharing', { limitAt: inFuture(200) }), { capture: 'live', surface: 'browser' })),
  'join-refused': () => S(sharer(snap('sharer', 'trust'), { refusal: noServer })),
  'gate-opening': () => gate({ is: 'opening' }),
  'gate-retrying': () => gate({ is: 'retrying' }),
  'gate-seat-taken': () => gate({ is: 'closed', verdict: 'seat_taken' }),
  'gate-replaced': () => gate({ is: 'closed', verdict: 'replaced' }),
  'gate-sign-in': () => gate({ is: 'closed', verdict: 'sign_in_required' }),
  'gate-not-yours': () => gate({ is: 'closed', verdict: 'not_yours' }),
  'gate-not-found': () => gate({ is: 'closed', verdict: 'not_found' }),
  'help-out': () => page(<SignInCard />),
  'help-start': () =>
    page(
      <>
        <Start me={me} bound={null} busy={false} refusal={null} onGetCode={nothing} onFree={nothing} />
        <HistoryCard history={{ is: 'there', sessions: own }} onAgain={nothing} />
      </>
    ),
  'help-start-empty': () =>
    page(
      <>
        <Start me={me} bound={null} busy refusal={null} onGetCode={nothing} onFree={nothing} />
        <HistoryCard history={{ is: 'there', sessions: [] }} onAgain={nothing} />
      </>
    ),
  'help-may-not': () =>
    page(
      <>
        <Start
          me={{
            ...me,
            mayHelp: {
              allowed: false,
              reasons: [{ code: 'help_disabled' }, { code: 'permission_missing', subject: 'offer_remote_assistance' }]
            }
          }}
          bound={null}
          busy={false}
          refusal={null}
          onGetCode={nothing}
          onFree={nothing}
        />
        <HistoryCard history={{ is: 'failed', refusal: noServer }} onAgain={nothing} />
      </>
    ),
  'help-bound': () => startFor({ is: 'known', device: laptop }),
  'help-bound-not-enrolled': () => startFor({ is: 'known', device: { ...laptop, enrolment: 'key_lost' } }),
  'help-bound-loading': () => startFor({ is: 'loading' }),
  'help-bound-failed': () => startFor({ is: 'failed', refusal: noServer }),
  'help-devices': () => deviceSearch({ is: 'found', devices: [laptop, { ...laptop, id: 'd2', name: 'شاشة المكتب' }] }),
  'help-devices-none': () => deviceSearch({ is: 'found', devices: [] }),
  'help-devices-failed': () => deviceSearch({ is: 'failed', refusal: noServer }),
  'join-trust-bound': () => S(sharer(snap('sharer', 'trust', { binding: { person: 'p', device: 'd', name: 'LAPTOP-4F7X' } }))),
  'help-code': () => H(helper(snap('helper', 'waiting'))),
  'help-code-elsewhere': () =>
    page(<CodePage refused={[]} shown={null} expiresAt={inFuture(300)} skew={0} onCancel={nothing} onNew={nothing} />),
  'help-code-refused': () => H(helper(snap('helper', 'waiting', { refused: [{ code: 'helper_out_of_scope' }] }))),
  'help-trust-number': () => H(helper(snap('helper', 'trust', { firstContact: true, matching: true, number: '07' }))),
  'help-ended-policy': () =>
    H(helper({ ...ended('helper', 'policy_blocked'), grounds: [{ code: 'mfa_required', subject: 'Second factor' }] })),
  'help-trust': () => H(helper(snap('helper', 'trust'))),
  'help-trust-warned': () =>
    H(
      helper(
        snap('helper', 'trust', {
          warnings: brokenRules,
          acknowledge: true,
          binding: { person: 'p', device: 'd', name: 'LAPTOP-4F7X' }
        })
      )
    ),
  'help-warned': () => H(helper(snap('helper', 'sharing', { warnings: brokenRules }), { picture: testPicture() })),
  'help-trust-allowed': () => H(helper(snap('helper', 'trust', { peer: { ...omar, consented: true } }))),
  'help-answered': () => H(helper(snap('helper', 'trust', { screen: 'answered' }))),
  'help-connecting': () => H(helper(snap('helper', 'connecting'), { path: null })),
  'help-sharing': () => H(helper(snap('helper', 'sharing'), { picture: testPicture() })),
  'help-sharing-relay': () =>
    H(
      helper(snap('helper', 'sharing', { chatAllowed: false }), {
        picture: testPicture(),
        path: {
          kind: 'relay_tcp',
          roundTrip: 86,
          width: 2560,
          height: 1440,
          flow: { kbps: 231, frames: 5, lost: 0.021 },
          room: 310
        },
        still: { is: 'coming', share: 0.45 }
      })
    ),
  'help-very-thin': () =>
    H(
      helper(snap('helper', 'sharing'), {
        picture: testPicture(),
        path: { kind: 'relay_udp', roundTrip: 410, width: 436, height: 290, flow: { kbps: 41, frames: 1, lost: 0.09 }, room: 90 },
        still: { is: 'refused', why: 'too_large' }
      })
    ),
  'help-sharp': () =>
    H(
      helper(snap('helper', 'sharing'), {
        picture: testPicture(),
        path: { kind: 'relay_udp', roundTrip: 152, width: 436, height: 290, flow: { kbps: 0, frames: 0, lost: 0 }, room: 280 },
        still: { is: 'live', paper: testPaper() }
      })
    ),
  'help-pictures': () =>
    H(
      helper(snap('helper', 'sharing'), {
        picture: testPicture(),
        pictures: 'unreachable',
        path: { kind: 'pictures', roundTrip: null, width: 1920, height: 1080, flow: null, room: null }
      })
    ),
  'help-coming': () => H(helper(snap('helper', 'sharing'))),
  'help-paused': () => H(helper(snap('helper', 'paused'))),
  'help-unstable': () => H(helper(snap('helper', 'sharing'), { picture: testPicture(), presence: 'unstable' })),
  'help-lost': () => H(helper(snap('helper', 'sharing'), { presence: 'lost' })),
  'help-closed': () => H(helper(snap('helper', 'connecting', { problem: 'page_closed' }), { presence: 'closed' })),
  'help-ending': () => H(helper(snap('helper', 'sharing'), { ending: true })),
  'help-server-lost': () => H(helper(snap('helper', 'sharing'), { picture: testPicture(), socket: { is: 'retrying' } })),
  'signin-error': () => <SignInError code="provider_untrusted" back="/join" onGo={nothing} />,
  'signin-unknown': () => <SignInError code="something_new" back="/" onGo={nothing} />,
  'signin-organisation': () => <SignInError code="organisation_needed" back="/help" onGo={nothing} />,
  'enrol-sign-in': () => E({ is: 'signIn' }),
  'enrol-ask': () => E({ is: 'ask', was: 'unenrolled' }),
  'enrol-ready': () => E({ is: 'ready', was: 'key_lost', person: 'Grace Okafor', busy: false, refusal: null, stuck: false }),
  'enrol-refused': () =>
    E({
      is: 'ready',
      was: 'unenrolled',
      person: 'Grace Okafor',
      busy: false,
      refusal: { code: 'enrolment_code_not_accepted', detail: '' },
      stuck: true
    }),
  'enrol-done': () => E({ is: 'done', name: 'LAPTOP-4F7X', lock: 'none' }),
  'enrol-lock': () => E({ is: 'done', name: 'LAPTOP-4F7X', lock: 'offered' }),
  'enrol-lock-declined': () => E({ is: 'done', name: 'LAPTOP-4F7X', lock: 'declined' }),
  'enrol-lock-synced': () => E({ is: 'done', name: 'LAPTOP-4F7X', lock: 'synced' }),
  'enrol-lock-bound': () => E({ is: 'done', name: 'LAPTOP-4F7X', lock: 'bound' }),
  'help-trust-weaker': () => H(helper(snap('helper', 'trust', { warnings: [{ code: 'proof_weaker', findings: [] }] }))),
  'join-trust-proven': () =>
    S(
      sharer(snap('sharer', 'trust', { you: { ...omar, proof: 'platform_key' }, peer: { ...aiko, proof: 'client_certificate' } }))
    ),
  'join-unenrolled': () =>
    code({ initial: '4060R0GX', refusal: { code: 'help_refused', detail: '', reasons: [{ code: 'unenrolled_device' }] } }),
  'first-none': () => <First state={{ is: 'noToken' }} onConfirm={nothing} onSignIn={nothing} />,
  'first-sign-in': () => <First state={{ is: 'signIn' }} onConfirm={nothing} onSignIn={nothing} />,
  'first-ready': () => (
    <First
      state={{ is: 'ready', name: 'Grace Okafor', organisation: 'Northwind', busy: false, refusal: null }}
      onConfirm={nothing}
      onSignIn={nothing}
    />
  ),
  'first-done': () => <First state={{ is: 'done' }} onConfirm={nothing} onSignIn={nothing} />,
  ...Object.fromEntries(
    troubles.map((p) => [`join-problem-${p}`, () => S(sharer(snap('sharer', 'connecting', { problem: p })))])
  ),
  ...Object.fromEntries(
    troubles.map((p) => [`help-problem-${p}`, () => H(helper(snap('helper', 'connecting', { problem: p })))])
  ),
  ...Object.fromEntries(reasons.map((r) => [`join-ended-${r}`, () => S(sharer(ended('sharer', r)))])),
  ...Object.fromEntries(reasons.map((r) => [`help-ended-${r}`, () => H(helper(ended('helper', r)))]))
}

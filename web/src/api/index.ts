// The server's commands and queries, one function each. Bodies and answers are
// the generated types; nothing is decided here.
import type {
  ActBody,
  Bye,
  Check,
  Me,
  NewHelp,
  NewSession,
  OwnAccess,
  OwnSessions,
  Redeem,
  Redeemed,
  SeatAct,
  Snapshot
} from '../wire'
import { request, type Transport } from './client'

export { offline, passing, Refusal } from './client'

const root = '/api/v1'
const transport: Transport = { fetch: (...a) => fetch(...a) }
const session = (id: string) => `${root}/help-sessions/${encodeURIComponent(id)}`

/** Who is signed in; throws Refusal sign_in_required when nobody is. */
export const me = () => request<Me>(transport, 'GET', `${root}/me`)
/** What can be tried out before a help session; needs no sign-in. */
export const ownAccess = () => request<OwnAccess>(transport, 'GET', `${root}/access`)

export const check = () => request<Check>(transport, 'GET', `${root}/check`)
/** Asks for a security code: for anybody, or for one device only. */
export const newSession = (body?: NewHelp) => request<NewSession>(transport, 'POST', `${root}/help-sessions`, body)
/** The caller's own help sessions, newest first. */
export const ownSessions = () => request<OwnSessions>(transport, 'GET', `${root}/help-sessions`)
/** Brings a security code. */
export const redeem = (body: Redeem) => request<Redeemed>(transport, 'POST', `${root}/help-sessions/redeem`, body)
/** Reads one's help session; wait in ms. */
export const snapshot = (id: string, wait?: number) =>
  request<Snapshot>(transport, 'GET', session(id), undefined, wait === undefined ? {} : { wait })
/** Does one act of one's seat. */
export const act = (id: string, name: SeatAct, body: ActBody) =>
  request<Snapshot>(transport, 'POST', `${session(id)}/acts/${name}`, body)

/** Signs out here, or everywhere; gives the address to go to. */
export const signOut = (everywhere: boolean) => request<{ location: string }>(transport, 'POST', '/signin/out', { everywhere })
/** Makes the signed-in person the first administrator. */
export const becomeFirst = (token: string) => request<void>(transport, 'POST', '/signin/first', { token })

/** Says that this page goes away; works while the page is being unloaded. */
export function sayBye(id: string, body: Bye): void {
  navigator.sendBeacon(`${session(id)}/bye`, new Blob([JSON.stringify(body)], { type: 'application/json' }))
}

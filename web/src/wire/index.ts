// The contract, generated from Go. This file only gives short names to parts of
// the generated types; nothing of the contract is written here.
import type { FromBrowser, FromServer, Person, Snapshot } from './gen/types.gen'

export type {
  Act as ActBody,
  Attach,
  Beat,
  Bye,
  ChatLine,
  Connection,
  FromBrowser,
  FromServer,
  Heartbeat,
  IceServer,
  Link,
  ListGroup as Groups,
  ListRole as Roles,
  Me,
  NewSession,
  OwnSession,
  OwnSessions,
  Party,
  People,
  Person,
  PictureAttach,
  PictureMessage,
  Problem,
  ProblemReason,
  Reason as Ground,
  Redeem,
  Redeemed,
  Refused,
  Say,
  SessionReport,
  SessionReports,
  Settings,
  Signal,
  Snapshot,
  Want
} from './gen/types.gen'

export type State = Snapshot['state']
export type Seat = Snapshot['seat']
export type Screen = Snapshot['screen']
export type EndReason = Exclude<Snapshot['reason'], ''>
export type Trouble = Exclude<Snapshot['problem'], ''>
export type Surface = Snapshot['surface']
export type SeatAct = NonNullable<Snapshot['actions']>[number]
export type Warning = NonNullable<Snapshot['warnings']>[number]
export type FromBrowserType = FromBrowser['type']
export type FromServerType = FromServer['type']
export type Permission = Person['permissions'][number]

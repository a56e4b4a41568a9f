// The contract, generated from Go. This file only gives short names to parts of
// the generated types; nothing of the contract is written here.
import type { FromBrowser, FromServer, Person, Snapshot } from './gen/types.gen'

export type {
  Act as ActBody,
  Applied,
  Assertion,
  Assignment,
  AssignmentBody,
  Attach,
  Beat,
  Bye,
  Challenge,
  ChatLine,
  Check,
  Conditions,
  Connection,
  Considered,
  Control,
  Credential as DeviceCredential,
  Decision,
  Enrol,
  Explanation,
  Finding,
  FromBrowser,
  FromServer,
  Group,
  GroupBody,
  Heartbeat,
  Hours,
  IceServer,
  Link,
  Location,
  LocationBody,
  Me,
  Members,
  Named,
  NewHelp,
  NewSession,
  OwnSession,
  OwnSessions,
  PagePerson,
  PageSessionReport,
  Party,
  Person,
  PictureAttach,
  PictureMessage,
  Policy,
  PolicyBody,
  Problem,
  ProblemReason,
  Prove,
  Reason as Ground,
  Redeem,
  Redeemed,
  Refused,
  Requirement,
  Role,
  RoleBody,
  Say,
  Scope,
  SessionReport,
  Settings,
  Shown,
  Signal,
  Snapshot,
  Term,
  ThisDevice,
  Want,
  Warning,
  WhatIf,
  Who,
  WhyNot
} from './gen/types.gen'

export type State = Snapshot['state']
export type Seat = Snapshot['seat']
export type Screen = Snapshot['screen']
export type EndReason = Exclude<Snapshot['reason'], ''>
export type Trouble = Exclude<Snapshot['problem'], ''>
export type Surface = Snapshot['surface']
export type SeatAct = NonNullable<Snapshot['actions']>[number]
export type WarningCode = NonNullable<Snapshot['warnings']>[number]['code']
export type FromBrowserType = FromBrowser['type']
export type FromServerType = FromServer['type']
export type Permission = Person['permissions'][number]

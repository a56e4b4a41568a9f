// Generated from openapi.json by npm run generate: do not edit.

export type ClientOptions = {
    baseUrl: `${string}://openapi.json` | (string & {});
};

export type Act = {
    /**
     * continue: codes of the warnings that were acknowledged
     */
    acknowledged?: Array<'key_lost' | 'device_unknown' | 'device_cloned' | 'proof_weaker' | 'not_compliant' | 'in_grace_period' | 'facts_stale' | 'not_evaluated'>;
    /**
     * allow: the two digits that the helper reads out, when they are asked for
     */
    number?: string;
    /**
     * share_failed, stop: why
     */
    problem?: '' | 'capture_denied' | 'capture_failed' | 'capture_missing' | 'sharing_stopped' | 'connection_stuck';
    /**
     * share, change: what is shared
     */
    surface?: '' | 'monitor' | 'window' | 'browser';
    /**
     * continue, allow: version of the words that were shown
     */
    text?: string;
};

export type AdminEnd = {
    /**
     * What both sides read
     */
    note?: string;
};

export type Answer = {
    allowed: boolean;
    /**
     * Why not; empty when allowed
     */
    reasons: Array<Reason>;
};

export type Applied = {
    id: string;
    name: string;
    result: 'satisfied' | 'unsatisfied' | 'blocked';
    state: 'on' | 'off' | 'report_only';
    unmet: Array<'mfa' | 'enrolled_device' | 'compliant_device' | 'device_grade' | 'fresh_sign_in' | 'acr' | 'number_matching' | 'acknowledgement'>;
};

export type Assertion = {
    authenticatorData: string;
    clientData: string;
    id: string;
    nonce: string;
    signature: string;
};

export type Assignment = {
    readonly createdAt: string;
    description: string;
    /**
     * Absent: never
     */
    expiresAt?: string;
    readonly id: string;
    /**
     * Ids of groups of people
     */
    members: Array<string>;
    name: string;
    /**
     * Id of the role
     */
    role: string;
    scope: Scope;
    readonly updatedAt: string;
    /**
     * Its ETag; send it back as If-Match
     */
    readonly version: number;
};

export type AssignmentBody = {
    description: string;
    /**
     * Absent: never
     */
    expiresAt?: string;
    /**
     * Ids of groups of people
     */
    members: Array<string>;
    name: string;
    /**
     * Id of the role
     */
    role: string;
    scope: Scope;
};

export type Attach = {
    /**
     * Number of the last chat line this page has; 0: none
     */
    chatFrom: number;
    /**
     * Random name of this browser document
     */
    page: string;
    session: string;
    /**
     * Take the seat from another window or browser
     */
    takeover: boolean;
};

export type AuditLine = {
    action: string;
    /**
     * Id; empty: the system, or erased
     */
    actor: string;
    /**
     * As the person is called now
     */
    actorName: string;
    at: string;
    /**
     * What was and what is
     */
    changes: Array<Change>;
    /**
     * Everything else
     */
    details: {
        [key: string]: string;
    };
    /**
     * Of this line and all before, hexadecimal
     */
    hash: string;
    number: number;
    object: string;
    /**
     * Id of whom else it concerns
     */
    person: string;
    personName: string;
    /**
     * Nobody did it: the system itself
     */
    system: boolean;
    /**
     * Through which a program acted for the person; absent: they did it themselves
     */
    token?: TokenRef;
};

export type Beat = {
    paused: boolean;
    seq: number;
    sharing: boolean;
    surface: '' | 'monitor' | 'window' | 'browser';
};

export type Binding = {
    /**
     * Id of the device
     */
    device: string;
    /**
     * Of the device
     */
    name: string;
    /**
     * Id of the sharer
     */
    person: string;
};

export type Bye = {
    page: string;
};

export type Challenge = {
    expiresAt: string;
    nonce: string;
    org: string;
    signIn: string;
};

export type Change = {
    member: string;
    new: string;
    old: string;
};

export type ChatLine = {
    at: string;
    /**
     * The id its sender made
     */
    id: string;
    /**
     * 1, 2, 3 … within the session
     */
    number: number;
    seat: 'helper' | 'sharer';
    text: string;
};

export type Check = {
    /**
     * The server's clock
     */
    now: string;
    /**
     * Addresses of the relay, as in RTCIceServer.urls, without credentials: that it answers at all is what is looked for
     */
    relay: Array<string>;
};

export type CompliancePolicy = {
    readonly createdAt: string;
    description: string;
    /**
     * All devices of the platform
     */
    everything: boolean;
    /**
     * Ids of groups of devices, or of the people who own them
     */
    groups: Array<string>;
    readonly id: string;
    name: string;
    platform: 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos';
    /**
     * Each kind at most once
     */
    rules: Array<ComplianceRule>;
    readonly updatedAt: string;
    /**
     * Its ETag; send it back as If-Match
     */
    readonly version: number;
};

export type CompliancePolicyBody = {
    description: string;
    /**
     * All devices of the platform
     */
    everything: boolean;
    /**
     * Ids of groups of devices, or of the people who own them
     */
    groups: Array<string>;
    name: string;
    platform: 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos';
    /**
     * Each kind at most once
     */
    rules: Array<ComplianceRule>;
};

export type ComplianceRule = {
    /**
     * How long a device may break it and count as in grace period
     */
    graceHours: number;
    kind: 'os_version_min' | 'os_version_max' | 'browser_version_min' | 'browser_version_max' | 'disk_encryption' | 'firewall' | 'antivirus' | 'screen_lock' | 'secure_boot' | 'not_rooted' | 'declared_compliant' | 'last_contact';
    /**
     * A dotted version, days for last_contact, else empty
     */
    value: string;
};

export type Conditions = {
    browsers: Array<'chrome' | 'edge' | 'firefox' | 'safari' | 'other'>;
    devices: Array<'enrolled' | 'unenrolled' | 'compliant' | 'in_grace_period' | 'not_compliant' | 'not_evaluated'>;
    /**
     * The two people had no session together before
     */
    firstContact: boolean;
    /**
     * Absent: at any time
     */
    hours?: Hours;
    /**
     * The address is in one of these named locations
     */
    locations: Array<string>;
    /**
     * The address is in none of these
     */
    notLocations: Array<string>;
    notPlatforms: Array<'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos'>;
    /**
     * The time is outside those hours instead of inside
     */
    outsideHours: boolean;
    platforms: Array<'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos'>;
    /**
     * The person was authenticated longer ago than this; 0: any age
     */
    signInOlderMinutes: number;
    /**
     * The sign-in was not multi-factor
     */
    withoutMfa: boolean;
};

export type Connection = {
    kind: 'direct' | 'relay_udp' | 'relay_tcp' | 'relay_tls' | 'pictures';
};

export type Consent = {
    at: string;
    /**
     * Version of the words that were shown
     */
    text: string;
};

export type Considered = {
    /**
     * Whether its scope covers the target
     */
    covers: boolean;
    expired: boolean;
    id: string;
    /**
     * Whether the person is in one of its member groups
     */
    member: boolean;
    name: string;
    role: string;
};

export type Control = {
    block: boolean;
    /**
     * One requirement is enough
     */
    oneOf: boolean;
    require: Array<Requirement>;
};

export type Count = {
    code: string;
    count: number;
};

export type Credential = {
    /**
     * attestationObject
     */
    attestation: string;
    clientData: string;
    id: string;
    nonce: string;
};

export type Day = {
    allowed: number;
    /**
     * Of those that both allowed
     */
    averageSeconds: number;
    date: string;
    declined: number;
    reported: number;
    /**
     * That ended
     */
    sessions: number;
};

export type Decision = {
    allowed: boolean;
    /**
     * Id of the assignment that entitles the helper, or empty
     */
    assignment: string;
    /**
     * What the trust screen must ask for as well
     */
    obligations: Array<'number_matching' | 'acknowledgement'>;
    /**
     * Every policy that was about this
     */
    policies: Array<Applied>;
    /**
     * Why not; empty when allowed
     */
    reasons: Array<Reason>;
};

export type Described = {
    changed: number;
    created: number;
    /**
     * At most 100
     */
    errors: Array<RowError>;
    /**
     * Nothing was changed because only a preview was asked for
     */
    preview: boolean;
    unchanged: number;
};

export type Description = {
    externalId: string;
    facts?: Array<FactReport>;
    manufacturer?: string;
    model?: string;
    name?: string;
    /**
     * Id or e-mail address of a person
     */
    owner?: string;
    ownership?: '' | 'corporate' | 'personal';
    platform?: '' | 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos';
    serial?: string;
};

export type Descriptions = {
    devices: Array<Description>;
};

export type Device = {
    /**
     * Its key seems to be in more than one browser
     */
    cloned: boolean;
    compliance: 'compliant' | 'in_grace_period' | 'not_compliant' | 'not_evaluated';
    createdAt: string;
    enrolledAt?: string;
    /**
     * known: described from outside, never proven
     */
    enrolment: 'known' | 'enrolled' | 'key_lost' | 'retired' | 'revoked';
    /**
     * As another system knows it
     */
    externalId: string;
    /**
     * The strongest way in which it was proven: key in a browser profile; credential of its own authenticator; claim of the identity provider; client certificate
     */
    grade: '' | 'profile_key' | 'platform_key' | 'provider_claim' | 'client_certificate';
    id: string;
    manufacturer: string;
    model: string;
    name: string;
    /**
     * Absent: nobody's
     */
    owner?: Named;
    ownership: '' | 'corporate' | 'personal';
    platform: '' | 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos';
    /**
     * When it was last proven or described
     */
    seenAt?: string;
    serial: string;
    /**
     * Facts that a rule needs are too old to be believed
     */
    stale: boolean;
    /**
     * Its ETag; send it back as If-Match
     */
    version: number;
};

export type DeviceAudit = {
    action: string;
    /**
     * Name; empty: the system itself, or erased
     */
    actor: string;
    at: string;
    details: {
        [key: string]: string;
    };
    number: number;
};

export type DeviceBody = {
    /**
     * As another system knows it, so that it can describe it; empty: nothing does
     */
    externalId: string;
    name: string;
    /**
     * Id of a person; empty: nobody's. Another owner must enrol it anew
     */
    owner: string;
    ownership: '' | 'corporate' | 'personal';
};

export type DeviceDetail = {
    /**
     * Its last audit lines, newest first; empty without view_audit
     */
    audit: Array<DeviceAudit>;
    /**
     * Rules that are not met, the worst first
     */
    broken: Array<Finding>;
    /**
     * Its key seems to be in more than one browser
     */
    cloned: boolean;
    compliance: 'compliant' | 'in_grace_period' | 'not_compliant' | 'not_evaluated';
    createdAt: string;
    enrolledAt?: string;
    /**
     * known: described from outside, never proven
     */
    enrolment: 'known' | 'enrolled' | 'key_lost' | 'retired' | 'revoked';
    /**
     * How old the newest fact is that the result rests on
     */
    evaluatedAt?: string;
    /**
     * As another system knows it
     */
    externalId: string;
    facts: Array<Fact>;
    /**
     * The strongest way in which it was proven: key in a browser profile; credential of its own authenticator; claim of the identity provider; client certificate
     */
    grade: '' | 'profile_key' | 'platform_key' | 'provider_claim' | 'client_certificate';
    /**
     * Ids of its groups
     */
    groups: Array<string>;
    id: string;
    manufacturer: string;
    model: string;
    name: string;
    /**
     * Absent: nobody's
     */
    owner?: Named;
    ownership: '' | 'corporate' | 'personal';
    platform: '' | 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos';
    /**
     * When it was last proven or described
     */
    seenAt?: string;
    serial: string;
    /**
     * Its last help sessions, newest first
     */
    sessions: Array<DeviceSession>;
    /**
     * Facts that a rule needs are too old to be believed
     */
    stale: boolean;
    /**
     * Rules for which there is no fact that may be believed
     */
    unknown: Array<Finding>;
    /**
     * Its ETag; send it back as If-Match
     */
    version: number;
};

export type DeviceSession = {
    allowedAt?: string;
    createdAt: string;
    endedAt: string;
    /**
     * Name; empty once erased
     */
    helper: string;
    reason: string;
    session: string;
    /**
     * Name; empty once erased
     */
    sharer: string;
    warnings: Array<string>;
};

export type Devices = {
    devices: Array<Device>;
    /**
     * Cursor of the next page; empty: this is the last
     */
    next: string;
};

export type Domain = {
    /**
     * Last look; absent: none yet
     */
    checkedAt?: string;
    createdAt: string;
    /**
     * With record_wrong: what was there instead, five values at most
     */
    found: Array<string>;
    /**
     * With warning: when the domain stops being verified
     */
    graceEnds?: string;
    /**
     * ASCII, lower case
     */
    name: string;
    /**
     * Next look
     */
    nextAt?: string;
    /**
     * What the last look found wrong; empty: nothing
     */
    problem: '' | 'record_missing' | 'record_wrong' | 'domain_taken' | 'resolver_failed' | 'resolver_unreachable' | 'resolver_timeout';
    /**
     * To be published in DNS; absent: the operator of the server vouches for the domain
     */
    record?: TxtRecord;
    /**
     * Verified and warning count as verified; warning: the record is gone
     */
    state: 'pending' | 'verified' | 'warning' | 'failed';
    /**
     * As people write it
     */
    unicode: string;
    /**
     * When the record was last there; absent: never
     */
    verifiedAt?: string;
};

export type DomainBody = {
    /**
     * In any spelling; what stands after the @ of addresses
     */
    name: string;
};

export type Enrol = {
    /**
     * Of an enrolment link; empty: yourself, where that is allowed
     */
    code?: string;
    counter: number;
    /**
     * P-256 public key, SubjectPublicKeyInfo, base64
     */
    key: string;
    name: string;
    nonce: string;
    /**
     * ECDSA with SHA-256 as WebCrypto makes it, base64
     */
    signature: string;
};

export type Explanation = {
    allowed: boolean;
    /**
     * Every assignment that gives the permission and whether its scope covers the target; empty unless you may read the configuration
     */
    assignments: Array<Considered>;
    reasons: Array<Reason>;
    /**
     * What is missing, in one English sentence
     */
    sentence: string;
};

export type Fact = {
    at: string;
    name: 'os_version' | 'browser_version' | 'disk_encryption' | 'firewall' | 'antivirus' | 'screen_lock' | 'secure_boot' | 'rooted' | 'declared_compliant';
    /**
     * What a browser says of itself counts only against it
     */
    source: 'browser' | 'import' | 'api' | 'provider';
    /**
     * A dotted version, or true or false
     */
    value: string;
};

export type FactReport = {
    /**
     * When it was found so
     */
    at: string;
    name: 'os_version' | 'browser_version' | 'disk_encryption' | 'firewall' | 'antivirus' | 'screen_lock' | 'secure_boot' | 'rooted' | 'declared_compliant';
    /**
     * A dotted version, or true or false
     */
    value: string;
};

export type Finding = {
    /**
     * Until then it counts as in grace period
     */
    graceTo?: string;
    /**
     * The policy's name
     */
    policy: string;
    rule: string;
    /**
     * When it was first not met
     */
    since?: string;
};

export type Fleet = {
    compliant: number;
    inGracePeriod: number;
    notCompliant: number;
    notEvaluated: number;
};

export type FromBrowser = {
    attach?: Attach;
    connection?: Connection;
    heartbeat?: Heartbeat;
    say?: Say;
    signal?: Signal;
    type: 'attach' | 'signal' | 'say' | 'heartbeat' | 'connection' | 'bye';
};

export type FromServer = {
    /**
     * Lines in order, none twice
     */
    chat?: Array<ChatLine>;
    /**
     * A message of yours was not accepted
     */
    refused?: Refused;
    signal?: Signal;
    snapshot?: Snapshot;
    /**
     * heard: your heartbeat message came, and this socket lives
     */
    type: 'snapshot' | 'signal' | 'chat' | 'refused' | 'heard';
};

export type Group = {
    /**
     * claim: the group's name or id at the provider
     */
    claim: string;
    readonly createdAt: string;
    description: string;
    readonly id: string;
    /**
     * Who belongs to it: whom you put in, whom the provider names at sign-in, or whose attributes match
     */
    kind: 'fixed' | 'claim' | 'rule';
    name: string;
    /**
     * What it consists of; never changes
     */
    of: 'people' | 'devices';
    /**
     * rule: every term must match
     */
    rule: Array<Term>;
    readonly updatedAt: string;
    /**
     * Its ETag; send it back as If-Match
     */
    readonly version: number;
};

export type GroupBody = {
    /**
     * claim: the group's name or id at the provider
     */
    claim: string;
    description: string;
    /**
     * Who belongs to it: whom you put in, whom the provider names at sign-in, or whose attributes match
     */
    kind: 'fixed' | 'claim' | 'rule';
    name: string;
    /**
     * What it consists of; never changes
     */
    of: 'people' | 'devices';
    /**
     * rule: every term must match
     */
    rule: Array<Term>;
};

export type Heartbeat = {
    peer: 'seen' | 'missing';
};

export type Hours = {
    /**
     * 0: Sunday … 6: Saturday
     */
    days: Array<number>;
    /**
     * Minutes after midnight
     */
    from: number;
    /**
     * Minutes after midnight; smaller than from: past midnight
     */
    to: number;
    /**
     * IANA time zone; empty: UTC
     */
    zone: string;
};

export type IceServer = {
    credential?: string;
    urls: Array<string>;
    username?: string;
};

export type Link = {
    iceServers: Array<IceServer>;
    /**
     * Hide addresses: iceTransportPolicy relay
     */
    relayOnly: boolean;
};

export type ListAssignment = {
    items: Array<Assignment>;
};

export type ListCompliancePolicy = {
    items: Array<CompliancePolicy>;
};

export type ListDomain = {
    items: Array<Domain>;
};

export type ListGroup = {
    items: Array<Group>;
};

export type ListLocation = {
    items: Array<Location>;
};

export type ListPolicy = {
    items: Array<Policy>;
};

export type ListRole = {
    items: Array<Role>;
};

export type ListToken = {
    items: Array<Token>;
};

export type LiveSeat = {
    browser: string;
    compliance: '' | 'compliant' | 'in_grace_period' | 'not_compliant' | 'not_evaluated';
    /**
     * Id; empty: not enrolled
     */
    device: string;
    deviceName: string;
    id: string;
    name: string;
    picture: string;
    platform: string;
    presence: 'present' | 'unstable' | 'lost';
    title: string;
};

export type LiveSession = {
    allowedAt?: string;
    connection: '' | 'direct' | 'relay_udp' | 'relay_tcp' | 'relay_tls' | 'pictures';
    createdAt: string;
    helper: LiveSeat;
    /**
     * Whether your end_sessions covers it
     */
    mayEnd: boolean;
    session: string;
    /**
     * Absent while nobody has brought the code
     */
    sharer?: LiveSeat;
    /**
     * When the state was entered
     */
    since: string;
    state: 'waiting' | 'trust' | 'connecting' | 'sharing' | 'paused' | 'ended';
    warnings: Array<string>;
};

export type LiveSessions = {
    items: Array<LiveSession>;
    now: string;
};

export type LocalDescription = {
    department?: string;
    /**
     * You vouch for it: its domain may be shown as verified
     */
    email?: string;
    name: string;
    title?: string;
};

export type LocalInvite = {
    department?: string;
    /**
     * You vouch for it: its domain may be shown as verified
     */
    email?: string;
    /**
     * BCP 47
     */
    locale?: string;
    name: string;
    title?: string;
    /**
     * What they type to sign in; case does not matter
     */
    username: string;
};

export type LocalLink = {
    expiresAt: string;
    /**
     * Of the local account
     */
    id: string;
    /**
     * Give it to them by a channel you trust; it is not shown again
     */
    link: string;
};

export type LocalPeople = {
    people: Array<LocalPerson>;
};

export type LocalPerson = {
    createdAt: string;
    department: string;
    email: string;
    /**
     * Of the local account
     */
    id: string;
    /**
     * Until when a one-time link is open; absent: there is none
     */
    linkExpiresAt?: string;
    name: string;
    /**
     * How many
     */
    passkeys: number;
    /**
     * Id of the person, or empty
     */
    person: string;
    /**
     * How many are left
     */
    recoveryCodes: number;
    state: 'invited' | 'active' | 'disabled';
    title: string;
    /**
     * Whether an authenticator app is set up
     */
    totp: boolean;
    username: string;
};

export type Location = {
    readonly createdAt: string;
    description: string;
    readonly id: string;
    name: string;
    /**
     * Addresses in CIDR notation
     */
    ranges: Array<string>;
    readonly updatedAt: string;
    /**
     * Its ETag; send it back as If-Match
     */
    readonly version: number;
};

export type LocationBody = {
    description: string;
    name: string;
    /**
     * Addresses in CIDR notation
     */
    ranges: Array<string>;
};

export type LostKey = {
    device: string;
};

export type Me = {
    /**
     * Local address where you look after your password and passkeys; empty: your organisation's own provider does
     */
    account: string;
    /**
     * Whether you may get a security code now
     */
    mayHelp: Answer;
    organisation: OrgBrief;
    /**
     * What you were granted
     */
    permissions: Array<'offer_remote_assistance' | 'view_screen' | 'take_full_control' | 'unattended_control' | 'end_sessions' | 'view_own_reports' | 'view_reports' | 'view_audit' | 'read_people' | 'manage_people' | 'read_devices' | 'enrol_devices' | 'manage_devices' | 'read_configuration' | 'manage_compliance' | 'manage_policies' | 'manage_roles' | 'manage_settings' | 'manage_tokens'>;
    person: Person;
};

export type Members = {
    members: Array<Named>;
    /**
     * Cursor of the next page; empty: this is the last
     */
    next: string;
};

export type Named = {
    id: string;
    name: string;
};

export type NewHelp = {
    /**
     * Id of an enrolled device: only its owner on that device can use the code; empty: anybody in your scope
     */
    device?: string;
};

export type NewSession = {
    /**
     * Security code as shown to people
     */
    code: string;
    expiresAt: string;
    /**
     * Session link; the code is in the fragment
     */
    link: string;
    session: string;
};

export type NewTicket = {
    /**
     * Id of a device that is known already; empty: a new one
     */
    device?: string;
    /**
     * Name of a new device; empty: the person chooses
     */
    name?: string;
    /**
     * Id of the person whose device it will be
     */
    owner: string;
};

export type NewToken = {
    /**
     * Shown this once; send it as Authorization: Bearer
     */
    secret: string;
    token: Token;
};

export type OrgBrief = {
    chat: boolean;
    id: string;
    name: string;
    /**
     * Whether anybody may be helped
     */
    remoteHelp: boolean;
};

export type Overview = {
    /**
     * Help sessions that go on now
     */
    active: number;
    /**
     * The last thirty, the oldest first
     */
    days: Array<Day>;
    /**
     * In use and in your scope; absent without read_devices
     */
    devices?: Fleet;
    /**
     * How sessions of these days ended
     */
    reasons: Array<Count>;
    /**
     * Who may not give help after reports, the newest first, twenty at most
     */
    suspended: Array<Suspension>;
    today: Day;
    /**
     * What helpers were warned of
     */
    warnings: Array<Count>;
};

export type OwnAccess = {
    /**
     * Giving help; without the policies that are report-only
     */
    helper: Decision;
    /**
     * Getting help; likewise
     */
    sharer: Decision;
};

export type OwnSession = {
    allowedAt?: string;
    createdAt: string;
    endedAt?: string;
    /**
     * Empty while nobody has brought the code
     */
    peerName: string;
    reason: string;
    seat: 'helper' | 'sharer';
    session: string;
    state: 'waiting' | 'trust' | 'connecting' | 'sharing' | 'paused' | 'ended';
};

export type OwnSessions = {
    sessions: Array<OwnSession>;
};

export type PageAuditLine = {
    items: Array<AuditLine>;
    /**
     * Cursor of the next page; empty: this is the last
     */
    next: string;
};

export type PagePerson = {
    items: Array<Person>;
    /**
     * Cursor of the next page; empty: this is the last
     */
    next: string;
};

export type PageSessionReport = {
    items: Array<SessionReport>;
    /**
     * Cursor of the next page; empty: this is the last
     */
    next: string;
};

export type Party = {
    company: string;
    /**
     * Has said yes on the trust screen
     */
    consented: boolean;
    department: string;
    /**
     * Domain of the e-mail address, where the provider vouches for it
     */
    domain: string;
    /**
     * The organisation has proven that it owns the domain
     */
    domainVerified: boolean;
    name: string;
    /**
     * Name of the browser document that holds the seat; a new name means a new peer connection
     */
    page: string;
    /**
     * The page said that it is going away
     */
    pageClosed: boolean;
    /**
     * Local address of the profile picture, or empty
     */
    picture: string;
    presence: 'present' | 'unstable' | 'lost';
    presenceSince: string;
    /**
     * By what the device was proven, the weakest first; empty: it was not
     */
    proof: '' | 'profile_key' | 'platform_key' | 'provider_claim' | 'client_certificate';
    title: string;
};

export type Person = {
    company: string;
    department: string;
    disabled: boolean;
    email: string;
    /**
     * Ids of the groups the person belongs to
     */
    groups: Array<string>;
    id: string;
    name: string;
    permissions: Array<'offer_remote_assistance' | 'view_screen' | 'take_full_control' | 'unattended_control' | 'end_sessions' | 'view_own_reports' | 'view_reports' | 'view_audit' | 'read_people' | 'manage_people' | 'read_devices' | 'enrol_devices' | 'manage_devices' | 'read_configuration' | 'manage_compliance' | 'manage_policies' | 'manage_roles' | 'manage_settings' | 'manage_tokens'>;
    /**
     * Local address, or empty
     */
    picture: string;
    /**
     * Ids of the roles the person holds by any assignment
     */
    roles: Array<string>;
    /**
     * Since when the person may not give help, after reports; absent: they may
     */
    suspendedAt?: string;
    title: string;
};

export type PersonDetail = {
    /**
     * What entitles the person now
     */
    assignments: Array<PersonRole>;
    company: string;
    department: string;
    disabled: boolean;
    domain: string;
    email: string;
    /**
     * Ids of the groups the person belongs to
     */
    groups: Array<string>;
    id: string;
    /**
     * The provider that vouches for the person
     */
    issuer: string;
    name: string;
    permissions: Array<'offer_remote_assistance' | 'view_screen' | 'take_full_control' | 'unattended_control' | 'end_sessions' | 'view_own_reports' | 'view_reports' | 'view_audit' | 'read_people' | 'manage_people' | 'read_devices' | 'enrol_devices' | 'manage_devices' | 'read_configuration' | 'manage_compliance' | 'manage_policies' | 'manage_roles' | 'manage_settings' | 'manage_tokens'>;
    /**
     * Local address, or empty
     */
    picture: string;
    /**
     * Ids of the roles the person holds by any assignment
     */
    roles: Array<string>;
    /**
     * The newest that have ended and that you may see
     */
    sessions: Array<SessionReport>;
    signIns: Array<PersonSignIn>;
    /**
     * Since when the person may not give help, after reports; absent: they may
     */
    suspendedAt?: string;
    title: string;
};

export type PersonRole = {
    /**
     * Id
     */
    assignment: string;
    /**
     * Absent: never
     */
    expiresAt?: string;
    /**
     * Of the assignment
     */
    name: string;
    /**
     * Id of the role
     */
    role: string;
};

export type PersonSignIn = {
    browser: string;
    createdAt: string;
    expiresAt: string;
    id: string;
    /**
     * How the provider authenticated the person (amr)
     */
    methods: Array<string>;
    seenAt: string;
};

export type PictureAttach = {
    /**
     * Name of the page that holds the seat
     */
    page: string;
    session: string;
};

export type PictureMessage = {
    attach?: PictureAttach;
    /**
     * attach: the first message of a page. want: from the helper's page, passed on to the sharer's
     */
    type: 'attach' | 'want';
    want?: Want;
};

export type Policy = {
    conditions: Conditions;
    control: Control;
    readonly createdAt: string;
    description: string;
    exclude: Who;
    readonly id: string;
    include: Who;
    name: string;
    seats: Array<'helper' | 'sharer' | 'administrator'>;
    /**
     * report_only: evaluated and recorded, never enforced
     */
    state: 'on' | 'off' | 'report_only';
    readonly updatedAt: string;
    /**
     * Its ETag; send it back as If-Match
     */
    readonly version: number;
};

export type PolicyBody = {
    conditions: Conditions;
    control: Control;
    description: string;
    exclude: Who;
    include: Who;
    name: string;
    seats: Array<'helper' | 'sharer' | 'administrator'>;
    /**
     * report_only: evaluated and recorded, never enforced
     */
    state: 'on' | 'off' | 'report_only';
};

export type Problem = {
    /**
     * Stable code of the refusal
     */
    code: string;
    /**
     * One sentence for the person
     */
    detail: string;
    /**
     * What to do about it
     */
    fix?: string;
    /**
     * Which permission, switch or policy is in the way
     */
    reasons?: Array<ProblemReason>;
    /**
     * The HTTP status
     */
    status: number;
    /**
     * The HTTP status in words
     */
    title: string;
    /**
     * Always about:blank; the code is what programs key on
     */
    type: string;
};

export type ProblemReason = {
    /**
     * Stable code of the ground
     */
    code: string;
    /**
     * What it is about
     */
    subject?: string;
};

export type Prove = {
    /**
     * Greater than ever before; a repeat flags the device as cloned
     */
    counter: number;
    device: string;
    nonce: string;
    signature: string;
};

export type Reason = {
    /**
     * Stable code
     */
    code: string;
    subject?: string;
};

export type Redeem = {
    /**
     * As typed: any case, spaces and hyphens ignored
     */
    code: string;
    /**
     * Of the device, for this code; the code is what its challenge ends with
     */
    proof?: Assertion;
};

export type Redeemed = {
    session: string;
};

export type Refused = {
    /**
     * Stable code, as in problem details
     */
    code: string;
    detail: string;
    fix?: string;
    /**
     * say: the line's id
     */
    id?: string;
    /**
     * Type of the refused message
     */
    re: string;
};

export type Requirement = {
    /**
     * fresh_sign_in: how long ago the person may have been authenticated
     */
    ageMinutes?: number;
    kind: 'mfa' | 'enrolled_device' | 'compliant_device' | 'device_grade' | 'fresh_sign_in' | 'acr' | 'number_matching' | 'acknowledgement';
    /**
     * acr: the value the provider must answer with; device_grade: the least grade, of profile_key, platform_key, provider_claim, client_certificate
     */
    value?: string;
};

export type Role = {
    /**
     * The same in every organisation; cannot be changed, only duplicated
     */
    readonly builtin: boolean;
    readonly createdAt: string;
    description: string;
    readonly id: string;
    name: string;
    permissions: Array<'offer_remote_assistance' | 'view_screen' | 'take_full_control' | 'unattended_control' | 'end_sessions' | 'view_own_reports' | 'view_reports' | 'view_audit' | 'read_people' | 'manage_people' | 'read_devices' | 'enrol_devices' | 'manage_devices' | 'read_configuration' | 'manage_compliance' | 'manage_policies' | 'manage_roles' | 'manage_settings' | 'manage_tokens'>;
    readonly updatedAt: string;
    /**
     * Its ETag; send it back as If-Match
     */
    readonly version: number;
};

export type RoleBody = {
    description: string;
    name: string;
    permissions: Array<'offer_remote_assistance' | 'view_screen' | 'take_full_control' | 'unattended_control' | 'end_sessions' | 'view_own_reports' | 'view_reports' | 'view_audit' | 'read_people' | 'manage_people' | 'read_devices' | 'enrol_devices' | 'manage_devices' | 'read_configuration' | 'manage_compliance' | 'manage_policies' | 'manage_roles' | 'manage_settings' | 'manage_tokens'>;
};

export type RowError = {
    code: string;
    /**
     * From 1
     */
    line: number;
    member: string;
};

export type Say = {
    /**
     * Random, made by the page: a line sent twice is kept once
     */
    id: string;
    /**
     * 1 to 4 000 characters
     */
    text: string;
};

export type Scope = {
    /**
     * All enrolled devices
     */
    allDevices: boolean;
    allPeople: boolean;
    /**
     * Ids of groups of devices, whoever uses them
     */
    devices: Array<string>;
    /**
     * Ids of groups of people: they and their enrolled devices
     */
    people: Array<string>;
    /**
     * Also devices that are not enrolled, of the people in scope
     */
    unenrolled: boolean;
};

export type SeatDecision = {
    at: string;
    decision: Decision;
    seat: 'helper' | 'sharer';
    step: 'create' | 'redeem' | 'allow' | 'review';
};

export type SessionDetail = {
    /**
     * When both had said yes; absent: never
     */
    allowedAt?: string;
    connection: '' | 'direct' | 'relay_udp' | 'relay_tcp' | 'relay_tls' | 'pictures';
    createdAt: string;
    /**
     * What was decided about each seat, in order
     */
    decisions: Array<SeatDecision>;
    endedAt: string;
    endedBy: '' | 'helper' | 'sharer';
    firstContact: boolean;
    firstPictureAt?: string;
    grounds: Array<Reason>;
    /**
     * Name, or empty when erased
     */
    helper: string;
    helperBrowser: string;
    helperConsent?: Consent;
    /**
     * Id; empty: not enrolled
     */
    helperDevice: string;
    /**
     * As it is called now
     */
    helperDeviceName: string;
    helperEmail: string;
    helperId: string;
    /**
     * As the browser said
     */
    helperPlatform: string;
    kind: 'view';
    /**
     * Of the manager who ended it
     */
    note: string;
    reason: string;
    /**
     * From both yes to the end
     */
    seconds: number;
    session: string;
    /**
     * Name; empty when nobody came, or erased
     */
    sharer: string;
    sharerBrowser: string;
    sharerConsent?: Consent;
    /**
     * Id; empty: not enrolled
     */
    sharerDevice: string;
    /**
     * As it is called now
     */
    sharerDeviceName: string;
    sharerDeviceSerial: string;
    sharerEmail: string;
    sharerId: string;
    sharerPlatform: string;
    surface: string;
    timeline: Array<AuditLine>;
    warnings: Array<string>;
};

export type SessionReport = {
    /**
     * When both had said yes; absent: never
     */
    allowedAt?: string;
    connection: '' | 'direct' | 'relay_udp' | 'relay_tcp' | 'relay_tls' | 'pictures';
    createdAt: string;
    endedAt: string;
    endedBy: '' | 'helper' | 'sharer';
    /**
     * Name, or empty when erased
     */
    helper: string;
    helperBrowser: string;
    /**
     * Id; empty: not enrolled
     */
    helperDevice: string;
    /**
     * As it is called now
     */
    helperDeviceName: string;
    helperEmail: string;
    helperId: string;
    /**
     * As the browser said
     */
    helperPlatform: string;
    kind: 'view';
    /**
     * Of the manager who ended it
     */
    note: string;
    reason: string;
    /**
     * From both yes to the end
     */
    seconds: number;
    session: string;
    /**
     * Name; empty when nobody came, or erased
     */
    sharer: string;
    sharerBrowser: string;
    /**
     * Id; empty: not enrolled
     */
    sharerDevice: string;
    /**
     * As it is called now
     */
    sharerDeviceName: string;
    sharerDeviceSerial: string;
    sharerEmail: string;
    sharerId: string;
    sharerPlatform: string;
    warnings: Array<string>;
};

export type Settings = {
    /**
     * Whether a helper must acknowledge warnings before going on
     */
    acknowledge: boolean;
    auditDays: number;
    /**
     * Whether the two seats may chat
     */
    chat: boolean;
    /**
     * 0: chat is gone at the end
     */
    chatDays: number;
    codeLifetimeMinutes: number;
    /**
     * How long facts about a device are believed
     */
    complianceDays: number;
    /**
     * Hide addresses: connect through the relay only
     */
    relayOnly: boolean;
    /**
     * Whether anybody may be helped
     */
    remoteHelp: boolean;
    /**
     * Reports of different people within a day that suspend a helper; 0: never
     */
    reportsSuspend: number;
    /**
     * Whether people may enrol a device of theirs themselves
     */
    selfEnrol: boolean;
    /**
     * Retention of reports
     */
    sessionDays: number;
    signInAbsoluteMinutes: number;
    signInIdleMinutes: number;
    timeLimitMinutes: number;
    /**
     * Whether help is given on devices that are not enrolled; never about the helper's own
     */
    unenrolled: boolean;
    /**
     * Send back what you read: a change meanwhile is refused
     */
    version: number;
};

export type Shown = {
    assertion: string;
};

export type SignIn = {
    /**
     * Family and platform, as the browser said
     */
    browser: string;
    createdAt: string;
    /**
     * This very browser
     */
    current: boolean;
    id: string;
    seenAt: string;
};

export type SignIns = {
    signIns: Array<SignIn>;
};

export type Signal = {
    /**
     * beat: the heartbeat, which has no data channel
     */
    beat?: Beat;
    /**
     * candidate: RTCIceCandidate.candidate; empty ends the candidates
     */
    candidate?: string;
    /**
     * pictures: this page's half of the key they are encrypted with (ECDH P-256 public key, uncompressed, base 64)
     */
    key?: string;
    /**
     * restart: the helper asks the sharer for an ICE restart. pictures: pictures over the WebSocket from now on. video: the helper has video again
     */
    kind: 'offer' | 'answer' | 'candidate' | 'restart' | 'pictures' | 'video' | 'beat';
    /**
     * candidate: sdpMid
     */
    mid?: string;
    /**
     * To the server: the page it is meant for. From the server: the page it comes from
     */
    page: string;
    /**
     * offer: its number, from 1; the same when it is sent again. answer: number of the offer it is for
     */
    round?: number;
    /**
     * offer, answer
     */
    sdp?: string;
    /**
     * pictures: one browser has no WebRTC, nothing came through between the browsers, or what came through was lost
     */
    why?: 'webrtc_missing' | 'unreachable' | 'lost';
};

export type Snapshot = {
    /**
     * Helper: continue must name the warnings in acknowledged
     */
    acknowledge: boolean;
    /**
     * What your seat may do now
     */
    actions: Array<'continue' | 'cancel' | 'leave' | 'allow' | 'decline' | 'report' | 'share' | 'share_failed' | 'change' | 'stop' | 'pause' | 'resume' | 'end'>;
    /**
     * When both had said yes
     */
    allowedAt?: string;
    /**
     * The code was for one person on one device only
     */
    binding?: Binding;
    /**
     * The organisation's switch
     */
    chatAllowed: boolean;
    /**
     * Days the thread is kept after the end; 0: gone at the end
     */
    chatKept: number;
    /**
     * Only while waiting
     */
    codeExpiresAt?: string;
    endedAt?: string;
    endedBy: '' | 'helper' | 'sharer';
    /**
     * The two people had no session together before
     */
    firstContact: boolean;
    /**
     * What no longer allowed it, when a right, policy, device or setting ended it
     */
    grounds: Array<Reason>;
    /**
     * What the helper may do
     */
    kind: 'view';
    /**
     * The organisation's time limit; warn five minutes before
     */
    limitAt?: string;
    /**
     * How to reach the other browser; only from connecting on
     */
    link?: Link;
    /**
     * The sharer must type two digits that the helper reads out
     */
    matching: boolean;
    /**
     * What the manager who ended it says to both; text, never markup
     */
    note: string;
    /**
     * The server's clock when this was made
     */
    now: string;
    /**
     * Helper: the digits to read out; empty: none
     */
    number: string;
    /**
     * The other side; absent while nobody has brought the code
     */
    peer?: Party;
    /**
     * Why there is no picture while connecting
     */
    problem: '' | 'capture_denied' | 'capture_failed' | 'capture_missing' | 'sharing_stopped' | 'page_closed' | 'connection_stuck';
    /**
     * Why it ended
     */
    reason: '' | 'code_revoked' | 'code_expired' | 'declined' | 'reported' | 'helper_cancelled' | 'no_answer' | 'no_picture' | 'sharer_ended' | 'helper_left' | 'admin_ended' | 'permission_lost' | 'policy_blocked' | 'device_revoked' | 'help_disabled' | 'signed_out' | 'time_limit' | 'sharer_lost' | 'helper_lost' | 'wrong_number';
    /**
     * Helper, while waiting: why the last person with the right code was refused
     */
    refused: Array<Reason>;
    /**
     * What your page shows
     */
    screen: 'code' | 'trust' | 'answered' | 'connecting' | 'sharing' | 'paused' | 'ended';
    /**
     * Your seat
     */
    seat: 'helper' | 'sharer';
    /**
     * Id of the help session
     */
    session: string;
    state: 'waiting' | 'trust' | 'connecting' | 'sharing' | 'paused' | 'ended';
    /**
     * When trust or connecting end by themselves
     */
    stateEndsAt?: string;
    /**
     * What is shared
     */
    surface: '' | 'monitor' | 'window' | 'browser';
    /**
     * Grows with every change
     */
    version: number;
    /**
     * Helper: what there is to know about the sharer's device, the worst first
     */
    warnings: Array<Warning>;
    /**
     * How often the sharer typed others; the third time ends it
     */
    wrongNumbers: number;
    /**
     * Yourself, as the other side sees you
     */
    you: Party;
};

export type Suspension = {
    name: string;
    /**
     * Id
     */
    person: string;
    since: string;
};

export type TxtRecord = {
    name: string;
    value: string;
};

export type Term = {
    /**
     * The first five are of people, the others of devices
     */
    attribute: 'department' | 'domain' | 'title' | 'company' | 'issuer' | 'platform' | 'ownership' | 'manufacturer' | 'model' | 'device_name';
    /**
     * Without regard to case; is_not must hold for all values, the others for one
     */
    operator: 'is' | 'is_not' | 'contains' | 'starts_with';
    values: Array<string>;
};

export type ThisDevice = {
    /**
     * Address that asks the browser for a client certificate and answers with an assertion; empty: none does
     */
    asked: string;
    /**
     * Browsers can make such a credential for this server: it has a host name
     */
    bindable: boolean;
    /**
     * Id (base64url) of the credential of the device's own authenticator, which can prove it more strongly; empty: none
     */
    bound: string;
    /**
     * What this sign-in has proven; absent: nothing
     */
    device?: Named;
    /**
     * By what it was proven
     */
    grade: '' | 'profile_key' | 'platform_key' | 'provider_claim' | 'client_certificate';
    /**
     * Your organisation gives help on enrolled devices only
     */
    needed: boolean;
    /**
     * You may enrol this device yourself
     */
    selfEnrol: boolean;
    state: 'proven' | 'key_lost' | 'revoked' | 'unenrolled';
    /**
     * What a helper would be warned of
     */
    warnings: Array<Warning>;
};

export type Ticket = {
    code: string;
    expiresAt: string;
    /**
     * The code is in the fragment
     */
    link: string;
};

export type Token = {
    createdAt: string;
    expiresAt: string;
    id: string;
    name: string;
    /**
     * Id of the person who made it and on whose behalf it acts
     */
    owner: string;
    /**
     * Of which count those that the owner has
     */
    permissions: Array<string>;
    /**
     * Last use, accurate to a minute; absent: never
     */
    usedAt?: string;
};

export type TokenBody = {
    /**
     * Within a year
     */
    expiresAt: string;
    name: string;
    /**
     * Some of your own
     */
    permissions: Array<'offer_remote_assistance' | 'view_screen' | 'take_full_control' | 'unattended_control' | 'end_sessions' | 'view_own_reports' | 'view_reports' | 'view_audit' | 'read_people' | 'manage_people' | 'read_devices' | 'enrol_devices' | 'manage_devices' | 'read_configuration' | 'manage_compliance' | 'manage_policies' | 'manage_roles' | 'manage_settings' | 'manage_tokens'>;
};

export type TokenRef = {
    id: string;
    /**
     * As it was called then
     */
    name: string;
};

export type Want = {
    /**
     * Number of the last picture shown; 0: none
     */
    after: number;
    /**
     * What this browser can show
     */
    formats: Array<'jpeg' | 'webp' | 'vp8'>;
    /**
     * Only a picture that stands alone will do
     */
    whole: boolean;
};

export type Warning = {
    code: 'key_lost' | 'device_unknown' | 'device_cloned' | 'proof_weaker' | 'not_compliant' | 'in_grace_period' | 'facts_stale' | 'not_evaluated';
    /**
     * How old the newest fact is; absent: there is none
     */
    evaluatedAt?: string;
    /**
     * not_compliant, in_grace_period: the rules
     */
    findings: Array<Finding>;
};

export type WhatIf = {
    acr?: string;
    address?: string;
    /**
     * Absent: now
     */
    at?: string;
    browser?: '' | 'chrome' | 'edge' | 'firefox' | 'safari' | 'other';
    /**
     * Id of the device the person has proven; empty: none
     */
    device?: string;
    /**
     * By what it was proven; empty: by the strongest it has
     */
    deviceGrade?: '' | 'profile_key' | 'platform_key' | 'provider_claim' | 'client_certificate';
    /**
     * Whether the sign-in was multi-factor
     */
    mfa: boolean;
    /**
     * helper: id of the sharer they would help; sharer: of the helper
     */
    other?: string;
    /**
     * helper: id of the sharer's device; empty: not enrolled
     */
    otherDevice?: string;
    /**
     * Id of who asks
     */
    person: string;
    platform?: '' | 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos';
    seat: 'helper' | 'sharer' | 'administrator';
    signInAgeMinutes: number;
};

export type Who = {
    everyone: boolean;
    groups: Array<string>;
    people: Array<string>;
    /**
     * Whoever holds one of these by any assignment
     */
    roles: Array<string>;
};

export type WhyNot = {
    /**
     * Id of the device it would be done to
     */
    device?: string;
    permission: 'offer_remote_assistance' | 'view_screen' | 'take_full_control' | 'unattended_control' | 'end_sessions' | 'view_own_reports' | 'view_reports' | 'view_audit' | 'read_people' | 'manage_people' | 'read_devices' | 'enrol_devices' | 'manage_devices' | 'read_configuration' | 'manage_compliance' | 'manage_policies' | 'manage_roles' | 'manage_settings' | 'manage_tokens';
    /**
     * Id; empty: yourself. Somebody else needs read_configuration
     */
    person?: string;
    /**
     * Id of the person it would be done to; empty: the organisation as a whole
     */
    target?: string;
};

export type AssignmentWritable = {
    description: string;
    /**
     * Absent: never
     */
    expiresAt?: string;
    /**
     * Ids of groups of people
     */
    members: Array<string>;
    name: string;
    /**
     * Id of the role
     */
    role: string;
    scope: Scope;
};

export type CompliancePolicyWritable = {
    description: string;
    /**
     * All devices of the platform
     */
    everything: boolean;
    /**
     * Ids of groups of devices, or of the people who own them
     */
    groups: Array<string>;
    name: string;
    platform: 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos';
    /**
     * Each kind at most once
     */
    rules: Array<ComplianceRule>;
};

export type GroupWritable = {
    /**
     * claim: the group's name or id at the provider
     */
    claim: string;
    description: string;
    /**
     * Who belongs to it: whom you put in, whom the provider names at sign-in, or whose attributes match
     */
    kind: 'fixed' | 'claim' | 'rule';
    name: string;
    /**
     * What it consists of; never changes
     */
    of: 'people' | 'devices';
    /**
     * rule: every term must match
     */
    rule: Array<Term>;
};

export type ListAssignmentWritable = {
    items: Array<AssignmentWritable>;
};

export type ListCompliancePolicyWritable = {
    items: Array<CompliancePolicyWritable>;
};

export type ListGroupWritable = {
    items: Array<GroupWritable>;
};

export type ListLocationWritable = {
    items: Array<LocationWritable>;
};

export type ListPolicyWritable = {
    items: Array<PolicyWritable>;
};

export type ListRoleWritable = {
    items: Array<RoleWritable>;
};

export type LocationWritable = {
    description: string;
    name: string;
    /**
     * Addresses in CIDR notation
     */
    ranges: Array<string>;
};

export type PolicyWritable = {
    conditions: Conditions;
    control: Control;
    description: string;
    exclude: Who;
    include: Who;
    name: string;
    seats: Array<'helper' | 'sharer' | 'administrator'>;
    /**
     * report_only: evaluated and recorded, never enforced
     */
    state: 'on' | 'off' | 'report_only';
};

export type RoleWritable = {
    description: string;
    name: string;
    permissions: Array<'offer_remote_assistance' | 'view_screen' | 'take_full_control' | 'unattended_control' | 'end_sessions' | 'view_own_reports' | 'view_reports' | 'view_audit' | 'read_people' | 'manage_people' | 'read_devices' | 'enrol_devices' | 'manage_devices' | 'read_configuration' | 'manage_compliance' | 'manage_policies' | 'manage_roles' | 'manage_settings' | 'manage_tokens'>;
};

export type GetOwnAccessData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/access';
};

export type GetOwnAccessErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetOwnAccessError = GetOwnAccessErrors[keyof GetOwnAccessErrors];

export type GetOwnAccessResponses = {
    /**
     * OK
     */
    200: OwnAccess;
};

export type GetOwnAccessResponse = GetOwnAccessResponses[keyof GetOwnAccessResponses];

export type ListAssignmentsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/assignments';
};

export type ListAssignmentsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListAssignmentsError = ListAssignmentsErrors[keyof ListAssignmentsErrors];

export type ListAssignmentsResponses = {
    /**
     * OK
     */
    200: ListAssignment;
};

export type ListAssignmentsResponse = ListAssignmentsResponses[keyof ListAssignmentsResponses];

export type CreateAssignmentData = {
    body: AssignmentBody;
    path?: never;
    query?: never;
    url: '/api/v1/assignments';
};

export type CreateAssignmentErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `scope_empty`: An assignment needs somebody to apply to and something to apply it over.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreateAssignmentError = CreateAssignmentErrors[keyof CreateAssignmentErrors];

export type CreateAssignmentResponses = {
    /**
     * Created
     */
    201: Assignment;
};

export type CreateAssignmentResponse = CreateAssignmentResponses[keyof CreateAssignmentResponses];

export type DeleteAssignmentData = {
    body?: never;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/assignments/{id}';
};

export type DeleteAssignmentErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `in_use`: This is still used elsewhere.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DeleteAssignmentError = DeleteAssignmentErrors[keyof DeleteAssignmentErrors];

export type DeleteAssignmentResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeleteAssignmentResponse = DeleteAssignmentResponses[keyof DeleteAssignmentResponses];

export type GetAssignmentData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/assignments/{id}';
};

export type GetAssignmentErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetAssignmentError = GetAssignmentErrors[keyof GetAssignmentErrors];

export type GetAssignmentResponses = {
    /**
     * OK
     */
    200: Assignment;
};

export type GetAssignmentResponse = GetAssignmentResponses[keyof GetAssignmentResponses];

export type PutAssignmentData = {
    body: AssignmentBody;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/assignments/{id}';
};

export type PutAssignmentErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `scope_empty`: An assignment needs somebody to apply to and something to apply it over.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type PutAssignmentError = PutAssignmentErrors[keyof PutAssignmentErrors];

export type PutAssignmentResponses = {
    /**
     * OK
     */
    200: Assignment;
};

export type PutAssignmentResponse = PutAssignmentResponses[keyof PutAssignmentResponses];

export type ListAuditLinesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Part of what the list is searched by, in any case and script
         */
        search?: string;
        /**
         * Absent: names from the first, times from the newest
         */
        order?: 'asc' | 'desc';
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
        /**
         * At or after
         */
        from?: string;
        /**
         * Before
         */
        to?: string;
        /**
         * Id of who did it
         */
        actor?: string;
        /**
         * Id of the API token through which a program did it
         */
        token?: string;
        /**
         * Id of whom else it concerns
         */
        person?: string;
        /**
         * Id of what it was done to
         */
        object?: string;
        /**
         * Of one line; 0: all
         */
        number?: number;
    };
    url: '/api/v1/audit';
};

export type ListAuditLinesErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `cursor_invalid`: The cursor is not one that this list gave in this order.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListAuditLinesError = ListAuditLinesErrors[keyof ListAuditLinesErrors];

export type ListAuditLinesResponses = {
    /**
     * OK
     */
    200: PageAuditLine;
};

export type ListAuditLinesResponse = ListAuditLinesResponses[keyof ListAuditLinesResponses];

export type ExportAuditCsvData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Part of what the list is searched by, in any case and script
         */
        search?: string;
        /**
         * Absent: names from the first, times from the newest
         */
        order?: 'asc' | 'desc';
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
        /**
         * At or after
         */
        from?: string;
        /**
         * Before
         */
        to?: string;
        /**
         * Id of who did it
         */
        actor?: string;
        /**
         * Id of the API token through which a program did it
         */
        token?: string;
        /**
         * Id of whom else it concerns
         */
        person?: string;
        /**
         * Id of what it was done to
         */
        object?: string;
        /**
         * Of one line; 0: all
         */
        number?: number;
    };
    url: '/api/v1/audit.csv';
};

export type ExportAuditCsvErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ExportAuditCsvError = ExportAuditCsvErrors[keyof ExportAuditCsvErrors];

export type ExportAuditCsvResponses = {
    /**
     * OK
     */
    200: unknown;
};

export type ExportAuditJsonlData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Part of what the list is searched by, in any case and script
         */
        search?: string;
        /**
         * Absent: names from the first, times from the newest
         */
        order?: 'asc' | 'desc';
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
        /**
         * At or after
         */
        from?: string;
        /**
         * Before
         */
        to?: string;
        /**
         * Id of who did it
         */
        actor?: string;
        /**
         * Id of the API token through which a program did it
         */
        token?: string;
        /**
         * Id of whom else it concerns
         */
        person?: string;
        /**
         * Id of what it was done to
         */
        object?: string;
        /**
         * Of one line; 0: all
         */
        number?: number;
    };
    url: '/api/v1/audit.jsonl';
};

export type ExportAuditJsonlErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ExportAuditJsonlError = ExportAuditJsonlErrors[keyof ExportAuditJsonlErrors];

export type ExportAuditJsonlResponses = {
    /**
     * OK
     */
    200: unknown;
};

export type GetCheckData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/check';
};

export type GetCheckErrors = {
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetCheckError = GetCheckErrors[keyof GetCheckErrors];

export type GetCheckResponses = {
    /**
     * OK
     */
    200: Check;
};

export type GetCheckResponse = GetCheckResponses[keyof GetCheckResponses];

export type ListCompliancePoliciesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/compliance-policies';
};

export type ListCompliancePoliciesErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListCompliancePoliciesError = ListCompliancePoliciesErrors[keyof ListCompliancePoliciesErrors];

export type ListCompliancePoliciesResponses = {
    /**
     * OK
     */
    200: ListCompliancePolicy;
};

export type ListCompliancePoliciesResponse = ListCompliancePoliciesResponses[keyof ListCompliancePoliciesResponses];

export type CreateCompliancePolicyData = {
    body: CompliancePolicyBody;
    path?: never;
    query?: never;
    url: '/api/v1/compliance-policies';
};

export type CreateCompliancePolicyErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `compliance_policy_invalid`: The compliance policy is not complete.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreateCompliancePolicyError = CreateCompliancePolicyErrors[keyof CreateCompliancePolicyErrors];

export type CreateCompliancePolicyResponses = {
    /**
     * Created
     */
    201: CompliancePolicy;
};

export type CreateCompliancePolicyResponse = CreateCompliancePolicyResponses[keyof CreateCompliancePolicyResponses];

export type DeleteCompliancePolicyData = {
    body?: never;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/compliance-policies/{id}';
};

export type DeleteCompliancePolicyErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `in_use`: This is still used elsewhere.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DeleteCompliancePolicyError = DeleteCompliancePolicyErrors[keyof DeleteCompliancePolicyErrors];

export type DeleteCompliancePolicyResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeleteCompliancePolicyResponse = DeleteCompliancePolicyResponses[keyof DeleteCompliancePolicyResponses];

export type GetCompliancePolicyData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/compliance-policies/{id}';
};

export type GetCompliancePolicyErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetCompliancePolicyError = GetCompliancePolicyErrors[keyof GetCompliancePolicyErrors];

export type GetCompliancePolicyResponses = {
    /**
     * OK
     */
    200: CompliancePolicy;
};

export type GetCompliancePolicyResponse = GetCompliancePolicyResponses[keyof GetCompliancePolicyResponses];

export type PutCompliancePolicyData = {
    body: CompliancePolicyBody;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/compliance-policies/{id}';
};

export type PutCompliancePolicyErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `compliance_policy_invalid`: The compliance policy is not complete.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type PutCompliancePolicyError = PutCompliancePolicyErrors[keyof PutCompliancePolicyErrors];

export type PutCompliancePolicyResponses = {
    /**
     * OK
     */
    200: CompliancePolicy;
};

export type PutCompliancePolicyResponse = PutCompliancePolicyResponses[keyof PutCompliancePolicyResponses];

export type ListDevicesData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Part of name, owner, serial number or model, any case
         */
        search?: string;
        platform?: 'windows' | 'macos' | 'linux' | 'android' | 'ios' | 'chromeos';
        compliance?: 'compliant' | 'in_grace_period' | 'not_compliant' | 'not_evaluated';
        enrolment?: 'known' | 'enrolled' | 'key_lost' | 'retired' | 'revoked';
        ownership?: 'corporate' | 'personal';
        grade?: 'profile_key' | 'platform_key' | 'provider_claim' | 'client_certificate';
        /**
         * Id of a group of devices
         */
        group?: string;
        /**
         * Id of a person
         */
        owner?: string;
        sort?: 'name' | 'seen' | 'platform' | 'compliance';
        descending?: boolean;
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
    };
    url: '/api/v1/devices';
};

export type ListDevicesErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `cursor_invalid`: The cursor is not one that this list gave in this order.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListDevicesError = ListDevicesErrors[keyof ListDevicesErrors];

export type ListDevicesResponses = {
    /**
     * OK
     */
    200: Devices;
};

export type ListDevicesResponse = ListDevicesResponses[keyof ListDevicesResponses];

export type DescribeDevicesData = {
    body: Descriptions;
    path?: never;
    query?: never;
    url: '/api/v1/devices/facts';
};

export type DescribeDevicesErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `external_id_twice`: This device is described twice.
     * `device_invalid`: The device is not described properly.
     * `fact_invalid`: A fact about a device cannot be read.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DescribeDevicesError = DescribeDevicesErrors[keyof DescribeDevicesErrors];

export type DescribeDevicesResponses = {
    /**
     * OK
     */
    200: Described;
};

export type DescribeDevicesResponse = DescribeDevicesResponses[keyof DescribeDevicesResponses];

export type ImportDevicesData = {
    body: Blob | File;
    path?: never;
    query?: {
        /**
         * Only tell what would change
         */
        preview?: boolean;
    };
    url: '/api/v1/devices/import';
};

export type ImportDevicesErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `csv_head_invalid`: The first line does not name the columns properly.
     * `csv_line_invalid`: A line cannot be read.
     * `csv_time_invalid`: reported_at is not a time.
     * `external_id_twice`: This device is described twice.
     * `device_invalid`: The device is not described properly.
     * `fact_invalid`: A fact about a device cannot be read.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ImportDevicesError = ImportDevicesErrors[keyof ImportDevicesErrors];

export type ImportDevicesResponses = {
    /**
     * OK
     */
    200: Described;
};

export type ImportDevicesResponse = ImportDevicesResponses[keyof ImportDevicesResponses];

export type GetDeviceData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/devices/{id}';
};

export type GetDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetDeviceError = GetDeviceErrors[keyof GetDeviceErrors];

export type GetDeviceResponses = {
    /**
     * OK
     */
    200: DeviceDetail;
};

export type GetDeviceResponse = GetDeviceResponses[keyof GetDeviceResponses];

export type PutDeviceData = {
    body: DeviceBody;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/devices/{id}';
};

export type PutDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `device_invalid`: The device is not described properly.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type PutDeviceError = PutDeviceErrors[keyof PutDeviceErrors];

export type PutDeviceResponses = {
    /**
     * OK
     */
    200: DeviceDetail;
};

export type PutDeviceResponse = PutDeviceResponses[keyof PutDeviceResponses];

export type RetireDeviceData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/devices/{id}/retire';
};

export type RetireDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type RetireDeviceError = RetireDeviceErrors[keyof RetireDeviceErrors];

export type RetireDeviceResponses = {
    /**
     * OK
     */
    200: DeviceDetail;
};

export type RetireDeviceResponse = RetireDeviceResponses[keyof RetireDeviceResponses];

export type RevokeDeviceData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/devices/{id}/revoke';
};

export type RevokeDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type RevokeDeviceError = RevokeDeviceErrors[keyof RevokeDeviceErrors];

export type RevokeDeviceResponses = {
    /**
     * OK
     */
    200: DeviceDetail;
};

export type RevokeDeviceResponse = RevokeDeviceResponses[keyof RevokeDeviceResponses];

export type ListDomainsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/domains';
};

export type ListDomainsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListDomainsError = ListDomainsErrors[keyof ListDomainsErrors];

export type ListDomainsResponses = {
    /**
     * OK
     */
    200: ListDomain;
};

export type ListDomainsResponse = ListDomainsResponses[keyof ListDomainsResponses];

export type AddDomainData = {
    body: DomainBody;
    path?: never;
    query?: never;
    url: '/api/v1/domains';
};

export type AddDomainErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `domain_exists`: The organisation has this domain already.
     * `too_many`: There are too many of these.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `domain_invalid`: This is not the name of an e-mail domain.
     * `domain_public`: Everybody can have an address under this name, so nobody can own it.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type AddDomainError = AddDomainErrors[keyof AddDomainErrors];

export type AddDomainResponses = {
    /**
     * Created
     */
    201: Domain;
};

export type AddDomainResponse = AddDomainResponses[keyof AddDomainResponses];

export type DeleteDomainData = {
    body?: never;
    path: {
        /**
         * As the list has it
         */
        name: string;
    };
    query?: never;
    url: '/api/v1/domains/{name}';
};

export type DeleteDomainErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DeleteDomainError = DeleteDomainErrors[keyof DeleteDomainErrors];

export type DeleteDomainResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeleteDomainResponse = DeleteDomainResponses[keyof DeleteDomainResponses];

export type CheckDomainData = {
    body?: never;
    path: {
        /**
         * As the list has it
         */
        name: string;
    };
    query?: never;
    url: '/api/v1/domains/{name}/check';
};

export type CheckDomainErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CheckDomainError = CheckDomainErrors[keyof CheckDomainErrors];

export type CheckDomainResponses = {
    /**
     * OK
     */
    200: Domain;
};

export type CheckDomainResponse = CheckDomainResponses[keyof CheckDomainResponses];

export type CreateEnrolmentLinkData = {
    body: NewTicket;
    path?: never;
    query?: never;
    url: '/api/v1/enrolment-links';
};

export type CreateEnrolmentLinkErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `device_of_somebody_else`: This device is somebody else's.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreateEnrolmentLinkError = CreateEnrolmentLinkErrors[keyof CreateEnrolmentLinkErrors];

export type CreateEnrolmentLinkResponses = {
    /**
     * Created
     */
    201: Ticket;
};

export type CreateEnrolmentLinkResponse = CreateEnrolmentLinkResponses[keyof CreateEnrolmentLinkResponses];

export type ListGroupsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/groups';
};

export type ListGroupsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListGroupsError = ListGroupsErrors[keyof ListGroupsErrors];

export type ListGroupsResponses = {
    /**
     * OK
     */
    200: ListGroup;
};

export type ListGroupsResponse = ListGroupsResponses[keyof ListGroupsResponses];

export type CreateGroupData = {
    body: GroupBody;
    path?: never;
    query?: never;
    url: '/api/v1/groups';
};

export type CreateGroupErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `group_rule_invalid`: The group does not say who belongs to it.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreateGroupError = CreateGroupErrors[keyof CreateGroupErrors];

export type CreateGroupResponses = {
    /**
     * Created
     */
    201: Group;
};

export type CreateGroupResponse = CreateGroupResponses[keyof CreateGroupResponses];

export type DeleteGroupData = {
    body?: never;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/groups/{id}';
};

export type DeleteGroupErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `in_use`: This is still used elsewhere.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DeleteGroupError = DeleteGroupErrors[keyof DeleteGroupErrors];

export type DeleteGroupResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeleteGroupResponse = DeleteGroupResponses[keyof DeleteGroupResponses];

export type GetGroupData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/groups/{id}';
};

export type GetGroupErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetGroupError = GetGroupErrors[keyof GetGroupErrors];

export type GetGroupResponses = {
    /**
     * OK
     */
    200: Group;
};

export type GetGroupResponse = GetGroupResponses[keyof GetGroupResponses];

export type PutGroupData = {
    body: GroupBody;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/groups/{id}';
};

export type PutGroupErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `group_rule_invalid`: The group does not say who belongs to it.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type PutGroupError = PutGroupErrors[keyof PutGroupErrors];

export type PutGroupResponses = {
    /**
     * OK
     */
    200: Group;
};

export type PutGroupResponse = PutGroupResponses[keyof PutGroupResponses];

export type ListGroupMembersData = {
    body?: never;
    path: {
        id: string;
    };
    query?: {
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
    };
    url: '/api/v1/groups/{id}/members';
};

export type ListGroupMembersErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListGroupMembersError = ListGroupMembersErrors[keyof ListGroupMembersErrors];

export type ListGroupMembersResponses = {
    /**
     * OK
     */
    200: Members;
};

export type ListGroupMembersResponse = ListGroupMembersResponses[keyof ListGroupMembersResponses];

export type RemoveGroupMemberData = {
    body?: never;
    path: {
        id: string;
        member: string;
    };
    query?: never;
    url: '/api/v1/groups/{id}/members/{member}';
};

export type RemoveGroupMemberErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `group_not_fixed`: Membership of this group follows from its rule.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type RemoveGroupMemberError = RemoveGroupMemberErrors[keyof RemoveGroupMemberErrors];

export type RemoveGroupMemberResponses = {
    /**
     * No Content
     */
    204: void;
};

export type RemoveGroupMemberResponse = RemoveGroupMemberResponses[keyof RemoveGroupMemberResponses];

export type AddGroupMemberData = {
    body?: never;
    path: {
        id: string;
        member: string;
    };
    query?: never;
    url: '/api/v1/groups/{id}/members/{member}';
};

export type AddGroupMemberErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `group_not_fixed`: Membership of this group follows from its rule.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type AddGroupMemberError = AddGroupMemberErrors[keyof AddGroupMemberErrors];

export type AddGroupMemberResponses = {
    /**
     * No Content
     */
    204: void;
};

export type AddGroupMemberResponse = AddGroupMemberResponses[keyof AddGroupMemberResponses];

export type ListOwnHelpSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/help-sessions';
};

export type ListOwnHelpSessionsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListOwnHelpSessionsError = ListOwnHelpSessionsErrors[keyof ListOwnHelpSessionsErrors];

export type ListOwnHelpSessionsResponses = {
    /**
     * OK
     */
    200: OwnSessions;
};

export type ListOwnHelpSessionsResponse = ListOwnHelpSessionsResponses[keyof ListOwnHelpSessionsResponses];

export type CreateHelpSessionData = {
    body?: NewHelp;
    path?: never;
    query?: never;
    url: '/api/v1/help-sessions';
};

export type CreateHelpSessionErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `device_not_enrolled`: This device is not enrolled, or nobody's.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `too_many_new_codes`: You have asked for too many security codes.
     */
    429: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreateHelpSessionError = CreateHelpSessionErrors[keyof CreateHelpSessionErrors];

export type CreateHelpSessionResponses = {
    /**
     * Created
     */
    201: NewSession;
};

export type CreateHelpSessionResponse = CreateHelpSessionResponses[keyof CreateHelpSessionResponses];

export type RedeemSecurityCodeData = {
    body: Redeem;
    path?: never;
    query?: never;
    url: '/api/v1/help-sessions/redeem';
};

export type RedeemSecurityCodeErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `help_refused`: Your organisation does not permit this help session.
     * `device_credential_refused`: The device's own lock did not prove which device this is.
     * `device_proof_invalid`: The browser could not prove which device this is.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `code_not_accepted`: This security code is not valid, or no longer.
     */
    404: Problem;
    /**
     * `own_code`: This is your own security code: the person who needs help enters it.
     * `device_challenge_over`: The challenge is used up, expired, or was given to another sign-in.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `too_many_wrong_codes`: You have entered too many wrong codes.
     */
    429: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type RedeemSecurityCodeError = RedeemSecurityCodeErrors[keyof RedeemSecurityCodeErrors];

export type RedeemSecurityCodeResponses = {
    /**
     * OK
     */
    200: Redeemed;
};

export type RedeemSecurityCodeResponse = RedeemSecurityCodeResponses[keyof RedeemSecurityCodeResponses];

export type GetHelpSessionData = {
    body?: never;
    path: {
        /**
         * Id of the help session
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/help-sessions/{id}';
};

export type GetHelpSessionErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetHelpSessionError = GetHelpSessionErrors[keyof GetHelpSessionErrors];

export type GetHelpSessionResponses = {
    /**
     * OK
     */
    200: Snapshot;
};

export type GetHelpSessionResponse = GetHelpSessionResponses[keyof GetHelpSessionResponses];

export type ActOnHelpSessionData = {
    body: Act;
    path: {
        /**
         * Id of the help session
         */
        id: string;
        act: 'continue' | 'cancel' | 'leave' | 'allow' | 'decline' | 'report' | 'share' | 'share_failed' | 'change' | 'stop' | 'pause' | 'resume' | 'end';
    };
    query?: never;
    url: '/api/v1/help-sessions/{id}/acts/{act}';
};

export type ActOnHelpSessionErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `wrong_seat`: Only the other side of this help session can do this.
     * `help_refused`: Your organisation does not permit this help session.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `not_in_this_state`: This is not possible at this point of the help session.
     * `session_ended`: This help session has ended.
     * `acknowledgement_required`: Your organisation asks you to acknowledge the warnings first.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `consent_text_missing`: The version of the words that were shown is missing.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ActOnHelpSessionError = ActOnHelpSessionErrors[keyof ActOnHelpSessionErrors];

export type ActOnHelpSessionResponses = {
    /**
     * OK
     */
    200: Snapshot;
};

export type ActOnHelpSessionResponse = ActOnHelpSessionResponses[keyof ActOnHelpSessionResponses];

export type EndHelpSessionData = {
    body?: AdminEnd;
    path: {
        /**
         * Id of the help session
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/help-sessions/{id}/admin-end';
};

export type EndHelpSessionErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `session_ended`: This help session has ended.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type EndHelpSessionError = EndHelpSessionErrors[keyof EndHelpSessionErrors];

export type EndHelpSessionResponses = {
    /**
     * No Content
     */
    204: void;
};

export type EndHelpSessionResponse = EndHelpSessionResponses[keyof EndHelpSessionResponses];

export type SayByeData = {
    body: Bye;
    path: {
        /**
         * Id of the help session
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/help-sessions/{id}/bye';
};

export type SayByeErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type SayByeError = SayByeErrors[keyof SayByeErrors];

export type SayByeResponses = {
    /**
     * No Content
     */
    204: void;
};

export type SayByeResponse = SayByeResponses[keyof SayByeResponses];

export type ListLiveSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/live-sessions';
};

export type ListLiveSessionsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListLiveSessionsError = ListLiveSessionsErrors[keyof ListLiveSessionsErrors];

export type ListLiveSessionsResponses = {
    /**
     * OK
     */
    200: LiveSessions;
};

export type ListLiveSessionsResponse = ListLiveSessionsResponses[keyof ListLiveSessionsResponses];

export type WatchLiveSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/live-sessions/events';
};

export type WatchLiveSessionsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type WatchLiveSessionsError = WatchLiveSessionsErrors[keyof WatchLiveSessionsErrors];

export type WatchLiveSessionsResponses = {
    /**
     * Events
     */
    200: string;
};

export type WatchLiveSessionsResponse = WatchLiveSessionsResponses[keyof WatchLiveSessionsResponses];

export type ListLocalPeopleData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/local-people';
};

export type ListLocalPeopleErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListLocalPeopleError = ListLocalPeopleErrors[keyof ListLocalPeopleErrors];

export type ListLocalPeopleResponses = {
    /**
     * OK
     */
    200: LocalPeople;
};

export type ListLocalPeopleResponse = ListLocalPeopleResponses[keyof ListLocalPeopleResponses];

export type InviteLocalPersonData = {
    body: LocalInvite;
    path?: never;
    query?: never;
    url: '/api/v1/local-people';
};

export type InviteLocalPersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `username_taken`: This organisation already has an account with this user name.
     * `no_local_people`: Your organisation's people are kept by a sign-in service of its own.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `account_invalid`: An account needs a name, and a user name of up to 120 characters without spaces.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type InviteLocalPersonError = InviteLocalPersonErrors[keyof InviteLocalPersonErrors];

export type InviteLocalPersonResponses = {
    /**
     * OK
     */
    200: LocalLink;
};

export type InviteLocalPersonResponse = InviteLocalPersonResponses[keyof InviteLocalPersonResponses];

export type ChangeLocalPersonData = {
    body: LocalDescription;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/local-people/{id}';
};

export type ChangeLocalPersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `account_invalid`: An account needs a name, and a user name of up to 120 characters without spaces.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ChangeLocalPersonError = ChangeLocalPersonErrors[keyof ChangeLocalPersonErrors];

export type ChangeLocalPersonResponses = {
    /**
     * No Content
     */
    204: void;
};

export type ChangeLocalPersonResponse = ChangeLocalPersonResponses[keyof ChangeLocalPersonResponses];

export type DisableLocalPersonData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/local-people/{id}/disable';
};

export type DisableLocalPersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `last_administrator`: Nobody could administer the organisation any more.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DisableLocalPersonError = DisableLocalPersonErrors[keyof DisableLocalPersonErrors];

export type DisableLocalPersonResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DisableLocalPersonResponse = DisableLocalPersonResponses[keyof DisableLocalPersonResponses];

export type EnableLocalPersonData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/local-people/{id}/enable';
};

export type EnableLocalPersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type EnableLocalPersonError = EnableLocalPersonErrors[keyof EnableLocalPersonErrors];

export type EnableLocalPersonResponses = {
    /**
     * No Content
     */
    204: void;
};

export type EnableLocalPersonResponse = EnableLocalPersonResponses[keyof EnableLocalPersonResponses];

export type ResetLocalPasswordData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/local-people/{id}/link';
};

export type ResetLocalPasswordErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `no_local_people`: Your organisation's people are kept by a sign-in service of its own.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ResetLocalPasswordError = ResetLocalPasswordErrors[keyof ResetLocalPasswordErrors];

export type ResetLocalPasswordResponses = {
    /**
     * OK
     */
    200: LocalLink;
};

export type ResetLocalPasswordResponse = ResetLocalPasswordResponses[keyof ResetLocalPasswordResponses];

export type ResetLocalFactorsData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/local-people/{id}/reset-factors';
};

export type ResetLocalFactorsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ResetLocalFactorsError = ResetLocalFactorsErrors[keyof ResetLocalFactorsErrors];

export type ResetLocalFactorsResponses = {
    /**
     * No Content
     */
    204: void;
};

export type ResetLocalFactorsResponse = ResetLocalFactorsResponses[keyof ResetLocalFactorsResponses];

export type ListLocationsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/locations';
};

export type ListLocationsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListLocationsError = ListLocationsErrors[keyof ListLocationsErrors];

export type ListLocationsResponses = {
    /**
     * OK
     */
    200: ListLocation;
};

export type ListLocationsResponse = ListLocationsResponses[keyof ListLocationsResponses];

export type CreateLocationData = {
    body: LocationBody;
    path?: never;
    query?: never;
    url: '/api/v1/locations';
};

export type CreateLocationErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `location_invalid`: A location needs at least one address range, such as 192.0.2.0/24.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreateLocationError = CreateLocationErrors[keyof CreateLocationErrors];

export type CreateLocationResponses = {
    /**
     * Created
     */
    201: Location;
};

export type CreateLocationResponse = CreateLocationResponses[keyof CreateLocationResponses];

export type DeleteLocationData = {
    body?: never;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/locations/{id}';
};

export type DeleteLocationErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `in_use`: This is still used elsewhere.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DeleteLocationError = DeleteLocationErrors[keyof DeleteLocationErrors];

export type DeleteLocationResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeleteLocationResponse = DeleteLocationResponses[keyof DeleteLocationResponses];

export type GetLocationData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/locations/{id}';
};

export type GetLocationErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetLocationError = GetLocationErrors[keyof GetLocationErrors];

export type GetLocationResponses = {
    /**
     * OK
     */
    200: Location;
};

export type GetLocationResponse = GetLocationResponses[keyof GetLocationResponses];

export type PutLocationData = {
    body: LocationBody;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/locations/{id}';
};

export type PutLocationErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `location_invalid`: A location needs at least one address range, such as 192.0.2.0/24.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type PutLocationError = PutLocationErrors[keyof PutLocationErrors];

export type PutLocationResponses = {
    /**
     * OK
     */
    200: Location;
};

export type PutLocationResponse = PutLocationResponses[keyof PutLocationResponses];

export type GetMeData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/me';
};

export type GetMeErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetMeError = GetMeErrors[keyof GetMeErrors];

export type GetMeResponses = {
    /**
     * OK
     */
    200: Me;
};

export type GetMeResponse = GetMeResponses[keyof GetMeResponses];

export type GetOverviewData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/overview';
};

export type GetOverviewErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetOverviewError = GetOverviewErrors[keyof GetOverviewErrors];

export type GetOverviewResponses = {
    /**
     * OK
     */
    200: Overview;
};

export type GetOverviewResponse = GetOverviewResponses[keyof GetOverviewResponses];

export type ListPeopleData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Part of what the list is searched by, in any case and script
         */
        search?: string;
        /**
         * Absent: names from the first, times from the newest
         */
        order?: 'asc' | 'desc';
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
        /**
         * Id of a group they belong to
         */
        group?: string;
        /**
         * Id of a role they hold
         */
        role?: string;
        department?: string;
        /**
         * The provider that vouches for them
         */
        issuer?: string;
        disabled?: 'true' | 'false';
        sort?: 'name' | 'department' | 'email' | 'created';
    };
    url: '/api/v1/people';
};

export type ListPeopleErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `cursor_invalid`: The cursor is not one that this list gave in this order.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListPeopleError = ListPeopleErrors[keyof ListPeopleErrors];

export type ListPeopleResponses = {
    /**
     * OK
     */
    200: PagePerson;
};

export type ListPeopleResponse = ListPeopleResponses[keyof ListPeopleResponses];

export type GetPersonData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}';
};

export type GetPersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetPersonError = GetPersonErrors[keyof GetPersonErrors];

export type GetPersonResponses = {
    /**
     * OK
     */
    200: PersonDetail;
};

export type GetPersonResponse = GetPersonResponses[keyof GetPersonResponses];

export type DisablePersonData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}/disable';
};

export type DisablePersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `yourself`: You cannot do this to yourself.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DisablePersonError = DisablePersonErrors[keyof DisablePersonErrors];

export type DisablePersonResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DisablePersonResponse = DisablePersonResponses[keyof DisablePersonResponses];

export type EnablePersonData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}/enable';
};

export type EnablePersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type EnablePersonError = EnablePersonErrors[keyof EnablePersonErrors];

export type EnablePersonResponses = {
    /**
     * No Content
     */
    204: void;
};

export type EnablePersonResponse = EnablePersonResponses[keyof EnablePersonResponses];

export type ErasePersonData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}/erase';
};

export type ErasePersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `yourself`: You cannot do this to yourself.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ErasePersonError = ErasePersonErrors[keyof ErasePersonErrors];

export type ErasePersonResponses = {
    /**
     * No Content
     */
    204: void;
};

export type ErasePersonResponse = ErasePersonResponses[keyof ErasePersonResponses];

export type ExportPersonData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}/export';
};

export type ExportPersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ExportPersonError = ExportPersonErrors[keyof ExportPersonErrors];

export type ExportPersonResponses = {
    /**
     * OK
     */
    200: unknown;
};

export type LiftSuspensionData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}/lift-suspension';
};

export type LiftSuspensionErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type LiftSuspensionError = LiftSuspensionErrors[keyof LiftSuspensionErrors];

export type LiftSuspensionResponses = {
    /**
     * No Content
     */
    204: void;
};

export type LiftSuspensionResponse = LiftSuspensionResponses[keyof LiftSuspensionResponses];

export type GetPictureData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}/picture';
};

export type GetPictureErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `no_picture`: This person has no picture.
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetPictureError = GetPictureErrors[keyof GetPictureErrors];

export type GetPictureResponses = {
    /**
     * The picture
     */
    200: Blob | File;
};

export type GetPictureResponse = GetPictureResponses[keyof GetPictureResponses];

export type SignOutPersonData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}/sign-out';
};

export type SignOutPersonErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type SignOutPersonError = SignOutPersonErrors[keyof SignOutPersonErrors];

export type SignOutPersonResponses = {
    /**
     * No Content
     */
    204: void;
};

export type SignOutPersonResponse = SignOutPersonResponses[keyof SignOutPersonResponses];

export type ListPoliciesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/policies';
};

export type ListPoliciesErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListPoliciesError = ListPoliciesErrors[keyof ListPoliciesErrors];

export type ListPoliciesResponses = {
    /**
     * OK
     */
    200: ListPolicy;
};

export type ListPoliciesResponse = ListPoliciesResponses[keyof ListPoliciesResponses];

export type CreatePolicyData = {
    body: PolicyBody;
    path?: never;
    query?: never;
    url: '/api/v1/policies';
};

export type CreatePolicyErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `policy_invalid`: The policy is not complete.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreatePolicyError = CreatePolicyErrors[keyof CreatePolicyErrors];

export type CreatePolicyResponses = {
    /**
     * Created
     */
    201: Policy;
};

export type CreatePolicyResponse = CreatePolicyResponses[keyof CreatePolicyResponses];

export type DeletePolicyData = {
    body?: never;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/policies/{id}';
};

export type DeletePolicyErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `in_use`: This is still used elsewhere.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DeletePolicyError = DeletePolicyErrors[keyof DeletePolicyErrors];

export type DeletePolicyResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeletePolicyResponse = DeletePolicyResponses[keyof DeletePolicyResponses];

export type GetPolicyData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/policies/{id}';
};

export type GetPolicyErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetPolicyError = GetPolicyErrors[keyof GetPolicyErrors];

export type GetPolicyResponses = {
    /**
     * OK
     */
    200: Policy;
};

export type GetPolicyResponse = GetPolicyResponses[keyof GetPolicyResponses];

export type PutPolicyData = {
    body: PolicyBody;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/policies/{id}';
};

export type PutPolicyErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `policy_invalid`: The policy is not complete.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type PutPolicyError = PutPolicyErrors[keyof PutPolicyErrors];

export type PutPolicyResponses = {
    /**
     * OK
     */
    200: Policy;
};

export type PutPolicyResponse = PutPolicyResponses[keyof PutPolicyResponses];

export type ListSessionReportsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Part of what the list is searched by, in any case and script
         */
        search?: string;
        /**
         * Absent: names from the first, times from the newest
         */
        order?: 'asc' | 'desc';
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
        /**
         * Ended at or after
         */
        from?: string;
        /**
         * Ended before
         */
        to?: string;
        /**
         * How it ended
         */
        reason?: string;
        connection?: 'direct' | 'relay_udp' | 'relay_tcp' | 'relay_tls' | 'pictures';
        /**
         * Id of somebody in either seat
         */
        person?: string;
        sort?: 'ended' | 'created' | 'seconds';
    };
    url: '/api/v1/reports/sessions';
};

export type ListSessionReportsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `cursor_invalid`: The cursor is not one that this list gave in this order.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListSessionReportsError = ListSessionReportsErrors[keyof ListSessionReportsErrors];

export type ListSessionReportsResponses = {
    /**
     * OK
     */
    200: PageSessionReport;
};

export type ListSessionReportsResponse = ListSessionReportsResponses[keyof ListSessionReportsResponses];

export type ExportSessionReportsCsvData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Part of what the list is searched by, in any case and script
         */
        search?: string;
        /**
         * Absent: names from the first, times from the newest
         */
        order?: 'asc' | 'desc';
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
        /**
         * Ended at or after
         */
        from?: string;
        /**
         * Ended before
         */
        to?: string;
        /**
         * How it ended
         */
        reason?: string;
        connection?: 'direct' | 'relay_udp' | 'relay_tcp' | 'relay_tls' | 'pictures';
        /**
         * Id of somebody in either seat
         */
        person?: string;
        sort?: 'ended' | 'created' | 'seconds';
    };
    url: '/api/v1/reports/sessions.csv';
};

export type ExportSessionReportsCsvErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ExportSessionReportsCsvError = ExportSessionReportsCsvErrors[keyof ExportSessionReportsCsvErrors];

export type ExportSessionReportsCsvResponses = {
    /**
     * OK
     */
    200: unknown;
};

export type ExportSessionReportsJsonlData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Part of what the list is searched by, in any case and script
         */
        search?: string;
        /**
         * Absent: names from the first, times from the newest
         */
        order?: 'asc' | 'desc';
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
        /**
         * Ended at or after
         */
        from?: string;
        /**
         * Ended before
         */
        to?: string;
        /**
         * How it ended
         */
        reason?: string;
        connection?: 'direct' | 'relay_udp' | 'relay_tcp' | 'relay_tls' | 'pictures';
        /**
         * Id of somebody in either seat
         */
        person?: string;
        sort?: 'ended' | 'created' | 'seconds';
    };
    url: '/api/v1/reports/sessions.jsonl';
};

export type ExportSessionReportsJsonlErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ExportSessionReportsJsonlError = ExportSessionReportsJsonlErrors[keyof ExportSessionReportsJsonlErrors];

export type ExportSessionReportsJsonlResponses = {
    /**
     * OK
     */
    200: unknown;
};

export type GetSessionReportData = {
    body?: never;
    path: {
        /**
         * Id of the help session
         */
        id: string;
    };
    query?: never;
    url: '/api/v1/reports/sessions/{id}';
};

export type GetSessionReportErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetSessionReportError = GetSessionReportErrors[keyof GetSessionReportErrors];

export type GetSessionReportResponses = {
    /**
     * OK
     */
    200: SessionDetail;
};

export type GetSessionReportResponse = GetSessionReportResponses[keyof GetSessionReportResponses];

export type ListRolesData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/roles';
};

export type ListRolesErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListRolesError = ListRolesErrors[keyof ListRolesErrors];

export type ListRolesResponses = {
    /**
     * OK
     */
    200: ListRole;
};

export type ListRolesResponse = ListRolesResponses[keyof ListRolesResponses];

export type CreateRoleData = {
    body: RoleBody;
    path?: never;
    query?: never;
    url: '/api/v1/roles';
};

export type CreateRoleErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `unknown_permission`: There is no such permission.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreateRoleError = CreateRoleErrors[keyof CreateRoleErrors];

export type CreateRoleResponses = {
    /**
     * Created
     */
    201: Role;
};

export type CreateRoleResponse = CreateRoleResponses[keyof CreateRoleResponses];

export type DeleteRoleData = {
    body?: never;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/roles/{id}';
};

export type DeleteRoleErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     * `in_use`: This is still used elsewhere.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     */
    409: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DeleteRoleError = DeleteRoleErrors[keyof DeleteRoleErrors];

export type DeleteRoleResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeleteRoleResponse = DeleteRoleResponses[keyof DeleteRoleResponses];

export type GetRoleData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/roles/{id}';
};

export type GetRoleErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetRoleError = GetRoleErrors[keyof GetRoleErrors];

export type GetRoleResponses = {
    /**
     * OK
     */
    200: Role;
};

export type GetRoleResponse = GetRoleResponses[keyof GetRoleResponses];

export type PutRoleData = {
    body: RoleBody;
    headers: {
        /**
         * ETag of what you read; a change meanwhile is refused
         */
        'If-Match': string;
    };
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/roles/{id}';
};

export type PutRoleErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     * `policy_locks_out`: A policy would then keep you, or every administrator, from administering the organisation.
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     * `built_in`: Built-in roles cannot be changed.
     * `last_administrator`: Nobody could administer the organisation any more.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `unknown_permission`: There is no such permission.
     * `unknown_reference`: This names something that does not exist.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type PutRoleError = PutRoleErrors[keyof PutRoleErrors];

export type PutRoleResponses = {
    /**
     * OK
     */
    200: Role;
};

export type PutRoleResponse = PutRoleResponses[keyof PutRoleResponses];

export type GetSettingsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/settings';
};

export type GetSettingsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetSettingsError = GetSettingsErrors[keyof GetSettingsErrors];

export type GetSettingsResponses = {
    /**
     * OK
     */
    200: Settings;
};

export type GetSettingsResponse = GetSettingsResponses[keyof GetSettingsResponses];

export type PutSettingsData = {
    body: Settings;
    headers?: {
        /**
         * ETag of what you read; may be left out, because the body has the version
         */
        'If-Match'?: string;
    };
    path?: never;
    query?: never;
    url: '/api/v1/settings';
};

export type PutSettingsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `changed_meanwhile`: This was changed by somebody else meanwhile.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `settings_out_of_range`: A setting is out of its range.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type PutSettingsError = PutSettingsErrors[keyof PutSettingsErrors];

export type PutSettingsResponses = {
    /**
     * OK
     */
    200: Settings;
};

export type PutSettingsResponse = PutSettingsResponses[keyof PutSettingsResponses];

export type ListSettingsHistoryData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
    };
    url: '/api/v1/settings/history';
};

export type ListSettingsHistoryErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `cursor_invalid`: The cursor is not one that this list gave in this order.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListSettingsHistoryError = ListSettingsHistoryErrors[keyof ListSettingsHistoryErrors];

export type ListSettingsHistoryResponses = {
    /**
     * OK
     */
    200: PageAuditLine;
};

export type ListSettingsHistoryResponse = ListSettingsHistoryResponses[keyof ListSettingsHistoryResponses];

export type ListOwnSignInsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/sign-ins';
};

export type ListOwnSignInsErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListOwnSignInsError = ListOwnSignInsErrors[keyof ListOwnSignInsErrors];

export type ListOwnSignInsResponses = {
    /**
     * OK
     */
    200: SignIns;
};

export type ListOwnSignInsResponse = ListOwnSignInsResponses[keyof ListOwnSignInsResponses];

export type EndOwnSignInData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/sign-ins/{id}';
};

export type EndOwnSignInErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type EndOwnSignInError = EndOwnSignInErrors[keyof EndOwnSignInErrors];

export type EndOwnSignInResponses = {
    /**
     * No Content
     */
    204: void;
};

export type EndOwnSignInResponse = EndOwnSignInResponses[keyof EndOwnSignInResponses];

export type GetThisDeviceData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/this-device';
};

export type GetThisDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type GetThisDeviceError = GetThisDeviceErrors[keyof GetThisDeviceErrors];

export type GetThisDeviceResponses = {
    /**
     * OK
     */
    200: ThisDevice;
};

export type GetThisDeviceResponse = GetThisDeviceResponses[keyof GetThisDeviceResponses];

export type AssertThisDeviceData = {
    body: Assertion;
    path?: never;
    query?: never;
    url: '/api/v1/this-device/assert';
};

export type AssertThisDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `device_proof_invalid`: The browser could not prove which device this is.
     * `device_credential_refused`: The device's own lock did not prove which device this is.
     * `device_credential_synced`: This passkey is copied to other devices, so it cannot prove one.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `device_challenge_over`: The challenge is used up, expired, or was given to another sign-in.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type AssertThisDeviceError = AssertThisDeviceErrors[keyof AssertThisDeviceErrors];

export type AssertThisDeviceResponses = {
    /**
     * OK
     */
    200: ThisDevice;
};

export type AssertThisDeviceResponse = AssertThisDeviceResponses[keyof AssertThisDeviceResponses];

export type BindThisDeviceData = {
    body: Credential;
    path?: never;
    query?: never;
    url: '/api/v1/this-device/bind';
};

export type BindThisDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `device_proof_invalid`: The browser could not prove which device this is.
     * `device_credential_refused`: The device's own lock did not prove which device this is.
     * `device_credential_synced`: This passkey is copied to other devices, so it cannot prove one.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `device_challenge_over`: The challenge is used up, expired, or was given to another sign-in.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type BindThisDeviceError = BindThisDeviceErrors[keyof BindThisDeviceErrors];

export type BindThisDeviceResponses = {
    /**
     * OK
     */
    200: ThisDevice;
};

export type BindThisDeviceResponse = BindThisDeviceResponses[keyof BindThisDeviceResponses];

export type ShowCertificateData = {
    body: Shown;
    path?: never;
    query?: never;
    url: '/api/v1/this-device/certificate';
};

export type ShowCertificateErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `device_assertion_refused`: The client certificate was not shown for this sign-in, or too long ago.
     * `device_of_somebody_else`: This device is somebody else's.
     * `device_withdrawn`: Your organisation has taken this device out of use.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `device_unknown`: Your organisation does not know the device that this certificate names.
     */
    404: Problem;
    /**
     * `device_challenge_over`: The challenge is used up, expired, or was given to another sign-in.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ShowCertificateError = ShowCertificateErrors[keyof ShowCertificateErrors];

export type ShowCertificateResponses = {
    /**
     * OK
     */
    200: ThisDevice;
};

export type ShowCertificateResponse = ShowCertificateResponses[keyof ShowCertificateResponses];

export type ChallengeThisDeviceData = {
    body?: never;
    path: {
        purpose: 'enrol' | 'prove' | 'bind' | 'assert' | 'show';
    };
    query?: never;
    url: '/api/v1/this-device/challenges/{purpose}';
};

export type ChallengeThisDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ChallengeThisDeviceError = ChallengeThisDeviceErrors[keyof ChallengeThisDeviceErrors];

export type ChallengeThisDeviceResponses = {
    /**
     * OK
     */
    200: Challenge;
};

export type ChallengeThisDeviceResponse = ChallengeThisDeviceResponses[keyof ChallengeThisDeviceResponses];

export type EnrolThisDeviceData = {
    body: Enrol;
    path?: never;
    query?: never;
    url: '/api/v1/this-device/enrol';
};

export type EnrolThisDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `device_proof_invalid`: The browser could not prove which device this is.
     * `self_enrolment_off`: Your organisation does not let people enrol devices themselves.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `enrolment_code_not_accepted`: This enrolment link is used up, expired, or for somebody else.
     */
    404: Problem;
    /**
     * `device_challenge_over`: The challenge is used up, expired, or was given to another sign-in.
     * `device_of_somebody_else`: This device is somebody else's.
     * `too_many_devices`: You have enrolled as many devices as one person may.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `device_key_invalid`: This is not a P-256 public key.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type EnrolThisDeviceError = EnrolThisDeviceErrors[keyof EnrolThisDeviceErrors];

export type EnrolThisDeviceResponses = {
    /**
     * OK
     */
    200: ThisDevice;
};

export type EnrolThisDeviceResponse = EnrolThisDeviceResponses[keyof EnrolThisDeviceResponses];

export type LoseThisDeviceData = {
    body: LostKey;
    path?: never;
    query?: never;
    url: '/api/v1/this-device/lost';
};

export type LoseThisDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type LoseThisDeviceError = LoseThisDeviceErrors[keyof LoseThisDeviceErrors];

export type LoseThisDeviceResponses = {
    /**
     * No Content
     */
    204: void;
};

export type LoseThisDeviceResponse = LoseThisDeviceResponses[keyof LoseThisDeviceResponses];

export type ProveThisDeviceData = {
    body: Prove;
    path?: never;
    query?: never;
    url: '/api/v1/this-device/prove';
};

export type ProveThisDeviceErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `device_proof_invalid`: The browser could not prove which device this is.
     * `device_of_somebody_else`: This device is somebody else's.
     * `device_withdrawn`: Your organisation has taken this device out of use.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `device_challenge_over`: The challenge is used up, expired, or was given to another sign-in.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ProveThisDeviceError = ProveThisDeviceErrors[keyof ProveThisDeviceErrors];

export type ProveThisDeviceResponses = {
    /**
     * OK
     */
    200: ThisDevice;
};

export type ProveThisDeviceResponse = ProveThisDeviceResponses[keyof ProveThisDeviceResponses];

export type ListTokensData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/tokens';
};

export type ListTokensErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type ListTokensError = ListTokensErrors[keyof ListTokensErrors];

export type ListTokensResponses = {
    /**
     * OK
     */
    200: ListToken;
};

export type ListTokensResponse = ListTokensResponses[keyof ListTokensResponses];

export type CreateTokenData = {
    body: TokenBody;
    path?: never;
    query?: never;
    url: '/api/v1/tokens';
};

export type CreateTokenErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `name_taken`: There is one of this name already.
     * `too_many`: There are too many of these.
     */
    409: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `name_invalid`: A name has 1 to 100 characters.
     * `token_expiry_invalid`: A token expires in the future, within a year.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type CreateTokenError = CreateTokenErrors[keyof CreateTokenErrors];

export type CreateTokenResponses = {
    /**
     * Created
     */
    201: NewToken;
};

export type CreateTokenResponse = CreateTokenResponses[keyof CreateTokenResponses];

export type DeleteTokenData = {
    body?: never;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/tokens/{id}';
};

export type DeleteTokenErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type DeleteTokenError = DeleteTokenErrors[keyof DeleteTokenErrors];

export type DeleteTokenResponses = {
    /**
     * No Content
     */
    204: void;
};

export type DeleteTokenResponse = DeleteTokenResponses[keyof DeleteTokenResponses];

export type WhatIfData = {
    body: WhatIf;
    path?: never;
    query?: never;
    url: '/api/v1/what-if';
};

export type WhatIfErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `help_refused`: Your organisation does not permit this help session.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type WhatIfError = WhatIfErrors[keyof WhatIfErrors];

export type WhatIfResponses = {
    /**
     * OK
     */
    200: Decision;
};

export type WhatIfResponse = WhatIfResponses[keyof WhatIfResponses];

export type WhyNotData = {
    body: WhyNot;
    path?: never;
    query?: never;
    url: '/api/v1/why-not';
};

export type WhyNotErrors = {
    /**
     * `sign_in_required`: You are not signed in, or your sign-in has ended.
     * `token_invalid`: The API token does not exist, has expired or was revoked.
     */
    401: Problem;
    /**
     * `not_permitted`: You do not have the permission this needs.
     * `token_not_accepted`: This cannot be done with an API token.
     */
    403: Problem;
    /**
     * `not_found`: This does not exist, or you may not see it.
     */
    404: Problem;
    /**
     * `too_large`: The message is too large.
     */
    413: Problem;
    /**
     * `unknown_permission`: There is no such permission.
     * `invalid_input`: The input is not valid.
     * `text_invalid`: A text has a character that cannot be kept.
     */
    422: Problem;
    /**
     * `internal_error`: Something went wrong on the server.
     */
    500: Problem;
};

export type WhyNotError = WhyNotErrors[keyof WhyNotErrors];

export type WhyNotResponses = {
    /**
     * OK
     */
    200: Explanation;
};

export type WhyNotResponse = WhyNotResponses[keyof WhyNotResponses];

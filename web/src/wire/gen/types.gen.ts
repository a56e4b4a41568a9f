// Generated from openapi.json by npm run generate: do not edit.

export type ClientOptions = {
    baseUrl: `${string}://openapi.json` | (string & {});
};

export type Act = {
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

export type Answer = {
    allowed: boolean;
    /**
     * Why not; empty when allowed
     */
    reasons: Array<Reason>;
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

export type Bye = {
    page: string;
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

export type Connection = {
    kind: 'direct' | 'relay_udp' | 'relay_tcp';
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
    type: 'snapshot' | 'signal' | 'chat' | 'refused';
};

export type Heartbeat = {
    peer: 'seen' | 'missing';
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

export type Me = {
    /**
     * Whether you may get a security code now
     */
    mayHelp: Answer;
    organisation: OrgBrief;
    /**
     * What you were granted
     */
    permissions: Array<'offer_remote_assistance' | 'end_sessions' | 'view_reports' | 'view_audit' | 'manage_settings' | 'manage_people'>;
    person: Person;
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

export type OrgBrief = {
    chat: boolean;
    id: string;
    name: string;
    /**
     * Whether anybody may be helped
     */
    remoteHelp: boolean;
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
    title: string;
};

export type People = {
    people: Array<Person>;
};

export type Permissions = {
    permissions: Array<'offer_remote_assistance' | 'end_sessions' | 'view_reports' | 'view_audit' | 'manage_settings' | 'manage_people'>;
};

export type Person = {
    company: string;
    department: string;
    disabled: boolean;
    email: string;
    id: string;
    name: string;
    permissions: Array<'offer_remote_assistance' | 'end_sessions' | 'view_reports' | 'view_audit' | 'manage_settings' | 'manage_people'>;
    /**
     * Local address, or empty
     */
    picture: string;
    title: string;
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

export type Reason = {
    code: 'help_disabled' | 'other_organisation' | 'person_disabled' | 'permission_missing' | 'signed_out';
    subject?: string;
};

export type Redeem = {
    /**
     * As typed: any case, spaces and hyphens ignored
     */
    code: string;
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

export type SessionReport = {
    /**
     * When both had said yes; absent: never
     */
    allowedAt?: string;
    connection: '' | 'direct' | 'relay_udp' | 'relay_tcp';
    createdAt: string;
    endedAt: string;
    endedBy: '' | 'helper' | 'sharer';
    /**
     * Name, or empty when erased
     */
    helper: string;
    helperId: string;
    kind: 'view';
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
    sharerId: string;
    warnings: Array<string>;
};

export type SessionReports = {
    /**
     * Cursor of the next page; empty: this is the last
     */
    next: string;
    reports: Array<SessionReport>;
};

export type Settings = {
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
     * Hide addresses: connect through the relay only
     */
    relayOnly: boolean;
    /**
     * Whether anybody may be helped
     */
    remoteHelp: boolean;
    /**
     * Retention of reports
     */
    sessionDays: number;
    signInAbsoluteMinutes: number;
    signInIdleMinutes: number;
    timeLimitMinutes: number;
    /**
     * Send back what you read: a change meanwhile is refused
     */
    version: number;
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
     * candidate: RTCIceCandidate.candidate; empty ends the candidates
     */
    candidate?: string;
    /**
     * restart: the helper asks the sharer for an ICE restart
     */
    kind: 'offer' | 'answer' | 'candidate' | 'restart';
    /**
     * candidate: sdpMid
     */
    mid?: string;
    /**
     * To the server: the page it is meant for. From the server: the page it comes from
     */
    page: string;
    /**
     * offer, answer
     */
    sdp?: string;
};

export type Snapshot = {
    /**
     * What your seat may do now
     */
    actions: Array<'continue' | 'cancel' | 'leave' | 'allow' | 'decline' | 'report' | 'share' | 'share_failed' | 'change' | 'stop' | 'pause' | 'resume' | 'end'>;
    /**
     * When both had said yes
     */
    allowedAt?: string;
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
     * The server's clock when this was made
     */
    now: string;
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
    reason: '' | 'code_revoked' | 'code_expired' | 'declined' | 'reported' | 'helper_cancelled' | 'no_answer' | 'no_picture' | 'sharer_ended' | 'helper_left' | 'admin_ended' | 'permission_lost' | 'policy_blocked' | 'device_revoked' | 'help_disabled' | 'signed_out' | 'time_limit' | 'sharer_lost' | 'helper_lost';
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
     * Codes of the warnings the helper was shown
     */
    warnings: Array<'device_unknown'>;
    /**
     * Yourself, as the other side sees you
     */
    you: Party;
};

export type GetCheckData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/check';
};

export type GetCheckErrors = {
    /**
     * Error
     */
    default: Problem;
};

export type GetCheckError = GetCheckErrors[keyof GetCheckErrors];

export type GetCheckResponses = {
    /**
     * OK
     */
    200: Check;
};

export type GetCheckResponse = GetCheckResponses[keyof GetCheckResponses];

export type ListOwnHelpSessionsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/help-sessions';
};

export type ListOwnHelpSessionsErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/help-sessions';
};

export type CreateHelpSessionErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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
     * Unauthorized
     */
    401: Problem;
    /**
     * Not Found
     */
    404: Problem;
    /**
     * Conflict
     */
    409: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Too Many Requests
     */
    429: Problem;
    /**
     * Internal Server Error
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
     * Unauthorized
     */
    401: Problem;
    /**
     * Not Found
     */
    404: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Not Found
     */
    404: Problem;
    /**
     * Conflict
     */
    409: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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
    body?: never;
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
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Not Found
     */
    404: Problem;
    /**
     * Conflict
     */
    409: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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
     * Unauthorized
     */
    401: Problem;
    /**
     * Not Found
     */
    404: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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

export type GetMeData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/me';
};

export type GetMeErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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

export type ListPeopleData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/people';
};

export type ListPeopleErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
     */
    500: Problem;
};

export type ListPeopleError = ListPeopleErrors[keyof ListPeopleErrors];

export type ListPeopleResponses = {
    /**
     * OK
     */
    200: People;
};

export type ListPeopleResponse = ListPeopleResponses[keyof ListPeopleResponses];

export type PutPermissionsData = {
    body: Permissions;
    path: {
        id: string;
    };
    query?: never;
    url: '/api/v1/people/{id}/permissions';
};

export type PutPermissionsErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Not Found
     */
    404: Problem;
    /**
     * Conflict
     */
    409: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
     */
    500: Problem;
};

export type PutPermissionsError = PutPermissionsErrors[keyof PutPermissionsErrors];

export type PutPermissionsResponses = {
    /**
     * No Content
     */
    204: void;
};

export type PutPermissionsResponse = PutPermissionsResponses[keyof PutPermissionsResponses];

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
     * Unauthorized
     */
    401: Problem;
    /**
     * Not Found
     */
    404: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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

export type ListSessionReportsData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Ended at or after
         */
        from?: string;
        /**
         * Ended before
         */
        to?: string;
        /**
         * Part of the helper's or sharer's name
         */
        name?: string;
        /**
         * How it ended
         */
        reason?: string;
        /**
         * next of the page before
         */
        cursor?: string;
        limit?: number;
    };
    url: '/api/v1/reports/sessions';
};

export type ListSessionReportsErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
     */
    500: Problem;
};

export type ListSessionReportsError = ListSessionReportsErrors[keyof ListSessionReportsErrors];

export type ListSessionReportsResponses = {
    /**
     * OK
     */
    200: SessionReports;
};

export type ListSessionReportsResponse = ListSessionReportsResponses[keyof ListSessionReportsResponses];

export type ExportSessionReportsCsvData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Ended at or after
         */
        from?: string;
        /**
         * Ended before
         */
        to?: string;
        /**
         * Part of the helper's or sharer's name
         */
        name?: string;
        /**
         * How it ended
         */
        reason?: string;
    };
    url: '/api/v1/reports/sessions.csv';
};

export type ExportSessionReportsCsvErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
     */
    500: Problem;
};

export type ExportSessionReportsCsvError = ExportSessionReportsCsvErrors[keyof ExportSessionReportsCsvErrors];

export type ExportSessionReportsCsvResponses = {
    /**
     * OK
     */
    200: string;
};

export type ExportSessionReportsCsvResponse = ExportSessionReportsCsvResponses[keyof ExportSessionReportsCsvResponses];

export type ExportSessionReportsJsonData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * Ended at or after
         */
        from?: string;
        /**
         * Ended before
         */
        to?: string;
        /**
         * Part of the helper's or sharer's name
         */
        name?: string;
        /**
         * How it ended
         */
        reason?: string;
    };
    url: '/api/v1/reports/sessions.json';
};

export type ExportSessionReportsJsonErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
     */
    500: Problem;
};

export type ExportSessionReportsJsonError = ExportSessionReportsJsonErrors[keyof ExportSessionReportsJsonErrors];

export type ExportSessionReportsJsonResponses = {
    /**
     * OK
     */
    200: string;
};

export type ExportSessionReportsJsonResponse = ExportSessionReportsJsonResponses[keyof ExportSessionReportsJsonResponses];

export type GetSettingsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/settings';
};

export type GetSettingsErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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
    path?: never;
    query?: never;
    url: '/api/v1/settings';
};

export type PutSettingsErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Forbidden
     */
    403: Problem;
    /**
     * Conflict
     */
    409: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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

export type ListOwnSignInsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/api/v1/sign-ins';
};

export type ListOwnSignInsErrors = {
    /**
     * Unauthorized
     */
    401: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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
     * Unauthorized
     */
    401: Problem;
    /**
     * Not Found
     */
    404: Problem;
    /**
     * Unprocessable Entity
     */
    422: Problem;
    /**
     * Internal Server Error
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

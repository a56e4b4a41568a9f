// Package wire is the JSON contract between server and browser: REST bodies and
// socket messages. It is written once, here; OpenAPI and the front end's
// TypeScript types are generated from it. It maps domain values to JSON and
// decides nothing. Times are RFC 3339 in UTC.
package wire

import "time"

// Snapshot is all that one seat's page needs to know of a help session. It is
// sent whole at every change; the one with the higher version is the truth.
type Snapshot struct {
	Session string    `json:"session" doc:"Id of the help session" format:"uuid"`
	Version int64     `json:"version" doc:"Grows with every change"`
	Now     time.Time `json:"now" doc:"The server's clock when this was made"`
	Seat    string    `json:"seat" enum:"helper,sharer" doc:"Your seat"`
	Kind    string    `json:"kind" enum:"view" doc:"What the helper may do"`
	State   string    `json:"state" enum:"waiting,trust,connecting,sharing,paused,ended"`
	Screen  string    `json:"screen" enum:"code,trust,answered,connecting,sharing,paused,ended" doc:"What your page shows"`
	Actions []string  `json:"actions" doc:"What your seat may do now" enum:"continue,cancel,leave,allow,decline,report,share,share_failed,change,stop,pause,resume,end"`

	You  Party  `json:"you" doc:"Yourself, as the other side sees you"`
	Peer *Party `json:"peer,omitempty" doc:"The other side; absent while nobody has brought the code"`

	CodeExpiresAt *time.Time `json:"codeExpiresAt,omitempty" doc:"Only while waiting"`
	StateEndsAt   *time.Time `json:"stateEndsAt,omitempty" doc:"When trust or connecting end by themselves"`
	LimitAt       *time.Time `json:"limitAt,omitempty" doc:"The organisation's time limit; warn five minutes before"`
	AllowedAt     *time.Time `json:"allowedAt,omitempty" doc:"When both had said yes"`
	EndedAt       *time.Time `json:"endedAt,omitempty"`

	Surface     string    `json:"surface" enum:",monitor,window,browser" doc:"What is shared"`
	Problem     string    `json:"problem" enum:",capture_denied,capture_failed,capture_missing,sharing_stopped,page_closed,connection_stuck" doc:"Why there is no picture while connecting"`
	Warnings    []Warning `json:"warnings" doc:"Helper: what there is to know about the sharer's device, the worst first"`
	Acknowledge bool      `json:"acknowledge" doc:"Helper: continue must name the warnings in acknowledged"`
	Binding     *Binding  `json:"binding,omitempty" doc:"The code was for one person on one device only"`
	Reason      string    `json:"reason" enum:",code_revoked,code_expired,declined,reported,helper_cancelled,no_answer,no_picture,sharer_ended,helper_left,admin_ended,permission_lost,policy_blocked,device_revoked,help_disabled,signed_out,time_limit,sharer_lost,helper_lost,wrong_number" doc:"Why it ended"`
	EndedBy     string    `json:"endedBy" enum:",helper,sharer"`
	Note        string    `json:"note" doc:"What the manager who ended it says to both; text, never markup" example:"Closing time"`
	Grounds     []Reason  `json:"grounds" doc:"What no longer allowed it, when a right, policy, device or setting ended it"`
	Refused     []Reason  `json:"refused" doc:"Helper, while waiting: why the last person with the right code was refused"`

	FirstContact bool   `json:"firstContact" doc:"The two people had no session together before"`
	Matching     bool   `json:"matching" doc:"The sharer must type two digits that the helper reads out"`
	Number       string `json:"number" doc:"Helper: the digits to read out; empty: none" example:"07"`
	WrongNumbers int    `json:"wrongNumbers" doc:"How often the sharer typed others; the third time ends it"`

	ChatAllowed bool  `json:"chatAllowed" doc:"The organisation's switch"`
	ChatKept    int   `json:"chatKept" doc:"Days the thread is kept after the end; 0: gone at the end"`
	Link        *Link `json:"link,omitempty" doc:"How to reach the other browser; only from connecting on"`
}

// Party is who sits in a seat, in the words of their identity provider.
type Party struct {
	Name           string    `json:"name" example:"Yuki Tanaka"`
	Title          string    `json:"title" example:"Support engineer"`
	Company        string    `json:"company" example:"Example K.K."`
	Department     string    `json:"department" example:"IT"`
	Domain         string    `json:"domain" doc:"Domain of the e-mail address, where the provider vouches for it" example:"example.org"`
	DomainVerified bool      `json:"domainVerified" doc:"The organisation has proven that it owns the domain"`
	Picture        string    `json:"picture" doc:"Local address of the profile picture, or empty" example:"/api/v1/people/0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e02/picture?v=1a2b"`
	Consented      bool      `json:"consented" doc:"Has said yes on the trust screen"`
	Presence       string    `json:"presence" enum:"present,unstable,lost"`
	PresenceSince  time.Time `json:"presenceSince"`
	PageClosed     bool      `json:"pageClosed" doc:"The page said that it is going away"`
	Proof          string    `json:"proof" enum:",profile_key,platform_key,provider_claim,client_certificate" doc:"By what the device was proven, the weakest first; empty: it was not"`
	Page           string    `json:"page" doc:"Name of the browser document that holds the seat; a new name means a new peer connection" maxLength:"64" example:"b3f1c2d4e5a69788"`
}

// Link is what a browser needs to reach the other one.
type Link struct {
	ICEServers []ICEServer `json:"iceServers"`
	RelayOnly  bool        `json:"relayOnly" doc:"Hide addresses: iceTransportPolicy relay"`
}

// ICEServer is RTCIceServer of the W3C WebRTC specification.
type ICEServer struct {
	URLs       []string `json:"urls" example:"[\"turn:help.example:443?transport=tcp\"]"`
	Username   string   `json:"username,omitempty" example:"yuki.tanaka"`
	Credential string   `json:"credential,omitempty" example:"c2VjcmV0"`
}

// NewSession answers the request for a security code. It is the only place
// where the code is ever sent.
type NewSession struct {
	Session   string    `json:"session" format:"uuid"`
	Code      string    `json:"code" doc:"Security code as shown to people" example:"4060-R0GX"`
	Link      string    `json:"link" doc:"Session link; the code is in the fragment" example:"https://help.example/join#4060-R0GX"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Redeem brings a security code.
type Redeem struct {
	Code  string     `json:"code" doc:"As typed: any case, spaces and hyphens ignored" maxLength:"64" example:"4060-R0GX"`
	Proof *Assertion `json:"proof,omitempty" doc:"Of the device, for this code; the code is what its challenge ends with"`
}

// Redeemed answers an accepted code.
type Redeemed struct {
	Session string `json:"session" format:"uuid"`
}

// Binding is whom and what a code was made for.
type Binding struct {
	Person string `json:"person" doc:"Id of the sharer" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	Device string `json:"device" doc:"Id of the device" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
	Name   string `json:"name" doc:"Of the device" example:"PF3X7K2L"`
}

// NewHelp says for whom a security code is to be.
type NewHelp struct {
	Device string `json:"device,omitempty" maxLength:"64" doc:"Id of an enrolled device: only its owner on that device can use the code; empty: anybody in your scope" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
}

// Act is the body of every act on a help session; each act uses what it needs.
type Act struct {
	Text         string   `json:"text,omitempty" maxLength:"32" doc:"continue, allow: version of the words that were shown" example:"view-1"`
	Number       string   `json:"number,omitempty" maxLength:"2" doc:"allow: the two digits that the helper reads out, when they are asked for" example:"07"`
	Surface      string   `json:"surface,omitempty" enum:",monitor,window,browser" doc:"share, change: what is shared"`
	Problem      string   `json:"problem,omitempty" enum:",capture_denied,capture_failed,capture_missing,sharing_stopped,connection_stuck" doc:"share_failed, stop: why"`
	Acknowledged []string `json:"acknowledged,omitempty" maxItems:"20" enum:"key_lost,device_unknown,device_cloned,proof_weaker,not_compliant,in_grace_period,facts_stale,not_evaluated" doc:"continue: codes of the warnings that were acknowledged"`
}

// Bye is the beacon of a page that goes away.
type Bye struct {
	Page string `json:"page" maxLength:"64" example:"b3f1c2d4e5a69788"`
}

// OwnSessions lists the caller's help sessions, newest first.
type OwnSessions struct {
	Sessions []OwnSession `json:"sessions"`
}

// OwnSession is one of the caller's help sessions.
type OwnSession struct {
	Session   string     `json:"session" format:"uuid"`
	Seat      string     `json:"seat" enum:"helper,sharer"`
	State     string     `json:"state" enum:"waiting,trust,connecting,sharing,paused,ended"`
	PeerName  string     `json:"peerName" doc:"Empty while nobody has brought the code" example:"Amina Haddad"`
	CreatedAt time.Time  `json:"createdAt"`
	AllowedAt *time.Time `json:"allowedAt,omitempty"`
	EndedAt   *time.Time `json:"endedAt,omitempty"`
	Reason    string     `json:"reason" example:"sharer_ended"`
}

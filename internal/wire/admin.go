package wire

import "time"

// Page is one page of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Cursor of the next page; empty: this is the last"`
}

// PersonDetail is somebody with everything an administrator may know.
type PersonDetail struct {
	Person
	Issuer      string          `json:"issuer" doc:"The provider that vouches for the person"`
	Domain      string          `json:"domain"`
	Assignments []PersonRole    `json:"assignments" doc:"What entitles the person now"`
	SignIns     []PersonSignIn  `json:"signIns"`
	Sessions    []SessionReport `json:"sessions" doc:"The newest that have ended and that you may see"`
}

// PersonRole is a role that somebody holds by an assignment.
type PersonRole struct {
	Assignment string     `json:"assignment" doc:"Id"`
	Name       string     `json:"name" doc:"Of the assignment"`
	Role       string     `json:"role" doc:"Id of the role"`
	ExpiresAt  *time.Time `json:"expiresAt,omitempty" doc:"Absent: never"`
}

// PersonSignIn is one living sign-in of somebody.
type PersonSignIn struct {
	ID        string    `json:"id"`
	CreatedAt time.Time `json:"createdAt"`
	SeenAt    time.Time `json:"seenAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	Browser   string    `json:"browser"`
	Methods   []string  `json:"methods" doc:"How the provider authenticated the person (amr)"`
}

// SessionReport is the record of one ended help session.
type SessionReport struct {
	Session        string     `json:"session" format:"uuid"`
	Helper         string     `json:"helper" doc:"Name, or empty when erased"`
	HelperID       string     `json:"helperId"`
	HelperEmail    string     `json:"helperEmail"`
	HelperDevice   string     `json:"helperDevice" doc:"Id; empty: not enrolled"`
	HelperPlatform string     `json:"helperPlatform" doc:"As the browser said"`
	HelperBrowser  string     `json:"helperBrowser"`
	Sharer         string     `json:"sharer" doc:"Name; empty when nobody came, or erased"`
	SharerID       string     `json:"sharerId"`
	SharerEmail    string     `json:"sharerEmail"`
	SharerDevice   string     `json:"sharerDevice" doc:"Id; empty: not enrolled"`
	SharerPlatform string     `json:"sharerPlatform"`
	SharerBrowser  string     `json:"sharerBrowser"`
	Kind           string     `json:"kind" enum:"view"`
	CreatedAt      time.Time  `json:"createdAt"`
	AllowedAt      *time.Time `json:"allowedAt,omitempty" doc:"When both had said yes; absent: never"`
	EndedAt        time.Time  `json:"endedAt"`
	Seconds        int64      `json:"seconds" doc:"From both yes to the end"`
	Connection     string     `json:"connection" enum:",direct,relay_udp,relay_tcp,relay_tls,pictures"`
	Reason         string     `json:"reason"`
	EndedBy        string     `json:"endedBy" enum:",helper,sharer"`
	Note           string     `json:"note" doc:"Of the manager who ended it"`
	Warnings       []string   `json:"warnings"`
}

// SessionDetail is everything that is kept of an ended help session.
type SessionDetail struct {
	SessionReport
	Surface       string         `json:"surface"`
	FirstContact  bool           `json:"firstContact"`
	FirstPicture  *time.Time     `json:"firstPictureAt,omitempty"`
	HelperConsent *Consent       `json:"helperConsent,omitempty"`
	SharerConsent *Consent       `json:"sharerConsent,omitempty"`
	Grounds       []Reason       `json:"grounds"`
	Decisions     []SeatDecision `json:"decisions" doc:"What was decided about each seat, in order"`
	Timeline      []AuditLine    `json:"timeline"`
}

// Consent is one side's yes.
type Consent struct {
	At   time.Time `json:"at"`
	Text string    `json:"text" doc:"Version of the words that were shown"`
}

// SeatDecision is one decision about a seat.
type SeatDecision struct {
	At       time.Time `json:"at"`
	Seat     string    `json:"seat" enum:"helper,sharer"`
	Step     string    `json:"step" enum:"create,redeem,allow,review"`
	Decision Decision  `json:"decision"`
}

// LiveSessions are all help sessions that go on now and that you may see.
type LiveSessions struct {
	Now   time.Time     `json:"now"`
	Items []LiveSession `json:"items"`
}

// LiveSession is one help session that goes on.
type LiveSession struct {
	Session    string     `json:"session" format:"uuid"`
	State      string     `json:"state" enum:"waiting,trust,connecting,sharing,paused,ended"`
	Since      time.Time  `json:"since" doc:"When the state was entered"`
	CreatedAt  time.Time  `json:"createdAt"`
	AllowedAt  *time.Time `json:"allowedAt,omitempty"`
	Helper     LiveSeat   `json:"helper"`
	Sharer     *LiveSeat  `json:"sharer,omitempty" doc:"Absent while nobody has brought the code"`
	Connection string     `json:"connection" enum:",direct,relay_udp,relay_tcp,relay_tls,pictures"`
	Warnings   []string   `json:"warnings"`
	MayEnd     bool       `json:"mayEnd" doc:"Whether your end_sessions covers it"`
}

// LiveSeat is who sits in a seat.
type LiveSeat struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Title      string `json:"title"`
	Picture    string `json:"picture"`
	Presence   string `json:"presence" enum:"present,unstable,lost"`
	Device     string `json:"device" doc:"Id; empty: not enrolled"`
	DeviceName string `json:"deviceName"`
	Compliance string `json:"compliance" enum:",compliant,in_grace_period,not_compliant,not_evaluated"`
	Platform   string `json:"platform"`
	Browser    string `json:"browser"`
}

// AdminEnd ends somebody else's help session.
type AdminEnd struct {
	Note string `json:"note,omitempty" maxLength:"200" doc:"What both sides read"`
}

// Overview is what goes on, in numbers. Days are those of UTC.
type Overview struct {
	Active   int     `json:"active" doc:"Help sessions that go on now"`
	Today    Day     `json:"today"`
	Days     []Day   `json:"days" doc:"The last thirty, the oldest first"`
	Reasons  []Count `json:"reasons" doc:"How sessions of these days ended"`
	Warnings []Count `json:"warnings" doc:"What helpers were warned of"`
	Devices  *Fleet  `json:"devices,omitempty" doc:"In use and in your scope; absent without read_devices"`
}

// Fleet is how many devices there are of each compliance state.
type Fleet struct {
	Compliant     int `json:"compliant"`
	InGracePeriod int `json:"inGracePeriod"`
	NotCompliant  int `json:"notCompliant"`
	NotEvaluated  int `json:"notEvaluated"`
}

// Day is what happened on one day.
type Day struct {
	Date           string `json:"date" format:"date"`
	Sessions       int    `json:"sessions" doc:"That ended"`
	Allowed        int    `json:"allowed"`
	Declined       int    `json:"declined"`
	Reported       int    `json:"reported"`
	AverageSeconds int64  `json:"averageSeconds" doc:"Of those that both allowed"`
}

// Count is how often something was.
type Count struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
}

// AuditLine is one line of the audit log.
type AuditLine struct {
	Number   int64             `json:"number"`
	At       time.Time         `json:"at"`
	Actor    string            `json:"actor" doc:"Id; empty: the system, or erased"`
	Name     string            `json:"actorName" doc:"As the person is called now"`
	Token    *TokenRef         `json:"token,omitempty" doc:"Through which a program acted for the person; absent: they did it themselves"`
	System   bool              `json:"system" doc:"Nobody did it: the system itself"`
	Action   string            `json:"action" example:"settings.change"`
	Object   string            `json:"object"`
	Person   string            `json:"person" doc:"Id of whom else it concerns"`
	PersName string            `json:"personName"`
	Changes  []Change          `json:"changes" doc:"What was and what is"`
	Details  map[string]string `json:"details" doc:"Everything else"`
	Hash     string            `json:"hash" doc:"Of this line and all before, hexadecimal"`
}

// TokenRef names an API token, which may be gone.
type TokenRef struct {
	ID   string `json:"id"`
	Name string `json:"name" doc:"As it was called then"`
}

// Change is one member's old and new value, as JSON texts; empty: not set.
type Change struct {
	Member string `json:"member"`
	Old    string `json:"old"`
	New    string `json:"new"`
}

package wire

import "time"

// Page is one page of a list.
type Page[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next" doc:"Cursor of the next page; empty: this is the last" example:"eyJhZnRlciI6IjQyIn0"`
}

// PersonDetail is somebody with everything an administrator may know.
type PersonDetail struct {
	Person
	Issuer      string          `json:"issuer" doc:"The provider that vouches for the person" example:"https://login.example.org"`
	Domain      string          `json:"domain" example:"example.org"`
	Assignments []PersonRole    `json:"assignments" doc:"What entitles the person now"`
	SignIns     []PersonSignIn  `json:"signIns"`
	Sessions    []SessionReport `json:"sessions" doc:"The newest that have ended and that you may see"`
}

// PersonRole is a role that somebody holds by an assignment.
type PersonRole struct {
	Assignment string     `json:"assignment" doc:"Id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e13"`
	Name       string     `json:"name" doc:"Of the assignment" example:"Branch support helps Finance"`
	Role       string     `json:"role" doc:"Id of the role" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e12"`
	ExpiresAt  *time.Time `json:"expiresAt,omitempty" doc:"Absent: never"`
}

// PersonSignIn is one living sign-in of somebody.
type PersonSignIn struct {
	ID        string    `json:"id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	CreatedAt time.Time `json:"createdAt"`
	SeenAt    time.Time `json:"seenAt"`
	ExpiresAt time.Time `json:"expiresAt"`
	Browser   string    `json:"browser" example:"Firefox 140"`
	Methods   []string  `json:"methods" doc:"How the provider authenticated the person (amr)" example:"[\"pwd\",\"otp\"]"`
}

// SessionReport is the record of one ended help session.
type SessionReport struct {
	Session            string     `json:"session" format:"uuid"`
	Helper             string     `json:"helper" doc:"Name, or empty when erased" example:"Yuki Tanaka"`
	HelperID           string     `json:"helperId" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e02"`
	HelperEmail        string     `json:"helperEmail" example:"yuki.tanaka@example.org"`
	HelperDevice       string     `json:"helperDevice" doc:"Id; empty: not enrolled" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
	HelperDeviceName   string     `json:"helperDeviceName" doc:"As it is called now" example:"Yuki's laptop"`
	HelperPlatform     string     `json:"helperPlatform" doc:"As the browser said" example:"windows"`
	HelperBrowser      string     `json:"helperBrowser" example:"Firefox 140"`
	Sharer             string     `json:"sharer" doc:"Name; empty when nobody came, or erased" example:"Amina Haddad"`
	SharerID           string     `json:"sharerId" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	SharerEmail        string     `json:"sharerEmail" example:"amina.haddad@example.org"`
	SharerDevice       string     `json:"sharerDevice" doc:"Id; empty: not enrolled" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e23"`
	SharerDeviceName   string     `json:"sharerDeviceName" doc:"As it is called now" example:"Amina's MacBook"`
	SharerDeviceSerial string     `json:"sharerDeviceSerial" example:"C02XK1"`
	SharerPlatform     string     `json:"sharerPlatform" example:"macos"`
	SharerBrowser      string     `json:"sharerBrowser" example:"Edge 142"`
	Kind               string     `json:"kind" enum:"view"`
	CreatedAt          time.Time  `json:"createdAt"`
	AllowedAt          *time.Time `json:"allowedAt,omitempty" doc:"When both had said yes; absent: never"`
	EndedAt            time.Time  `json:"endedAt"`
	Seconds            int64      `json:"seconds" doc:"From both yes to the end" example:"940"`
	Connection         string     `json:"connection" enum:",direct,relay_udp,relay_tcp,relay_tls,pictures"`
	Reason             string     `json:"reason" example:"sharer_ended"`
	EndedBy            string     `json:"endedBy" enum:",helper,sharer"`
	Note               string     `json:"note" doc:"Of the manager who ended it" example:"Closing time"`
	Warnings           []string   `json:"warnings" example:"[\"not_compliant\"]"`
}

// SessionDetail is everything that is kept of an ended help session.
type SessionDetail struct {
	SessionReport
	Surface       string         `json:"surface" example:"monitor"`
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
	Text string    `json:"text" doc:"Version of the words that were shown" example:"view-1"`
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
	Warnings   []string   `json:"warnings" example:"[\"not_compliant\"]"`
	MayEnd     bool       `json:"mayEnd" doc:"Whether your end_sessions covers it"`
}

// LiveSeat is who sits in a seat.
type LiveSeat struct {
	ID         string `json:"id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	Name       string `json:"name" example:"Yuki Tanaka"`
	Title      string `json:"title" example:"Support engineer"`
	Picture    string `json:"picture" example:"/api/v1/people/0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e02/picture?v=1a2b"`
	Presence   string `json:"presence" enum:"present,unstable,lost"`
	Device     string `json:"device" doc:"Id; empty: not enrolled" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e21"`
	DeviceName string `json:"deviceName" example:"PF3X7K2L"`
	Compliance string `json:"compliance" enum:",compliant,in_grace_period,not_compliant,not_evaluated"`
	Platform   string `json:"platform" example:"windows"`
	Browser    string `json:"browser" example:"Firefox 140"`
}

// AdminEnd ends somebody else's help session.
type AdminEnd struct {
	Note string `json:"note,omitempty" maxLength:"200" doc:"What both sides read" example:"Closing time"`
}

// Overview is what goes on, in numbers. Days are those of UTC.
type Overview struct {
	Active    int          `json:"active" doc:"Help sessions that go on now"`
	Today     Day          `json:"today"`
	Days      []Day        `json:"days" doc:"The last thirty, the oldest first"`
	Reasons   []Count      `json:"reasons" doc:"How sessions of these days ended"`
	Warnings  []Count      `json:"warnings" doc:"What helpers were warned of"`
	Suspended []Suspension `json:"suspended" doc:"Who may not give help after reports, the newest first, twenty at most"`
	Devices   *Fleet       `json:"devices,omitempty" doc:"In use and in your scope; absent without read_devices"`
}

// Suspension is somebody who may not give help, after reports.
type Suspension struct {
	Person string    `json:"person" doc:"Id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e02"`
	Name   string    `json:"name" example:"Yuki Tanaka"`
	Since  time.Time `json:"since"`
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
	Sessions       int    `json:"sessions" doc:"That ended" example:"14"`
	Allowed        int    `json:"allowed" example:"12"`
	Declined       int    `json:"declined" example:"1"`
	Reported       int    `json:"reported"`
	AverageSeconds int64  `json:"averageSeconds" doc:"Of those that both allowed" example:"720"`
}

// Count is how often something was.
type Count struct {
	Code  string `json:"code" example:"sharer_ended"`
	Count int    `json:"count" example:"12"`
}

// AuditLine is one line of the audit log.
type AuditLine struct {
	Number   int64             `json:"number"`
	At       time.Time         `json:"at"`
	Actor    string            `json:"actor" doc:"Id; empty: the system, or erased" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e02"`
	Name     string            `json:"actorName" doc:"As the person is called now" example:"Yuki Tanaka"`
	Token    *TokenRef         `json:"token,omitempty" doc:"Through which a program acted for the person; absent: they did it themselves"`
	System   bool              `json:"system" doc:"Nobody did it: the system itself"`
	Action   string            `json:"action" example:"settings.change"`
	Object   string            `json:"object" example:"settings"`
	Person   string            `json:"person" doc:"Id of whom else it concerns" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e03"`
	PersName string            `json:"personName" example:"Amina Haddad"`
	Changes  []Change          `json:"changes" doc:"What was and what is"`
	Details  map[string]string `json:"details" doc:"Everything else" example:"{\"address\":\"192.0.2.7\"}"`
	Hash     string            `json:"hash" doc:"Of this line and all before, hexadecimal" example:"9f2b6c1e54a1c2d3e4f5061728394a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5"`
}

// TokenRef names an API token, which may be gone.
type TokenRef struct {
	ID   string `json:"id" example:"0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"`
	Name string `json:"name" doc:"As it was called then" example:"Monthly report"`
}

// Change is one member's old and new value, as JSON texts; empty: not set.
type Change struct {
	Member string `json:"member" example:"chat"`
	Old    string `json:"old" example:"false"`
	New    string `json:"new" example:"true"`
}

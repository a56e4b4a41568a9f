package assist

import (
	"time"

	"tasuke/internal/access"
	"tasuke/internal/device"
	"tasuke/internal/identity"
)

// Scene is a help session with everybody in it as they stand now: the
// organisation's settings and policies, the people, their grants, sign-ins and
// devices.
type Scene struct {
	Session Session
	Org     identity.Org
	Rules   *access.Rules
	Helper  Seated
	Sharer  Seated     // zero while nobody has brought the code
	Due     time.Time  // when it must be looked at again; zero: never
	Decided []Decided  // decisions of this change, to be kept with the session
	Report  *Complaint // this change is a report about the helper; nil: it is not
}

// Complaint is a sharer's report about a helper. Suspend is how many people must
// have reported within a day for the helper to be suspended; 0: never.
type Complaint struct {
	Helper, Sharer identity.PersonID
	Suspend        int
}

// Seated is who sits in a seat, and at what.
type Seated struct {
	identity.Member
	Device device.Standing
}

// Decided is a decision about a seat, and at which step it was made.
type Decided struct {
	Seat     Seat
	Step     string // "create", "redeem", "allow", "review"
	At       time.Time
	Decision access.Decision
}

// Member gives who sits in seat.
func (sc *Scene) Member(seat Seat) Seated {
	if seat == Helper {
		return sc.Helper
	}
	return sc.Sharer
}

// Concerning is whom a session is about for the scope of a manager: the sharer,
// and the helper while nobody has brought the code.
func (sc *Scene) Concerning() identity.Target {
	m := sc.Sharer
	if m.Person.ID == "" {
		m = sc.Helper
	}
	return identity.Target{Org: sc.Session.Org, Person: m.Person.ID, PersonGroups: m.Groups, Device: m.Device.ID, DeviceGroups: m.Device.Groups}
}

// Line is one line of a session's chat thread. Number is 0 until the store has
// given it its place.
type Line struct {
	Number int64
	ID     string // made by the sender's page: the same id is the same line
	Seat   Seat
	Text   string
	At     time.Time
}

// Brief is a session as its people list it.
type Brief struct {
	Session  Session
	Seat     Seat
	PeerName string
}

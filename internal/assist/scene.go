package assist

import (
	"time"

	"tasuke/internal/identity"
)

// Scene is a help session with everybody in it as they stand now: the
// organisation's settings, the people, their grants and sign-ins.
type Scene struct {
	Session Session
	Org     identity.Org
	Helper  identity.Member
	Sharer  identity.Member // zero while nobody has brought the code
	Due     time.Time       // when it must be looked at again; zero: never
}

// Member gives who sits in seat.
func (sc *Scene) Member(seat Seat) identity.Member {
	if seat == Helper {
		return sc.Helper
	}
	return sc.Sharer
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

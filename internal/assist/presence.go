package assist

import (
	"time"

	"tasuke/internal/identity"
)

// Standing is whether a seat's person is there, beside the session's state.
type Standing string

// The standings of states.md.
const (
	Present  Standing = "present"
	Unstable Standing = "unstable" // one of socket and heartbeat is missing
	Lost     Standing = "lost"     // both are, or the page said goodbye
)

// Beat is what the other seat's page reports of this seat's heartbeat, which
// goes from browser to browser.
type Beat string

// The reports. Before the browsers are connected nothing is known.
const (
	BeatUnknown Beat = ""
	BeatSeen    Beat = "seen"
	BeatMissing Beat = "missing"
)

// Presence is what the server knows of a seat's page.
type Presence struct {
	Socket   bool      // its WebSocket is open
	SocketID string    // random name of that socket: an older one's close changes nothing
	SocketAt time.Time // since when Socket is as it is
	Bye      bool      // the page said that it is going away
	Beat     Beat
	BeatAt   time.Time // since when Beat is as it is
}

// lostAt tells since when the seat counts as lost; ok is false while it does not.
func (p Presence) lostAt() (at time.Time, ok bool) {
	switch {
	case p.Socket:
		return time.Time{}, false
	case p.Bye:
		return p.SocketAt, true
	case p.Beat == BeatSeen:
		return time.Time{}, false
	case p.Beat == BeatMissing:
		return later(p.BeatAt, p.SocketAt), true // the other page had waited LostAfter before it reported
	}
	return p.SocketAt.Add(LostAfter), true
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Standing judges the seat's presence at now. A report counts only while the
// seat that made it has a socket itself.
func (s *Session) Standing(seat Seat, now time.Time) Standing {
	p := s.presence(seat)
	if at, ok := p.lostAt(); ok && !now.Before(at) {
		return Lost
	}
	if !p.Socket || p.Beat == BeatMissing {
		return Unstable
	}
	return Present
}

func (s *Session) presence(seat Seat) Presence {
	p := s.Party(seat).Presence
	if !s.Party(seat.Other()).Socket {
		p.Beat = BeatUnknown
	}
	return p
}

// Seating is a page that asks for its person's seat.
type Seating struct {
	Seat     Seat
	SignIn   identity.SignInID
	Page     string // random name of the browser document
	Socket   string // random name of its WebSocket
	Takeover bool   // take the seat from another page
	From     identity.Origin
}

// Attach gives the seat to a page of its person's. The same page, or a new page of the same sign-in once the
// old one has gone, sits down without a question; anybody else must say takeover,
// else ErrSeatTaken. A new page of the sharer's has no picture to send.
func (s *Session) Attach(by Seating, now time.Time) error {
	if s.State == Ended {
		return nil
	}
	p := s.Party(by.Seat)
	if by.Page != p.Page {
		if (p.SignIn != by.SignIn || p.Socket) && !by.Takeover {
			return ErrSeatTaken
		}
		if p.Page != "" {
			s.pictureGone(by.Seat, now)
		}
		p.Page, p.SignIn, p.Beat = by.Page, by.SignIn, BeatUnknown
	}
	p.Socket, p.SocketID, p.SocketAt, p.Bye, p.From = true, by.Socket, now, false, by.From
	return nil
}

// Detach notes that the named socket of a seat closed. A socket that was followed
// by a newer one changes nothing.
func (s *Session) Detach(seat Seat, socket string, now time.Time) {
	p := s.Party(seat)
	if s.State != Ended && p.Socket && p.SocketID == socket {
		p.Socket, p.SocketAt = false, now
	}
}

// Bye notes that the seat's page said it goes away. A page that does not hold the
// seat changes nothing.
func (s *Session) Bye(seat Seat, page string, now time.Time) {
	p := s.Party(seat)
	if s.State == Ended || p.Page != page || p.Bye {
		return
	}
	p.Socket, p.SocketAt, p.Bye, p.Beat = false, now, true, BeatUnknown
	s.pictureGone(seat, now)
}

// pictureGone takes a session whose sharer's page went away back to connecting.
func (s *Session) pictureGone(seat Seat, now time.Time) {
	if seat == Sharer && (s.State == Sharing || s.State == Paused) {
		s.Problem = PageClosed
		s.enter(Connecting, now)
	}
}

// Heartbeat notes what the page of the other seat sees of this seat's heartbeat.
func (s *Session) Heartbeat(of Seat, b Beat, now time.Time) {
	p := s.Party(of)
	if s.State.Linked() && p.Beat != b {
		p.Beat, p.BeatAt = b, now
	}
}

// due is a time at which something happens by itself, and what.
type due struct {
	at     time.Time
	reason Reason
}

// dues lists what would end the session by itself if nothing else happened.
func (s *Session) dues() []due {
	var out []due
	switch s.State {
	case Ended:
		return nil
	case Waiting:
		out = append(out, due{s.CodeExpires, CodeExpired})
		if !s.Helper.Socket {
			out = append(out, due{s.Helper.SocketAt.Add(HelperGoneFor), CodeRevoked})
		}
		return out
	case Trust:
		out = append(out, due{s.Since.Add(TrustFor), NoAnswer})
	case Connecting:
		out = append(out, due{s.Since.Add(ConnectingFor), NoPicture})
	}
	if !s.LimitAt.IsZero() {
		out = append(out, due{s.LimitAt, TimeLimit})
	}
	for seat, reason := range map[Seat]Reason{Helper: HelperLost, Sharer: SharerLost} {
		if at, ok := s.presence(seat).lostAt(); ok {
			out = append(out, due{at.Add(LostFor), reason})
		}
	}
	return out
}

// next is the earliest of the dues; ties go to the first listed reason, so that
// the answer does not depend on map order.
func (s *Session) next() (due, bool) {
	var first due
	for _, d := range s.dues() {
		if first.at.IsZero() || d.at.Before(first.at) || (d.at.Equal(first.at) && d.reason < first.reason) {
			first = d
		}
	}
	return first, !first.at.IsZero()
}

// Due tells when Tick must be called next: when the session would end by itself
// or a seat becomes lost after now. Zero: never.
func (s *Session) Due(now time.Time) time.Time {
	d, ok := s.next()
	if !ok {
		return time.Time{}
	}
	at := d.at
	for _, seat := range []Seat{Helper, Sharer} {
		if lost, ok := s.presence(seat).lostAt(); ok && lost.After(now) && lost.Before(at) {
			at = lost
		}
	}
	return at
}

// Tick ends the session when its time has come.
func (s *Session) Tick(now time.Time) {
	if d, ok := s.next(); ok && !now.Before(d.at) {
		s.finish(d.reason, Nobody, now)
	}
}

// Package assist is the rules of a help session: the state machine of
// states.md, presence of the two seats, and security codes. It is pure: time,
// randomness and ids are arguments. Who may do something at all is decided by
// access; who asks, saves and tells others is desk.
package assist

import (
	"slices"
	"strings"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// SessionID names a help session: a UUID.
type SessionID string

// State is where a help session stands.
type State string

// The states, in the order of the main path.
const (
	Waiting    State = "waiting"    // a code exists, nobody has brought it yet
	Trust      State = "trust"      // both see who the other is
	Connecting State = "connecting" // both said yes; no picture (any more)
	Sharing    State = "sharing"    // the helper sees the sharer's surface
	Paused     State = "paused"     // the sharer holds the picture back
	Ended      State = "ended"      // for ever
)

// States lists every state.
func States() []State { return []State{Waiting, Trust, Connecting, Sharing, Paused, Ended} }

// Linked reports whether the two browsers may be connected in this state.
func (s State) Linked() bool { return s == Connecting || s == Sharing || s == Paused }

// Seat is one of the two places in a help session.
type Seat string

// The seats. Nobody is for changes that neither seat asked for.
const (
	Helper Seat = "helper"
	Sharer Seat = "sharer"
	Nobody Seat = ""
)

// Other gives the opposite seat.
func (s Seat) Other() Seat {
	if s == Helper {
		return Sharer
	}
	return Helper
}

// Kind is what the helper may do. Only viewing exists.
type Kind string

// View lets the helper see, not control.
const View Kind = "view"

// Reason says why a help session ended; both sides are shown it.
type Reason string

// The reasons of states.md.
const (
	CodeRevoked     Reason = "code_revoked"
	CodeExpired     Reason = "code_expired"
	Declined        Reason = "declined"
	Reported        Reason = "reported"
	HelperCancelled Reason = "helper_cancelled"
	NoAnswer        Reason = "no_answer"
	NoPicture       Reason = "no_picture"
	SharerEnded     Reason = "sharer_ended"
	HelperLeft      Reason = "helper_left"
	AdminEnded      Reason = "admin_ended"
	PermissionLost  Reason = "permission_lost"
	PolicyBlocked   Reason = "policy_blocked"
	DeviceRevoked   Reason = "device_revoked"
	HelpDisabled    Reason = "help_disabled"
	SignedOut       Reason = "signed_out"
	TimeLimit       Reason = "time_limit"
	SharerLost      Reason = "sharer_lost"
	HelperLost      Reason = "helper_lost"
	WrongNumber     Reason = "wrong_number" // the sharer could not type the number that the helper reads out
)

// Reasons lists every reason.
func Reasons() []Reason {
	return []Reason{CodeRevoked, CodeExpired, Declined, Reported, HelperCancelled, NoAnswer, NoPicture, SharerEnded,
		HelperLeft, AdminEnded, PermissionLost, PolicyBlocked, DeviceRevoked, HelpDisabled, SignedOut, TimeLimit, SharerLost, HelperLost, WrongNumber}
}

// Surface is what the sharer's browser shares: displaySurface of the W3C Screen
// Capture specification; empty when the browser does not say.
type Surface string

// The surfaces a browser can name.
const (
	Monitor Surface = "monitor"
	Window  Surface = "window"
	Browser Surface = "browser"
)

// Known reports whether s is a surface or empty.
func (s Surface) Known() bool { return s == Monitor || s == Window || s == Browser || s == "" }

// Problem says why there is no picture while connecting.
type Problem string

// The problems both sides are told of.
const (
	NoProblem       Problem = ""
	CaptureDenied   Problem = "capture_denied"   // picker cancelled or permission refused (NotAllowedError)
	CaptureFailed   Problem = "capture_failed"   // the browser could not capture (NotReadableError and others)
	CaptureMissing  Problem = "capture_missing"  // this browser has no screen capture
	SharingStopped  Problem = "sharing_stopped"  // the browser's own "Stop sharing", or the shared tab or window closed
	PageClosed      Problem = "page_closed"      // the sharer's page went away or was loaded again
	ConnectionStuck Problem = "connection_stuck" // the browsers could not reach each other
)

// Known reports whether p is a problem that a page may report.
func (p Problem) Known() bool {
	switch p {
	case CaptureDenied, CaptureFailed, CaptureMissing, SharingStopped, ConnectionStuck:
		return true
	default:
		return false
	}
}

// Connection is how the picture comes to the helper.
type Connection string

// Connections lists them, the one that is tried first first.
func Connections() []Connection {
	return []Connection{"direct", "relay_udp", "relay_tcp", "relay_tls", "pictures"}
}

// Known reports whether c is one of them.
func (c Connection) Known() bool { return slices.Contains(Connections(), c) }

// The times of states.md.
const (
	TrustFor      = 5 * time.Minute  // both must have answered by then
	ConnectingFor = 10 * time.Minute // a picture must have come by then
	HelperGoneFor = 60 * time.Second // waiting, helper's page gone: the code dies
	LostFor       = 60 * time.Second // a seat lost this long ends the session
	LostAfter     = 2 * time.Second  // socket closed and no heartbeat this long: lost
)

// Consent is one side's recorded yes.
type Consent struct {
	At           time.Time
	Text         string   // version of the words that were shown
	Acknowledged []string // codes of the warnings that the helper acknowledged
}

// Given reports whether there was a yes.
func (c Consent) Given() bool { return !c.At.IsZero() }

// Party is who sits in a seat, and whether they are there.
type Party struct {
	Person  identity.PersonID
	SignIn  identity.SignInID
	Consent Consent
	From    identity.Origin // where the page that holds the seat last came from
	Page    string          // the browser document that holds the seat; empty: none yet
	Presence
}

// Session is one help session, from code to end. Version counts saved changes
// and belongs to the store.
type Session struct {
	ID      SessionID
	Org     identity.OrgID
	Version int64
	Kind    Kind

	State  State
	Since  time.Time // when State was entered
	Helper Party
	Sharer Party

	CodeHash    []byte // keyed hash; empty once used or dead
	CodeExpires time.Time

	Created      time.Time
	Allowed      time.Time // when the second yes came: the session's start
	FirstPicture time.Time
	LimitAt      time.Time     // Allowed + Limit
	Limit        time.Duration // the organisation's time limit when the code was made
	EndedAt      time.Time

	Surface    Surface
	Problem    Problem
	Connection Connection        // as the helper's browser measured; empty: never connected
	Warnings   []string          // codes of all warnings that the helper was shown
	Warned     []device.Warning  // what the helper is warned of now
	Device     identity.DeviceID // the sharer's, as it was proven; empty: none
	Reason     Reason
	Grounds    []fault.Reason // Withdraw: what no longer allowed it, for both to read
	EndedBy    Seat
	Note       string // AdminEnd: what the manager says to both

	Binding      Binding // whom and what the code is for; zero: anybody
	Acknowledge  bool    // a policy asks the helper to acknowledge warnings
	FirstContact bool    // the two people had no session together before
	Number       string  // two digits that the helper reads out and the sharer types before Allow counts; empty: not asked for
	WrongNumbers int     // how often the sharer typed another one
	Refusal      Refusal // while waiting: the last time somebody with the right code was refused
}

// Binding keeps a code to one person on one proven device of theirs.
type Binding struct {
	Person identity.PersonID
	Device identity.DeviceID
	Name   string // of the device, when the code was made
}

// Reasons why a code that is bound does not do for somebody.
const (
	ReasonOtherPerson = "other_person"
	ReasonOtherDevice = "other_device"
)

// Misses says why the code is not for this person on this device; empty: it is.
func (b Binding) Misses(p identity.PersonID, d identity.DeviceID) string {
	switch {
	case b.Person != "" && b.Person != p:
		return ReasonOtherPerson
	case b.Device != "" && b.Device != d:
		return ReasonOtherDevice
	}
	return ""
}

// Warn notes what the helper is warned of now.
func (s *Session) Warn(now []device.Warning) {
	s.Warned = now
	for _, w := range now {
		if !slices.Contains(s.Warnings, string(w.Code)) {
			s.Warnings = append(s.Warnings, string(w.Code))
		}
	}
}

// Unacknowledged lists the warnings that the helper sees and has not acknowledged.
func (s *Session) Unacknowledged(codes []string) (out []string) {
	for _, w := range s.Warned {
		if !slices.Contains(codes, string(w.Code)) {
			out = append(out, string(w.Code))
		}
	}
	return out
}

// Refusal tells the helper that their code was brought, and why it did not do.
type Refusal struct {
	At      time.Time // zero: never
	Reasons []fault.Reason
}

// New opens a session in waiting. The helper's page has not connected yet, so
// its grace time begins now.
func New(id SessionID, helper identity.Actor, code Hash, settings identity.Settings, now time.Time) Session {
	return Session{
		ID: id, Org: helper.Person.Org, Kind: View, State: Waiting, Since: now, Created: now,
		Helper:   Party{Person: helper.Person.ID, SignIn: helper.SignIn.ID, From: helper.From, Presence: Presence{SocketAt: now}},
		CodeHash: code, CodeExpires: now.Add(settings.CodeLifetime), Limit: settings.TimeLimit,
	}
}

// Party gives the party in seat.
func (s *Session) Party(seat Seat) *Party {
	if seat == Helper {
		return &s.Helper
	}
	return &s.Sharer
}

// SeatOf tells which seat the person holds, or Nobody.
func (s *Session) SeatOf(p identity.PersonID) Seat {
	switch p {
	case "":
		return Nobody
	case s.Helper.Person:
		return Helper
	case s.Sharer.Person:
		return Sharer
	}
	return Nobody
}

// maxNote bounds what a manager says at the end, in characters.
const maxNote = 200

// CleanNote makes a note one line that can be shown as it is.
func CleanNote(s string) string {
	var out []string
	for word := range strings.FieldsSeq(s) {
		if word = identity.CleanText(word); word != "" {
			out = append(out, word)
		}
	}
	r := []rune(strings.Join(out, " "))
	return string(r[:min(len(r), maxNote)])
}

// Duration is how long the session lasted from the second yes on; zero when it
// never came to that.
func (s *Session) Duration() time.Duration {
	if s.Allowed.IsZero() || s.EndedAt.IsZero() {
		return 0
	}
	return s.EndedAt.Sub(s.Allowed)
}

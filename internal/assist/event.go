package assist

import (
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Act is something a seat, or nobody's seat, does to a session.
type Act string

// Acts of the helper.
const (
	Continue Act = "continue"
	Cancel   Act = "cancel"
	Leave    Act = "leave"
)

// Acts of the sharer.
const (
	Allow       Act = "allow"
	Decline     Act = "decline"
	Report      Act = "report"
	Share       Act = "share"        // the first picture was sent
	ShareFailed Act = "share_failed" // capture was denied, cancelled or failed
	Change      Act = "change"       // another surface is shared now
	Stop        Act = "stop"         // the browser stopped sharing
	Pause       Act = "pause"
	Resume      Act = "resume"
	End         Act = "end"
)

// Acts of neither seat.
const (
	AdminEnd Act = "admin_end" // a manager ends it
	Withdraw Act = "withdraw"  // a right, policy, device, setting or sign-in no longer allows it
)

// Acts lists every act.
func Acts() []Act {
	return []Act{Continue, Cancel, Leave, Allow, Decline, Report, Share, ShareFailed, Change, Stop, Pause, Resume, End, AdminEnd, Withdraw}
}

// Event is an act with what it carries.
type Event struct {
	Act          Act
	Seat         Seat // who acts; Nobody for AdminEnd and Withdraw
	At           time.Time
	Text         string         // Continue, Allow: version of the words shown; AdminEnd: a note for both
	Number       string         // Allow: what the sharer typed
	Surface      Surface        // Share, Change
	Problem      Problem        // ShareFailed, Stop
	Reason       Reason         // Withdraw
	Grounds      []fault.Reason // Withdraw
	Acknowledged []string       // Continue: codes of the warnings that were acknowledged
}

// Faults of the state machine.
var (
	ErrEnded     = fault.New(fault.Conflict, "session_ended", "This help session has ended.", "Ask for a new code to start again.")
	ErrNotNow    = fault.New(fault.Conflict, "not_in_this_state", "This is not possible at this point of the help session.", "Look at what the page offers now.")
	ErrWrongSeat = fault.New(fault.Forbidden, "wrong_seat", "Only the other side of this help session can do this.", "Ask the other person to do it.")
	ErrSeatTaken = fault.New(fault.Conflict, "seat_taken", "This help session is open in another window or browser.", "Continue there, or take it over here.")
)

// step is what an act does in one state: go to next, or end for a reason.
type step struct {
	next   State
	reason Reason
}

func to(next State) step     { return step{next: next} }
func end(reason Reason) step { return step{next: Ended, reason: reason} }
func everywhere(s step) moves {
	return moves{Waiting: s, Trust: s, Connecting: s, Sharing: s, Paused: s}
}

// moves is one act's row: from which states it may be done, and what follows.
type moves map[State]step

// rule is who may do an act, and its moves.
type rule struct {
	seat  Seat
	moves moves
}

// ruleOf is the table of states.md. Consent (Continue, Allow) stays in Trust
// until both have said yes; Apply sees to that.
func ruleOf(a Act) rule {
	switch a {
	case Continue:
		return rule{Helper, moves{Trust: to(Connecting)}}
	case Cancel:
		return rule{Helper, moves{Waiting: end(CodeRevoked), Trust: end(HelperCancelled)}}
	case Leave:
		return rule{Helper, everywhere(end(HelperLeft))}
	case Allow:
		return rule{Sharer, moves{Trust: to(Connecting)}}
	case Decline:
		return rule{Sharer, moves{Trust: end(Declined)}}
	case Report:
		return rule{Sharer, moves{Trust: end(Reported)}}
	case Share:
		return rule{Sharer, moves{Connecting: to(Sharing)}}
	case ShareFailed:
		return rule{Sharer, moves{Connecting: to(Connecting)}}
	case Change:
		return rule{Sharer, moves{Sharing: to(Sharing), Paused: to(Paused)}}
	case Stop:
		return rule{Sharer, moves{Sharing: to(Connecting), Paused: to(Connecting)}}
	case Pause:
		return rule{Sharer, moves{Sharing: to(Paused)}}
	case Resume:
		return rule{Sharer, moves{Paused: to(Sharing)}}
	case End:
		return rule{Sharer, everywhere(end(SharerEnded))}
	case AdminEnd:
		return rule{Nobody, everywhere(end(AdminEnded))}
	case Withdraw:
		return rule{Nobody, everywhere(step{next: Ended})}
	default:
		return rule{}
	}
}

// Apply makes one act happen, or refuses it and changes nothing: ErrEnded,
// ErrWrongSeat or ErrNotNow. Saying yes twice is not an error.
func (s *Session) Apply(e Event) error {
	r := ruleOf(e.Act)
	switch {
	case s.State == Ended:
		return ErrEnded
	case r.moves == nil:
		return ErrNotNow
	case e.Seat != r.seat:
		return ErrWrongSeat
	}
	st, ok := r.moves[s.State]
	if !ok {
		return ErrNotNow
	}
	if e.Act == Continue || e.Act == Allow {
		s.consent(e)
		return nil
	}
	if e.Act == Withdraw {
		st.reason = e.Reason
	}
	s.note(e)
	if st.next == Ended {
		s.finish(st.reason, e.Seat, e.At)
		return nil
	}
	s.enter(st.next, e.At)
	return nil
}

// maxWrongNumbers is how often the sharer may type a wrong number: somebody who
// is on the telephone with this helper has no need to guess.
const maxWrongNumbers = 3

// consent records one yes; the second one connects. An Allow without the number
// that was asked for is no yes, and three of them are a no.
func (s *Session) consent(e Event) {
	if e.Act == Allow && s.Number != "" && e.Number != s.Number {
		if s.WrongNumbers++; s.WrongNumbers >= maxWrongNumbers {
			s.finish(WrongNumber, Sharer, e.At)
		}
		return
	}
	p := s.Party(e.Seat)
	if !p.Consent.Given() {
		p.Consent = Consent{At: e.At, Text: e.Text, Acknowledged: e.Acknowledged}
	}
	if s.Helper.Consent.Given() && s.Sharer.Consent.Given() {
		s.Allowed, s.LimitAt = e.At, e.At.Add(s.Limit)
		s.enter(Connecting, e.At)
	}
}

// note keeps what an act carries.
func (s *Session) note(e Event) {
	switch e.Act {
	case Share:
		s.Surface, s.Problem = e.Surface, NoProblem
		if s.FirstPicture.IsZero() {
			s.FirstPicture = e.At
		}
	case Change:
		s.Surface = e.Surface
	case ShareFailed:
		s.Problem = e.Problem
	case Stop:
		s.Problem = SharingStopped
	case AdminEnd:
		s.Note = e.Text
	case Withdraw:
		s.Grounds = e.Grounds
	}
}

func (s *Session) enter(next State, now time.Time) {
	if s.State != next {
		s.State, s.Since = next, now
	}
}

func (s *Session) finish(why Reason, by Seat, now time.Time) {
	s.enter(Ended, now)
	s.Reason, s.EndedBy, s.EndedAt, s.CodeHash = why, by, now, nil
}

// Redeem seats the sharer who brought the right code. It refuses with
// ErrCodeNotAccepted when the code is used or over, so that nobody learns which.
func (s *Session) Redeem(sharer identity.Actor, now time.Time) error {
	if s.State != Waiting || !now.Before(s.CodeExpires) || sharer.Person.Org != s.Org {
		return ErrCodeNotAccepted
	}
	if sharer.Person.ID == s.Helper.Person {
		return ErrOwnCode
	}
	s.Sharer = Party{Person: sharer.Person.ID, SignIn: sharer.SignIn.ID, From: sharer.From, Presence: Presence{SocketAt: now}}
	s.CodeHash, s.Refusal = nil, Refusal{}
	s.enter(Trust, now)
	return nil
}

// Refuse notes that somebody brought the right code and was not let in. The code
// stays good.
func (s *Session) Refuse(why []fault.Reason, now time.Time) {
	if s.State == Waiting {
		s.Refusal = Refusal{At: now, Reasons: why}
	}
}

// Actions lists what seat may do now.
func (s *Session) Actions(seat Seat) []Act {
	var out []Act
	for _, a := range Acts() {
		r := ruleOf(a)
		if _, ok := r.moves[s.State]; !ok || r.seat != seat {
			continue
		}
		if (a == Continue || a == Allow) && s.Party(seat).Consent.Given() {
			continue
		}
		out = append(out, a)
	}
	return out
}

// Screen is what a seat's page shows.
type Screen string

// The screens. Answered is a trust screen whose person has said yes already.
const (
	ScreenCode       Screen = "code"
	ScreenTrust      Screen = "trust"
	ScreenAnswered   Screen = "answered"
	ScreenConnecting Screen = "connecting"
	ScreenSharing    Screen = "sharing"
	ScreenPaused     Screen = "paused"
	ScreenEnded      Screen = "ended"
)

// Next names the screen that seat sees: the only place that does.
func (s *Session) Next(seat Seat) Screen {
	switch s.State {
	case Waiting:
		return ScreenCode
	case Trust:
		if s.Party(seat).Consent.Given() {
			return ScreenAnswered
		}
		return ScreenTrust
	case Connecting:
		return ScreenConnecting
	case Sharing:
		return ScreenSharing
	case Paused:
		return ScreenPaused
	default:
		return ScreenEnded
	}
}

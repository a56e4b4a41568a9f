// Package access decides whether somebody may take or keep a seat in a help
// session: signals in, decision with reasons out. It is pure and total: no
// decision is made anywhere else. What a person was granted is identity's; what
// happens to a session after a refusal is assist's.
package access

import (
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Seat is the seat that is asked for.
type Seat string

// The seats, in the words of assist.
const (
	Helper Seat = "helper"
	Sharer Seat = "sharer"
)

// Request is everything a decision rests on.
type Request struct {
	Org        identity.Org   // the help session's organisation, as it is now
	Seat       Seat           // what is asked for
	Actor      identity.Actor // who asks, with their grants as they are now
	SignInLive bool           // the actor's sign-in has neither ended nor expired
}

// Reasons of a refusal, beside those of identity.Actor.Can.
const (
	ReasonHelpDisabled = "help_disabled"
	ReasonSignedOut    = "signed_out"
)

// Decision is the answer. Reasons is empty exactly when Allowed.
type Decision struct {
	Allowed bool
	Reasons []fault.Reason
}

// Evaluate decides. All grounds are named, the most general first.
func Evaluate(r Request) Decision {
	var why []fault.Reason
	if !r.Org.Settings.RemoteHelp {
		why = append(why, fault.Reason{Code: ReasonHelpDisabled})
	}
	if !r.SignInLive {
		why = append(why, fault.Reason{Code: ReasonSignedOut})
	}
	why = append(why, entitled(r)...)
	return Decision{Allowed: len(why) == 0, Reasons: why}
}

// entitled names what the person lacks. Being helped needs no permission, only
// to belong to the organisation and not to be disabled.
func entitled(r Request) []fault.Reason {
	switch {
	case r.Seat == Helper:
		return r.Actor.Can(identity.OfferRemoteAssistance, identity.Target{Org: r.Org.ID}).Reasons
	case r.Actor.Person.Org != r.Org.ID:
		return []fault.Reason{{Code: identity.ReasonOtherOrganisation}}
	case r.Actor.Person.Disabled:
		return []fault.Reason{{Code: identity.ReasonPersonDisabled}}
	}
	return nil
}

// ErrRefused refuses a seat; its reasons say why.
var ErrRefused = fault.New(fault.Forbidden, "help_refused", "Your organisation does not permit this help session.", "Ask your administrator, and name the reason given here.")

// Err returns nil when allowed, else ErrRefused with the reasons.
func (d Decision) Err() error {
	if d.Allowed {
		return nil
	}
	f := ErrRefused.WithReasons(d.Reasons...)
	switch d.Reasons[0].Code {
	case ReasonHelpDisabled:
		return f.WithText("Remote help is switched off for your organisation.")
	case ReasonSignedOut:
		return fault.ErrSignInRequired.WithReasons(d.Reasons...)
	case identity.ReasonPermissionMissing:
		return f.WithText("You do not have the permission %q.", d.Reasons[0].Subject)
	}
	return f
}

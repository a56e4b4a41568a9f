// Package access decides whether somebody may take or keep a seat in a help
// session, or administer the organisation: permission, scope, settings and
// conditional access policies in; decision with reasons, and the trace of how it
// came about, out. It is pure and total: no decision is made anywhere else. What
// a person was granted is identity's; what a device is worth is device's; what
// happens to a session after a refusal is assist's.
package access

import (
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Seat is what is asked for.
type Seat string

// The seats of a help session, in the words of assist, and the administrator's.
const (
	Helper        Seat = "helper"
	Sharer        Seat = "sharer"
	Administrator Seat = "administrator"
)

// Seats lists what policies can be about.
func Seats() []Seat { return []Seat{Helper, Sharer, Administrator} }

// Request is everything a decision rests on.
type Request struct {
	Org          identity.Org        // the organisation, as it is now
	Seat         Seat                // what is asked for
	Actor        identity.Actor      // who asks, with their groups and grants as they are now
	SignInLive   bool                // the actor's sign-in has neither ended nor expired
	Permission   identity.Permission // Helper: what helping needs beside offering it, such as view_screen
	Sharer       *Sharing            // Helper: whom they would help; nil: nobody yet
	Rules        *Rules              // nil: there are no policies
	From         identity.Origin     // where the actor is
	Device       device.Standing     // what the actor's browser has proven
	FirstContact bool                // the two people had no session together before
	Now          time.Time
}

// Sharing is the sharer as a helper's scope sees them.
type Sharing struct {
	Person identity.PersonID
	Groups []identity.GroupID
	Device device.Standing
}

// target is what the helper's permission must cover.
func (s *Sharing) target(org identity.OrgID) identity.Target {
	t := identity.Target{Org: org}
	if s == nil {
		return t
	}
	t.Person, t.PersonGroups = s.Person, s.Groups
	t.Device, t.DeviceGroups, t.Unenrolled = s.Device.ID, s.Device.Groups, !s.Device.Enrolled()
	return t
}

// Reasons of a refusal, beside those of identity.Actor.Can and the Unmet codes
// of requirements.
const (
	ReasonHelpDisabled     = "help_disabled"
	ReasonSignedOut        = "signed_out"
	ReasonUnenrolledDevice = "unenrolled_device"
	ReasonHelperSuspended  = "helper_suspended"
	ReasonPolicyBlocked    = "policy_blocked"
	ReasonDeviceRevoked    = "device_revoked"
)

// Decision is the answer. Reasons is empty exactly when Allowed.
type Decision struct {
	Allowed     bool
	Reasons     []fault.Reason
	Obligations []RequirementKind     // what the trust screen must ask for as well
	Assignment  identity.AssignmentID // that entitles the helper
	Trace       []Applied             // every policy that was about this, whether it is on or report-only
}

// Result is what became of one policy.
type Result string

// The results.
const (
	Satisfied   Result = "satisfied"
	Unsatisfied Result = "unsatisfied"
	Blocked     Result = "blocked"
)

// Applied is one policy in the trace of a decision.
type Applied struct {
	Policy PolicyID
	Name   string
	State  State
	Result Result
	Unmet  []RequirementKind
}

// Evaluate decides. All grounds are named, the most general first.
func Evaluate(r Request) Decision {
	var d Decision
	if r.Seat != Administrator && !r.Org.Settings.RemoteHelp {
		d.refuse(ReasonHelpDisabled, "")
	}
	if !r.SignInLive {
		d.refuse(ReasonSignedOut, "")
	}
	d.entitle(&r)
	if r.Seat != Administrator && r.Device.Revoked {
		d.refuse(ReasonDeviceRevoked, "")
	}
	if r.Seat == Sharer && !r.Device.Revoked && !r.Device.Enrolled() && !r.Org.Settings.Unenrolled {
		d.refuse(ReasonUnenrolledDevice, "")
	}
	d.apply(&r)
	d.Allowed = len(d.Reasons) == 0
	return d
}

func (d *Decision) refuse(code, subject string) {
	d.Reasons = append(d.Reasons, fault.Reason{Code: code, Subject: subject})
}

// entitle names what the person lacks. Being helped needs no permission, only to
// belong to the organisation and not to be disabled; what an administrator needs
// depends on what they do and is asked where they do it.
func (d *Decision) entitle(r *Request) {
	switch {
	case r.Seat == Helper:
		d.entitleHelper(r)
	case r.Actor.Person.Org != r.Org.ID:
		d.refuse(identity.ReasonOtherOrganisation, "")
	case r.Actor.Person.Disabled:
		d.refuse(identity.ReasonPersonDisabled, "")
	}
}

func (d *Decision) entitleHelper(r *Request) {
	if !r.Actor.Person.Suspended.IsZero() {
		d.refuse(ReasonHelperSuspended, "")
	}
	t := r.Sharer.target(r.Org.ID)
	offer := r.Actor.Can(identity.OfferRemoteAssistance, t)
	d.Assignment = offer.Assignment
	d.Reasons = append(d.Reasons, offer.Reasons...)
	if offer.Allowed && r.Permission != "" {
		d.Reasons = append(d.Reasons, r.Actor.Can(r.Permission, t).Reasons...)
	}
}

// apply asks every policy.
func (d *Decision) apply(r *Request) {
	if r.Rules == nil {
		return
	}
	l := newLookup(r)
	for i := range r.Rules.Policies {
		p := &r.Rules.Policies[i]
		if !p.about(l) || !p.Conditions.hold(l) {
			continue
		}
		a := p.judge(r)
		d.Trace = append(d.Trace, a)
		if p.State == On {
			d.enforce(p, a)
		}
	}
}

func (d *Decision) enforce(p *Policy, a Applied) {
	switch a.Result {
	case Blocked:
		d.refuse(ReasonPolicyBlocked, p.Name)
	case Unsatisfied:
		for _, kind := range a.Unmet {
			d.refuse(Requirement{Kind: kind}.Unmet(), p.Name)
		}
	case Satisfied:
		d.oblige(p)
	}
}

// oblige notes what must be asked for later. Of several that would each be
// enough, the one that is met already asks for nothing.
func (d *Decision) oblige(p *Policy) {
	if p.Control.OneOf && len(p.Control.Require) > 1 {
		return
	}
	for _, q := range p.Control.Require {
		if q.Obligation() {
			d.Obligations = append(d.Obligations, q.Kind)
		}
	}
}

// Obliged reports whether the trust screen must ask for kind.
func (d Decision) Obliged(kind RequirementKind) bool {
	for _, k := range d.Obligations {
		if k == kind {
			return true
		}
	}
	return false
}

// ErrRefused refuses a seat; its reasons say why.
var ErrRefused = fault.New(fault.Forbidden, "help_refused", "Your organisation does not permit this help session.", "Ask your administrator, and name the reason given here.")

// Err returns nil when allowed, else ErrRefused with the reasons.
func (d Decision) Err() error {
	if d.Allowed {
		return nil
	}
	f := ErrRefused.WithReasons(d.Reasons...)
	first := d.Reasons[0]
	switch first.Code {
	case ReasonHelpDisabled:
		return f.WithText("Remote help is switched off for your organisation.")
	case ReasonSignedOut:
		return fault.ErrSignInRequired.WithReasons(d.Reasons...)
	case ReasonUnenrolledDevice:
		return f.WithText("Your organisation gives help only on devices that it knows, and this one is not enrolled.")
	case ReasonHelperSuspended:
		return f.WithText("You may not give help at present, because people you contacted reported it.")
	case ReasonDeviceRevoked:
		return f.WithText("Your organisation has withdrawn its trust in this device.")
	case ReasonPolicyBlocked:
		return f.WithText("The policy %q does not permit this.", first.Subject)
	case identity.ReasonPermissionMissing:
		return f.WithText("You do not have the permission %q.", first.Subject)
	case identity.ReasonOutOfScope:
		return f.WithText("This person or device is outside the scope in which you may help.")
	}
	return f
}

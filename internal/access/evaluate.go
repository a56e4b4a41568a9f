package access

import (
	"net/netip"
	"slices"

	"tasuke/internal/device"
)

// whereabouts finds the named locations of an address once, and only if asked.
type whereabouts struct {
	rules *Rules
	addr  netip.Addr
	found bool
	in    []LocationID
}

func (w *whereabouts) inside(ids []LocationID) bool {
	if !w.found {
		w.found = true
		for i := range w.rules.Locations {
			if l := &w.rules.Locations[i]; l.has(w.addr) {
				w.in = append(w.in, l.ID)
			}
		}
	}
	return overlap(ids, w.in)
}

// about reports whether the policy concerns this seat and person.
func (p *Policy) about(r *Request) bool {
	return p.State != Off && slices.Contains(p.Seats, r.Seat) && p.Include.has(&r.Actor) && !p.Exclude.has(&r.Actor)
}

// hold reports whether all conditions that are set hold. What is not known does
// not match a list that a policy names, and is not excluded by one either: a
// browser that hides what it is falls under "every platform but".
func (c *Conditions) hold(r *Request, where *whereabouts) bool {
	switch {
	case len(c.Locations) > 0 && !where.inside(c.Locations),
		len(c.NotLocations) > 0 && where.inside(c.NotLocations),
		len(c.Platforms) > 0 && !slices.Contains(c.Platforms, r.From.Platform),
		slices.Contains(c.NotPlatforms, r.From.Platform),
		len(c.Browsers) > 0 && !slices.Contains(c.Browsers, r.From.Browser),
		len(c.Devices) > 0 && !slices.ContainsFunc(c.Devices, func(s DeviceState) bool { return s.holds(&r.Device) }),
		c.WithoutMFA && r.Actor.SignIn.MFA(),
		c.SignInOlder > 0 && r.Actor.SignIn.Age(r.Now) <= c.SignInOlder,
		c.FirstContact && !r.FirstContact,
		c.Hours != nil && c.Hours.hold(r.Now) == c.HoursInverted:
		return false
	}
	return true
}

// judge tells what becomes of a policy that applies.
func (p *Policy) judge(r *Request) Applied {
	a := Applied{Policy: p.ID, Name: p.Name, State: p.State, Result: Satisfied}
	if p.Control.Block {
		a.Result = Blocked
		return a
	}
	met := 0
	for i := range p.Control.Require {
		if q := &p.Control.Require[i]; q.met(r) {
			met++
		} else {
			a.Unmet = append(a.Unmet, q.Kind)
		}
	}
	if len(a.Unmet) > 0 && (!p.Control.OneOf || met == 0) {
		a.Result = Unsatisfied
		return a
	}
	a.Unmet = nil
	return a
}

func (q *Requirement) met(r *Request) bool {
	switch q.Kind {
	case RequireMFA:
		return r.Actor.SignIn.MFA()
	case RequireEnrolled:
		return r.Device.Enrolled()
	case RequireCompliant:
		return r.Device.Enrolled() && (r.Device.Compliance == device.Compliant || r.Device.Compliance == device.InGracePeriod)
	case RequireGrade:
		return r.Device.Enrolled() && r.Device.Grade.AtLeast(device.Grade(q.Value))
	case RequireFreshSignIn:
		return r.Actor.SignIn.Age(r.Now) <= q.Age
	case RequireACR:
		return r.Actor.SignIn.ACR == q.Value
	default:
		return q.Obligation()
	}
}

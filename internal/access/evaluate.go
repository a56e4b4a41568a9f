package access

import (
	"slices"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/identity"
)

// lookup is what a decision finds out once for all policies; where the actor is,
// and what time it is elsewhere, only if one asks.
type lookup struct {
	*Request
	groups map[identity.GroupID]bool
	roles  map[identity.RoleID]bool
	found  bool
	in     []LocationID
	clocks map[string]time.Time
}

func newLookup(r *Request) *lookup {
	l := &lookup{Request: r, groups: make(map[identity.GroupID]bool, len(r.Actor.Groups)), roles: make(map[identity.RoleID]bool, len(r.Actor.Grants)), clocks: map[string]time.Time{}}
	for _, g := range r.Actor.Groups {
		l.groups[g] = true
	}
	for i := range r.Actor.Grants {
		l.roles[r.Actor.Grants[i].Role] = true
	}
	return l
}

func (l *lookup) inside(ids []LocationID) bool {
	if !l.found {
		l.found = true
		addr := l.From.Addr.Unmap()
		for i := range l.Rules.Locations {
			if place := &l.Rules.Locations[i]; place.has(addr) {
				l.in = append(l.in, place.ID)
			}
		}
	}
	return overlap(ids, l.in)
}

// clock is the time in a zone: finding a zone is slow.
func (l *lookup) clock(zone string) time.Time {
	now, known := l.clocks[zone]
	if !known {
		where, err := time.LoadLocation(zone)
		if err != nil {
			where = time.UTC // cannot be: the policy was checked
		}
		now = l.Now.In(where)
		l.clocks[zone] = now
	}
	return now
}

// about reports whether the policy concerns this seat and person.
func (p *Policy) about(l *lookup) bool {
	return p.State != Off && slices.Contains(p.Seats, l.Seat) && p.Include.has(l) && !p.Exclude.has(l)
}

func (w *Who) has(l *lookup) bool {
	return w.Everyone || slices.Contains(w.People, l.Actor.Person.ID) || anyIn(w.Groups, l.groups) || anyIn(w.Roles, l.roles)
}

func anyIn[T comparable](list []T, set map[T]bool) bool {
	for _, v := range list {
		if set[v] {
			return true
		}
	}
	return false
}

// hold reports whether all conditions that are set hold. What is not known does
// not match a list that a policy names, and is not excluded by one either: a
// browser that hides what it is falls under "every platform but".
func (c *Conditions) hold(r *lookup) bool {
	switch {
	case len(c.Locations) > 0 && !r.inside(c.Locations),
		len(c.NotLocations) > 0 && r.inside(c.NotLocations),
		len(c.Platforms) > 0 && !slices.Contains(c.Platforms, r.From.Platform),
		slices.Contains(c.NotPlatforms, r.From.Platform),
		len(c.Browsers) > 0 && !slices.Contains(c.Browsers, r.From.Browser),
		len(c.Devices) > 0 && !slices.ContainsFunc(c.Devices, func(s DeviceState) bool { return s.holds(&r.Device) }),
		c.WithoutMFA && r.Actor.SignIn.MFA(),
		c.SignInOlder > 0 && r.Actor.SignIn.Age(r.Now) <= c.SignInOlder,
		c.FirstContact && !r.FirstContact,
		c.Hours != nil && c.Hours.hold(r.clock(c.Hours.Zone)) == c.HoursInverted:
		return false
	}
	return true
}

// Barring gives the policy that keeps somebody from administering wherever and
// however they come, or nil. One that depends on the place, the time, the browser
// or the sign-in does not bar: it may be met.
func (r *Rules) Barring(a identity.Actor) *Policy {
	l := newLookup(&Request{Seat: Administrator, Actor: a, Rules: r})
	for i := range r.Policies {
		p := &r.Policies[i]
		if p.State == On && p.Conditions.always() && p.Control.hopeless() && p.about(l) {
			return p
		}
	}
	return nil
}

// always reports whether the conditions hold for every administrator: nothing is
// asked, or only that the device is unenrolled, as nobody proves one there.
func (c *Conditions) always() bool {
	return len(c.Locations)+len(c.NotLocations)+len(c.Platforms)+len(c.NotPlatforms)+len(c.Browsers) == 0 &&
		(len(c.Devices) == 0 || slices.Contains(c.Devices, DeviceUnenrolled)) &&
		!c.WithoutMFA && c.SignInOlder == 0 && !c.FirstContact && c.Hours == nil
}

// hopeless reports whether no administrator can ever meet this.
func (c *Control) hopeless() bool {
	device := func(q Requirement) bool {
		return q.Kind == RequireEnrolled || q.Kind == RequireCompliant || q.Kind == RequireGrade
	}
	meetable := slices.ContainsFunc(c.Require, func(q Requirement) bool { return !device(q) })
	return c.Block || slices.ContainsFunc(c.Require, device) && !(c.OneOf && meetable)
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

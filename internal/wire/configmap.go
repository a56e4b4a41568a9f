package wire

import (
	"net/netip"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// NewRole maps a role.
func NewRole(st Stamp, r identity.Role) Role {
	return Role{Stamp: st, Builtin: r.Builtin, RoleBody: RoleBody{Name: r.Name, Description: r.Description, Permissions: stringsOf(r.Permissions)}}
}

// Domain reverses NewRole.
func (b RoleBody) Domain() (identity.Role, error) {
	return identity.Role{Name: b.Name, Description: b.Description, Permissions: wordsOf[identity.Permission](b.Permissions)}, nil
}

// NewGroup maps a group.
func NewGroup(st Stamp, g identity.Group) Group {
	out := Group{Stamp: st, GroupBody: GroupBody{Name: g.Name, Description: g.Description, Of: string(g.Of), Kind: string(g.Kind), Claim: g.Claim, Rule: []Term{}}}
	for _, t := range g.Rule {
		out.Rule = append(out.Rule, Term{Attribute: string(t.Attribute), Operator: string(t.Operator), Values: stringsOf(t.Values)})
	}
	return out
}

// Domain reverses NewGroup.
func (b GroupBody) Domain() (identity.Group, error) {
	out := identity.Group{Name: b.Name, Description: b.Description, Of: identity.GroupOf(b.Of), Kind: identity.GroupKind(b.Kind)}
	if out.Kind == identity.FromClaim {
		out.Claim = b.Claim
	}
	if out.Kind == identity.ByRule {
		for _, t := range b.Rule {
			out.Rule = append(out.Rule, identity.Term{Attribute: identity.Attribute(t.Attribute), Operator: identity.Operator(t.Operator), Values: t.Values})
		}
	}
	return out, nil
}

// NewAssignment maps an assignment.
func NewAssignment(st Stamp, a identity.Assignment) Assignment {
	return Assignment{Stamp: st, AssignmentBody: AssignmentBody{
		Name: a.Name, Description: a.Description, Role: string(a.Role), Members: stringsOf(a.Members), ExpiresAt: TimeOf(a.Expires),
		Scope: Scope{AllPeople: a.Scope.AllPeople, People: stringsOf(a.Scope.People), AllDevices: a.Scope.AllDevices, Devices: stringsOf(a.Scope.Devices), Unenrolled: a.Scope.Unenrolled},
	}}
}

// Domain reverses NewAssignment.
func (b AssignmentBody) Domain() (identity.Assignment, error) {
	out := identity.Assignment{
		Name: b.Name, Description: b.Description, Role: identity.RoleID(b.Role), Members: wordsOf[identity.GroupID](b.Members),
		Scope: identity.Scope{AllPeople: b.Scope.AllPeople, People: wordsOf[identity.GroupID](b.Scope.People),
			AllDevices: b.Scope.AllDevices, Devices: wordsOf[identity.GroupID](b.Scope.Devices), Unenrolled: b.Scope.Unenrolled},
	}
	if b.ExpiresAt != nil {
		out.Expires = b.ExpiresAt.UTC()
	}
	return out, nil
}

// NewPolicy maps a conditional access policy.
func NewPolicy(st Stamp, p access.Policy) Policy {
	c := &p.Conditions
	out := Policy{Stamp: st, PolicyBody: PolicyBody{
		Name: p.Name, Description: p.Description, State: string(p.State), Seats: stringsOf(p.Seats), Include: newWho(p.Include), Exclude: newWho(p.Exclude),
		Conditions: Conditions{
			Locations: stringsOf(c.Locations), NotLocations: stringsOf(c.NotLocations), Platforms: stringsOf(c.Platforms), NotPlatforms: stringsOf(c.NotPlatforms),
			Browsers: stringsOf(c.Browsers), Devices: stringsOf(c.Devices), WithoutMFA: c.WithoutMFA, SignInOlderMinutes: minutesOf(c.SignInOlder),
			FirstContact: c.FirstContact, OutsideHours: c.HoursInverted,
		},
		Control: Control{Block: p.Control.Block, OneOf: p.Control.OneOf, Require: []Requirement{}},
	}}
	if h := c.Hours; h != nil {
		out.Conditions.Hours = &Hours{From: h.From, To: h.To, Zone: h.Zone, Days: []int{}}
		for _, d := range h.Days {
			out.Conditions.Hours.Days = append(out.Conditions.Hours.Days, int(d))
		}
	}
	for _, r := range p.Control.Require {
		out.Control.Require = append(out.Control.Require, Requirement{Kind: string(r.Kind), AgeMinutes: minutesOf(r.Age), Value: r.Value})
	}
	return out
}

func newWho(w access.Who) Who {
	return Who{Everyone: w.Everyone, People: stringsOf(w.People), Groups: stringsOf(w.Groups), Roles: stringsOf(w.Roles)}
}

func (w Who) domain() access.Who {
	return access.Who{Everyone: w.Everyone, People: wordsOf[identity.PersonID](w.People), Groups: wordsOf[identity.GroupID](w.Groups), Roles: wordsOf[identity.RoleID](w.Roles)}
}

// Domain reverses NewPolicy.
func (b PolicyBody) Domain() (access.Policy, error) {
	c := &b.Conditions
	out := access.Policy{
		Name: b.Name, Description: b.Description, State: access.State(b.State), Seats: wordsOf[access.Seat](b.Seats), Include: b.Include.domain(), Exclude: b.Exclude.domain(),
		Conditions: access.Conditions{
			Locations: wordsOf[access.LocationID](c.Locations), NotLocations: wordsOf[access.LocationID](c.NotLocations),
			Platforms: wordsOf[identity.Platform](c.Platforms), NotPlatforms: wordsOf[identity.Platform](c.NotPlatforms), Browsers: c.Browsers,
			Devices: wordsOf[access.DeviceState](c.Devices), WithoutMFA: c.WithoutMFA, SignInOlder: time.Duration(c.SignInOlderMinutes) * time.Minute,
			FirstContact: c.FirstContact, HoursInverted: c.OutsideHours && c.Hours != nil,
		},
		Control: access.Control{Block: b.Control.Block, OneOf: b.Control.OneOf},
	}
	if h := c.Hours; h != nil {
		out.Conditions.Hours = &access.Hours{From: h.From, To: h.To, Zone: h.Zone}
		for _, d := range h.Days {
			out.Conditions.Hours.Days = append(out.Conditions.Hours.Days, time.Weekday(d))
		}
	}
	for _, r := range b.Control.Require {
		out.Control.Require = append(out.Control.Require, access.Requirement{Kind: access.RequirementKind(r.Kind), Age: time.Duration(r.AgeMinutes) * time.Minute, Value: r.Value})
	}
	return out, nil
}

// NewLocation maps a named location.
func NewLocation(st Stamp, l access.Location) Location {
	out := Location{Stamp: st, LocationBody: LocationBody{Name: l.Name, Description: l.Description, Ranges: []string{}}}
	for _, r := range l.Ranges {
		out.Ranges = append(out.Ranges, r.String())
	}
	return out
}

// Domain reverses NewLocation. access.ErrLocation names the range that is none.
func (b LocationBody) Domain() (access.Location, error) {
	out := access.Location{Name: b.Name, Description: b.Description}
	for _, text := range b.Ranges {
		r, err := netip.ParsePrefix(text)
		if err != nil {
			return out, access.ErrLocation.WithReasons(fault.Reason{Code: "range_invalid", Subject: text})
		}
		out.Ranges = append(out.Ranges, netip.PrefixFrom(r.Addr().Unmap(), r.Bits()).Masked())
	}
	return out, nil
}

// NewDecision maps a decision with its trace.
func NewDecision(d access.Decision) Decision {
	out := Decision{Allowed: d.Allowed, Reasons: NewReasons(d.Reasons), Obligations: stringsOf(d.Obligations), Assignment: string(d.Assignment), Policies: []Applied{}}
	for _, a := range d.Trace {
		out.Policies = append(out.Policies, Applied{ID: string(a.Policy), Name: a.Name, State: string(a.State), Result: string(a.Result), Unmet: stringsOf(a.Unmet)})
	}
	return out
}

func minutesOf(d time.Duration) int { return int(d / time.Minute) }

func wordsOf[T ~string](in []string) []T {
	var out []T
	for _, v := range in {
		out = append(out, T(v))
	}
	return out
}

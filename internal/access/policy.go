package access

import (
	"net/netip"
	"slices"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// PolicyID names a conditional access policy inside its organisation.
type PolicyID string

// State says whether a policy counts.
type State string

// The states of a policy.
const (
	On         State = "on"
	Off        State = "off"
	ReportOnly State = "report_only" // evaluated and recorded, never enforced
)

// States lists the states.
func States() []State { return []State{On, Off, ReportOnly} }

// Policy is one conditional access policy: whom and what it is about, when it
// applies, and what follows.
type Policy struct {
	ID          PolicyID
	Name        string
	Description string
	State       State
	Seats       []Seat
	Include     Who
	Exclude     Who
	Conditions  Conditions
	Control     Control
}

// Who chooses people.
type Who struct {
	Everyone bool
	People   []identity.PersonID
	Groups   []identity.GroupID
	Roles    []identity.RoleID // that the person holds by any assignment
}

func (w *Who) empty() bool {
	return !w.Everyone && len(w.People) == 0 && len(w.Groups) == 0 && len(w.Roles) == 0
}

// Conditions say when a policy applies: all that are set must hold. The zero
// value always holds.
type Conditions struct {
	Locations     []LocationID // the address is in one of these
	NotLocations  []LocationID // the address is in none of these
	Platforms     []identity.Platform
	NotPlatforms  []identity.Platform
	Browsers      []string
	Devices       []DeviceState // the device is in one of these states
	WithoutMFA    bool          // the sign-in was not multi-factor
	SignInOlder   time.Duration // the person was authenticated longer ago than this; zero: any age
	FirstContact  bool          // the two people had no session together before
	Hours         *Hours        // the time is inside; nil: always
	HoursInverted bool          // the time is outside Hours
}

// DeviceState is what a condition asks of a device.
type DeviceState string

// The states of a device that conditions know.
const (
	DeviceEnrolled     DeviceState = "enrolled"
	DeviceUnenrolled   DeviceState = "unenrolled"
	DeviceCompliant    DeviceState = "compliant"
	DeviceInGrace      DeviceState = "in_grace_period"
	DeviceNotCompliant DeviceState = "not_compliant"
	DeviceNotEvaluated DeviceState = "not_evaluated"
)

// DeviceStates lists the states of a device.
func DeviceStates() []DeviceState {
	return []DeviceState{DeviceEnrolled, DeviceUnenrolled, DeviceCompliant, DeviceInGrace, DeviceNotCompliant, DeviceNotEvaluated}
}

func (s DeviceState) holds(d *device.Standing) bool {
	switch s {
	case DeviceEnrolled:
		return d.Enrolled()
	case DeviceUnenrolled:
		return !d.Enrolled()
	default:
		return d.Enrolled() && string(d.Compliance) == string(s)
	}
}

// Hours are times of day on some days of the week, in one time zone.
type Hours struct {
	Days     []time.Weekday
	From, To int    // minutes after midnight; To may be smaller: past midnight
	Zone     string // IANA name; empty: UTC
}

// hold reports whether now, on the clocks of the zone, is inside. The day is that
// on which the hours began.
func (h *Hours) hold(now time.Time) bool {
	minute := now.Hour()*60 + now.Minute()
	if h.From <= h.To {
		return minute >= h.From && minute < h.To && slices.Contains(h.Days, now.Weekday())
	}
	yesterday := (now.Weekday() + 6) % 7
	return minute >= h.From && slices.Contains(h.Days, now.Weekday()) || minute < h.To && slices.Contains(h.Days, yesterday)
}

// Control is what a policy does when it applies.
type Control struct {
	Block   bool
	Require []Requirement
	OneOf   bool // one requirement is enough
}

// RequirementKind names what can be required.
type RequirementKind string

// What can be required.
const (
	RequireMFA             RequirementKind = "mfa"
	RequireEnrolled        RequirementKind = "enrolled_device"
	RequireCompliant       RequirementKind = "compliant_device" // in grace period is enough
	RequireGrade           RequirementKind = "device_grade"     // the device was proven by this or something stronger
	RequireFreshSignIn     RequirementKind = "fresh_sign_in"
	RequireACR             RequirementKind = "acr"
	RequireNumberMatching  RequirementKind = "number_matching"
	RequireAcknowledgement RequirementKind = "acknowledgement"
)

// RequirementKinds lists what can be required.
func RequirementKinds() []RequirementKind {
	return []RequirementKind{RequireMFA, RequireEnrolled, RequireCompliant, RequireGrade, RequireFreshSignIn, RequireACR, RequireNumberMatching, RequireAcknowledgement}
}

// Requirement is one thing that a policy requires.
type Requirement struct {
	Kind  RequirementKind
	Age   time.Duration // fresh_sign_in: how long ago the person may have been authenticated
	Value string        // acr: the value of the id token's acr; device_grade: the grade
}

// Obligation reports whether the requirement is met later, on the trust screen.
func (r Requirement) Obligation() bool {
	return r.Kind == RequireNumberMatching || r.Kind == RequireAcknowledgement
}

// Unmet is the code of the reason given when the requirement is not met.
func (r Requirement) Unmet() string { return string(r.Kind) + "_required" }

// LocationID names a named location inside its organisation.
type LocationID string

// Location is a named set of addresses.
type Location struct {
	ID          LocationID
	Name        string
	Description string
	Ranges      []netip.Prefix
}

func (l *Location) has(a netip.Addr) bool {
	return slices.ContainsFunc(l.Ranges, func(p netip.Prefix) bool { return p.Contains(a) })
}

// Rules are an organisation's policies and locations as they are now.
type Rules struct {
	Policies  []Policy
	Locations []Location
}

// Timed reports whether the answer of Evaluate may change by time alone.
func (r *Rules) Timed() bool {
	return r != nil && slices.ContainsFunc(r.Policies, func(p Policy) bool {
		return p.State != Off && (p.Conditions.Hours != nil || p.Conditions.SignInOlder > 0 ||
			slices.ContainsFunc(p.Control.Require, func(q Requirement) bool { return q.Kind == RequireFreshSignIn }))
	})
}

// Limits of what administrators write.
const (
	MaxPolicies  = 1000
	MaxLocations = 1000
	maxRanges    = 1000
	maxListed    = 500
	maxAge       = 30 * 24 * time.Hour
)

// Faults of policies and locations.
var (
	ErrPolicy   = fault.New(fault.Invalid, "policy_invalid", "The policy is not complete.", "Say whom it is about, for which seat, and what follows.")
	ErrLocation = fault.New(fault.Invalid, "location_invalid", "A location needs at least one address range, such as 192.0.2.0/24.", "Correct the ranges.")
	ErrLockout  = fault.New(fault.Conflict, "policy_locks_out", "A policy would then keep you, or every administrator, from administering the organisation.", "Exclude yourself or a group of administrators from the policy, or make it report-only.")
)

// Check refuses a location that cannot be kept.
func (l Location) Check() error {
	bad := len(l.Ranges) == 0 || len(l.Ranges) > maxRanges || slices.ContainsFunc(l.Ranges, func(p netip.Prefix) bool { return !p.IsValid() })
	if bad {
		return ErrLocation
	}
	return identity.CheckName(l.Name, l.Description)
}

// Check refuses a policy that cannot be kept; its reasons name the member.
func (p Policy) Check() error {
	var bad []fault.Reason
	need := func(ok bool, member string) {
		if !ok {
			bad = append(bad, fault.Reason{Code: "member_invalid", Subject: member})
		}
	}
	c := &p.Conditions
	need(slices.Contains(States(), p.State), "state")
	need(len(p.Seats) > 0 && known(p.Seats, Seats()), "seats")
	need(!p.Include.empty() && p.Include.small() && p.Exclude.small(), "include")
	need(known(c.Platforms, identity.Platforms()) && known(c.NotPlatforms, identity.Platforms()), "platforms")
	need(known(c.Browsers, identity.Browsers()), "browsers")
	need(known(c.Devices, DeviceStates()), "devices")
	need(len(c.Locations) <= maxListed && len(c.NotLocations) <= maxListed, "locations")
	need(c.SignInOlder >= 0 && c.SignInOlder <= maxAge, "signInOlder")
	need(c.Hours == nil || c.Hours.valid(), "hours")
	need(p.Control.valid(), "control")
	if bad != nil {
		return ErrPolicy.WithReasons(bad...)
	}
	return identity.CheckName(p.Name, p.Description)
}

func (w *Who) small() bool {
	return len(w.People) <= maxListed && len(w.Groups) <= maxListed && len(w.Roles) <= maxListed
}

func (h *Hours) valid() bool {
	const day = 24 * 60
	_, err := time.LoadLocation(h.Zone)
	return err == nil && len(h.Days) > 0 && len(h.Days) <= 7 && h.From >= 0 && h.From < day && h.To >= 0 && h.To <= day && h.From != h.To
}

func (c Control) valid() bool {
	if c.Block {
		return len(c.Require) == 0
	}
	if len(c.Require) == 0 || len(c.Require) > maxListed {
		return false
	}
	for _, r := range c.Require {
		switch {
		case !slices.Contains(RequirementKinds(), r.Kind),
			r.Kind == RequireFreshSignIn && (r.Age <= 0 || r.Age > maxAge),
			r.Kind == RequireGrade && !slices.Contains(device.Grades(), device.Grade(r.Value)),
			r.Kind == RequireACR && (r.Value == "" || len(r.Value) > maxListed):
			return false
		}
	}
	return true
}

func known[T comparable](values, all []T) bool {
	return !slices.ContainsFunc(values, func(v T) bool { return !slices.Contains(all, v) })
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}

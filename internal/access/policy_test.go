package access_test

import (
	"fmt"
	"net/netip"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tasuke/internal/access"
	"tasuke/internal/device"
	"tasuke/internal/identity"
)

var monday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) // a Monday

// situation is a sharer with everything that a policy could ask for.
func situation() access.Request {
	org := identity.Org{ID: "acme", Settings: identity.DefaultSettings()}
	return access.Request{
		Org: org, Seat: access.Sharer, SignInLive: true, Now: monday, FirstContact: true,
		Actor: identity.Actor{
			Person: identity.Person{ID: "sofia", Org: "acme"}, Groups: []identity.GroupID{"finance"}, Grants: []identity.Grant{{Org: "acme", Role: "auditor"}},
			SignIn: identity.SignIn{ID: "in", ACR: "gold", AMR: []string{"pwd", "otp", "mfa"}, AuthTime: monday.Add(-10 * time.Minute)},
		},
		From:   identity.Origin{Addr: netip.MustParseAddr("192.0.2.7"), Platform: identity.Windows, Browser: "edge"},
		Device: device.Standing{ID: "laptop", Compliance: device.Compliant},
	}
}

// blocking is a policy for everybody that blocks when its conditions hold.
func blocking(c access.Conditions) access.Policy {
	return access.Policy{ID: "p", Name: "p", State: access.On, Seats: []access.Seat{access.Sharer}, Include: access.Who{Everyone: true}, Conditions: c, Control: access.Control{Block: true}}
}

func TestConditions(t *testing.T) {
	office := []access.Location{{ID: "office", Ranges: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}, {ID: "home", Ranges: []netip.Prefix{netip.MustParsePrefix("2001:db8::/32")}}}
	week := []time.Weekday{time.Monday, time.Tuesday}
	for _, c := range []struct {
		name string
		in   access.Conditions
		want bool // it applies
	}{
		{"none", access.Conditions{}, true},
		{"in a location", access.Conditions{Locations: []access.LocationID{"home", "office"}}, true},
		{"in another location", access.Conditions{Locations: []access.LocationID{"home"}}, false},
		{"outside a location", access.Conditions{NotLocations: []access.LocationID{"home"}}, true},
		{"not outside", access.Conditions{NotLocations: []access.LocationID{"office"}}, false},
		{"a location that is gone", access.Conditions{Locations: []access.LocationID{"gone"}}, false},
		{"platform", access.Conditions{Platforms: []identity.Platform{identity.Windows}}, true},
		{"another platform", access.Conditions{Platforms: []identity.Platform{identity.MacOS}}, false},
		{"but platform", access.Conditions{NotPlatforms: []identity.Platform{identity.Windows}}, false},
		{"browser", access.Conditions{Browsers: []string{"edge"}}, true},
		{"another browser", access.Conditions{Browsers: []string{"firefox"}}, false},
		{"compliant device", access.Conditions{Devices: []access.DeviceState{access.DeviceCompliant}}, true},
		{"unenrolled device", access.Conditions{Devices: []access.DeviceState{access.DeviceUnenrolled, access.DeviceNotCompliant}}, false},
		{"without a second factor", access.Conditions{WithoutMFA: true}, false},
		{"an old sign-in", access.Conditions{SignInOlder: 9 * time.Minute}, true},
		{"a young sign-in", access.Conditions{SignInOlder: 10 * time.Minute}, false},
		{"first contact", access.Conditions{FirstContact: true}, true},
		{"hours", access.Conditions{Hours: &access.Hours{Days: week, From: 600, To: 660}}, true},
		{"hours end before To", access.Conditions{Hours: &access.Hours{Days: week, From: 540, To: 600}}, false},
		{"outside hours", access.Conditions{Hours: &access.Hours{Days: week, From: 600, To: 660}, HoursInverted: true}, false},
		{"hours in another zone", access.Conditions{Hours: &access.Hours{Days: week, From: 19 * 60, To: 20 * 60, Zone: "Asia/Tokyo"}}, true},
		{"past midnight, begun today", access.Conditions{Hours: &access.Hours{Days: week, From: 9 * 60, To: 2 * 60}}, true},
		{"past midnight, begun yesterday", access.Conditions{Hours: &access.Hours{Days: []time.Weekday{time.Sunday}, From: 11 * 60, To: 10*60 + 1}}, true},
		{"past midnight, not begun yesterday", access.Conditions{Hours: &access.Hours{Days: []time.Weekday{time.Saturday}, From: 11 * 60, To: 10*60 + 1}}, false},
		{"all must hold", access.Conditions{FirstContact: true, Browsers: []string{"firefox"}}, false},
	} {
		r := situation()
		r.Rules = &access.Rules{Locations: office, Policies: []access.Policy{blocking(c.in)}}
		d := access.Evaluate(r)
		if d.Allowed == c.want || (len(d.Trace) == 1) != c.want {
			t.Errorf("%s: %+v", c.name, d)
		}
		if c.want && (d.Reasons[0].Code != access.ReasonPolicyBlocked || d.Reasons[0].Subject != "p") {
			t.Errorf("%s: reasons %v", c.name, d.Reasons)
		}
	}
}

func TestWho(t *testing.T) {
	for _, c := range []struct {
		name             string
		include, exclude access.Who
		want             bool
	}{
		{"everyone", access.Who{Everyone: true}, access.Who{}, true},
		{"by name", access.Who{People: []identity.PersonID{"sofia"}}, access.Who{}, true},
		{"by group", access.Who{Groups: []identity.GroupID{"finance"}}, access.Who{}, true},
		{"by role", access.Who{Roles: []identity.RoleID{"auditor"}}, access.Who{}, true},
		{"somebody else", access.Who{People: []identity.PersonID{"kenji"}, Groups: []identity.GroupID{"sales"}, Roles: []identity.RoleID{"administrator"}}, access.Who{}, false},
		{"excluded", access.Who{Everyone: true}, access.Who{Groups: []identity.GroupID{"finance"}}, false},
	} {
		r, p := situation(), blocking(access.Conditions{})
		p.Include, p.Exclude = c.include, c.exclude
		r.Rules = &access.Rules{Policies: []access.Policy{p}}
		if d := access.Evaluate(r); d.Allowed == c.want {
			t.Errorf("%s: %+v", c.name, d)
		}
	}
}

func TestRequirements(t *testing.T) {
	bare := situation()
	bare.Actor.SignIn.AMR, bare.Actor.SignIn.ACR, bare.Device = []string{"pwd"}, "", device.Standing{}
	bare.Org.Settings.Unenrolled = true
	grace := situation()
	grace.Device.Compliance = device.InGracePeriod
	broken := situation()
	broken.Device.Compliance = device.NotCompliant
	kinds := func(k ...access.RequirementKind) (out []access.Requirement) {
		for _, kind := range k {
			out = append(out, access.Requirement{Kind: kind, Age: 5 * time.Minute, Value: "gold"})
		}
		return out
	}
	for _, c := range []struct {
		name  string
		in    access.Request
		need  []access.Requirement
		oneOf bool
		want  []string
	}{
		{"second factor", situation(), kinds(access.RequireMFA), false, nil},
		{"no second factor", bare, kinds(access.RequireMFA), false, []string{"mfa_required"}},
		{"enrolled", situation(), kinds(access.RequireEnrolled), false, nil},
		{"not enrolled", bare, kinds(access.RequireEnrolled), false, []string{"enrolled_device_required"}},
		{"grace is enough", grace, kinds(access.RequireCompliant), false, nil},
		{"not compliant", broken, kinds(access.RequireCompliant), false, []string{"compliant_device_required"}},
		{"not fresh", situation(), kinds(access.RequireFreshSignIn), false, []string{"fresh_sign_in_required"}},
		{"acr", situation(), kinds(access.RequireACR), false, nil},
		{"no acr", bare, kinds(access.RequireACR), false, []string{"acr_required"}},
		{"all of, two missing", bare, kinds(access.RequireMFA, access.RequireEnrolled), false, []string{"mfa_required", "enrolled_device_required"}},
		{"one of, one met", broken, kinds(access.RequireCompliant, access.RequireMFA), true, nil},
		{"one of, none met", bare, kinds(access.RequireCompliant, access.RequireMFA), true, []string{"compliant_device_required", "mfa_required"}},
		{"obligations come later", bare, kinds(access.RequireNumberMatching, access.RequireAcknowledgement), false, nil},
	} {
		p := blocking(access.Conditions{})
		p.Control = access.Control{Require: c.need, OneOf: c.oneOf}
		c.in.Rules = &access.Rules{Policies: []access.Policy{p}}
		d := access.Evaluate(c.in)
		var got []string
		for _, r := range d.Reasons {
			got = append(got, r.Code)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	p := blocking(access.Conditions{})
	p.Control = access.Control{Require: kinds(access.RequireNumberMatching)}
	bare.Rules = &access.Rules{Policies: []access.Policy{p}}
	if d := access.Evaluate(bare); !d.Obliged(access.RequireNumberMatching) || d.Obliged(access.RequireAcknowledgement) {
		t.Errorf("obligations %v", d.Obligations)
	}
}

// TestReportOnlyNeverDecides: whatever policies say, those that are off or
// report-only change nothing; those that are on only ever take away.
func TestReportOnlyNeverDecides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := situation()
		r.Org.Settings.Unenrolled = true
		r.Actor.SignIn.AMR = rapid.SampledFrom([][]string{nil, {"mfa"}}).Draw(t, "amr")
		r.Device = rapid.SampledFrom([]device.Standing{{}, {ID: "d", Compliance: device.Compliant}, {ID: "d", Compliance: device.NotCompliant}}).Draw(t, "device")
		r.Rules = &access.Rules{Policies: rapid.SliceOfN(rapid.Custom(anyPolicy), 0, 8).Draw(t, "policies")}
		quiet := r
		quiet.Rules = &access.Rules{}
		for _, p := range r.Rules.Policies {
			if p.State == access.On {
				quiet.Rules.Policies = append(quiet.Rules.Policies, p)
			}
		}
		all, on := access.Evaluate(r), access.Evaluate(quiet)
		if all.Allowed != on.Allowed || !slices.Equal(all.Reasons, on.Reasons) || !slices.Equal(all.Obligations, on.Obligations) {
			t.Fatalf("%+v, without the others %+v", all, on)
		}
		if all.Allowed != (len(all.Reasons) == 0) {
			t.Fatalf("%+v", all)
		}
	})
}

func anyPolicy(t *rapid.T) access.Policy {
	p := blocking(access.Conditions{WithoutMFA: rapid.Bool().Draw(t, "without")})
	p.State = rapid.SampledFrom(access.States()).Draw(t, "state")
	if rapid.Bool().Draw(t, "require") {
		kind := rapid.SampledFrom(access.RequirementKinds()).Draw(t, "kind")
		p.Control = access.Control{Require: []access.Requirement{{Kind: kind, Age: time.Minute, Value: "x"}}, OneOf: rapid.Bool().Draw(t, "one")}
	}
	return p
}

func TestPoliciesThatCannotBeKept(t *testing.T) {
	good := blocking(access.Conditions{})
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(p *access.Policy){
		"no state":            func(p *access.Policy) { p.State = "maybe" },
		"no seat":             func(p *access.Policy) { p.Seats = nil },
		"unknown seat":        func(p *access.Policy) { p.Seats = []access.Seat{"guest"} },
		"nobody":              func(p *access.Policy) { p.Include = access.Who{} },
		"no name":             func(p *access.Policy) { p.Name = "" },
		"a name that hides":   func(p *access.Policy) { p.Name = "a\u202eb" },
		"blocks and requires": func(p *access.Policy) { p.Control.Require = []access.Requirement{{Kind: access.RequireMFA}} },
		"does nothing":        func(p *access.Policy) { p.Control = access.Control{} },
		"unknown requirement": func(p *access.Policy) { p.Control = access.Control{Require: []access.Requirement{{Kind: "luck"}}} },
		"fresh, but how": func(p *access.Policy) {
			p.Control = access.Control{Require: []access.Requirement{{Kind: access.RequireFreshSignIn}}}
		},
		"hours without a day": func(p *access.Policy) { p.Conditions.Hours = &access.Hours{To: 60} },
		"a zone that does not exist": func(p *access.Policy) {
			p.Conditions.Hours = &access.Hours{Days: []time.Weekday{1}, To: 60, Zone: "Mars/Olympus"}
		},
		"a platform that does not":     func(p *access.Policy) { p.Conditions.Platforms = []identity.Platform{"beos"} },
		"a device state that does not": func(p *access.Policy) { p.Conditions.Devices = []access.DeviceState{"shiny"} },
		"too many people":              func(p *access.Policy) { p.Include.People = make([]identity.PersonID, 501) },
	} {
		p := good
		spoil(&p)
		if p.Check() == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

// manyPolicies concern the situation's person by the last of several groups.
func manyPolicies(n int) *access.Rules {
	rules := &access.Rules{}
	for i := range n {
		p := blocking(access.Conditions{Locations: []access.LocationID{"elsewhere"}, Platforms: []identity.Platform{identity.Windows}})
		p.Include = access.Who{Groups: []identity.GroupID{"a", "b", "c", "finance"}}
		p.Name = fmt.Sprint(i)
		if i%2 == 0 {
			p.Conditions.Locations = nil
			p.Control = access.Control{Require: []access.Requirement{{Kind: access.RequireMFA}, {Kind: access.RequireCompliant}}}
		}
		rules.Policies = append(rules.Policies, p)
	}
	for i := range 100 {
		rules.Locations = append(rules.Locations, access.Location{ID: access.LocationID(fmt.Sprint(i)), Ranges: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{10, byte(i), 0, 0}), 16)}})
	}
	return rules
}

func BenchmarkEvaluate(b *testing.B) {
	for _, n := range []int{100, 1000} {
		b.Run(fmt.Sprint(n, " policies"), func(b *testing.B) {
			r := situation()
			r.Rules = manyPolicies(n)
			for b.Loop() {
				if d := access.Evaluate(r); !d.Allowed {
					b.Fatal(d.Reasons)
				}
			}
		})
	}
}

package identity_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tasuke/internal/identity"
)

func TestScopeCovers(t *testing.T) {
	finance := identity.Target{Org: "acme", Person: "sofia", PersonGroups: []identity.GroupID{"finance"}}
	enrolled, unenrolled, shared := finance, finance, identity.Target{Org: "acme", Device: "kiosk", DeviceGroups: []identity.GroupID{"lobby"}}
	enrolled.Device, unenrolled.Unenrolled = "laptop", true
	whole, everybody := identity.Target{Org: "acme"}, identity.Target{Org: "acme", Everybody: true}
	people, devices := identity.Scope{People: []identity.GroupID{"finance"}}, identity.Scope{Devices: []identity.GroupID{"lobby"}}
	withUnenrolled := people
	withUnenrolled.Unenrolled = true
	for _, c := range []struct {
		name  string
		scope identity.Scope
		in    identity.Target
		want  bool
	}{
		{"a person in a group", people, finance, true},
		{"their enrolled device", people, enrolled, true},
		{"their unenrolled device needs to be said", people, unenrolled, false},
		{"their unenrolled device, said", withUnenrolled, unenrolled, true},
		{"a device of nobody's", people, shared, false},
		{"a device in a group", devices, shared, true},
		{"a person, by a scope of devices", devices, finance, false},
		{"all devices are not unenrolled ones", identity.Scope{AllDevices: true}, unenrolled, false},
		{"all devices", identity.Scope{AllDevices: true}, enrolled, true},
		{"all people have all their enrolled devices", identity.Scope{AllPeople: true}, enrolled, true},
		{"all people have no kiosk", identity.Scope{AllPeople: true}, shared, false},
		{"the organisation as a whole", people, whole, true},
		{"everybody, by a group", people, everybody, false},
		{"everybody", identity.Everything(), everybody, true},
	} {
		if got := c.scope.Covers(c.in); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestRightsNeverMerge: two assignments, one with the permission elsewhere and one
// over the target without it, entitle to nothing.
func TestRightsNeverMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		group := rapid.SampledFrom([]identity.GroupID{"a", "b", "c", "d"})
		permission := rapid.SampledFrom(identity.Permissions())
		a := identity.Actor{Person: identity.Person{Org: "acme"}}
		for range rapid.IntRange(0, 6).Draw(t, "assignments") {
			a.Grants = append(a.Grants, identity.Grant{
				Org: "acme", Permissions: rapid.SliceOfDistinct(permission, func(p identity.Permission) identity.Permission { return p }).Draw(t, "permissions"),
				Scope: identity.Scope{People: []identity.GroupID{group.Draw(t, "scope")}},
			})
		}
		p, target := permission.Draw(t, "p"), identity.Target{Org: "acme", Person: "x", PersonGroups: []identity.GroupID{group.Draw(t, "target")}}
		want := slices.ContainsFunc(a.Grants, func(g identity.Grant) bool {
			return slices.Contains(g.Permissions, p) && g.Scope.People[0] == target.PersonGroups[0]
		})
		v := a.Can(p, target)
		if v.Allowed != want || v.Allowed != (len(v.Reasons) == 0) {
			t.Fatalf("%+v over %+v: %+v", a.Grants, target, v)
		}
	})
}

func TestCanSaysWhatIsMissing(t *testing.T) {
	a := identity.Actor{Person: identity.Person{Org: "acme"}, Grants: []identity.Grant{{Org: "acme", Permissions: []identity.Permission{identity.ViewAudit}, Scope: identity.Scope{People: []identity.GroupID{"g"}}}}}
	disabled := a
	disabled.Person.Disabled = true
	for _, c := range []struct {
		who    identity.Actor
		p      identity.Permission
		target identity.Target
		want   string
	}{
		{a, identity.ViewAudit, identity.Target{Org: "other"}, identity.ReasonOtherOrganisation},
		{disabled, identity.ViewAudit, identity.Target{Org: "acme"}, identity.ReasonPersonDisabled},
		{a, identity.ManageRoles, identity.Target{Org: "acme"}, identity.ReasonPermissionMissing},
		{a, identity.ViewAudit, identity.Target{Org: "acme", Person: "p"}, identity.ReasonOutOfScope},
	} {
		if v := c.who.Can(c.p, c.target); v.Allowed || v.Reasons[0].Code != c.want {
			t.Errorf("want %s: %+v", c.want, v)
		}
	}
}

func TestBuiltinRolesAreSound(t *testing.T) {
	for _, r := range identity.BuiltinRoles() {
		if err := r.Check(); err != nil || !r.Builtin {
			t.Errorf("%s: %v", r.ID, err)
		}
		if whole := identity.Whole(r.Permissions); len(whole) != len(r.Permissions) {
			t.Errorf("%s leaves out what it implies: %v", r.ID, whole)
		}
	}
}

func TestGroupsHold(t *testing.T) {
	p := identity.Person{Department: "Finance & Controlling", Domain: "acme.example", Title: "Accountant"}
	term := func(a identity.Attribute, op identity.Operator, values ...string) identity.Term {
		return identity.Term{Attribute: a, Operator: op, Values: values}
	}
	rule := func(terms ...identity.Term) identity.Group {
		return identity.Group{Name: "g", Of: identity.OfPeople, Kind: identity.ByRule, Rule: terms}
	}
	for _, c := range []struct {
		name string
		g    identity.Group
		want bool
	}{
		{"is, any case", rule(term(identity.ByDomain, identity.Is, "ACME.example")), true},
		{"one of", rule(term(identity.ByTitle, identity.Is, "Clerk", "accountant")), true},
		{"is not, all", rule(term(identity.ByTitle, identity.IsNot, "Clerk", "accountant")), false},
		{"starts with", rule(term(identity.ByDepartment, identity.StartsWith, "finance")), true},
		{"contains", rule(term(identity.ByDepartment, identity.Contains, "control")), true},
		{"every term", rule(term(identity.ByDepartment, identity.Contains, "control"), term(identity.ByTitle, identity.Is, "Clerk")), false},
		{"no term, nobody", rule(), false},
		{"claim", identity.Group{Of: identity.OfPeople, Kind: identity.FromClaim, Claim: "Help Desk"}, true},
		{"claims count exactly", identity.Group{Of: identity.OfPeople, Kind: identity.FromClaim, Claim: "help desk"}, false},
		{"fixed groups follow from nothing", identity.Group{Of: identity.OfPeople, Kind: identity.Fixed}, false},
	} {
		if got := c.g.Holds(p.Attribute, []string{"Help Desk"}); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestReadUserAgent(t *testing.T) {
	for ua, want := range map[string]struct {
		p identity.Platform
		b string
		v int
	}{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.0.0": {identity.Windows, "edge", 156},
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.4 Safari/605.1.15":         {identity.MacOS, "safari", 16},
		"Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0":                                                        {identity.Linux, "firefox", 153},
		"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36":                {identity.ChromeOS, "chrome", 120},
		"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/120.0.0.0 Mobile":        {identity.IOS, "chrome", 120},
		"Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36":         {identity.Android, "chrome", 120},
		"curl/8": {identity.NoneKnown, "other", 0},
		"":       {identity.NoneKnown, "", 0},
	} {
		if p, b, v := identity.ReadUserAgent(ua); p != want.p || b != want.b || v != want.v {
			t.Errorf("%q: %s %s %d", ua, p, b, v)
		}
	}
}

package access_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/identity"
)

// BenchmarkCrowded decides about somebody in 20 groups, with 30 assignments,
// under policies for 15 groups each.
func BenchmarkCrowded(b *testing.B) {
	for _, n := range []int{100, access.MaxPolicies} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			q := crowded(rand.New(rand.NewPCG(1, 2)), n)
			b.ReportAllocs()
			for b.Loop() {
				if d := access.Evaluate(q); len(d.Trace) == 0 {
					b.Fatal("no policy was about anything")
				}
			}
		})
	}
}

func crowded(r *rand.Rand, policies int) access.Request {
	groups := func(n int) (out []identity.GroupID) {
		for range n {
			out = append(out, identity.GroupID(fmt.Sprintf("01939b3c-8f00-7%03d-9000-%012d", r.IntN(400), r.IntN(400))))
		}
		return out
	}
	a := identity.Actor{Person: identity.Person{ID: "me", Org: "acme"}, SignIn: identity.SignIn{ID: "s"}, Groups: groups(20)}
	for i := range 30 {
		g := identity.Grant{Org: "acme", Role: identity.RoleID(fmt.Sprint("role-", i)), Permissions: []identity.Permission{identity.OfferRemoteAssistance, identity.ViewScreen}}
		g.Scope.People = groups(10)
		a.Grants = append(a.Grants, g)
	}
	rules := &access.Rules{Locations: []access.Location{{ID: "in", Ranges: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}}
	for i := range policies {
		p := access.Policy{ID: access.PolicyID(fmt.Sprint(i)), Name: fmt.Sprint("Policy ", i), State: access.On, Seats: []access.Seat{access.Helper},
			Include: access.Who{Groups: groups(15)}, Exclude: access.Who{Groups: groups(3)}}
		if i%4 == 0 {
			p.Include = access.Who{Everyone: true}
			p.Conditions.Locations = []access.LocationID{"in"}
		}
		if i%4 == 1 {
			p.Include = access.Who{Everyone: true}
			p.Conditions.Hours = &access.Hours{Days: []time.Weekday{time.Monday}, From: 540, To: 1020, Zone: "Asia/Tokyo"}
		}
		p.Control.Require = []access.Requirement{{Kind: access.RequireMFA}}
		rules.Policies = append(rules.Policies, p)
	}
	return access.Request{Org: identity.Org{ID: "acme", Settings: identity.DefaultSettings()}, Seat: access.Helper, Actor: a, SignInLive: true, Permission: identity.ViewScreen, Rules: rules,
		From: identity.Origin{Addr: netip.MustParseAddr("10.1.2.3"), Platform: identity.Windows}, Now: time.Unix(1_790_000_000, 0)}
}

package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/identity"
)

// decisions are what deciding costs.
type decisions struct {
	Policies100  times `json:"policies100"`
	Policies1000 times `json:"policies1000"`
	Permission   times `json:"permission"`
	Clock        times `json:"clock"` // what reading the clock twice costs by itself
}

const samples = 20_000

func decide() (decisions, error) {
	r := rand.New(rand.NewPCG(1, 2))
	actor := somebody(r)
	var v decisions
	var refused int
	for n, to := range map[int]*times{100: &v.Policies100, 1000: &v.Policies1000} {
		rules := policies(r, n)
		var took []time.Duration
		for range samples {
			q := access.Request{
				Org: identity.Org{ID: "acme", Settings: identity.DefaultSettings()}, Seat: access.Helper, Actor: actor, SignInLive: true, Permission: identity.ViewScreen, Rules: rules,
				From: identity.Origin{Addr: netip.AddrFrom4([4]byte{10, 1, byte(r.IntN(256)), 7}), Platform: "windows", Browser: "edge", Version: 150}, Now: time.Unix(1_790_000_000+r.Int64N(1e6), 0),
			}
			start := time.Now()
			d := access.Evaluate(q)
			took = append(took, time.Since(start))
			if !d.Allowed {
				refused++
			}
		}
		*to = summary(took)
	}
	if refused == 0 {
		return v, errors.New("no policy was about anything")
	}
	v.Permission, v.Clock = permission(r, actor), clock()
	return v, nil
}

// permission checks somebody with 30 assignments against people in other groups.
func permission(r *rand.Rand, a identity.Actor) times {
	var took []time.Duration
	for range samples {
		t := identity.Target{Org: "acme", Person: "p", PersonGroups: some[identity.GroupID](r, 12)}
		start := time.Now()
		_ = a.Can(identity.ViewScreen, t)
		took = append(took, time.Since(start))
	}
	return summary(took)
}

func clock() times {
	var took []time.Duration
	for range samples {
		start := time.Now()
		took = append(took, time.Since(start))
	}
	return summary(took)
}

// some are n words out of a few hundred.
func some[T ~string](r *rand.Rand, n int) (out []T) {
	for range n {
		out = append(out, T(fmt.Sprintf("group-%03d", r.IntN(400))))
	}
	return out
}

func somebody(r *rand.Rand) identity.Actor {
	a := identity.Actor{Person: identity.Person{ID: "me", Org: "acme"}, SignIn: identity.SignIn{ID: "s"}, Groups: some[identity.GroupID](r, 20)}
	for i := range 30 {
		g := identity.Grant{Assignment: identity.AssignmentID(fmt.Sprint(i)), Org: "acme", Permissions: []identity.Permission{identity.OfferRemoteAssistance, identity.ViewScreen, identity.ViewOwnReports}}
		g.Scope.People = some[identity.GroupID](r, 10)
		a.Grants = append(a.Grants, g)
	}
	return a
}

// policies are of every kind: for some groups, some places, some platforms; every
// fifth only reports.
func policies(r *rand.Rand, n int) *access.Rules {
	rules := &access.Rules{}
	for i := range 50 {
		rules.Locations = append(rules.Locations, access.Location{ID: access.LocationID(fmt.Sprint(i)), Name: "Place", Ranges: []netip.Prefix{netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 1, byte(i * 5), 0}), 22)}})
	}
	for i := range n {
		p := access.Policy{ID: access.PolicyID(fmt.Sprint(i)), Name: fmt.Sprint("Policy ", i), State: access.On, Seats: []access.Seat{access.Helper},
			Include: access.Who{Groups: some[identity.GroupID](r, 15)}, Exclude: access.Who{Groups: some[identity.GroupID](r, 3)}}
		if i%5 == 0 {
			p.State = access.ReportOnly
		}
		switch i % 4 {
		case 0:
			p.Conditions.Locations = []access.LocationID{rules.Locations[r.IntN(50)].ID, rules.Locations[r.IntN(50)].ID}
		case 1:
			p.Conditions.Platforms = []identity.Platform{"windows", "macos"}
		case 2:
			p.Conditions.WithoutMFA = true
		}
		p.Control.Require = []access.Requirement{{Kind: access.RequireMFA}}
		rules.Policies = append(rules.Policies, p)
	}
	return rules
}

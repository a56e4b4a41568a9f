package access_test

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"reflect"
	"slices"
	"testing"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/identity"
)

// randomRules are policies of every kind about few people and places, so that
// many of them meet.
func randomRules(r *rand.Rand) *access.Rules {
	rules := &access.Rules{Locations: []access.Location{{ID: "in", Name: "In", Ranges: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/9")}}}}
	for i := range 1 + r.IntN(6) {
		p := access.Policy{ID: access.PolicyID(fmt.Sprint(i)), Name: fmt.Sprint("Policy ", i), State: []access.State{access.On, access.On, access.Off, access.ReportOnly}[r.IntN(4)],
			Seats: []access.Seat{[]access.Seat{access.Sharer, access.Helper}[r.IntN(2)]}, Include: randomWho(r), Exclude: randomWho(r)}
		narrow(r, &p)
		if p.Control.Block = r.IntN(3) == 0; !p.Control.Block {
			p.Control.OneOf = r.IntN(2) == 0
			for _, k := range []access.RequirementKind{access.RequireMFA, access.RequireEnrolled, access.RequireCompliant} {
				if r.IntN(2) == 0 {
					p.Control.Require = append(p.Control.Require, access.Requirement{Kind: k})
				}
			}
		}
		rules.Policies = append(rules.Policies, p)
	}
	return rules
}

func randomWho(r *rand.Rand) (w access.Who) {
	switch r.IntN(4) {
	case 0:
		w.Everyone = true
	case 1:
		w.Groups = []identity.GroupID{identity.GroupID(fmt.Sprint("g", r.IntN(3)))}
	case 2:
		w.People = []identity.PersonID{identity.PersonID(fmt.Sprint("p", r.IntN(3)))}
	}
	return w
}

// narrow adds a condition that was not there.
func narrow(r *rand.Rand, p *access.Policy) {
	switch c := &p.Conditions; r.IntN(5) {
	case 0:
		if c.Locations == nil {
			c.Locations = []access.LocationID{"in"}
		}
	case 1:
		if c.Platforms == nil {
			c.Platforms = []identity.Platform{"windows"}
		}
	case 2:
		c.WithoutMFA = true
	case 3:
		c.FirstContact = true
	}
}

func randomRequest(r *rand.Rand, rules *access.Rules) access.Request {
	a := identity.Actor{Person: identity.Person{ID: identity.PersonID(fmt.Sprint("p", r.IntN(3))), Org: "acme"}, SignIn: identity.SignIn{ID: "s"},
		Grants: []identity.Grant{{Org: "acme", Permissions: []identity.Permission{identity.OfferRemoteAssistance, identity.ViewScreen}, Scope: identity.Everything()}}}
	if r.IntN(2) == 0 {
		a.SignIn.AMR = []string{"mfa"}
	}
	for i := range 3 {
		if r.IntN(2) == 0 {
			a.Groups = append(a.Groups, identity.GroupID(fmt.Sprint("g", i)))
		}
	}
	org := identity.Org{ID: "acme", Settings: identity.DefaultSettings()}
	org.Settings.Unenrolled = true
	return access.Request{Org: org, Seat: []access.Seat{access.Sharer, access.Helper}[r.IntN(2)], Actor: a, SignInLive: true, Rules: rules, FirstContact: r.IntN(2) == 0, Now: time.Unix(1_790_000_000, 0),
		From: identity.Origin{Addr: netip.AddrFrom4([4]byte{10, byte(r.IntN(256)), 0, 1}), Platform: []identity.Platform{"windows", "macos"}[r.IntN(2)]}}
}

// TestWhateverThePolicies holds laws of conditional access against random ones.
func TestWhateverThePolicies(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	refused, changed := 0, 0
	for range 20_000 {
		q := randomRequest(r, randomRules(r))
		was := access.Evaluate(q)
		if !was.Allowed {
			refused++
		}
		with := func(change func(p []access.Policy) []access.Policy) access.Decision {
			v := q
			v.Rules = &access.Rules{Policies: change(slices.Clone(q.Rules.Policies)), Locations: q.Rules.Locations}
			return access.Evaluate(v)
		}
		shuffled := with(func(p []access.Policy) []access.Policy {
			r.Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
			return p
		})
		if shuffled.Allowed != was.Allowed || len(shuffled.Reasons) != len(was.Reasons) {
			t.Fatalf("the order matters: %+v", q.Rules.Policies)
		}
		binding := with(func(p []access.Policy) []access.Policy {
			return slices.DeleteFunc(p, func(p access.Policy) bool { return p.State != access.On })
		})
		if binding.Allowed != was.Allowed || !reflect.DeepEqual(binding.Reasons, was.Reasons) || !reflect.DeepEqual(binding.Obligations, was.Obligations) {
			t.Fatalf("what is off or only reports decides: %+v", q.Rules.Policies)
		}
		i := r.IntN(len(q.Rules.Policies))
		excluded := with(func(p []access.Policy) []access.Policy {
			p[i].Exclude.People = append(slices.Clone(p[i].Exclude.People), q.Actor.Person.ID)
			return p
		})
		without := with(func(p []access.Policy) []access.Policy { return slices.Delete(p, i, i+1) })
		if excluded.Allowed != without.Allowed || !reflect.DeepEqual(excluded.Reasons, without.Reasons) {
			t.Fatalf("a policy holds for who is excluded from it: %+v", q.Rules.Policies[i])
		}
		narrowed := with(func(p []access.Policy) []access.Policy { narrow(r, &p[i]); return p })
		if was.Allowed && !narrowed.Allowed {
			t.Fatalf("one more condition widens: %+v", q.Rules.Policies[i])
		}
		if was.Allowed != narrowed.Allowed || was.Allowed != without.Allowed {
			changed++
		}
	}
	if refused < 1000 || changed < 500 {
		t.Errorf("too little happened: %d refused, %d changed", refused, changed)
	}
}

// TestABarredAdministratorIsRefused wherever they are and however they signed in.
func TestABarredAdministratorIsRefused(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	barred := 0
	for range 20_000 {
		rules := randomRules(r)
		for i := range rules.Policies {
			rules.Policies[i].Seats = []access.Seat{access.Administrator}
		}
		q := randomRequest(r, rules)
		q.Seat = access.Administrator
		bar := rules.Barring(q.Actor)
		if bar == nil {
			continue
		}
		barred++
		if d := access.Evaluate(q); d.Allowed || bar.State != access.On {
			t.Fatalf("%+v bars but %+v", *bar, d)
		}
	}
	if barred < 500 {
		t.Errorf("too little happened: %d barred", barred)
	}
}

package identity_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"tasuke/internal/identity"
)

// TestATokenAddsNothing: through a token somebody may do exactly what they may
// themselves and the token names, over the same people.
func TestATokenAddsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		group := rapid.SampledFrom([]identity.GroupID{"a", "b", "c"})
		some := rapid.SliceOfDistinct(rapid.SampledFrom(identity.Permissions()), func(p identity.Permission) identity.Permission { return p })
		a := identity.Actor{Person: identity.Person{Org: "acme"}, SignIn: identity.SignIn{ID: "s", AMR: []string{"mfa"}}}
		for range rapid.IntRange(0, 4).Draw(t, "grants") {
			a.Grants = append(a.Grants, identity.Grant{Org: "acme", Permissions: identity.Whole(some.Draw(t, "permissions")), Scope: identity.Scope{People: []identity.GroupID{group.Draw(t, "scope")}}})
		}
		token := identity.Token{Permissions: some.Draw(t, "token")}
		through := a.Through(token)
		if !through.Program() || through.SignIn.MFA() {
			t.Fatal("a program has no sign-in")
		}
		p, target := rapid.SampledFrom(identity.Permissions()).Draw(t, "p"), identity.Target{Org: "acme", Person: "x", PersonGroups: []identity.GroupID{group.Draw(t, "target")}}
		want := a.Can(p, target).Allowed && slices.Contains(identity.Whole(token.Permissions), p)
		if got := through.Can(p, target).Allowed; got != want {
			t.Fatalf("%s: %v, want %v", p, got, want)
		}
	})
}

func TestTokensThatCannotBeMade(t *testing.T) {
	now := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	good := identity.Token{Name: "Backup", Created: now, Expires: now.AddDate(1, 0, 0), Permissions: []identity.Permission{identity.ViewAudit}}
	has := []identity.Permission{identity.ViewAudit}
	if err := good.Check(has); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*identity.Token)
		want   error
	}{
		"more than the maker has": {func(k *identity.Token) { k.Permissions = []identity.Permission{identity.ManageRoles} }, identity.ErrNotPermitted},
		"no permission of ours":   {func(k *identity.Token) { k.Permissions = []identity.Permission{"fly"} }, identity.ErrUnknownPermission},
		"over a year":             {func(k *identity.Token) { k.Expires = k.Expires.Add(time.Second) }, identity.ErrTokenExpiry},
		"dead at once":            {func(k *identity.Token) { k.Expires = now }, identity.ErrTokenExpiry},
		"nameless":                {func(k *identity.Token) { k.Name = "" }, identity.ErrName},
	} {
		k := good
		if c.change(&k); !errors.Is(k.Check(has), c.want) {
			t.Errorf("%s: %v", name, k.Check(has))
		}
	}
}

func TestTheAuthorNamesTheToken(t *testing.T) {
	a := identity.Actor{Person: identity.Person{ID: "p1", Org: "acme"}}
	if by := a.Author(); by != identity.InPerson("p1") {
		t.Errorf("in person: %+v", by)
	}
	by := a.Through(identity.Token{ID: "t1", Name: "Backup"}).Author()
	if by.Person() != "p1" || by.Token() != (identity.TokenRef{ID: "t1", Name: "Backup"}) {
		t.Errorf("by a program: %+v", by)
	}
}

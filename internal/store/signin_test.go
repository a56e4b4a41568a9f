package store_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

var at = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

func hashOf(s string) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:]
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantFault(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("want %v, got %v", want, err)
	}
}

func organisation(t *testing.T, st *store.Store, id identity.OrgID, domains ...string) {
	t.Helper()
	must(t, st.CreateOrganisation(context.Background(), identity.Org{ID: id, Name: string(id), VerifiedDomains: domains, Settings: identity.DefaultSettings()}, at))
}

func newSignIn(org identity.OrgID, id, secret, subject string) identity.NewSignIn {
	return identity.NewSignIn{
		SignIn:    identity.SignIn{ID: identity.SignInID(id), Org: org, Created: at, AuthTime: at.Add(-time.Minute), ACR: "urn:x", AMR: []string{"pwd", "otp"}},
		Profile:   identity.Profile{Issuer: "https://x.example/idp/" + string(org), Subject: subject, Name: "Name of " + subject},
		PersonID:  identity.PersonID("person-" + id),
		TokenHash: hashOf(secret), IDToken: "id-token-of-" + id, Provider: "p", UserAgent: "Firefox",
	}
}

func TestProvider(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme", "acme.example", "acme.test")
		_, err := st.SoleProvider(ctx)
		wantFault(t, err, fault.ErrNotFound)
		p := identity.Provider{
			ID: "acme-entra", Org: "acme", Issuer: "https://login.example/tid/v2.0", ClientID: "client", ClientSecret: "s3cret",
			Source: identity.FromGraph, Claims: identity.ClaimNames{Title: "job", Groups: "roles"}, Graph: "https://graph.example/v1.0", Tenant: "tid",
			DomainClaim: "hd", Audiences: []string{"other"},
		}
		must(t, st.SetProvider(ctx, p, at))
		for name, find := range map[string]func() (identity.Provider, error){
			"id":        func() (identity.Provider, error) { return st.Provider(ctx, "acme-entra") },
			"org":       func() (identity.Provider, error) { return st.ProviderOf(ctx, "acme") },
			"sole":      func() (identity.Provider, error) { return st.SoleProvider(ctx) },
			"domain":    func() (identity.Provider, error) { return st.ProviderByDomain(ctx, "acme.test") },
			"upper":     func() (identity.Provider, error) { return st.ProviderByDomain(ctx, "ACME.example") },
			"unchanged": func() (identity.Provider, error) { return st.ProviderByDomain(ctx, "acme.example") },
		} {
			got, err := find()
			must(t, err)
			if !reflect.DeepEqual(got, p) {
				t.Fatalf("%s: %+v", name, got)
			}
		}
		for _, domain := range []string{"", "example", "acme", "cme.test", "%", "acme.example acme.test", "acme_example"} {
			_, err := st.ProviderByDomain(ctx, domain)
			wantFault(t, err, fault.ErrNotFound)
		}
		organisation(t, st, "other")
		_, err = st.SoleProvider(ctx)
		wantFault(t, err, fault.ErrNotFound)
		taken := p
		taken.Org = "other"
		wantFault(t, st.SetProvider(ctx, taken, at), store.ErrProviderTaken)
		p.ID = "acme-new"
		must(t, st.SetProvider(ctx, p, at))
		_, err = st.Provider(ctx, "acme-entra")
		wantFault(t, err, fault.ErrNotFound)
	})
}

func TestPendingSignInIsUsedOnce(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		must(t, st.SetProvider(ctx, identity.EmbeddedProvider("https://x", "acme"), at))
		p := identity.PendingSignIn{
			StateHash: hashOf("state"), BrowserHash: hashOf("browser"), Provider: "acme", Org: "acme", Nonce: "nonce",
			Verifier: "verifier", Return: "/join", Fresh: true, Created: at, Expires: at.Add(10 * time.Minute),
		}
		must(t, st.SavePending(ctx, p))
		_, err := st.TakePending(ctx, hashOf("other"), at)
		wantFault(t, err, fault.ErrNotFound)
		var winners atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				got, err := st.TakePending(ctx, hashOf("state"), at.Add(time.Minute))
				if err == nil && reflect.DeepEqual(got, p) {
					winners.Add(1)
				} else if !errors.Is(err, fault.ErrNotFound) {
					t.Errorf("%+v, %v", got, err)
				}
			})
		}
		wg.Wait()
		if winners.Load() != 1 {
			t.Fatalf("%d winners", winners.Load())
		}
		p.StateHash = hashOf("late")
		must(t, st.SavePending(ctx, p))
		_, err = st.TakePending(ctx, hashOf("late"), p.Expires)
		wantFault(t, err, fault.ErrNotFound)
	})
}

func TestSignInBecomesAnActor(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		n := newSignIn("acme", "s1", "secret", "mio")
		n.Profile.Picture = []byte("png-1")
		p, err := st.SaveSignIn(ctx, n)
		must(t, err)
		a, seen, err := st.Actor(ctx, hashOf("secret"), at.Add(time.Minute))
		must(t, err)
		want := n.SignIn
		want.Person = p.ID
		if !reflect.DeepEqual(a.SignIn, want) || a.Person != p || a.Grants != nil || !seen.Equal(at) {
			t.Fatalf("%+v %s", a, seen)
		}
		if _, err := st.Provision(ctx, "acme", "unused", n.Profile, []identity.RoleID{identity.Administrator}, at); err != nil {
			t.Fatal(err)
		}
		a, _, err = st.Actor(ctx, hashOf("secret"), at)
		must(t, err)
		if len(a.Permissions()) != len(identity.Permissions()) || a.Require(identity.ManagePeople) != nil {
			t.Fatalf("%+v", a.Grants)
		}
		// The same subject in another organisation is somebody else.
		q, err := st.SaveSignIn(ctx, newSignIn("other", "s2", "secret2", "mio"))
		must(t, err)
		a, _, err = st.Actor(ctx, hashOf("secret2"), at)
		must(t, err)
		if q.ID == p.ID || a.Person.ID != q.ID || len(a.Grants) != 0 {
			t.Fatalf("%+v", a)
		}
	})
}

func TestSignInLimits(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		n := newSignIn("acme", "s1", "secret", "mio")
		_, err := st.SaveSignIn(ctx, n)
		must(t, err)
		alive := func(after time.Duration, want bool) {
			t.Helper()
			_, _, err := st.Actor(ctx, hashOf("secret"), at.Add(after))
			if want {
				must(t, err)
			} else {
				wantFault(t, err, fault.ErrNotFound)
			}
		}
		alive(time.Hour-time.Millisecond, true)
		alive(time.Hour, false) // idle
		must(t, st.TouchSignIn(ctx, n.SignIn, at.Add(30*time.Second)))
		alive(time.Hour, false) // not written within a minute
		must(t, st.TouchSignIn(ctx, n.SignIn, at.Add(50*time.Minute)))
		alive(time.Hour, true)
		for h := 1; h < 12; h++ {
			must(t, st.TouchSignIn(ctx, n.SignIn, at.Add(time.Duration(h)*50*time.Minute)))
		}
		must(t, st.TouchSignIn(ctx, n.SignIn, at.Add(10*time.Hour)))
		must(t, st.TouchSignIn(ctx, n.SignIn, at.Add(10*time.Hour+50*time.Minute)))
		must(t, st.TouchSignIn(ctx, n.SignIn, at.Add(11*time.Hour+40*time.Minute)))
		alive(12*time.Hour-time.Millisecond, true)
		alive(12*time.Hour, false) // absolute
		wantFault(t, st.TouchSignIn(ctx, n.SignIn, at.Add(12*time.Hour)), fault.ErrNotFound)
		foreign := n.SignIn
		foreign.Org = "other"
		wantFault(t, st.TouchSignIn(ctx, foreign, at.Add(time.Minute)), fault.ErrNotFound)
	})
}

func TestEndSignIns(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		p, err := st.SaveSignIn(ctx, newSignIn("acme", "s1", "one", "mio"))
		must(t, err)
		for _, id := range []string{"s2", "s3"} {
			_, err := st.SaveSignIn(ctx, newSignIn("acme", id, id, "mio"))
			must(t, err)
		}
		again := newSignIn("acme", "s4", "four", "mio")
		again.Replaces = hashOf("s3")
		_, err = st.SaveSignIn(ctx, again)
		must(t, err)
		list, err := st.SignInsOf(ctx, "acme", p.ID, at)
		must(t, err)
		if len(list) != 3 || list[0].UserAgent != "Firefox" || !list[0].Expires.Equal(at.Add(time.Hour)) || list[0].Org != "acme" {
			t.Fatalf("%+v", list)
		}
		_, err = st.EndSignIn(ctx, "acme", "somebody-else", "s1", at)
		wantFault(t, err, fault.ErrNotFound)
		ended, err := st.EndSignIn(ctx, "acme", p.ID, "s1", at)
		must(t, err)
		if ended.IDToken != "id-token-of-s1" || ended.Provider != "p" {
			t.Fatalf("%+v", ended)
		}
		_, _, err = st.Actor(ctx, hashOf("one"), at)
		wantFault(t, err, fault.ErrNotFound)
		must(t, st.EndSignIns(ctx, "acme", p.ID, at))
		list, err = st.SignInsOf(ctx, "acme", p.ID, at)
		must(t, err)
		if len(list) != 0 {
			t.Fatalf("%+v", list)
		}
	})
}

func TestDisabledPersonIsSignedOutAndStaysOut(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		p, err := st.SaveSignIn(ctx, newSignIn("acme", "s1", "one", "mio"))
		must(t, err)
		wantFault(t, st.DisablePerson(ctx, "other", p.ID, true, at, identity.Entry{Org: "other", Action: "person.disable", Person: p.ID}), fault.ErrNotFound)
		must(t, st.DisablePerson(ctx, "acme", p.ID, true, at, identity.Entry{Org: "acme", Action: "person.disable", Person: p.ID}))
		_, _, err = st.Actor(ctx, hashOf("one"), at)
		wantFault(t, err, fault.ErrNotFound)
		_, err = st.SaveSignIn(ctx, newSignIn("acme", "s2", "two", "mio"))
		wantFault(t, err, store.ErrPersonDisabled)
		_, _, err = st.Actor(ctx, hashOf("two"), at)
		wantFault(t, err, fault.ErrNotFound)
		must(t, st.DisablePerson(ctx, "acme", p.ID, false, at, identity.Entry{Org: "acme", Action: "person.disable", Person: p.ID}))
		_, err = st.SaveSignIn(ctx, newSignIn("acme", "s3", "three", "mio"))
		must(t, err)
	})
}

func TestPicturesComeAndGo(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		save := func(id, subject, picture string) identity.Person {
			n := newSignIn("acme", id, id, subject)
			n.Profile.Picture = []byte(picture)
			p, err := st.SaveSignIn(ctx, n)
			must(t, err)
			return p
		}
		p := save("1", "mio", "first")
		q := save("2", "omar", "first")
		first := p.Picture
		if again := save("3", "mio", ""); again.Picture != first {
			t.Fatalf("a picture that could not be fetched was lost: %+v", again)
		}
		save("4", "mio", "second")
		png, hash, err := st.Picture(ctx, "acme", p.ID)
		must(t, err)
		if string(png) != "second" || hash == first {
			t.Fatalf("%q %s", png, hash)
		}
		png, err = st.PictureByHash(ctx, "acme", first) // still the other person's
		must(t, err)
		if !bytes.Equal(png, []byte("first")) {
			t.Fatalf("%q", png)
		}
		_, _, err = st.Picture(ctx, "other", q.ID)
		wantFault(t, err, fault.ErrNotFound)
		save("5", "omar", "second")
		_, err = st.PictureByHash(ctx, "acme", first)
		wantFault(t, err, fault.ErrNotFound)
	})
}

func TestFirstAdministrator(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		p, err := st.SaveSignIn(ctx, newSignIn("acme", "s1", "one", "mio"))
		must(t, err)
		must(t, st.SaveFirstAdministrator(ctx, "acme", hashOf("link"), at.Add(time.Hour)))
		wantFault(t, st.UseFirstAdministrator(ctx, "other", p.ID, hashOf("link"), at), fault.ErrNotFound)
		wantFault(t, st.UseFirstAdministrator(ctx, "acme", p.ID, hashOf("link"), at.Add(time.Hour)), fault.ErrNotFound)
		must(t, st.UseFirstAdministrator(ctx, "acme", p.ID, hashOf("link"), at))
		wantFault(t, st.UseFirstAdministrator(ctx, "acme", p.ID, hashOf("link"), at), fault.ErrNotFound)
		a, _, err := st.Actor(ctx, hashOf("one"), at)
		must(t, err)
		if len(a.Permissions()) != len(identity.Permissions()) {
			t.Fatalf("%+v", a.Grants)
		}
	})
}

func TestSigningInAgainKeepsTheSeat(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		_, err := st.SaveSignIn(ctx, newSignIn("acme", "s1", "one", "mio"))
		must(t, err)
		again := newSignIn("acme", "s2", "two", "mio")
		again.Replaces = hashOf("one")
		p, err := st.SaveSignIn(ctx, again)
		must(t, err)
		_, _, err = st.Actor(ctx, hashOf("one"), at) // the old secret is worth nothing
		wantFault(t, err, fault.ErrNotFound)
		a, _, err := st.Actor(ctx, hashOf("two"), at)
		must(t, err)
		if a.SignIn.ID != "s1" {
			t.Fatalf("the seat's sign-in became %s", a.SignIn.ID)
		}
		other := newSignIn("acme", "s3", "three", "omar")
		other.Replaces = hashOf("two")
		_, err = st.SaveSignIn(ctx, other)
		must(t, err)
		list, err := st.SignInsOf(ctx, "acme", p.ID, at)
		must(t, err)
		if len(list) != 0 {
			t.Fatalf("somebody else's sign-in left the browser's old one: %+v", list)
		}
		ended, err := st.EndSignIn(ctx, "acme", mustActor(t, st, "three").Person.ID, "s3", at)
		must(t, err)
		if ended.IDToken != "id-token-of-s3" {
			t.Fatalf("%+v", ended)
		}
		if n, err := st.VerifyAudit(ctx, "acme"); err != nil || n < 5 {
			t.Fatalf("%d lines: %v", n, err)
		}
	})
}

func mustActor(t *testing.T, st *store.Store, secret string) identity.Actor {
	t.Helper()
	a, _, err := st.Actor(context.Background(), hashOf(secret), at)
	must(t, err)
	return a
}

// TestEndingASignInWakesTheHelpSessions: whatever ends a sign-in makes the
// person's live help sessions due at once, and nobody else's.
func TestEndingASignInWakesTheHelpSessions(t *testing.T) {
	ends := map[identity.OrgID]func(ctx context.Context, st *store.Store, p identity.Person) error{
		"one": func(ctx context.Context, st *store.Store, p identity.Person) error {
			_, err := st.EndSignIn(ctx, p.Org, p.ID, identity.SignInID("mio-"+p.Org), at)
			return err
		},
		"everywhere": func(ctx context.Context, st *store.Store, p identity.Person) error {
			return st.EndSignIns(ctx, p.Org, p.ID, at)
		},
		"disabled": func(ctx context.Context, st *store.Store, p identity.Person) error {
			return st.DisablePerson(ctx, p.Org, p.ID, true, at, identity.Entry{Org: p.Org, Action: "person.disable", Person: p.ID})
		},
		"account-disabled": func(ctx context.Context, st *store.Store, p identity.Person) error {
			return st.SetLocalAccountDisabled(ctx, p.Org, "mio", true, identity.Author{}, at)
		},
		"replaced-by-somebody-else": func(ctx context.Context, st *store.Store, p identity.Person) error {
			n := newSignIn(p.Org, "sara-"+string(p.Org), "sara-"+string(p.Org), "sara")
			n.Replaces = hashOf("mio-" + string(p.Org))
			_, err := st.SaveSignIn(ctx, n)
			return err
		},
	}
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		want := map[assist.SessionID]bool{}
		for org, end := range ends {
			organisation(t, st, org)
			localAccount(t, st, org, "mio", "mio")
			mio := helping(t, st, org, "mio")
			helping(t, st, org, "omar")
			must(t, end(ctx, st, mio))
			want[assist.SessionID("session-mio-"+org)] = true
		}
		due, err := st.DueSessions(ctx, at, 100)
		must(t, err)
		got := map[assist.SessionID]bool{}
		for _, k := range due {
			got[k.ID] = true
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("due: %v, not %v", got, want)
		}
	})
}

// helping signs somebody in and opens a help session of theirs that is due in an hour.
func helping(t *testing.T, st *store.Store, org identity.OrgID, subject string) identity.Person {
	t.Helper()
	name := subject + "-" + string(org)
	n := newSignIn(org, name, name, subject)
	p, err := st.SaveSignIn(context.Background(), n)
	must(t, err)
	n.SignIn.Person = p.ID
	v := assist.New(assist.SessionID("session-"+name), identity.Actor{Person: p, SignIn: n.SignIn}, hashOf(name), identity.DefaultSettings(), at)
	must(t, st.InsertSession(context.Background(), assist.Scene{Session: v, Due: at.Add(time.Hour)}, nil))
	return p
}

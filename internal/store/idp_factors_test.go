package store_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

func passkey(org identity.OrgID, id, account string) identity.LocalPasskey {
	return identity.LocalPasskey{ID: id, Org: org, Account: account, Name: "鍵", Credential: []byte(`{"x":1}`), Created: at}
}

func TestLocalPasskeys(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		localAccount(t, st, "acme", "1", "mio")
		localAccount(t, st, "acme", "2", "sara")
		localAccount(t, st, "other", "1", "mio")
		must(t, st.AddLocalPasskey(ctx, passkey("acme", "k1", "1")))
		must(t, st.AddLocalPasskey(ctx, passkey("other", "k1", "1")))
		wantFault(t, st.AddLocalPasskey(ctx, passkey("acme", "k1", "2")), store.ErrPasskeyTaken)
		k, err := st.LocalPasskey(ctx, "acme", "k1")
		must(t, err)
		k.Credential = []byte(`{"x":2}`)
		must(t, st.UseLocalPasskey(ctx, k, at.Add(time.Minute)))
		f, err := st.LocalFactors(ctx, "acme", "1")
		must(t, err)
		if len(f.Passkeys) != 1 || string(f.Passkeys[0].Credential) != `{"x":2}` || !f.Passkeys[0].Used.Equal(at.Add(time.Minute)) || f.Passkeys[0].Name != "鍵" || !f.Any() {
			t.Fatalf("%+v", f)
		}
		if f, err = st.LocalFactors(ctx, "acme", "2"); err != nil || f.Any() {
			t.Fatalf("%+v, %v", f, err)
		}
		must(t, st.SaveRecoveryCodes(ctx, "acme", "1", []string{"A"}, at))
		wantFault(t, st.RemoveLocalPasskey(ctx, "acme", "2", "k1", at), fault.ErrNotFound)
		must(t, st.RemoveLocalPasskey(ctx, "acme", "1", "k1", at))
		if f, err = st.LocalFactors(ctx, "acme", "1"); err != nil || f.Any() || f.Recovery != 0 {
			t.Fatalf("recovery codes outlive the last factor: %+v, %v", f, err)
		}
		if _, err := st.LocalPasskey(ctx, "other", "k1"); err != nil {
			t.Fatal(err)
		}
	})
}

func TestLocalTOTPStepsAreUsedOnce(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		localAccount(t, st, "acme", "1", "mio")
		wantFault(t, st.UseLocalTOTP(ctx, "acme", "1", 5, at), fault.ErrNotFound)
		must(t, st.BeginLocalTOTP(ctx, "acme", "1", []byte("first")))
		must(t, st.BeginLocalTOTP(ctx, "acme", "1", []byte("second")))
		if f, err := st.LocalFactors(ctx, "acme", "1"); err != nil || f.Any() || string(f.TOTP.Secret) != "second" {
			t.Fatalf("%+v, %v", f, err)
		}
		must(t, st.UseLocalTOTP(ctx, "acme", "1", 5, at))
		wantFault(t, st.BeginLocalTOTP(ctx, "acme", "1", []byte("third")), fault.ErrConflict)
		wantFault(t, st.UseLocalTOTP(ctx, "acme", "1", 5, at), fault.ErrNotFound)
		wantFault(t, st.UseLocalTOTP(ctx, "acme", "1", 4, at), fault.ErrNotFound)
		var winners atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if err := st.UseLocalTOTP(ctx, "acme", "1", 6, at); err == nil {
					winners.Add(1)
				} else if !errors.Is(err, fault.ErrNotFound) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if winners.Load() != 1 {
			t.Fatalf("one code let %d in", winners.Load())
		}
		must(t, st.RemoveLocalTOTP(ctx, "acme", "1", at))
		wantFault(t, st.RemoveLocalTOTP(ctx, "acme", "1", at), fault.ErrNotFound)
	})
}

func TestRecoveryCodesAreUsedOnce(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		localAccount(t, st, "acme", "1", "mio")
		localAccount(t, st, "acme", "2", "sara")
		localAccount(t, st, "other", "1", "mio")
		must(t, st.SaveRecoveryCodes(ctx, "acme", "1", []string{"OLD"}, at))
		must(t, st.SaveRecoveryCodes(ctx, "acme", "1", []string{"A", "B"}, at))
		for _, c := range []struct {
			org           identity.OrgID
			account, code string
		}{{"acme", "1", "OLD"}, {"acme", "2", "A"}, {"other", "1", "A"}, {"acme", "1", ""}, {"acme", "1", "a"}} {
			wantFault(t, st.UseRecoveryCode(ctx, c.org, c.account, c.code, at), fault.ErrNotFound)
		}
		var winners atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if err := st.UseRecoveryCode(ctx, "acme", "1", "A", at); err == nil {
					winners.Add(1)
				} else if !errors.Is(err, fault.ErrNotFound) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		f, err := st.LocalFactors(ctx, "acme", "1")
		if winners.Load() != 1 || err != nil || f.Recovery != 1 {
			t.Fatalf("one code let %d in, %d left, %v", winners.Load(), f.Recovery, err)
		}
	})
}

// TestLocalPeople: what administrators see and change, and whom it signs out.
func TestLocalPeople(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		organisation(t, st, "other")
		localAccount(t, st, "other", "1", "mio")
		a := localAccount(t, st, "acme", "mio", "mio")
		mio := helping(t, st, "acme", "mio")
		must(t, st.AddLocalPasskey(ctx, passkey("acme", "k1", "mio")))
		must(t, st.BeginLocalTOTP(ctx, "acme", "mio", []byte("secret")))
		must(t, st.UseLocalTOTP(ctx, "acme", "mio", 1, at))
		must(t, st.SaveRecoveryCodes(ctx, "acme", "mio", []string{"A", "B"}, at))
		one := func() identity.LocalPerson {
			t.Helper()
			list, err := st.LocalPeople(ctx, "acme", at)
			if err != nil || len(list) != 1 {
				t.Fatalf("%+v, %v", list, err)
			}
			return list[0]
		}
		if p := one(); p.Person != mio.ID || p.Passkeys != 1 || !p.TOTP || p.Recovery != 2 || !p.Link.IsZero() || p.State() != identity.LocalActive || p.Username != "mio" {
			t.Fatalf("%+v", p)
		}
		a.Name, a.Title, a.Email = "New Name", "New Title", "new@acme.example"
		f := identity.Profile{Issuer: mio.Issuer, Subject: "mio", Name: a.Name, Title: a.Title, Email: a.Email, Domain: "acme.example"}
		must(t, st.ChangeLocalAccount(ctx, a, f, identity.InPerson(mio.ID), at))
		if p, err := st.Person(ctx, "acme", mio.ID); err != nil || p.Name != "New Name" || p.Domain != "acme.example" || one().Title != "New Title" {
			t.Fatalf("%+v, %v", p, err)
		}
		a.Org = "other"
		wantFault(t, st.ChangeLocalAccount(ctx, a, f, identity.InPerson(mio.ID), at), fault.ErrNotFound)

		link := identity.LocalLink{TokenHash: hashOf("l"), Org: "acme", Account: "mio", Expires: at.Add(time.Hour)}
		must(t, st.ResetLocalPassword(ctx, link, identity.InPerson(mio.ID), at))
		if p := one(); p.PasswordHash != "" || !p.Link.Equal(link.Expires) {
			t.Fatalf("%+v", p)
		}
		_, _, err := st.Actor(ctx, hashOf("mio-acme"), at)
		wantFault(t, err, fault.ErrNotFound)
		must(t, st.ResetLocalFactors(ctx, "acme", "mio", identity.InPerson(mio.ID), at))
		if p := one(); p.Passkeys != 0 || p.TOTP || p.Recovery != 0 || p.State() != identity.LocalInvited {
			t.Fatalf("%+v", p)
		}
		wantFault(t, st.ResetLocalFactors(ctx, "acme", "1", identity.InPerson(mio.ID), at), fault.ErrNotFound)
		link.Account = "1"
		wantFault(t, st.ResetLocalPassword(ctx, link, identity.InPerson(mio.ID), at), fault.ErrNotFound)
		if n, err := st.VerifyAudit(ctx, "acme"); err != nil || n < 8 {
			t.Fatalf("%d lines: %v", n, err)
		}
	})
}

// TestTheLastAdministratorIsGuarded: a refusal leaves everything as it was.
func TestTheLastAdministratorIsGuarded(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		var people []identity.Person
		for _, name := range []string{"mio", "sara"} {
			localAccount(t, st, "acme", name, name)
			f := identity.Profile{Issuer: "https://x.example/idp/acme", Subject: name, Name: name}
			p, err := st.Provision(ctx, "acme", identity.PersonID("p-"+name), f, []identity.RoleID{identity.Administrator}, at)
			must(t, err)
			people = append(people, p)
		}
		must(t, st.SetLocalAccountDisabled(ctx, "acme", "mio", true, identity.InPerson(people[1].ID), at))
		wantFault(t, st.SetLocalAccountDisabled(ctx, "acme", "sara", true, identity.InPerson(people[1].ID), at), admin.ErrLastAdministrator)
		a, err := st.LocalAccount(ctx, "acme", "sara")
		if err != nil || a.Disabled {
			t.Fatalf("%+v, %v", a, err)
		}
		must(t, st.SetLocalAccountDisabled(ctx, "acme", "mio", false, identity.InPerson(people[1].ID), at))
		if p, err := st.Person(ctx, "acme", people[0].ID); err != nil || p.Disabled {
			t.Fatalf("%+v, %v", p, err)
		}
	})
}

package store_test

import (
	"context"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

func TestTokens(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme")
		p, err := st.Provision(ctx, "acme", "p1", identity.Profile{Issuer: "https://idp.example", Subject: "a", Name: "Ada"}, []identity.RoleID{identity.Auditor}, at)
		must(t, err)
		token := identity.Token{ID: "t1", Org: "acme", Owner: p.ID, Name: "Backup", Permissions: []identity.Permission{identity.ViewAudit, identity.ManageRoles}, Created: at, Expires: at.Add(time.Hour)}
		log := identity.Entry{Org: "acme", By: identity.InPerson(p.ID), Action: "token.create", Object: "t1"}
		must(t, st.SaveToken(ctx, token, hashOf("secret"), 1, log))
		wantFault(t, st.SaveToken(ctx, token, hashOf("other"), 1, log), admin.ErrTooManyObjects)
		token.ID = "t2"
		wantFault(t, st.SaveToken(ctx, token, hashOf("other"), 2, log), admin.ErrNameTaken)

		used := func() time.Time {
			t.Helper()
			all, err := st.Tokens(ctx, "acme")
			must(t, err)
			if len(all) != 1 {
				t.Fatalf("%d tokens", len(all))
			}
			return all[0].Used
		}
		act := func(now time.Time) identity.Actor {
			t.Helper()
			a, err := st.TokenActor(ctx, hashOf("secret"), now)
			must(t, err)
			return a
		}
		if a := act(at.Add(time.Second)); !a.Program() || len(a.Permissions()) != 2 || a.Require(identity.ViewAudit) != nil || a.Require(identity.ReadConfiguration) != nil {
			t.Errorf("may %v", a.Permissions()) // view_audit, and read_configuration that manage_roles implies
		}
		first := used()
		act(at.Add(30 * time.Second))
		if got := used(); !got.Equal(first) || got.IsZero() {
			t.Errorf("used %s, then %s", first, got)
		}
		act(at.Add(2 * time.Minute))
		if got := used(); !got.Equal(at.Add(2 * time.Minute)) {
			t.Errorf("used %s", got)
		}
		_, err = st.TokenActor(ctx, hashOf("secret"), at.Add(time.Hour))
		wantFault(t, err, fault.ErrNotFound)
		_, err = st.TokenActor(ctx, hashOf("wrong"), at)
		wantFault(t, err, fault.ErrNotFound)
		wantFault(t, st.DeleteToken(ctx, "else", "t1", at, log), fault.ErrNotFound)
		must(t, st.DisablePerson(ctx, "acme", p.ID, true, at, log))
		must(t, st.DisablePerson(ctx, "acme", p.ID, false, at, log))
		_, err = st.TokenActor(ctx, hashOf("secret"), at)
		wantFault(t, err, fault.ErrNotFound)
	})
}

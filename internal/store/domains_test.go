package store_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/resolver"
	"tasuke/internal/resolver/dnstest"
	"tasuke/internal/store"
)

// dnsWorld is a store, a DNS server and a clock.
type dnsWorld struct {
	t     *testing.T
	st    *store.Store
	admin *admin.Admin
	zone  *dnstest.Zone
	now   time.Time
}

func newDNSWorld(t *testing.T, st *store.Store) *dnsWorld {
	w := &dnsWorld{t: t, st: st, zone: &dnstest.Zone{}, now: at}
	w.admin = admin.New(st, resolver.New(resolver.Options{Address: dnstest.Serve(t, w.zone.ServeDNS)}), func() time.Time { return w.now })
	return w
}

func administrator(t *testing.T, st *store.Store, org identity.OrgID) identity.Actor {
	t.Helper()
	p, err := st.Provision(context.Background(), org, identity.PersonID("admin-"+org), identity.Profile{Issuer: "https://idp.example/" + string(org), Subject: "a", Name: "Ada"}, []identity.RoleID{identity.Administrator}, at)
	must(t, err)
	a, err := st.Somebody(context.Background(), org, p.ID)
	must(t, err)
	return a
}

// later lets time pass and the server look at what is due.
func (w *dnsWorld) later(d time.Duration) {
	w.t.Helper()
	w.now = w.now.Add(d)
	must(w.t, w.admin.LookAtDue(context.Background()))
}

func (w *dnsWorld) want(org identity.OrgID, name string, state identity.DomainState, problem identity.DomainProblem) {
	w.t.Helper()
	d, err := w.st.Domain(context.Background(), org, name)
	must(w.t, err)
	if d.State != state || d.Problem != problem {
		w.t.Errorf("%s is %s (%s) %s after the beginning, want %s (%s)", name, d.State, d.Problem, w.now.Sub(at), state, problem)
	}
	o, err := w.st.Org(context.Background(), org)
	must(w.t, err)
	if o.Verified(name) != d.Verified() {
		w.t.Errorf("%s is %s, but the organisation says verified: %v", name, d.State, o.Verified(name))
	}
}

func (w *dnsWorld) actions(a identity.Actor) (out []string) {
	w.t.Helper()
	must(w.t, w.admin.ExportAudit(context.Background(), a, admin.AuditQuery{List: admin.List{Search: "domain."}}, "csv", func(l admin.AuditLine) error {
		by := "server"
		if l.Actor != "" {
			by = l.ActorName
		}
		out = append(out, by+" "+l.Action+" "+l.Details["state:new"])
		return nil
	}))
	return out
}

// TestADomainIsWatched: found by itself, kept while DNS is silent, warned of when
// the record goes, and lost after the grace.
func TestADomainIsWatched(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		w, ctx := newDNSWorld(t, st), context.Background()
		organisation(t, st, "acme")
		ada := administrator(t, st, "acme")
		d, err := w.admin.AddDomain(ctx, ada, "ACME.example")
		must(t, err)
		w.later(0)
		w.want("acme", "acme.example", identity.DomainPending, "")
		w.later(time.Hour)
		w.want("acme", "acme.example", identity.DomainFailed, identity.RecordMissing)
		w.zone.Set(d.RecordName(), "v=spf1 -all", d.RecordValue())
		w.later(time.Hour)
		w.want("acme", "acme.example", identity.DomainVerified, "")
		w.zone.Fail(true)
		w.later(24 * time.Hour)
		w.want("acme", "acme.example", identity.DomainVerified, identity.ResolverFailed)
		w.zone.Fail(false)
		w.later(time.Hour)
		w.want("acme", "acme.example", identity.DomainVerified, "")
		w.zone.Set(d.RecordName(), "something else")
		w.later(24 * time.Hour)
		w.want("acme", "acme.example", identity.DomainWarning, identity.RecordWrong)
		w.later(identity.DomainGrace - time.Hour)
		w.want("acme", "acme.example", identity.DomainWarning, identity.RecordWrong)
		w.later(time.Hour)
		w.want("acme", "acme.example", identity.DomainFailed, identity.RecordWrong)
		want := []string{"Ada domain.add ", "server domain.check failed", "server domain.check verified", "server domain.check ", "server domain.check ", "server domain.check warning", "server domain.check failed"}
		if got := w.actions(ada); !slices.Equal(got, want) {
			t.Errorf("audit: %q, want %q", got, want)
		}
		_, err = st.VerifyAudit(ctx, "acme")
		must(t, err)
	})
}

// TestOneDomainOneOrganisation: who verifies second is told so, and nothing of it before.
func TestOneDomainOneOrganisation(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		w, ctx := newDNSWorld(t, st), context.Background()
		organisation(t, st, "acme", "word.example")
		organisation(t, st, "else")
		wantFault(t, st.CreateOrganisation(ctx, identity.Org{ID: "third", VerifiedDomains: []string{"word.example"}, Settings: identity.DefaultSettings()}, at), admin.ErrDomainTaken)
		ada, eve := administrator(t, st, "acme"), administrator(t, st, "else")
		d, err := w.admin.AddDomain(ctx, eve, "word.example")
		must(t, err)
		check := func(problem identity.DomainProblem) {
			t.Helper()
			w.now = w.now.Add(time.Minute)
			got, err := w.admin.CheckDomain(ctx, eve, "word.example")
			must(t, err)
			if got.Problem != problem {
				t.Errorf("%+v, want %q", got, problem)
			}
		}
		check(identity.RecordMissing)
		w.zone.Set(d.RecordName(), d.RecordValue())
		check(identity.DomainTaken)
		must(t, w.admin.DeleteDomain(ctx, ada, "word.example"))
		check("")
		w.want("else", "word.example", identity.DomainVerified, "")
		wantFault(t, w.admin.DeleteDomain(ctx, ada, "word.example"), fault.ErrNotFound)
		w.zone.Set(d.RecordName())
		again, err := w.admin.CheckDomain(ctx, eve, "word.example")
		must(t, err)
		if again.Problem != "" {
			t.Errorf("looked again at once: %+v", again)
		}
		_, err = w.admin.AddDomain(ctx, eve, "word.example")
		wantFault(t, err, admin.ErrDomainExists)
		_, err = w.admin.AddDomain(ctx, eve, "example")
		wantFault(t, err, identity.ErrDomainName)
		_, err = w.admin.AddDomain(ctx, eve, "co.jp")
		wantFault(t, err, identity.ErrDomainPublic)
	})
}

// TestDomainsOfBefore: an older database's list becomes domains that the operator
// vouches for.
func TestDomainsOfBefore(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		organisation(t, st, "acme", "acme.example", "acme.test")
		must(t, st.Again(ctx, 52))
		all, err := st.Domains(ctx, "acme")
		must(t, err)
		if len(all) != 2 || all[0].Name != "acme.example" || all[1].Name != "acme.test" || !all[0].ByOperator() || !all[1].Verified() {
			t.Errorf("%+v", all)
		}
	})
}

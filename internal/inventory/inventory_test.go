package inventory_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
	"tasuke/internal/store"
	"tasuke/internal/store/storetest"
)

var postgres storetest.Server

func TestMain(m *testing.M) { os.Exit(storetest.Main(m, &postgres)) }

const day = 24 * time.Hour

// office is an inventory on a real store, with a clock set by hand.
type office struct {
	*inventory.Inventory
	t     *testing.T
	admin *admin.Admin
	store *store.Store
	now   time.Time
	boss  identity.Actor
	sara  identity.Actor
	other identity.Actor // administrator of another organisation
}

func each(t *testing.T, test func(o *office)) {
	for engine, dsn := range map[string]func() string{"sqlite": func() string { return storetest.SQLite(t) }, "postgres": func() string { return postgres.Postgres(t) }} {
		t.Run(engine, func(t *testing.T) {
			o := &office{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
			clock := func() time.Time { return o.now }
			var err error
			if o.store, err = store.Open(context.Background(), store.Options{DSN: dsn(), MasterKey: storetest.MasterKey(), Now: clock}); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = o.store.Close() })
			o.Inventory = inventory.New(inventory.Options{Devices: o.store, Keys: o.store, Log: slog.New(slog.DiscardHandler), Now: clock})
			o.admin = admin.New(o.store, nil, clock)
			for _, org := range []identity.OrgID{"acme", "other"} {
				if err := o.store.CreateOrganisation(context.Background(), identity.Org{ID: org, Name: string(org), Settings: identity.DefaultSettings()}, o.now); err != nil {
					t.Fatal(err)
				}
			}
			o.boss, o.sara, o.other = o.person("acme", "bill", identity.Administrator), o.person("acme", "sara"), o.person("other", "fred", identity.Administrator)
			test(o)
		})
	}
}

func (o *office) person(org identity.OrgID, name string, roles ...identity.RoleID) identity.Actor {
	o.t.Helper()
	f := identity.Profile{Issuer: "http://localhost/idp/" + string(org), Subject: name, Name: name, Email: name + "@acme.example"}
	if _, err := o.store.Provision(context.Background(), org, identity.PersonID("p-"+name), f, roles, o.now); err != nil {
		o.t.Fatal(err)
	}
	a, err := o.store.Somebody(context.Background(), org, identity.PersonID("p-"+name))
	if err != nil {
		o.t.Fatal(err)
	}
	return a
}

func (o *office) describe(all ...inventory.Description) inventory.Described {
	o.t.Helper()
	v, err := o.Describe(context.Background(), o.boss, all, device.FromAPI, false)
	if err != nil || len(v.Errors) > 0 {
		o.t.Fatalf("%+v, %v", v, err)
	}
	return v
}

// names lists what a filter chooses, page by page of two.
func (o *office) names(a identity.Actor, f inventory.Filter) (out []string) {
	o.t.Helper()
	f.Limit = 2
	for {
		page, err := o.List(context.Background(), a, f)
		if err != nil {
			o.t.Fatal(err)
		}
		for _, d := range page {
			out = append(out, d.Name)
		}
		if len(page) < f.Limit {
			return out
		}
		last := page[len(page)-1]
		f.After = inventory.Cursor{ID: last.ID, Key: inventory.KeyOf(f.Sort, last)}
	}
}

func TestListsAreFilteredSortedAndScoped(t *testing.T) {
	each(t, func(o *office) {
		var all []inventory.Description
		for i, n := range []string{"red", "Blue", "100%", "a_b", "sixth"} {
			all = append(all, inventory.Description{Line: i + 1, ExternalID: n, Name: n, Platform: identity.Platforms()[i%2], Serial: fmt.Sprint("SN-", i)})
		}
		all[0].Owner = "SARA@acme.example"
		o.describe(all...)
		if _, err := o.Describe(context.Background(), o.other, []inventory.Description{{Line: 1, ExternalID: "red", Name: "foreign"}}, device.FromAPI, false); err != nil {
			o.t.Fatal(err)
		}
		second := identity.Assignment{Scope: identity.Scope{AllPeople: true}}
		scoped := o.boss
		scoped.Grants = []identity.Grant{{Org: "acme", Permissions: identity.Permissions(), Scope: second.Scope}}
		for _, c := range []struct {
			a    identity.Actor
			f    inventory.Filter
			want string
		}{
			{o.boss, inventory.Filter{Descending: true}, "[sixth red Blue a_b 100%]"},
			{o.boss, inventory.Filter{Search: "sara"}, "[red]"},
			{o.boss, inventory.Filter{Search: "%"}, "[100%]"},
			{o.boss, inventory.Filter{Search: "sn-4"}, "[sixth]"},
			{o.boss, inventory.Filter{Owner: "p-sara"}, "[red]"},
			{o.boss, inventory.Filter{Enrolment: device.Enrolled}, "[]"},
			{o.boss, inventory.Filter{Platform: identity.MacOS, Sort: inventory.BySeen}, "2"},
			{o.boss, inventory.Filter{Sort: inventory.ByPlatform}, "5"},
			{o.boss, inventory.Filter{Sort: inventory.ByCompliance, Descending: true}, "5"},
			{scoped, inventory.Filter{}, "[red]"},
			{o.other, inventory.Filter{}, "[foreign]"},
		} {
			got := o.names(c.a, c.f)
			if text := fmt.Sprint(got); text != c.want && fmt.Sprint(len(got)) != c.want {
				o.t.Errorf("%+v: %v, want %s", c.f, got, c.want)
			}
		}
		if _, err := o.List(context.Background(), o.sara, inventory.Filter{Limit: 1}); !errors.Is(err, identity.ErrNotPermitted) {
			o.t.Errorf("somebody without the permission: %v", err)
		}
	})
}

// only loads the one device there is.
func (o *office) only() inventory.Detail {
	o.t.Helper()
	page, err := o.List(context.Background(), o.boss, inventory.Filter{Limit: 2})
	if err != nil || len(page) != 1 {
		o.t.Fatalf("%d devices, %v", len(page), err)
	}
	d, _, err := o.See(context.Background(), o.boss, page[0].ID)
	if err != nil {
		o.t.Fatal(err)
	}
	return d
}

func (o *office) is(when string, want device.Compliance) {
	o.t.Helper()
	if err := o.store.EvaluateDue(context.Background(), o.now, 100); err != nil {
		o.t.Fatal(err)
	}
	if d := o.only(); d.Result.Compliance != want {
		o.t.Errorf("%s it is %s, want %s (%+v)", when, d.Result.Compliance, want, d.Result)
	}
}

func TestComplianceFollowsWhatItRestsOn(t *testing.T) {
	each(t, func(o *office) {
		ctx := context.Background()
		fact := func(value string) device.Fact {
			return device.Fact{Name: device.Firewall, Value: value, Source: device.FromAPI, At: o.now}
		}
		o.describe(inventory.Description{Line: 1, ExternalID: "x", Platform: identity.Linux, Model: "T14", Owner: "p-sara", Facts: []device.Fact{fact("false")}})
		o.is("without a policy", device.NotEvaluated)
		g, err := o.admin.Save(ctx, o.boss, admin.Object{Kind: admin.Groups, Value: identity.Group{Name: "T", Of: identity.OfDevices, Kind: identity.ByRule,
			Rule: []identity.Term{{Attribute: identity.ByModel, Operator: identity.StartsWith, Values: []string{"t"}}}}})
		if err != nil {
			o.t.Fatal(err)
		}
		p, err := o.admin.Save(ctx, o.boss, admin.Object{Kind: admin.Compliance, Value: device.Policy{Name: "firewalls", Platform: identity.Linux, Groups: []identity.GroupID{identity.GroupID(g.ID)},
			Rules: []device.Rule{{Kind: device.NeedsFirewall, Grace: 2 * day}}}})
		if err != nil {
			o.t.Fatal(err)
		}
		o.is("with one for its group", device.InGracePeriod)
		if err := o.admin.Delete(ctx, o.boss, admin.Groups, g.ID, g.Version); !errors.Is(err, admin.ErrInUse) {
			o.t.Errorf("a group that a policy names is deleted: %v", err)
		}
		o.now = o.now.Add(2 * day)
		o.is("after its grace", device.NotCompliant)
		o.describe(inventory.Description{Line: 1, ExternalID: "x", Facts: []device.Fact{fact("true")}})
		o.is("when it was put right", device.Compliant)
		o.now = o.now.Add(30 * day)
		o.is("when nobody reports any more", device.NotEvaluated)
		if !o.only().Result.Stale {
			o.t.Error("it is not stale")
		}
		o.describe(inventory.Description{Line: 1, ExternalID: "x", Facts: []device.Fact{fact("false")}})
		o.is("when it is broken anew", device.InGracePeriod)
		if err := o.admin.Delete(ctx, o.boss, admin.Compliance, p.ID, p.Version); err != nil {
			o.t.Fatal(err)
		}
		o.is("without the policy", device.NotEvaluated)
	})
}

func TestDevicesAreChangedInScope(t *testing.T) {
	each(t, func(o *office) {
		ctx := context.Background()
		o.describe(inventory.Description{Line: 1, ExternalID: "x", Name: "one"}, inventory.Description{Line: 2, ExternalID: "y", Name: "two"})
		page, err := o.List(ctx, o.boss, inventory.Filter{Limit: 5})
		if err != nil {
			o.t.Fatal(err)
		}
		one := page[0]
		if _, err := o.Change(ctx, o.boss, one.ID, one.Version, inventory.Edit{Name: "uno", Owner: "p-sara", External: "x"}); err != nil {
			o.t.Fatal(err)
		}
		for want, e := range map[*fault.Fault]inventory.Edit{fault.ErrNotFound: {Name: "uno", Owner: "p-fred"}, inventory.ErrExternalID: {Name: "uno", External: "y"}, device.ErrDevice: {}} {
			if _, err := o.Change(ctx, o.boss, one.ID, one.Version+1, e); !errors.Is(err, want) {
				o.t.Errorf("%+v: %v, want %v", e, err, want)
			}
		}
		if _, err := o.Change(ctx, o.boss, one.ID, one.Version, inventory.Edit{Name: "ein"}); !errors.Is(err, fault.ErrConflict) {
			o.t.Errorf("an old version: %v", err)
		}
		if _, _, err := o.See(ctx, o.other, one.ID); !errors.Is(err, fault.ErrNotFound) {
			o.t.Errorf("another organisation sees it: %v", err)
		}
		if _, err := o.Withdraw(ctx, o.boss, one.ID, device.Retired); err != nil {
			o.t.Fatal(err)
		}
		_, h, err := o.See(ctx, o.boss, one.ID)
		if err != nil || len(h.Audit) != 2 || h.Audit[0].Action != "device.retired" || h.Audit[1].Action != "device.transfer" {
			o.t.Errorf("history %+v, %v", h, err)
		}
	})
}

// TestDevicesAreCounted: those in use and in the reader's scope, by their state.
func TestDevicesAreCounted(t *testing.T) {
	each(t, func(o *office) {
		var all []inventory.Description
		for i := range 5 {
			all = append(all, inventory.Description{Line: i + 1, ExternalID: fmt.Sprint(i), Name: fmt.Sprint("PC-", i), Platform: identity.Windows})
		}
		all[0].Owner = "sara@acme.example"
		o.describe(all...)
		list, err := o.List(context.Background(), o.boss, inventory.Filter{Limit: 10})
		if err != nil {
			o.t.Fatal(err)
		}
		if _, err := o.Withdraw(context.Background(), o.boss, list[4].ID, device.Retired); err != nil {
			o.t.Fatal(err)
		}
		scoped, blind := o.boss, o.boss
		scoped.Grants = []identity.Grant{{Org: "acme", Permissions: identity.Permissions(), Scope: identity.Scope{AllPeople: true}}}
		blind.Grants = []identity.Grant{{Org: "acme", Permissions: []identity.Permission{identity.ViewReports}, Scope: identity.Everything()}}
		for _, c := range []struct {
			a    identity.Actor
			want string
		}{{o.boss, "map[not_evaluated:4]"}, {scoped, "map[not_evaluated:1]"}, {o.other, "map[]"}, {blind, "nil"}} {
			n, err := o.admin.Numbers(context.Background(), c.a)
			if err != nil {
				o.t.Fatal(err)
			}
			got := fmt.Sprint(n.Devices)
			if n.Devices == nil {
				got = "nil"
			}
			if got != c.want {
				o.t.Errorf("%s, want %s", got, c.want)
			}
		}
	})
}

package desk_test

import (
	"context"
	"errors"
	"testing"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// TestNobodyLocksTheAdministratorsOut: neither somebody who manages policies and
// nothing else, nor a change of the group that a policy spares or of the role that
// it names, nor taking the last spared administrator away.
func TestNobodyLocksTheAdministratorsOut(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		refused := func(what string, err error) {
			t.Helper()
			if !errors.Is(err, access.ErrLockout) {
				t.Errorf("%s: %v", what, err)
			}
		}
		clerk := c.again(c.helper)
		clerk.Grants = append(clerk.Grants, identity.Grant{Org: clerk.Person.Org, Permissions: identity.Whole([]identity.Permission{identity.ManagePolicies}), Scope: identity.Everything()})
		shut := access.Policy{Name: "Shut", State: access.On, Seats: []access.Seat{access.Administrator}, Include: access.Who{Roles: []identity.RoleID{"administrator"}}, Control: access.Control{Block: true}}
		_, err := c.admin.Save(ctx, clerk, admin.Object{Kind: admin.Policies, Value: shut})
		refused("a policy about everybody else", err)
		shut.Control = access.Control{Require: []access.Requirement{{Kind: access.RequireMFA}, {Kind: access.RequireCompliant}}}
		_, err = c.admin.Save(ctx, clerk, admin.Object{Kind: admin.Policies, Value: shut})
		refused("a policy that nobody can satisfy", err)
		shut.State = access.ReportOnly
		if _, err = c.admin.Save(ctx, clerk, admin.Object{Kind: admin.Policies, Value: shut}); err != nil {
			t.Errorf("report-only: %v", err)
		}

		spared := identity.GroupID(c.save(admin.Groups, identity.Group{Name: "Spared", Of: identity.OfPeople, Kind: identity.Fixed}).ID)
		boss := string(c.boss.Person.ID)
		if err := c.admin.SetMember(ctx, c.boss, spared, boss, true); err != nil {
			t.Fatal(err)
		}
		c.boss = c.again(c.boss)
		c.save(admin.Policies, access.Policy{Name: "All but", State: access.On, Seats: []access.Seat{access.Administrator}, Include: access.Who{Everyone: true}, Exclude: access.Who{Groups: []identity.GroupID{spared}}, Control: access.Control{Block: true}})
		refused("leaving the spared group", c.admin.SetMember(ctx, c.boss, spared, boss, false))

		second := c.again(c.helper)
		if err := c.admin.SetMember(ctx, c.boss, "administrator", string(second.Person.ID), true); err != nil {
			t.Fatal(err)
		}
		log := identity.Entry{Org: c.boss.Person.Org, Action: "person.disable"}
		refused("disabling the only one who is spared", c.store.DisablePerson(ctx, log.Org, c.boss.Person.ID, true, c.Now(), log))
		if err := c.admin.SetMember(ctx, c.boss, spared, string(second.Person.ID), true); err != nil {
			t.Fatal(err)
		}
		refused("leaving it oneself, with somebody else inside", c.admin.SetMember(ctx, c.boss, spared, boss, false))
		if err := c.admin.SetMember(ctx, c.again(second), spared, boss, false); err != nil {
			t.Errorf("one of two is taken out by the other: %v", err)
		}
		if _, err := c.admin.Objects(ctx, c.again(c.boss), admin.Policies); fault.Of(err) == nil {
			t.Error("who was taken out administers")
		}
	})
}

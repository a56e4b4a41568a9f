package desk_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/desk"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// TestWhatAppliesIsToldForEitherSeat: of what is on; a report-only policy applies
// to nobody.
func TestWhatAppliesIsToldForEitherSeat(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		strict := forSharers("Second factor", access.Conditions{}, access.Control{Require: []access.Requirement{{Kind: access.RequireMFA}}})
		c.save(admin.Policies, strict)
		strict.Name, strict.State = "Only watched", access.ReportOnly
		c.save(admin.Policies, strict)
		helper, sharer, err := c.Access(context.Background(), c.again(c.helper))
		if err != nil || !helper.Allowed || len(helper.Trace) != 0 {
			t.Errorf("helper: %+v, %v", helper, err)
		}
		if sharer.Allowed || len(sharer.Trace) != 1 || sharer.Trace[0].Name != "Second factor" || sharer.Trace[0].Result != access.Unsatisfied {
			t.Errorf("sharer: %+v", sharer)
		}
	})
}

// save keeps something that is configured.
func (c *counter) save(kind admin.Kind, value any) admin.Object {
	c.t.Helper()
	o, err := c.admin.Save(context.Background(), c.boss, admin.Object{Kind: kind, Value: value})
	if err != nil {
		c.t.Fatal(err)
	}
	return o
}

func forSharers(name string, c access.Conditions, control access.Control) access.Policy {
	return access.Policy{Name: name, State: access.On, Seats: []access.Seat{access.Sharer}, Include: access.Who{Everyone: true}, Conditions: c, Control: control}
}

// TestAHelperHelpsInsideTheirScopeOnly: the sharer is told, the helper sees why,
// the code stays good, and widening the scope lets the same code in.
func TestAHelperHelpsInsideTheirScopeOnly(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		sales := c.save(admin.Groups, identity.Group{Name: "Sales", Of: identity.OfPeople, Kind: identity.Fixed})
		own, err := c.admin.Object(ctx, c.boss, admin.Assignments, "first_line_helper")
		if err != nil {
			t.Fatal(err)
		}
		narrow := own.Value.(identity.Assignment)
		narrow.Scope = identity.Scope{People: []identity.GroupID{identity.GroupID(sales.ID)}, Unenrolled: true}
		own.Value = narrow
		if _, err = c.admin.Save(ctx, c.boss, own); err != nil {
			t.Fatal(err)
		}
		made := c.create()
		_, err = c.Redeem(ctx, c.sharer, made.Code.String())
		if !errors.Is(err, access.ErrRefused) || fault.Of(err).Reasons[0].Code != "helper_out_of_scope" {
			t.Fatalf("outside the scope: %v", err)
		}
		sc, _, err := c.See(ctx, c.helper, made.Session.ID)
		if err != nil || sc.Session.State != assist.Waiting || len(sc.Session.Refusal.Reasons) != 1 {
			t.Fatalf("%+v, %v", sc.Session.Refusal, err)
		}
		if err := c.admin.SetMember(ctx, c.boss, identity.GroupID(sales.ID), string(c.sharer.Person.ID), true); err != nil {
			t.Fatal(err)
		}
		c.sharer = c.again(c.sharer)
		id := c.redeem(made)
		if err := c.admin.SetMember(ctx, c.boss, identity.GroupID(sales.ID), string(c.sharer.Person.ID), false); err != nil {
			t.Fatal(err)
		}
		c.ended(id, assist.PermissionLost)
		c.decided(id, "review", 1)
	})
}

// decided checks that decisions of a step were kept.
func (c *counter) decided(id assist.SessionID, step string, refused int) {
	c.t.Helper()
	all, err := c.store.Decisions(context.Background(), id)
	if err != nil {
		c.t.Fatal(err)
	}
	n := 0
	for _, d := range all {
		if d.Step == step && !d.Decision.Allowed {
			n++
		}
	}
	if n != refused {
		c.t.Errorf("%d refusals at %s, want %d: %+v", n, step, refused, all)
	}
}

// TestAPolicyDecidesAtOnce: made in a live session it ends it and says which one
// it was; while it is report-only it leaves a trace and nothing else.
func TestAPolicyDecidesAtOnce(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		quiet := forSharers("Quiet", access.Conditions{}, access.Control{Block: true})
		quiet.State = access.ReportOnly
		o := c.save(admin.Policies, quiet)
		id := c.sharing()
		if err := c.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		quiet.State = access.On
		o.Value = quiet
		if _, err := c.admin.Save(ctx, c.boss, o); err != nil {
			t.Fatal(err)
		}
		c.ended(id, assist.PolicyBlocked)
		sc, _, err := c.See(ctx, c.helper, id)
		if err != nil || len(sc.Session.Grounds) != 1 || sc.Session.Grounds[0] != (fault.Reason{Code: access.ReasonPolicyBlocked, Subject: "Quiet"}) {
			t.Errorf("%+v, %v", sc.Session.Grounds, err)
		}
		made := c.create()
		if _, err := c.Redeem(ctx, c.sharer, made.Code.String()); !errors.Is(err, access.ErrRefused) {
			t.Errorf("redeemed against the policy: %v", err)
		}
	})
}

// TestTimeAloneCanEndASession: a sign-in that must be fresh grows old.
func TestTimeAloneCanEndASession(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.save(admin.Policies, forSharers("Fresh", access.Conditions{}, access.Control{Require: []access.Requirement{{Kind: access.RequireFreshSignIn, Age: 30 * time.Minute}}}))
		id := c.sharing()
		c.clock.forward(29 * time.Minute)
		c.touch(c.helper, c.sharer)
		if err := c.Sweep(context.Background()); err != nil {
			t.Fatal(err)
		}
		c.clock.forward(2 * time.Minute)
		c.ended(id, assist.PolicyBlocked)
	})
}

func (c *counter) touch(people ...identity.Actor) {
	c.t.Helper()
	for _, a := range people {
		if err := c.store.TouchSignIn(context.Background(), a.SignIn, c.clock.Now()); err != nil {
			c.t.Fatal(err)
		}
	}
}

// TestAnExpiringAssignmentEndsTheSession: within the sweep after its time.
func TestAnExpiringAssignmentEndsTheSession(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		own, err := c.admin.Object(ctx, c.boss, admin.Assignments, "first_line_helper")
		if err != nil {
			t.Fatal(err)
		}
		v := own.Value.(identity.Assignment)
		v.Expires = c.clock.Now().Add(10 * time.Minute)
		own.Value = v
		if _, err := c.admin.Save(ctx, c.boss, own); err != nil {
			t.Fatal(err)
		}
		id := c.sharing()
		c.clock.forward(10 * time.Minute)
		c.ended(id, assist.PermissionLost)
	})
}

func TestNumbersMustMatch(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		c.save(admin.Policies, forSharers("First contact", access.Conditions{FirstContact: true}, access.Control{Require: []access.Requirement{{Kind: access.RequireNumberMatching}}}))
		id := c.redeem(c.create())
		c.act(c.helper, id, assist.Continue)
		sc, _, err := c.See(ctx, c.helper, id)
		if err != nil || len(sc.Session.Number) != 2 || !sc.Session.FirstContact {
			t.Fatalf("%+v, %v", sc.Session, err)
		}
		right, wrong := sc.Session.Number, "00"
		if wrong == right {
			wrong = "01"
		}
		allow := func(number string) assist.Session {
			sc, err := c.Act(ctx, c.sharer, id, assist.Event{Act: assist.Allow, Text: "view-1", Number: number})
			if err != nil {
				t.Fatal(err)
			}
			return sc.Session
		}
		if s := allow(wrong); s.State != assist.Trust || s.WrongNumbers != 1 {
			t.Errorf("%+v", s)
		}
		if s := allow(right); s.State != assist.Connecting {
			t.Errorf("%+v", s)
		}
		c.act(c.sharer, id, assist.End)
		if sc, _, _ := c.See(ctx, c.helper, c.redeem(c.create())); sc.Session.Number != "" || sc.Session.FirstContact {
			t.Errorf("the second time: %+v", sc.Session)
		}
	})
}

func TestThreeWrongNumbersAreANo(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		c.save(admin.Policies, forSharers("Always", access.Conditions{}, access.Control{Require: []access.Requirement{{Kind: access.RequireNumberMatching}}}))
		id := c.redeem(c.create())
		for range 3 {
			if _, err := c.Act(context.Background(), c.sharer, id, assist.Event{Act: assist.Allow, Text: "view-1", Number: "xx"}); err != nil {
				t.Fatal(err)
			}
		}
		c.ended(id, assist.WrongNumber)
	})
}

// TestGuessingRaisesTheAlarm: from a hundred wrong codes an hour on, numbers must
// match although no policy asks for it.
func TestGuessingRaisesTheAlarm(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		line := identity.Entry{Org: "acme", Action: "session.wrong_code"}
		for range 100 {
			if err := c.store.AddWrongCode(ctx, "acme", c.boss.Person.ID, c.clock.Now(), line); err != nil {
				t.Fatal(err)
			}
		}
		sc, _, err := c.See(ctx, c.helper, c.redeem(c.create()))
		if err != nil || sc.Session.Number == "" {
			t.Errorf("%+v, %v", sc.Session, err)
		}
	})
}

// TestReportsSuspendAHelper: two people within a day; one person twice is one.
func TestReportsSuspendAHelper(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		report := func(a identity.Actor) {
			made := c.create()
			id, err := c.Redeem(ctx, a, made.Code.String())
			if err != nil {
				t.Fatal(err)
			}
			c.attach(a, id)
			c.act(a, id, assist.Report)
		}
		report(c.sharer)
		report(c.sharer)
		if _, d, err := c.MayHelp(ctx, c.again(c.helper)); err != nil || !d.Allowed {
			t.Fatalf("suspended by one person: %+v, %v", d, err)
		}
		report(c.other)
		_, d, err := c.MayHelp(ctx, c.again(c.helper))
		if err != nil || d.Allowed || d.Reasons[0].Code != access.ReasonHelperSuspended {
			t.Fatalf("%+v, %v", d, err)
		}
		suspended := func(within admin.Within) []admin.Suspension {
			n, err := c.store.Numbers(ctx, c.boss.Person.Org, within, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			return n.Suspended
		}
		if told := suspended(admin.Within{Everybody: true}); len(told) != 1 || told[0].Person != c.helper.Person.ID || told[0].Name != c.helper.Person.Name || told[0].Since.IsZero() {
			t.Errorf("administrators are told %+v", told)
		}
		if told := suspended(admin.Within{}); len(told) != 0 {
			t.Errorf("a manager of nobody is told %+v", told)
		}
		if err := c.admin.LiftSuspension(ctx, c.boss, c.helper.Person.ID); err != nil {
			t.Fatal(err)
		}
		if _, d, err := c.MayHelp(ctx, c.again(c.helper)); err != nil || !d.Allowed {
			t.Errorf("after lifting: %+v, %v", d, err)
		}
		if told := suspended(admin.Within{Everybody: true}); len(told) != 0 {
			t.Errorf("after lifting administrators are told %+v", told)
		}
		report(c.sharer) // what was reported before is settled
		if _, d, err := c.MayHelp(ctx, c.again(c.helper)); err != nil || !d.Allowed {
			t.Errorf("suspended again by one: %+v, %v", d, err)
		}
	})
}

// again loads the actor as the next request would.
func (c *counter) again(a identity.Actor) identity.Actor {
	c.t.Helper()
	now, err := c.store.Somebody(context.Background(), a.Person.Org, a.Person.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	now.SignIn = a.SignIn
	return now
}

func TestCodesForEverybodyAreSlowed(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		for range 30 {
			c.create()
		}
		if _, err := c.Create(context.Background(), c.helper); !errors.Is(err, desk.ErrTooManyNewCodes) {
			t.Errorf("the thirty-first: %v", err)
		}
		c.clock.forward(time.Hour)
		c.touchedCreate()
	})
}

func (c *counter) touchedCreate() {
	c.t.Helper()
	if _, err := c.Create(context.Background(), c.helper); err != nil {
		c.t.Errorf("an hour later: %v", err)
	}
}

// TestConfigurationStaysWhole walks what a guard must refuse.
func TestConfigurationStaysWhole(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		refused := func(want *fault.Fault, err error) {
			t.Helper()
			if !errors.Is(err, want) {
				t.Errorf("%v, want %s", err, want.Code)
			}
		}
		g := c.save(admin.Groups, identity.Group{Name: "Branch", Of: identity.OfPeople, Kind: identity.Fixed})
		role := c.save(admin.Roles, identity.Role{Name: "Branch support", Permissions: []identity.Permission{identity.OfferRemoteAssistance, identity.ViewScreen}})
		as := identity.Assignment{Name: "Branch helps branch", Role: identity.RoleID(role.ID), Members: []identity.GroupID{identity.GroupID(g.ID)}, Scope: identity.Scope{People: []identity.GroupID{identity.GroupID(g.ID)}}}
		c.save(admin.Assignments, as)
		_, err := c.admin.Save(ctx, c.boss, admin.Object{Kind: admin.Assignments, Value: as})
		refused(admin.ErrNameTaken, err)
		refused(admin.ErrInUse, c.admin.Delete(ctx, c.boss, admin.Groups, g.ID, 1))
		refused(admin.ErrInUse, c.admin.Delete(ctx, c.boss, admin.Roles, role.ID, 1))
		refused(admin.ErrBuiltin, c.admin.Delete(ctx, c.boss, admin.Roles, "administrator", 1))
		as.Name, as.Role = "Nobody", "gone"
		_, err = c.admin.Save(ctx, c.boss, admin.Object{Kind: admin.Assignments, Value: as})
		refused(admin.ErrUnknownReference, err)
		refused(admin.ErrLastAdministrator, c.admin.SetMember(ctx, c.boss, "administrator", string(c.boss.Person.ID), false))
		role.Value = identity.Role{Name: "Branch support", Permissions: []identity.Permission{identity.ViewScreen}}
		if _, err := c.admin.Save(ctx, c.boss, role); err != nil {
			t.Fatal(err)
		}
		_, err = c.admin.Save(ctx, c.boss, role) // the version that was just replaced
		refused(fault.ErrConflict, err)
		office := c.save(admin.Locations, access.Location{Name: "Office", Ranges: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}})
		lock := access.Policy{Name: "Office only", State: access.On, Seats: []access.Seat{access.Administrator}, Include: access.Who{Everyone: true},
			Conditions: access.Conditions{NotLocations: []access.LocationID{access.LocationID(office.ID)}}, Control: access.Control{Block: true}}
		_, err = c.admin.Save(ctx, c.boss, admin.Object{Kind: admin.Policies, Value: lock})
		refused(access.ErrLockout, err)
		here := c.boss
		here.From.Addr = netip.MustParseAddr("192.0.2.9")
		if _, err := c.admin.Save(ctx, here, admin.Object{Kind: admin.Policies, Value: lock}); err != nil {
			t.Errorf("from the office: %v", err)
		}
		_, err = c.admin.People(ctx, c.boss, admin.PeopleQuery{List: admin.List{Limit: 1}})
		refused(access.ErrRefused, err)
		if _, err := c.admin.People(ctx, here, admin.PeopleQuery{List: admin.List{Limit: 1}}); err != nil {
			t.Errorf("from the office: %v", err)
		}
	})
}

// TestGroupsHandOutNoRights: who manages people, but not roles, cannot make an
// administrator by putting somebody into a group.
func TestGroupsHandOutNoRights(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		g := c.save(admin.Groups, identity.Group{Name: "HR", Of: identity.OfPeople, Kind: identity.Fixed})
		role := c.save(admin.Roles, identity.Role{Name: "People", Permissions: []identity.Permission{identity.ManagePeople}})
		c.save(admin.Assignments, identity.Assignment{Name: "HR", Role: identity.RoleID(role.ID), Members: []identity.GroupID{identity.GroupID(g.ID)}, Scope: identity.Everything()})
		if err := c.admin.SetMember(ctx, c.boss, identity.GroupID(g.ID), string(c.sharer.Person.ID), true); err != nil {
			t.Fatal(err)
		}
		hr := c.again(c.sharer)
		if err := c.admin.SetMember(ctx, hr, "administrator", string(hr.Person.ID), true); !errors.Is(err, identity.ErrNotPermitted) {
			t.Errorf("made an administrator: %v", err)
		}
		free := c.save(admin.Groups, identity.Group{Name: "Free", Of: identity.OfPeople, Kind: identity.Fixed})
		if err := c.admin.SetMember(ctx, hr, identity.GroupID(free.ID), string(hr.Person.ID), true); err != nil {
			t.Errorf("a group without rights: %v", err)
		}
	})
}

// TestGroupsFollowPeople: rule and claim groups at sign-in and when they change.
func TestGroupsFollowPeople(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		rule := c.save(admin.Groups, identity.Group{Name: "S", Of: identity.OfPeople, Kind: identity.ByRule, Rule: []identity.Term{{Attribute: identity.ByIssuer, Operator: identity.Contains, Values: []string{"/idp/acme"}}}})
		members, err := c.admin.GroupMembers(ctx, c.boss, identity.GroupID(rule.ID), "", 10)
		if err != nil || len(members) != 4 {
			t.Fatalf("%v, %v", members, err)
		}
		if len(c.person("acme", "nina").Groups) != 1 {
			t.Error("somebody new is in no group")
		}
		v := rule.Value.(identity.Group)
		v.Rule[0].Values = []string{"nowhere"}
		rule.Value = v
		if _, err := c.admin.Save(ctx, c.boss, rule); err != nil {
			t.Fatal(err)
		}
		if len(c.again(c.sharer).Groups) != 0 {
			t.Error("the old rule still counts")
		}
	})
}

func TestWhatIfAgreesWithWhatHappens(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		for i, p := range []access.Policy{
			forSharers("Second factor", access.Conditions{}, access.Control{Require: []access.Requirement{{Kind: access.RequireMFA}}}),
			forSharers("Nothing from Linux", access.Conditions{Platforms: []identity.Platform{identity.Linux}}, access.Control{Block: true}),
		} {
			o := c.save(admin.Policies, p)
			for _, platform := range []identity.Platform{identity.Windows, identity.Linux} {
				a := c.sharer
				a.From.Platform = platform
				d, err := c.admin.WhatIf(ctx, c.boss, admin.WhatIf{Seat: access.Sharer, Person: a.Person.ID, Other: c.helper.Person.ID, From: a.From, SignIn: a.SignIn})
				if err != nil {
					t.Fatal(err)
				}
				_, err = c.Redeem(ctx, a, c.create().Code.String())
				if d.Allowed != (err == nil) || fmt.Sprint(d.Reasons) != fmt.Sprint(fault.Of(orNone(err)).Reasons) {
					t.Errorf("%d from %s: supposed %+v, happened %v", i, platform, d, err)
				}
			}
			if err := c.admin.Delete(ctx, c.boss, admin.Policies, o.ID, o.Version); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// orNone makes a fault without reasons of no error.
func orNone(err error) error {
	if err == nil {
		return &fault.Fault{}
	}
	return err
}

func TestWhyNot(t *testing.T) {
	each(t, func(t *testing.T, c *counter) {
		ctx := context.Background()
		for _, q := range []struct {
			who     identity.Actor
			ask     admin.WhyNot
			allowed bool
			looked  int
		}{
			{c.boss, admin.WhyNot{Permission: identity.ManageRoles}, true, 1},
			{c.boss, admin.WhyNot{Person: c.sharer.Person.ID, Permission: identity.OfferRemoteAssistance, Target: c.helper.Person.ID}, false, 2},
			{c.sharer, admin.WhyNot{Permission: identity.OfferRemoteAssistance}, false, 0},
		} {
			e, err := c.admin.WhyNot(ctx, q.who, q.ask)
			if err != nil || e.Verdict.Allowed != q.allowed || len(e.Considered) != q.looked || e.Sentence == "" {
				t.Errorf("%+v: %+v, %v", q.ask, e, err)
			}
		}
		if _, err := c.admin.WhyNot(ctx, c.sharer, admin.WhyNot{Person: c.boss.Person.ID, Permission: identity.ManageRoles}); !errors.Is(err, identity.ErrNotPermitted) {
			t.Errorf("asked about somebody else: %v", err)
		}
	})
}

package admin

import (
	"context"
	"slices"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// PeopleStore is where people are listed and changed.
type PeopleStore interface {
	// ListPeople gives one page of the people with their groups and grants.
	ListPeople(ctx context.Context, org identity.OrgID, q PeopleQuery) (Page[identity.Actor], error)
	// LocalOwner gives the person of a local account; fault.ErrNotFound.
	LocalOwner(ctx context.Context, org identity.OrgID, account string) (identity.PersonID, error)
	// SignInsOf lists somebody's living sign-ins, the newest first.
	SignInsOf(ctx context.Context, org identity.OrgID, p identity.PersonID, now time.Time) ([]identity.LiveSignIn, error)
	// DisablePerson disables somebody, which ends their sign-ins, or enables them
	// again. fault.ErrNotFound; ErrLastAdministrator.
	DisablePerson(ctx context.Context, org identity.OrgID, p identity.PersonID, disabled bool, now time.Time, log identity.Entry) error
	// SignOutPerson ends every sign-in of somebody.
	SignOutPerson(ctx context.Context, org identity.OrgID, p identity.PersonID, now time.Time, log identity.Entry) error
	// ErasePerson forgets everything personal of somebody. ErrLastAdministrator.
	ErasePerson(ctx context.Context, org identity.OrgID, p identity.PersonID, now time.Time, log identity.Entry) error
	// LiftSuspension lets a suspended helper help again; fault.ErrNotFound.
	LiftSuspension(ctx context.Context, org identity.OrgID, p identity.PersonID, now time.Time, log identity.Entry) error
}

// PeopleQuery chooses people. Zero values choose everybody.
type PeopleQuery struct {
	List
	Group      identity.GroupID
	Role       identity.RoleID // held by any assignment
	Department string
	Issuer     string
	Disabled   *bool
	Within     Within // filled in by People
}

// ErrYourself refuses to let somebody shut themselves out by mistake.
var ErrYourself = fault.New(fault.Conflict, "yourself", "You cannot do this to yourself.", "Ask another administrator.")

// People lists people. It needs read_people and shows those in its scope.
func (ad *Admin) People(ctx context.Context, a identity.Actor, q PeopleQuery) (Page[identity.Actor], error) {
	if err := ad.require(ctx, a, identity.ReadPeople); err != nil {
		return Page[identity.Actor]{}, err
	}
	q.Within = within(a, identity.ReadPeople)
	return ad.people.ListPeople(ctx, a.Person.Org, q)
}

// inScope names everybody over whom the actor has p.
func (ad *Admin) inScope(ctx context.Context, a identity.Actor, p identity.Permission) (map[identity.PersonID]bool, error) {
	const atATime = 1000
	theirs, q := map[identity.PersonID]bool{}, PeopleQuery{List: List{Limit: atATime}, Within: within(a, p)}
	for {
		page, err := ad.people.ListPeople(ctx, a.Person.Org, q)
		if err != nil {
			return nil, err
		}
		for _, them := range page.Items {
			theirs[them.Person.ID] = true
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return theirs, nil
		}
	}
}

// PersonDetail is somebody with everything an administrator may know.
type PersonDetail struct {
	identity.Actor
	Assignments []identity.Assignment // that entitle the person now
	SignIns     []identity.LiveSignIn
	Sessions    []Report // the newest that have ended; only for who may see reports
}

// Person loads somebody. It needs read_people over them.
func (ad *Admin) Person(ctx context.Context, a identity.Actor, p identity.PersonID) (d PersonDetail, err error) {
	if d.Actor, err = ad.over(ctx, a, identity.ReadPeople, p); err != nil {
		return d, err
	}
	c, err := ad.store.Configuration(ctx, a.Person.Org)
	if err != nil {
		return d, err
	}
	for _, g := range d.Grants {
		for _, as := range c.Assignments {
			if as.ID == g.Assignment {
				d.Assignments = append(d.Assignments, as)
			}
		}
	}
	if d.SignIns, err = ad.people.SignInsOf(ctx, a.Person.Org, p, ad.now()); err != nil {
		return d, err
	}
	const newest = 20
	q := ReportQuery{List: List{Descending: true, Limit: newest}, Person: p}
	if !ad.mayReport(a, &q) {
		return d, nil
	}
	page, err := ad.reports.ListReports(ctx, a.Person.Org, q)
	d.Sessions = page.Items
	return d, err
}

// over loads somebody and asks for p over them; fault.ErrNotFound for whom the
// actor may not even see.
func (ad *Admin) over(ctx context.Context, a identity.Actor, p identity.Permission, who identity.PersonID) (identity.Actor, error) {
	if err := ad.require(ctx, a, p); err != nil {
		return identity.Actor{}, err
	}
	them, err := ad.directory.Somebody(ctx, a.Person.Org, who)
	if err != nil {
		return identity.Actor{}, err
	}
	return them, a.RequireSeen(p, identity.ReadPeople, them.Target())
}

// manage asks for manage_people over somebody; who holds rights that only an
// administrator gives is managed by who may give them.
func (ad *Admin) manage(ctx context.Context, a identity.Actor, who identity.PersonID, action string) (identity.Entry, error) {
	them, err := ad.over(ctx, a, identity.ManagePeople, who)
	if err != nil {
		return identity.Entry{}, err
	}
	if slices.Contains(them.Permissions(), identity.ManageRoles) { // disabled or not
		if err := ad.require(ctx, a, identity.ManageRoles); err != nil {
			return identity.Entry{}, err
		}
	}
	return identity.Entry{Org: a.Person.Org, By: a.Author(), Action: action, Person: who}, nil
}

// Disable shuts somebody out, or lets them in again; at once, and everywhere.
func (ad *Admin) Disable(ctx context.Context, a identity.Actor, who identity.PersonID, disabled bool) error {
	action := "person.enable"
	if disabled {
		action = "person.disable"
	}
	log, err := ad.manage(ctx, a, who, action)
	switch {
	case err != nil:
		return err
	case who == a.Person.ID:
		return ErrYourself
	}
	return ad.people.DisablePerson(ctx, a.Person.Org, who, disabled, ad.now(), log)
}

// SignOut ends every sign-in of somebody.
func (ad *Admin) SignOut(ctx context.Context, a identity.Actor, who identity.PersonID) error {
	log, err := ad.manage(ctx, a, who, "person.sign_out")
	if err != nil {
		return err
	}
	return ad.people.SignOutPerson(ctx, a.Person.Org, who, ad.now(), log)
}

// Erase forgets somebody for ever: what remains is that somebody did things.
func (ad *Admin) Erase(ctx context.Context, a identity.Actor, who identity.PersonID) error {
	log, err := ad.manage(ctx, a, who, "person.erase")
	switch {
	case err != nil:
		return err
	case who == a.Person.ID:
		return ErrYourself
	}
	return ad.people.ErasePerson(ctx, a.Person.Org, who, ad.now(), log)
}

// LiftSuspension lets a helper help again who was suspended after reports; who was
// not is left as they are.
func (ad *Admin) LiftSuspension(ctx context.Context, a identity.Actor, p identity.PersonID) error {
	them, err := ad.over(ctx, a, identity.ManagePeople, p)
	if err != nil || them.Person.Suspended.IsZero() {
		return err
	}
	log := identity.Entry{Org: a.Person.Org, By: a.Author(), Action: "person.lift_suspension", Person: p}
	return ad.people.LiftSuspension(ctx, a.Person.Org, p, ad.now(), log)
}

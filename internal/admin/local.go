package admin

import (
	"context"
	"slices"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// LocalPeople is the embedded provider, as far as administrators use it. by is
// who asks, for the audit log.
type LocalPeople interface {
	// People lists the local accounts.
	People(ctx context.Context, org identity.OrgID) ([]identity.LocalPerson, error)
	// Invite makes an account, its person and a one-time link.
	Invite(ctx context.Context, a identity.LocalAccount, by identity.Author) (identity.LocalAccount, identity.Invitation, error)
	// Change replaces how a person is described; fault.ErrNotFound.
	Change(ctx context.Context, a identity.LocalAccount, by identity.Author) error
	// ResetPassword takes the password away and makes a one-time link.
	ResetPassword(ctx context.Context, org identity.OrgID, account string, by identity.Author) (identity.Invitation, error)
	// ResetFactors forgets passkeys, authenticator app and recovery codes.
	ResetFactors(ctx context.Context, org identity.OrgID, account string, by identity.Author) error
	// SetDisabled disables or enables; ErrLastAdministrator.
	SetDisabled(ctx context.Context, org identity.OrgID, account string, disabled bool, by identity.Author) error
}

// Local is what administrators do with local people; everything needs
// manage_people over them. Safe for concurrent use.
type Local struct {
	admin  *Admin
	people LocalPeople
}

// NewLocal makes the use cases.
func NewLocal(ad *Admin, people LocalPeople) *Local { return &Local{ad, people} }

// People lists the local accounts of the people in the scope of manage_people.
func (l *Local) People(ctx context.Context, a identity.Actor) ([]identity.LocalPerson, error) {
	if err := l.admin.require(ctx, a, identity.ManagePeople); err != nil {
		return nil, err
	}
	all, err := l.people.People(ctx, a.Person.Org)
	if err != nil || a.RequireOver(identity.ManagePeople, identity.Target{Org: a.Person.Org, Everybody: true}) == nil {
		return all, err
	}
	theirs, err := l.admin.inScope(ctx, a, identity.ManagePeople)
	return slices.DeleteFunc(all, func(p identity.LocalPerson) bool { return !theirs[p.Person] }), err
}

// Invite makes an account and its one-time link, which is shown once.
func (l *Local) Invite(ctx context.Context, a identity.Actor, n identity.LocalAccount) (identity.LocalAccount, identity.Invitation, error) {
	if err := l.admin.require(ctx, a, identity.ManagePeople); err != nil {
		return identity.LocalAccount{}, identity.Invitation{}, err
	}
	if err := a.RequireOver(identity.ManagePeople, identity.Target{Org: a.Person.Org, Everybody: true}); err != nil {
		return identity.LocalAccount{}, identity.Invitation{}, err
	}
	n.Org = a.Person.Org
	return l.people.Invite(ctx, n, a.Author())
}

// Change replaces name, title, department and e-mail address.
func (l *Local) Change(ctx context.Context, a identity.Actor, n identity.LocalAccount) error {
	if err := l.over(ctx, a, n.ID); err != nil {
		return err
	}
	if err := l.mayDescribe(ctx, a, n); err != nil {
		return err
	}
	n.Org = a.Person.Org
	return l.people.Change(ctx, n, a.Author())
}

// mayDescribe refuses to let somebody hand out rights through a description: who
// changes what the rule of a group looks at needs what changing that group needs.
func (l *Local) mayDescribe(ctx context.Context, a identity.Actor, n identity.LocalAccount) error {
	c, err := l.admin.store.Configuration(ctx, a.Person.Org)
	if err != nil {
		return err
	}
	who, err := l.owner(ctx, a.Person.Org, n.ID)
	if err != nil {
		return err
	}
	will := who.Person
	will.Title, will.Department, will.Domain = n.Title, n.Department, identity.DomainOf(n.Email)
	for id, g := range c.Groups {
		if g.Kind == identity.ByRule && g.Holds(will.Attribute, nil) != g.Holds(who.Person.Attribute, nil) {
			if err := l.admin.mayRegroup(ctx, a, id); err != nil {
				return err
			}
		}
	}
	return nil
}

// ResetPassword signs the person out everywhere and returns the link by which
// they choose another password, shown once.
func (l *Local) ResetPassword(ctx context.Context, a identity.Actor, account string) (identity.Invitation, error) {
	if err := l.over(ctx, a, account); err != nil {
		return identity.Invitation{}, err
	}
	return l.people.ResetPassword(ctx, a.Person.Org, account, a.Author())
}

// ResetFactors signs the person out everywhere; they sign in with the password
// alone and set new factors up.
func (l *Local) ResetFactors(ctx context.Context, a identity.Actor, account string) error {
	if err := l.over(ctx, a, account); err != nil {
		return err
	}
	return l.people.ResetFactors(ctx, a.Person.Org, account, a.Author())
}

// SetDisabled signs the person out everywhere at once and ends their help
// sessions, or lets them sign in again. The last administrator stays.
func (l *Local) SetDisabled(ctx context.Context, a identity.Actor, account string, disabled bool) error {
	if err := l.over(ctx, a, account); err != nil {
		return err
	}
	return l.people.SetDisabled(ctx, a.Person.Org, account, disabled, a.Author())
}

// ErrMorePowerful keeps somebody from becoming who may do more than they.
var ErrMorePowerful = identity.ErrNotPermitted.WithText("This person may do things that you may not, so you cannot change how they sign in.")

// over asks for manage_people over an account's person. Nobody takes over the
// account of somebody who may do more: the link to a new password is the account.
func (l *Local) over(ctx context.Context, a identity.Actor, account string) error {
	if err := l.admin.require(ctx, a, identity.ManagePeople); err != nil {
		return err
	}
	who, err := l.owner(ctx, a.Person.Org, account)
	if err != nil {
		return err
	}
	if err := a.RequireSeen(identity.ManagePeople, identity.ReadPeople, who.Target()); err != nil {
		return err
	}
	own := a.Permissions()
	for _, p := range who.Permissions() {
		if !slices.Contains(own, p) {
			return ErrMorePowerful.WithReasons(fault.Reason{Code: identity.ReasonPermissionMissing, Subject: string(p)})
		}
	}
	return nil
}

// owner is the person of an account; fault.ErrNotFound.
func (l *Local) owner(ctx context.Context, org identity.OrgID, account string) (identity.Actor, error) {
	p, err := l.admin.people.LocalOwner(ctx, org, account)
	if err != nil {
		return identity.Actor{}, err
	}
	return l.admin.directory.Somebody(ctx, org, p)
}

package admin

import (
	"context"

	"tasuke/internal/identity"
)

// LocalPeople is the embedded provider, as far as administrators use it. by is
// who asks, for the audit log.
type LocalPeople interface {
	// People lists the local accounts.
	People(ctx context.Context, org identity.OrgID) ([]identity.LocalPerson, error)
	// Invite makes an account, its person and a one-time link.
	Invite(ctx context.Context, a identity.LocalAccount, by identity.PersonID) (identity.LocalAccount, identity.Invitation, error)
	// Change replaces how a person is described; fault.ErrNotFound.
	Change(ctx context.Context, a identity.LocalAccount, by identity.PersonID) error
	// ResetPassword takes the password away and makes a one-time link.
	ResetPassword(ctx context.Context, org identity.OrgID, account string, by identity.PersonID) (identity.Invitation, error)
	// ResetFactors forgets passkeys, authenticator app and recovery codes.
	ResetFactors(ctx context.Context, org identity.OrgID, account string, by identity.PersonID) error
	// SetDisabled disables or enables, unless guard, told how many managers of
	// people would remain, refuses.
	SetDisabled(ctx context.Context, org identity.OrgID, account string, disabled bool, by identity.PersonID, guard func(managers int) error) error
}

// Local is what administrators do with local people; everything needs
// manage_people. Safe for concurrent use.
type Local struct{ people LocalPeople }

// NewLocal makes the use cases.
func NewLocal(people LocalPeople) *Local { return &Local{people} }

// People lists the local accounts.
func (l *Local) People(ctx context.Context, a identity.Actor) ([]identity.LocalPerson, error) {
	if err := a.Require(identity.ManagePeople); err != nil {
		return nil, err
	}
	return l.people.People(ctx, a.Person.Org)
}

// Invite makes an account and its one-time link, which is shown once.
func (l *Local) Invite(ctx context.Context, a identity.Actor, n identity.LocalAccount) (identity.LocalAccount, identity.Invitation, error) {
	if err := a.Require(identity.ManagePeople); err != nil {
		return identity.LocalAccount{}, identity.Invitation{}, err
	}
	n.Org = a.Person.Org
	return l.people.Invite(ctx, n, a.Person.ID)
}

// Change replaces name, title, department and e-mail address.
func (l *Local) Change(ctx context.Context, a identity.Actor, n identity.LocalAccount) error {
	if err := a.Require(identity.ManagePeople); err != nil {
		return err
	}
	n.Org = a.Person.Org
	return l.people.Change(ctx, n, a.Person.ID)
}

// ResetPassword signs the person out everywhere and returns the link by which
// they choose another password, shown once.
func (l *Local) ResetPassword(ctx context.Context, a identity.Actor, account string) (identity.Invitation, error) {
	if err := a.Require(identity.ManagePeople); err != nil {
		return identity.Invitation{}, err
	}
	return l.people.ResetPassword(ctx, a.Person.Org, account, a.Person.ID)
}

// ResetFactors signs the person out everywhere; they sign in with the password
// alone and set new factors up.
func (l *Local) ResetFactors(ctx context.Context, a identity.Actor, account string) error {
	if err := a.Require(identity.ManagePeople); err != nil {
		return err
	}
	return l.people.ResetFactors(ctx, a.Person.Org, account, a.Person.ID)
}

// SetDisabled signs the person out everywhere at once and ends their help
// sessions, or lets them sign in again. The last who manages people stays.
func (l *Local) SetDisabled(ctx context.Context, a identity.Actor, account string, disabled bool) error {
	if err := a.Require(identity.ManagePeople); err != nil {
		return err
	}
	return l.people.SetDisabled(ctx, a.Person.Org, account, disabled, a.Person.ID, someoneManages)
}

// someoneManages refuses a change after which nobody could manage people.
func someoneManages(managers int) error {
	if managers == 0 {
		return ErrLastAdministrator
	}
	return nil
}

package idp

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// What follows is for administrators; by is who asks, for the audit log. Their
// permission has been checked.

// People lists the local accounts of an organisation.
func (p *Provider) People(ctx context.Context, org identity.OrgID) ([]identity.LocalPerson, error) {
	return p.store.LocalPeople(ctx, org, p.now())
}

// Invite makes an account and its person, who is entitled to nothing yet, and
// the one-time link by which its owner chooses a password.
func (p *Provider) Invite(ctx context.Context, a identity.LocalAccount, by identity.Author) (identity.LocalAccount, identity.Invitation, error) {
	if err := p.embedded(ctx, a.Org); err != nil {
		return a, identity.Invitation{}, err
	}
	if a.Company == "" {
		var err error
		if a.Company, err = p.store.OrganisationName(ctx, a.Org); err != nil {
			return a, identity.Invitation{}, err
		}
	}
	made, err := p.create(ctx, a.Org, NewAccount{
		Username: a.Username, Name: a.Name, Title: a.Title, Company: a.Company, Department: a.Department,
		Email: a.Email, EmailVerified: a.Email != "", Locale: a.Locale,
	}, "", by)
	if err != nil {
		return made, identity.Invitation{}, err
	}
	if _, err := p.store.Provision(ctx, a.Org, identity.PersonID(uuid.NewString()), p.Profile(made), nil, p.now()); err != nil {
		return made, identity.Invitation{}, err
	}
	l, link, err := p.newLink(a.Org, made.ID, 0)
	if err != nil {
		return made, identity.Invitation{}, err
	}
	return made, identity.Invitation{Link: link, Expires: l.Expires}, p.store.SaveLocalLink(ctx, l, by, p.now())
}

// Change replaces name, title, department and e-mail address of an account and
// its person; the rest of a is not looked at.
func (p *Provider) Change(ctx context.Context, a identity.LocalAccount, by identity.Author) error {
	now, err := p.store.LocalAccount(ctx, a.Org, a.ID)
	if err != nil {
		return err
	}
	now.Name, now.Title = identity.CleanText(a.Name), identity.CleanText(a.Title)
	now.Department, now.Email = identity.CleanText(a.Department), identity.CleanText(a.Email)
	now.EmailVerified = now.Email != "" // the administrator vouches for it
	if now.Name == "" {
		return identity.ErrAccount
	}
	return p.store.ChangeLocalAccount(ctx, now, p.Profile(now), by, p.now())
}

// ResetPassword takes the password away, signs the person out everywhere, and
// returns the one-time link by which they choose another.
func (p *Provider) ResetPassword(ctx context.Context, org identity.OrgID, account string, by identity.Author) (identity.Invitation, error) {
	if err := p.embedded(ctx, org); err != nil {
		return identity.Invitation{}, err
	}
	l, link, err := p.newLink(org, account, 0)
	if err != nil {
		return identity.Invitation{}, err
	}
	return identity.Invitation{Link: link, Expires: l.Expires}, p.store.ResetLocalPassword(ctx, l, by, p.now())
}

// ResetFactors forgets the second factors and signs the person out everywhere.
func (p *Provider) ResetFactors(ctx context.Context, org identity.OrgID, account string, by identity.Author) error {
	return p.store.ResetLocalFactors(ctx, org, account, by, p.now())
}

// SetDisabled disables an account and its person, which signs them out
// everywhere at once and ends their help sessions, or enables both again. The
// last administrator stays.
func (p *Provider) SetDisabled(ctx context.Context, org identity.OrgID, account string, disabled bool, by identity.Author) error {
	return p.store.SetLocalAccountDisabled(ctx, org, account, disabled, by, p.now())
}

// embedded refuses where the organisation's people do not sign in here.
func (p *Provider) embedded(ctx context.Context, org identity.OrgID) error {
	c, err := p.store.ProviderOf(ctx, org)
	if errors.Is(err, fault.ErrNotFound) || err == nil && c.Issuer != p.Issuer(org) {
		return identity.ErrNoLocalPeople
	}
	return err
}

// day is how the account page writes a date; the page's script writes it in the
// reader's way.
func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }

package server

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/idp"
)

// NewOrganisation is what an operator says of an organisation to be made.
type NewOrganisation struct {
	ID      string
	Name    string
	Domains []string // that may be shown as verified
	// AdminName and AdminUser make a local account for the first administrator;
	// without Provider.Issuer only.
	AdminName, AdminUser string
	// Provider is the organisation's own; an empty Issuer means the embedded one.
	Provider identity.Provider
}

var orgID = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

func (n NewOrganisation) check() error {
	switch {
	case !orgID.MatchString(n.ID) || n.ID == "assets": // /idp/assets/ holds the provider's files
		return fmt.Errorf("the id %q must be lower-case letters, digits and hyphens, at most 40, and not \"assets\"", n.ID)
	case n.Provider.Issuer == "" && (n.AdminName == "" || n.AdminUser == ""):
		return errors.New("the embedded provider needs the first administrator's name and user name")
	case n.Provider.Issuer != "" && n.Provider.ClientID == "":
		return errors.New("an issuer of your own needs a client id")
	}
	return nil
}

// CreateOrganisation makes an organisation with its provider and returns the
// one-time link of its first administrator.
func (p *Parts) CreateOrganisation(ctx context.Context, base string, n NewOrganisation) (string, error) {
	if err := n.check(); err != nil {
		return "", err
	}
	o := identity.Org{ID: identity.OrgID(n.ID), Name: identity.CleanText(n.Name), Settings: identity.DefaultSettings()}
	for _, d := range n.Domains {
		name, err := identity.ParseDomain(d)
		if err != nil {
			return "", fmt.Errorf("the domain %q: %w", d, err)
		}
		o.VerifiedDomains = append(o.VerifiedDomains, name)
	}
	external := n.Provider.Issuer != ""
	provider := identity.EmbeddedProvider(base, o.ID)
	if external {
		provider = n.Provider
		provider.ID, provider.Org = n.ID, o.ID
	}
	now := time.Now()
	if err := p.Store.CreateOrganisation(ctx, o, now); err != nil {
		return "", err
	}
	if err := p.Store.SetProvider(ctx, provider, now); err != nil {
		return "", err
	}
	if external {
		return p.Sign.FirstAdministrator(ctx, o.ID, 0)
	}
	return p.Invite(ctx, Invitation{Org: n.ID, Roles: []string{string(identity.Administrator)}, Account: idp.NewAccount{Username: n.AdminUser, Name: n.AdminName, Company: o.Name}})
}

// SetDeviceClaims says what the id tokens of an organisation's own provider tell
// of devices; they count from the next sign-in on.
func (p *Parts) SetDeviceClaims(ctx context.Context, org identity.OrgID, c identity.DeviceClaims) error {
	provider, err := p.Store.ProviderOf(ctx, org)
	if err != nil {
		return fmt.Errorf("provider of %s: %w", org, err)
	}
	if c.ID == "" && (c.Compliant != "" || len(c.Values) > 0) {
		return errors.New("without a claim that names the device, nothing can be said of it")
	}
	provider.Device = c
	return p.Store.SetProvider(ctx, provider, time.Now())
}

// Invitation is what an operator says of a local account to be made.
type Invitation struct {
	Org     string
	Account idp.NewAccount
	Roles   []string // ids of built-in roles, given over everything
}

// Invite makes a local account and its person, and returns the one-time link by
// which the person chooses a password.
func (p *Parts) Invite(ctx context.Context, v Invitation) (string, error) {
	var roles []identity.RoleID
	for _, name := range v.Roles {
		r, ok := identity.BuiltinRole(identity.RoleID(name))
		if !ok {
			return "", fmt.Errorf("there is no built-in role %q; there are %s", name, strings.Join(roleNames(), ", "))
		}
		roles = append(roles, r.ID)
	}
	o, err := p.Store.Org(ctx, identity.OrgID(v.Org))
	if errors.Is(err, fault.ErrNotFound) {
		return "", fmt.Errorf("there is no organisation %q", v.Org)
	}
	if err != nil {
		return "", err
	}
	if v.Account.Company == "" {
		v.Account.Company = o.Name
	}
	a, link, err := p.IDP.CreateWithLink(ctx, o.ID, v.Account, 0)
	if err != nil {
		return "", err
	}
	_, err = p.Sign.Provision(ctx, o.ID, p.IDP.Profile(a), roles...)
	return link, err
}

// Verified is one organisation's audit chain, found whole.
type Verified struct {
	Org   string
	Lines int64
}

// VerifyAudit walks the audit chain of every organisation and fails at the first
// line that was altered.
func (p *Parts) VerifyAudit(ctx context.Context) ([]Verified, error) {
	orgs, err := p.Store.Orgs(ctx)
	if err != nil {
		return nil, err
	}
	var out []Verified
	for _, org := range orgs {
		n, err := p.Store.VerifyAudit(ctx, org)
		if err != nil {
			return out, fmt.Errorf("organisation %s: %w", org, err)
		}
		out = append(out, Verified{Org: string(org), Lines: n})
	}
	return out, nil
}

func roleNames() []string {
	var out []string
	for _, r := range identity.BuiltinRoles() {
		out = append(out, string(r.ID))
	}
	return out
}

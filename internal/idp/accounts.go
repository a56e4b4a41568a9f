package idp

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"

	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// NewAccount describes somebody who is to have a local account.
type NewAccount struct {
	Username      string // what they type to sign in; 1–120 characters without spaces, case does not matter
	Name          string // required
	Title         string
	Company       string
	Department    string
	Email         string
	EmailVerified bool   // whether the organisation knows the address to be theirs
	Locale        string // BCP 47; empty: unknown
	Picture       []byte // PNG of at most 256×256 pixels; nil: none
}

// CreateWithPassword makes a local account whose password is known, for the
// demo and for tools. The password is not held to the rules for chosen ones, and
// no second factor is offered.
func (p *Provider) CreateWithPassword(ctx context.Context, org identity.OrgID, n NewAccount, password string) (identity.LocalAccount, error) {
	hash, err := p.hasher.hash(ctx, password)
	if err != nil {
		return identity.LocalAccount{}, err
	}
	return p.create(ctx, org, n, hash, identity.Author{})
}

// CreateWithLink makes a local account without a password and returns the
// one-time link by which its owner chooses one; see Link.
func (p *Provider) CreateWithLink(ctx context.Context, org identity.OrgID, n NewAccount, validFor time.Duration) (identity.LocalAccount, string, error) {
	a, err := p.create(ctx, org, n, "", identity.Author{})
	if err != nil {
		return a, "", err
	}
	link, err := p.Link(ctx, org, a.ID, validFor)
	return a, link, err
}

// never is far enough in the future for everything here.
const never = 100 * 365 * 24 * time.Hour

// create keeps a new account. With a password it is a tool's and needs no offers.
func (p *Provider) create(ctx context.Context, org identity.OrgID, n NewAccount, hash string, by identity.Author) (identity.LocalAccount, error) {
	a := identity.LocalAccount{
		ID: uuid.NewString(), Org: org, Username: normaliseUsername(n.Username), PasswordHash: hash,
		Name: identity.CleanText(n.Name), Title: identity.CleanText(n.Title), Company: identity.CleanText(n.Company),
		Department: identity.CleanText(n.Department), Email: identity.CleanText(n.Email), EmailVerified: n.EmailVerified,
		Locale: identity.CleanText(n.Locale), Created: p.now(),
	}
	if a.Name == "" || !validUsername(a.Username) {
		return a, identity.ErrAccount
	}
	if hash != "" {
		a.AskAgain = a.Created.Add(never)
	}
	return a, p.store.CreateLocalAccount(ctx, a, n.Picture, by)
}

// Profile is what the relying party will learn of an account, for provisioning
// its person before the first sign-in.
func (p *Provider) Profile(a identity.LocalAccount) identity.Profile {
	f := identity.Profile{
		Issuer: p.Issuer(a.Org), Subject: a.ID, Name: a.Name, Title: a.Title, Company: a.Company,
		Department: a.Department, Email: a.Email, Locale: a.Locale,
	}
	if a.EmailVerified {
		f.Domain = identity.DomainOf(a.Email)
	}
	return f.Clean()
}

// maxLinkLifetime bounds one-time links; defaultLinkLifetime is used for zero.
const (
	maxLinkLifetime     = 7 * 24 * time.Hour
	defaultLinkLifetime = 24 * time.Hour
)

// Link makes a one-time link by which the owner of an account chooses a
// password: an invitation, or the first administrator's door. It replaces
// earlier links. validFor is at most seven days; zero: one day. The token is in
// the fragment, so it reaches no log and no Referer.
func (p *Provider) Link(ctx context.Context, org identity.OrgID, account string, validFor time.Duration) (string, error) {
	l, link, err := p.newLink(org, account, validFor)
	if err != nil {
		return "", err
	}
	return link, p.store.SaveLocalLink(ctx, l, identity.Author{}, p.now())
}

func (p *Provider) newLink(org identity.OrgID, account string, validFor time.Duration) (identity.LocalLink, string, error) {
	if validFor <= 0 {
		validFor = defaultLinkLifetime
	}
	token, hash, err := httpx.NewSecret()
	l := identity.LocalLink{TokenHash: hash, Org: org, Account: account, Expires: p.now().Add(min(validFor, maxLinkLifetime))}
	return l, p.base + "/idp/" + url.PathEscape(string(org)) + "/welcome#" + token, err
}

func normaliseUsername(s string) string { return strings.ToLower(strings.TrimSpace(s)) }

func validUsername(s string) bool {
	return s != "" && len(s) <= 120 && s == identity.CleanText(s) && !strings.ContainsAny(s, " \t")
}

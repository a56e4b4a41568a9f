package signin

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/language"

	"tasuke/internal/identity"
)

// profile asks the provider's profile source who the person is.
func (s *Service) profile(ctx context.Context, p identity.Provider, e *endpoints, v verified, accessToken string) (identity.Profile, error) {
	source := s.fromClaims
	if p.Source == identity.FromGraph {
		source = s.fromGraph
	}
	f, err := source(ctx, p, e, v, accessToken)
	f.Issuer, f.Subject = p.Issuer, v.subject
	f = f.Clean()
	if f.Name == "" {
		f.Name = identity.CleanText(v.subject) // never nameless on the trust screen
	}
	if _, bad := language.Parse(f.Locale); bad != nil {
		f.Locale = ""
	}
	return f, err
}

// fromClaims reads the id token's claims and those of userinfo, which win.
func (s *Service) fromClaims(ctx context.Context, p identity.Provider, e *endpoints, v verified, accessToken string) (identity.Profile, error) {
	c := claims{}
	for name, value := range v.claims {
		c[name] = value
	}
	if e.Userinfo != "" {
		info, err := s.getClaims(ctx, e.Userinfo, accessToken)
		if err != nil {
			return identity.Profile{}, ErrProviderUnreachable.WithCause(brief(fmt.Errorf("userinfo: %w", err)))
		}
		// OpenID Connect Core 1.0, 5.3.2: else somebody else's answer was put in its place.
		if info.text("sub") != v.subject {
			return identity.Profile{}, ErrUntrusted.WithCause(errors.New("userinfo is about somebody else"))
		}
		for name, value := range info {
			c[name] = value
		}
	}
	names := p.Claims.WithDefaults()
	f := identity.Profile{
		Name:  firstText(c.text(names.Name), strings.TrimSpace(c.text("given_name")+" "+c.text("family_name")), c.text("preferred_username"), c.text(names.Email)),
		Title: c.text(names.Title), Company: c.text(names.Company), Department: c.text(names.Department),
		Email: c.text(names.Email), Locale: c.text(names.Locale), Domain: claimedDomain(p, c, names.Email),
	}
	f.Picture = s.pictureFrom(ctx, c.text(names.Picture), "")
	f.Groups = c.groups(names.Groups)
	if c.groupsElsewhere(names.Groups) {
		s.log.Warn("groups left out: the provider has them elsewhere, and its profile source is not graph", "provider", p.ID)
	}
	return f, nil
}

// claimedDomain is the domain the provider vouches for: a claim of its own, or
// that of an e-mail address it says is verified.
func claimedDomain(p identity.Provider, c claims, email string) string {
	if p.DomainClaim != "" {
		return identity.DomainOf("x@" + c.text(p.DomainClaim))
	}
	if c.yes("email_verified") {
		return identity.DomainOf(c.text(email))
	}
	return ""
}

// defaultGraph is Microsoft Graph's worldwide service.
const defaultGraph = "https://graph.microsoft.com/v1.0"

// fromGraph asks Microsoft Graph: Entra's tokens lack title, company and
// picture. The answer must be about the person of the id token (oid).
func (s *Service) fromGraph(ctx context.Context, p identity.Provider, _ *endpoints, v verified, accessToken string) (identity.Profile, error) {
	base := firstText(p.Graph, defaultGraph)
	if !s.secureURL(base) {
		return identity.Profile{}, ErrProviderUnreachable.WithCause(errors.New("the address of Graph is not https"))
	}
	me, err := s.getClaims(ctx, base+"/me?$select=id,displayName,jobTitle,companyName,department,mail,userPrincipalName,preferredLanguage", accessToken)
	if err != nil {
		return identity.Profile{}, ErrProviderUnreachable.WithCause(brief(fmt.Errorf("graph: %w", err)))
	}
	if me.text("id") == "" || me.text("id") != v.claims.text("oid") {
		return identity.Profile{}, ErrUntrusted.WithCause(errors.New("graph answered about somebody else"))
	}
	upn := me.text("userPrincipalName")
	groups, err := s.groupsFromGraph(ctx, p, v.claims, base, accessToken)
	if err != nil {
		return identity.Profile{}, ErrProviderUnreachable.WithCause(brief(fmt.Errorf("groups: %w", err)))
	}
	f := identity.Profile{
		Name: firstText(me.text("displayName"), v.claims.text("name"), upn), Title: me.text("jobTitle"),
		Company: me.text("companyName"), Department: me.text("department"), Email: firstText(me.text("mail"), upn),
		Locale: firstText(me.text("preferredLanguage"), v.claims.text("locale")), Domain: tenantDomain(p, upn),
		Picture: s.pictureFrom(ctx, base+"/me/photo/$value", accessToken), Groups: groups,
	}
	return f, nil
}

// tenantDomain is the domain of a user principal name, which a tenant can only
// give within the domains it has proven to own. It counts when the provider is
// bound to that tenant; a guest's name is of another tenant.
func tenantDomain(p identity.Provider, upn string) string {
	if p.Tenant == "" || strings.Contains(strings.ToUpper(upn), "#EXT#") {
		return ""
	}
	return identity.DomainOf(upn)
}

func firstText(texts ...string) string {
	for _, t := range texts {
		if strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}

package idp

import (
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"tasuke/internal/identity"
)

// client is the application, the only client of an organisation's issuer: it
// runs in this process, so it is public and proves itself by PKCE.
type client struct {
	base string
	org  identity.OrgID
}

// idTokenLifetime is how long an id token may be used; the application
// exchanges the code and verifies the token at once.
const idTokenLifetime = 5 * time.Minute

// GetID returns the client id.
func (c client) GetID() string { return identity.EmbeddedClient }

// RedirectURIs returns the one redirect URI, compared exactly.
func (c client) RedirectURIs() []string {
	return []string{identity.CallbackURL(c.base, identity.EmbeddedProvider(c.base, c.org).ID)}
}

// PostLogoutRedirectURIs returns where a browser may go after signing out.
func (c client) PostLogoutRedirectURIs() []string { return []string{c.base + "/"} }

// ApplicationType is web: its redirect URI is a page of the server.
func (c client) ApplicationType() op.ApplicationType { return op.ApplicationTypeWeb }

// AuthMethod is none: PKCE is then required by the library.
func (c client) AuthMethod() oidc.AuthMethod { return oidc.AuthMethodNone }

// ResponseTypes allows the code flow only.
func (c client) ResponseTypes() []oidc.ResponseType {
	return []oidc.ResponseType{oidc.ResponseTypeCode}
}

// GrantTypes allows the code flow only.
func (c client) GrantTypes() []oidc.GrantType { return []oidc.GrantType{oidc.GrantTypeCode} }

// LoginURL is the sign-in page for an authorization request.
func (c client) LoginURL(request string) string {
	return "/idp/" + string(c.org) + "/login?request=" + request
}

// AccessTokenType is opaque: only userinfo reads it.
func (c client) AccessTokenType() op.AccessTokenType { return op.AccessTokenTypeBearer }

// IDTokenLifetime returns the validity of an id token.
func (c client) IDTokenLifetime() time.Duration { return idTokenLifetime }

// DevMode is off: nothing is relaxed.
func (c client) DevMode() bool { return false }

// RestrictAdditionalIdTokenScopes changes nothing: no further scopes exist.
func (c client) RestrictAdditionalIdTokenScopes() func([]string) []string { return sameScopes }

// RestrictAdditionalAccessTokenScopes changes nothing: no further scopes exist.
func (c client) RestrictAdditionalAccessTokenScopes() func([]string) []string { return sameScopes }

// IsScopeAllowed refuses scopes that are not OpenID Connect's own.
func (c client) IsScopeAllowed(string) bool { return false }

// IDTokenUserinfoClaimsAssertion is off: the id token comes back in the address
// of the sign-out page, so it says nothing about the person but the subject.
func (c client) IDTokenUserinfoClaimsAssertion() bool { return false }

// ClockSkew is zero: both ends have the same clock.
func (c client) ClockSkew() time.Duration { return 0 }

func sameScopes(scopes []string) []string { return scopes }

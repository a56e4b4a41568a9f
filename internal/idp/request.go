package idp

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"tasuke/internal/identity"
)

// requestLifetime is how long a person has to sign in, codeLifetime how long
// the application has to exchange the code (RFC 6749, 4.1.2: at most 10 minutes).
const (
	requestLifetime = 30 * time.Minute
	codeLifetime    = time.Minute
)

// request is an authorization request as the library and the pages see it.
type request struct {
	row    identity.LocalRequest
	params *oidc.AuthRequest
}

func parseRequest(row identity.LocalRequest) (request, error) {
	q := request{row: row, params: new(oidc.AuthRequest)}
	if err := json.Unmarshal([]byte(row.Request), q.params); err != nil {
		return q, fmt.Errorf("stored authorization request: %w", err)
	}
	return q, nil
}

// GetID returns the id that the sign-in page carries.
func (q request) GetID() string { return q.row.ID }

// GetACR says how strongly the person was authenticated.
func (q request) GetACR() string {
	if severalFactors(q.row.Methods) {
		return identity.EmbeddedMFA
	}
	return identity.EmbeddedPassword
}

// GetAMR says by which methods the person was authenticated (RFC 8176).
func (q request) GetAMR() []string { return q.row.Methods }

// GetAudience is the client alone.
func (q request) GetAudience() []string { return []string{q.params.ClientID} }

// GetAuthTime is when the person proved the first of the methods.
func (q request) GetAuthTime() time.Time { return q.row.AuthTime }

// GetClientID returns the client that asked.
func (q request) GetClientID() string { return q.params.ClientID }

// GetCodeChallenge returns the PKCE challenge; S256 was required when the request came.
func (q request) GetCodeChallenge() *oidc.CodeChallenge {
	return &oidc.CodeChallenge{Challenge: q.params.CodeChallenge, Method: q.params.CodeChallengeMethod}
}

// GetNonce returns the client's nonce.
func (q request) GetNonce() string { return q.params.Nonce }

// GetRedirectURI returns the checked redirect URI.
func (q request) GetRedirectURI() string { return q.params.RedirectURI }

// GetResponseType is always code.
func (q request) GetResponseType() oidc.ResponseType { return q.params.ResponseType }

// GetResponseMode is always the default of the code flow, the query.
func (q request) GetResponseMode() oidc.ResponseMode { return q.params.ResponseMode }

// GetScopes returns what was asked for.
func (q request) GetScopes() []string { return q.params.Scopes }

// GetState returns the client's state.
func (q request) GetState() string { return q.params.State }

// GetSubject returns who signed in.
func (q request) GetSubject() string { return q.row.Account }

// Done reports whether somebody signed in.
func (q request) Done() bool { return q.row.Account != "" }

// stale reports whether a browser that authenticated at authTime must do so
// again (OpenID Connect Core 1.0, 3.1.2.1: prompt, max_age). Whoever did since
// the request came has.
func (q request) stale(authTime, now time.Time) bool {
	again := slices.Contains(q.params.Prompt, oidc.PromptLogin) || slices.Contains(q.params.Prompt, oidc.PromptSelectAccount) ||
		q.params.MaxAge != nil && now.Sub(authTime) > time.Duration(*q.params.MaxAge)*time.Second
	return again && authTime.Before(q.row.Created)
}

// wantsMFA reports whether several factors are asked for (acr_values). Password
// named as well means that it will do.
func (q request) wantsMFA() bool {
	return slices.Contains(q.params.ACRValues, identity.EmbeddedMFA) && !slices.Contains(q.params.ACRValues, identity.EmbeddedPassword)
}

// ofAccountPage reports whether the request is this provider's own, by which
// somebody reaches their account page. It has no client, so no code can come of it.
func (q request) ofAccountPage() bool { return q.params.ClientID == "" }

// silent reports whether no page may be shown (prompt=none).
func (q request) silent() bool { return slices.Contains(q.params.Prompt, oidc.PromptNone) }

package idp

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	httphelper "github.com/zitadel/oidc/v3/pkg/http"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// discovery describes the issuer (OpenID Connect Discovery 1.0) and names only
// what exists.
func (p *Provider) discovery(w http.ResponseWriter, r *http.Request, _ tenant) error {
	full := op.CreateDiscoveryConfig(r.Context(), p.op, p.op.Storage())
	httphelper.MarshalJSON(w, discoveryDocument{
		DiscoveryConfiguration: &oidc.DiscoveryConfiguration{
			Issuer:                            full.Issuer,
			AuthorizationEndpoint:             full.AuthorizationEndpoint,
			TokenEndpoint:                     full.TokenEndpoint,
			UserinfoEndpoint:                  full.UserinfoEndpoint,
			EndSessionEndpoint:                full.EndSessionEndpoint,
			JwksURI:                           full.JwksURI,
			ScopesSupported:                   []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail},
			ResponseTypesSupported:            []string{string(oidc.ResponseTypeCode)},
			ResponseModesSupported:            []string{string(oidc.ResponseModeQuery)},
			GrantTypesSupported:               []oidc.GrantType{oidc.GrantTypeCode},
			ACRValuesSupported:                []string{identity.EmbeddedPassword, identity.EmbeddedMFA},
			SubjectTypesSupported:             full.SubjectTypesSupported,
			IDTokenSigningAlgValuesSupported:  full.IDTokenSigningAlgValuesSupported,
			TokenEndpointAuthMethodsSupported: []oidc.AuthMethod{oidc.AuthMethodNone},
			ClaimsSupported:                   []string{"sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "at_hash", "name", "preferred_username", "email", "email_verified", "locale", "picture", "title", "company", "department"},
			CodeChallengeMethodsSupported:     full.CodeChallengeMethodsSupported,
		},
		IssParameter: true,
	})
	return nil
}

// discoveryDocument adds what the library's document lacks.
type discoveryDocument struct {
	*oidc.DiscoveryConfiguration
	IssParameter bool `json:"authorization_response_iss_parameter_supported"` // RFC 9207
}

func (p *Provider) keys(w http.ResponseWriter, r *http.Request, _ tenant) error {
	w.Header().Set("Cache-Control", "max-age=300")
	op.Keys(w, r, p.op.Storage())
	return nil
}

// Anybody may ask, and each request is kept for a while: its size in bytes and
// how many come from one network are bounded.
const (
	maxRequest        = 8 << 10
	requestsPerSecond = 5
	requestsBurst     = 100
)

// authorize begins a sign-in. An unknown client or redirect URI gets a page,
// never a redirect (RFC 6749, 4.1.2.1).
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request, t tenant) error {
	c := client{base: p.base, org: t.id}
	params, err := op.ParseAuthorizeRequest(r, p.op.Decoder())
	if err != nil || params.ClientID != c.GetID() || !slices.Contains(c.RedirectURIs(), params.RedirectURI) {
		return p.renderError(w, r, t, errBadClient)
	}
	q := request{params: params}
	if len(r.URL.RawQuery) > maxRequest || !p.requests.Allow(p.address(r), p.now()) {
		p.redirectBack(w, r, t, request{params: &oidc.AuthRequest{RedirectURI: params.RedirectURI}}, url.Values{"error": {"temporarily_unavailable"}})
		return nil
	}
	if code := unsupported(params); code != "" {
		p.redirectBack(w, r, t, q, url.Values{"error": {code}})
		return nil
	}
	if _, err := op.ValidateAuthRequestClient(r.Context(), params, c, p.op.IDTokenHintVerifier(r.Context())); err != nil {
		p.redirectBack(w, r, t, q, url.Values{"error": {string(oidc.DefaultToServerError(err, "").ErrorType)}})
		return nil
	}
	stored, err := p.op.Storage().CreateAuthRequest(r.Context(), params, "")
	if err != nil {
		return err
	}
	op.RedirectToLogin(stored.GetID(), c, w, r)
	return nil
}

// unsupported returns the error code of a request that this provider is
// stricter about than the library, or "".
func unsupported(q *oidc.AuthRequest) string {
	switch {
	case q.ResponseType != oidc.ResponseTypeCode:
		return "unsupported_response_type"
	case q.ResponseMode != "" && q.ResponseMode != oidc.ResponseModeQuery:
		return string(oidc.InvalidRequest)
	case q.CodeChallenge == "" || q.CodeChallengeMethod != oidc.CodeChallengeMethodS256:
		return string(oidc.InvalidRequest)
	case q.RequestParam != "":
		return string(oidc.RequestNotSupported)
	}
	return ""
}

var errBadClient = fault.New(fault.Invalid, "unknown_application", "This sign-in was not started by this service.", "Go to the start page and sign in from there.")

func (p *Provider) token(w http.ResponseWriter, r *http.Request, _ tenant) error {
	if r.PostFormValue("grant_type") != string(oidc.GrantTypeCode) {
		op.RequestError(w, r, oidc.ErrUnsupportedGrantType(), nil)
		return nil
	}
	op.CodeExchange(w, r, p.op)
	return nil
}

func (p *Provider) userinfo(w http.ResponseWriter, r *http.Request, _ tenant) error {
	op.Userinfo(w, r, p.op)
	return nil
}

// picture serves an account's picture to whoever knows its content hash, which
// only userinfo tells.
func (p *Provider) picture(w http.ResponseWriter, r *http.Request, t tenant) error {
	png, err := p.store.PictureByHash(r.Context(), t.id, r.PathValue("hash"))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	_, err = w.Write(png)
	return err
}

// request finds an authorization request that nobody has answered yet.
func (p *Provider) request(ctx context.Context, org identity.OrgID, id string) (request, error) {
	row, err := p.store.LocalRequest(ctx, org, id, p.now())
	if err != nil {
		return request{}, err
	}
	return parseRequest(row)
}

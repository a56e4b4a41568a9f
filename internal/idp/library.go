package idp

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"

	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// library is what zitadel's provider calls back (op.Storage). The organisation
// is that of the issuer in the context. Grants that this provider does not
// offer answer errNotOffered.
type library struct{ p *Provider }

var errNotOffered = errors.New("this provider offers the authorization code flow only")

// orgOf returns the organisation whose issuer the request went to.
func (l *library) orgOf(ctx context.Context) identity.OrgID {
	return identity.OrgID(strings.TrimPrefix(op.IssuerFromContext(ctx), l.p.base+"/idp/"))
}

// CreateAuthRequest keeps a checked authorization request.
func (l *library) CreateAuthRequest(ctx context.Context, q *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	id, _, err := httpx.NewSecret()
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(q)
	if err != nil {
		return nil, err
	}
	now := l.p.now()
	row := identity.LocalRequest{ID: id, Org: l.orgOf(ctx), Request: string(text), Created: now, Expires: now.Add(requestLifetime)}
	return request{row: row, params: q}, l.p.store.SaveLocalRequest(ctx, row, now)
}

// AuthRequestByID finds a request nobody has answered yet.
func (l *library) AuthRequestByID(ctx context.Context, id string) (op.AuthRequest, error) {
	return l.p.request(ctx, l.orgOf(ctx), id)
}

// AuthRequestByCode finds the request that a code answers and forgets it, so
// that a code works once even when the exchange fails.
func (l *library) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	row, err := l.p.store.TakeLocalRequest(ctx, l.orgOf(ctx), httpx.HashSecret(code), l.p.now())
	if err != nil {
		return nil, err
	}
	return parseRequest(row)
}

// SaveAuthCode is not used: the sign-in page makes codes itself.
func (l *library) SaveAuthCode(context.Context, string, string) error { return errNotOffered }

// DeleteAuthRequest has nothing left to do: AuthRequestByCode forgot it.
func (l *library) DeleteAuthRequest(context.Context, string) error { return nil }

// accessTokenLifetime is enough for the application to read userinfo and the
// picture right after the exchange.
const accessTokenLifetime = 5 * time.Minute

// CreateAccessToken keeps a token for userinfo.
func (l *library) CreateAccessToken(ctx context.Context, q op.TokenRequest) (string, time.Time, error) {
	id, hash, err := httpx.NewSecret()
	if err != nil {
		return "", time.Time{}, err
	}
	expires := l.p.now().Add(accessTokenLifetime)
	return id, expires, l.p.store.SaveLocalToken(ctx, l.orgOf(ctx), q.GetSubject(), hash, expires)
}

// CreateAccessAndRefreshTokens is not offered.
func (l *library) CreateAccessAndRefreshTokens(context.Context, op.TokenRequest, string) (string, string, time.Time, error) {
	return "", "", time.Time{}, errNotOffered
}

// TokenRequestByRefreshToken is not offered.
func (l *library) TokenRequestByRefreshToken(context.Context, string) (op.RefreshTokenRequest, error) {
	return nil, errNotOffered
}

// TerminateSession is not used: package-level sign-out ends the browser's own sign-in.
func (l *library) TerminateSession(context.Context, string, string) error { return errNotOffered }

// RevokeToken is not offered.
func (l *library) RevokeToken(context.Context, string, string, string) *oidc.Error {
	return oidc.ErrInvalidRequest().WithParent(errNotOffered)
}

// GetRefreshTokenInfo knows no refresh tokens.
func (l *library) GetRefreshTokenInfo(context.Context, string, string) (string, string, error) {
	return "", "", op.ErrInvalidRefreshToken
}

// GetClientByClientID knows one client.
func (l *library) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	if id != identity.EmbeddedClient {
		return nil, errors.New("unknown client")
	}
	return client{base: l.p.base, org: l.orgOf(ctx)}, nil
}

// AuthorizeClientIDSecret refuses: the client has no secret.
func (l *library) AuthorizeClientIDSecret(context.Context, string, string) error {
	return errNotOffered
}

// SetUserinfoFromScopes adds nothing to id tokens but the subject.
func (l *library) SetUserinfoFromScopes(_ context.Context, info *oidc.UserInfo, subject, _ string, _ []string) error {
	info.Subject = subject
	return nil
}

// SetUserinfoFromToken answers userinfo for a living access token.
func (l *library) SetUserinfoFromToken(ctx context.Context, info *oidc.UserInfo, id, subject, _ string) error {
	a, err := l.p.store.LocalTokenAccount(ctx, l.orgOf(ctx), httpx.HashSecret(id), l.p.now())
	if err != nil || a.ID != subject {
		return errors.New("the access token is not valid")
	}
	info.Subject = a.ID
	info.Name, info.PreferredUsername = a.Name, a.Username
	info.Email, info.EmailVerified = a.Email, oidc.Bool(a.EmailVerified)
	if tag, err := language.Parse(a.Locale); err == nil && a.Locale != "" {
		info.Locale = oidc.NewLocale(tag)
	}
	if a.Picture != "" {
		info.Picture = l.p.Issuer(a.Org) + "/picture/" + a.Picture
	}
	for claim, value := range map[string]string{"title": a.Title, "company": a.Company, "department": a.Department} {
		if value != "" {
			info.AppendClaims(claim, value)
		}
	}
	return nil
}

// SetIntrospectionFromToken is not offered.
func (l *library) SetIntrospectionFromToken(context.Context, *oidc.IntrospectionResponse, string, string, string) error {
	return errNotOffered
}

// GetPrivateClaimsFromScopes adds nothing: access tokens are opaque.
func (l *library) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return nil, nil
}

// GetKeyByIDAndClientID knows no client keys.
func (l *library) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errNotOffered
}

// ValidateJWTProfileScopes is not offered.
func (l *library) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errNotOffered
}

// Health is always good: the server's own readiness asks the database.
func (l *library) Health(context.Context) error { return nil }

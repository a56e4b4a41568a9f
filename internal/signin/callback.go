package signin

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/google/uuid"
	"golang.org/x/oauth2"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// maxCode bounds the authorization code, in bytes; the longest known are 2 kB.
const maxCode = 8 << 10

// callback takes a provider's answer: it finds the pending sign-in, trades the
// code for tokens, verifies them, and signs the browser in.
func (s *Service) callback(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	pending, p, err := s.answered(r, q)
	if err != nil {
		return err
	}
	e, err := s.providers.endpoints(r.Context(), p.Issuer)
	if err != nil {
		return ErrProviderUnreachable.WithCause(brief(err))
	}
	code, err := checkAnswer(q, p, e)
	if err != nil {
		return err
	}
	token, raw, err := s.exchange(r.Context(), p, e, code, pending.Verifier)
	if err != nil {
		return err
	}
	v, err := s.verifyIDToken(r.Context(), p, e, pending, raw, token.AccessToken)
	switch {
	case errors.Is(err, ErrNotFresh):
		return err
	case err != nil:
		return ErrUntrusted.WithCause(brief(err))
	}
	in := s.signInOf(p, v)
	if pending.MFA && !in.MFA() {
		return ErrMFAMissing
	}
	n := identity.NewSignIn{SignIn: in, IDToken: raw, Provider: p.ID, Device: v.claims.device(p.Device)}
	if n.Profile, err = s.profile(r.Context(), p, e, v, token.AccessToken); err != nil {
		return err
	}
	if err := s.signIn(w, r, n); err != nil {
		return err
	}
	http.Redirect(w, r, pending.Return, http.StatusSeeOther)
	return nil
}

// answered finds and uses up the pending sign-in that an answer belongs to. It
// must come from the browser that began it and to the redirect URI of its
// provider.
func (s *Service) answered(r *http.Request, q url.Values) (identity.PendingSignIn, identity.Provider, error) {
	var none identity.PendingSignIn
	for _, name := range []string{"state", "code", "iss", "error"} {
		if len(q[name]) > 1 {
			return none, identity.Provider{}, ErrUntrusted.WithCause(errors.New("the answer repeats " + name))
		}
	}
	state := q.Get("state")
	if len(state) != secretLength {
		return none, identity.Provider{}, ErrExpired
	}
	pending, err := s.store.TakePending(r.Context(), httpx.HashSecret(state), s.now())
	if errors.Is(err, fault.ErrNotFound) {
		return none, identity.Provider{}, ErrExpired
	}
	if err != nil {
		return none, identity.Provider{}, err
	}
	if subtle.ConstantTimeCompare(pending.BrowserHash, s.cookieHash(r, cookieBrowser)) != 1 {
		return none, identity.Provider{}, ErrExpired.WithCause(errors.New("another browser"))
	}
	if pending.Provider != r.PathValue("provider") {
		return none, identity.Provider{}, ErrUntrusted.WithCause(errors.New("the answer came to another provider's address"))
	}
	p, err := s.store.Provider(r.Context(), pending.Provider)
	if errors.Is(err, fault.ErrNotFound) || err == nil && p.Org != pending.Org {
		return none, identity.Provider{}, ErrExpired.WithCause(errors.New("the provider was changed meanwhile"))
	}
	return pending, p, err
}

// checkAnswer returns the code. The issuer parameter keeps one provider's
// answer from being taken for another's (RFC 9207).
func checkAnswer(q url.Values, p identity.Provider, e *endpoints) (string, error) {
	iss, failure, code := q.Get("iss"), q.Get("error"), q.Get("code")
	switch {
	case iss != "" && iss != p.Issuer:
		return "", ErrUntrusted.WithCause(errors.New("the answer is of another issuer"))
	case failure == "access_denied":
		return "", ErrDenied
	case failure != "":
		return "", ErrProviderAnswer.WithCause(brief(errors.New(failure)))
	case iss == "" && e.IssParameter:
		return "", ErrUntrusted.WithCause(errors.New("the answer lacks its issuer"))
	case code == "" || len(code) > maxCode:
		return "", ErrProviderAnswer.WithCause(errors.New("the answer has no usable code"))
	}
	return code, nil
}

// exchange trades a code for tokens.
func (s *Service) exchange(ctx context.Context, p identity.Provider, e *endpoints, code, verifier string) (*oauth2.Token, string, error) {
	token, err := s.config(p, e).Exchange(oidc.ClientContext(ctx, s.web), code, oauth2.VerifierOption(verifier))
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &refused):
		// The body may hold anything, even tokens: only the status and the code are logged.
		return nil, "", ErrProviderAnswer.WithCause(errors.Join(statusError(refused.Response.StatusCode), brief(errors.New(refused.ErrorCode))))
	case err != nil:
		return nil, "", ErrProviderUnreachable.WithCause(brief(err))
	}
	raw, ok := token.Extra("id_token").(string)
	if !ok || token.Type() != "Bearer" || len(token.AccessToken) > maxToken {
		return nil, "", ErrUntrusted.WithCause(errors.New("the token answer lacks an id token or a usable access token"))
	}
	return token, raw, nil
}

// signInOf is the sign-in that a verified token stands for.
func (s *Service) signInOf(p identity.Provider, v verified) identity.SignIn {
	now := s.now()
	in := identity.SignIn{ID: identity.SignInID(uuid.NewString()), Org: p.Org, Created: now, AuthTime: v.authTime, ACR: v.claims.strength(), AMR: v.claims.methods()}
	if in.AuthTime.IsZero() || in.AuthTime.After(now) {
		in.AuthTime = now
	}
	in.StrongACR = in.ACR != "" && slices.Contains(p.MFAValues, in.ACR)
	return in
}

// signIn keeps the sign-in under a new secret and gives the browser the cookie.
func (s *Service) signIn(w http.ResponseWriter, r *http.Request, n identity.NewSignIn) error {
	secret, hash, err := httpx.NewSecret()
	if err != nil {
		return err
	}
	n.PersonID, n.TokenHash, n.Replaces, n.UserAgent = newPersonID(), hash, s.cookieHash(r, cookieSignIn), userAgent(r)
	if _, err := s.store.SaveSignIn(r.Context(), n); err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(cookieSignIn, secret, 0))
	return nil
}

func newPersonID() identity.PersonID { return identity.PersonID(uuid.NewString()) }

// userAgent is kept so that people recognise their sign-ins in a list.
func userAgent(r *http.Request) string {
	ua := r.UserAgent()
	return identity.CleanText(ua[:min(len(ua), 300)])
}

// Provision keeps a person before their first sign-in and grants permissions,
// for local accounts made by tools. The profile must be clean.
func (s *Service) Provision(ctx context.Context, org identity.OrgID, f identity.Profile, roles ...identity.RoleID) (identity.Person, error) {
	return s.store.Provision(ctx, org, newPersonID(), f, roles, s.now())
}

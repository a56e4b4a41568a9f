package signin

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// Actor returns on whose behalf a request comes, with their grants, and keeps
// the sign-in from becoming idle. fault.ErrSignInRequired: nobody, the sign-in
// has ended, or the person is disabled.
func (s *Service) Actor(r *http.Request) (identity.Actor, error) {
	hash := s.cookieHash(r, cookieSignIn)
	if hash == nil {
		return identity.Actor{}, fault.ErrSignInRequired
	}
	now := s.now()
	a, seen, err := s.store.Actor(r.Context(), hash, now)
	if isNotFound(err) || err == nil && a.Person.Disabled {
		return identity.Actor{}, fault.ErrSignInRequired
	}
	if err != nil {
		return identity.Actor{}, err
	}
	a.From = s.origin(r)
	if now.Sub(seen) >= time.Minute {
		err = s.Touch(r.Context(), a.SignIn)
	}
	return a, err
}

// TokenPrefix begins the secret of every API token, so that people and scanners
// recognise one that leaked.
const TokenPrefix = "tsk_"

// ErrToken refuses a token; what is wrong with it is not said.
var ErrToken = fault.New(fault.Unauthenticated, "token_invalid", "The API token does not exist, has expired or was revoked.", "Make a new one in the administration.")

// Caller is Actor for the API, which programs call too: with the header
// Authorization: Bearer they act by a token (RFC 6750 section 2.1), and no cookie
// counts. Every other door knows people at browsers only.
func (s *Service) Caller(r *http.Request) (identity.Actor, error) {
	credentials := r.Header.Values("Authorization")
	if len(credentials) == 0 {
		return s.Actor(r)
	}
	scheme, secret, _ := strings.Cut(credentials[0], " ")
	secret, ours := strings.CutPrefix(strings.TrimSpace(secret), TokenPrefix)
	if len(credentials) > 1 || !strings.EqualFold(scheme, "Bearer") || !ours {
		return identity.Actor{}, ErrToken
	}
	a, err := s.store.TokenActor(r.Context(), httpx.HashSecret(secret), s.now())
	if isNotFound(err) {
		return identity.Actor{}, ErrToken
	}
	a.From = s.origin(r)
	return a, err
}

// origin is where a request comes from.
func (s *Service) origin(r *http.Request) identity.Origin {
	o := identity.Origin{Addr: s.address(r)}
	o.Platform, o.Browser, o.Version = identity.ReadUserAgent(r.UserAgent())
	return o
}

// Touch keeps a sign-in from becoming idle while one of its sockets is open; it
// writes at most once a minute. fault.ErrSignInRequired: it has ended.
func (s *Service) Touch(ctx context.Context, in identity.SignIn) error {
	err := s.store.TouchSignIn(ctx, in, s.now())
	if isNotFound(err) {
		return fault.ErrSignInRequired
	}
	return err
}

// SignIns lists the actor's living sign-ins, the newest first.
func (s *Service) SignIns(ctx context.Context, a identity.Actor) ([]identity.LiveSignIn, error) {
	return s.store.SignInsOf(ctx, a.Person.Org, a.Person.ID, s.now())
}

// EndSignIn ends one of the actor's sign-ins. fault.ErrNotFound: not theirs.
func (s *Service) EndSignIn(ctx context.Context, a identity.Actor, id identity.SignInID) error {
	_, err := s.store.EndSignIn(ctx, a.Person.Org, a.Person.ID, id, s.now())
	return err
}

// EndAll ends every sign-in of the actor, this one included.
func (s *Service) EndAll(ctx context.Context, a identity.Actor) error {
	return s.store.EndSignIns(ctx, a.Person.Org, a.Person.ID, s.now())
}

// SignOutRequest is the body of POST /signin/out.
type SignOutRequest struct {
	Everywhere bool `json:"everywhere"` // end the person's sign-ins in all browsers
}

// signOut ends the sign-in of this browser, or all of the person's, and says
// where the provider ends its own (RP-initiated logout). Who is not signed in
// any more is signed out already.
func (s *Service) signOut(w http.ResponseWriter, r *http.Request) error {
	var q SignOutRequest
	if err := decodeBody(w, r, &q); err != nil {
		return err
	}
	to := s.base + "/"
	a, err := s.Actor(r)
	if err != nil && !errors.Is(err, fault.ErrSignInRequired) {
		return err
	}
	if err == nil {
		ended, err := s.store.EndSignIn(r.Context(), a.Person.Org, a.Person.ID, a.SignIn.ID, s.now())
		if err != nil && !isNotFound(err) {
			return err
		}
		to = s.endSessionURL(r.Context(), ended)
	}
	if err == nil && q.Everywhere {
		if err := s.EndAll(r.Context(), a); err != nil {
			return err
		}
	}
	http.SetCookie(w, s.cookie(cookieSignIn, "", -1))
	// Not "cookies": that would clear those of every host of the domain, the
	// provider's among them, before it has seen its own.
	w.Header().Set("Clear-Site-Data", `"storage"`)
	return writeJSON(w, Location{to})
}

// Bounds of a first administrator's link.
const (
	maxFirstLink     = 7 * 24 * time.Hour
	defaultFirstLink = 24 * time.Hour
)

// FirstAdministrator makes a one-time link for an organisation with a provider
// of its own: whoever opens it and signs in there gets every permission.
// validFor is at most seven days; zero: one day.
func (s *Service) FirstAdministrator(ctx context.Context, org identity.OrgID, validFor time.Duration) (string, error) {
	if validFor <= 0 {
		validFor = defaultFirstLink
	}
	token, hash, err := httpx.NewSecret()
	if err != nil {
		return "", err
	}
	err = s.store.SaveFirstAdministrator(ctx, org, hash, s.now().Add(min(validFor, maxFirstLink)))
	return s.base + "/signin/first#" + token, err
}

// FirstRequest is the body of POST /signin/first.
type FirstRequest struct {
	Token string `json:"token"` // from the fragment of the one-time link
}

// becomeFirst makes the signed-in person their organisation's administrator in
// exchange for the one-time link.
func (s *Service) becomeFirst(w http.ResponseWriter, r *http.Request) error {
	a, err := s.Actor(r)
	if err != nil {
		return err
	}
	var q FirstRequest
	if err := decodeBody(w, r, &q); err != nil {
		return err
	}
	err = s.store.UseFirstAdministrator(r.Context(), a.Person.Org, a.Person.ID, httpx.HashSecret(q.Token), s.now())
	if isNotFound(err) {
		return ErrFirstLink
	}
	if err != nil {
		return err
	}
	return writeJSON(w, Location{"/admin"})
}

func isNotFound(err error) bool { return errors.Is(err, fault.ErrNotFound) }

package signin

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// pendingLifetime is how long a person has at the provider.
const pendingLifetime = 10 * time.Minute

// How many sign-ins one network may start: plenty for an office behind one
// address, little for somebody who wants to fill the database.
const (
	startsPerSecond = 5
	startsBurst     = 100
)

// StartRequest is how a page asks to sign somebody in.
type StartRequest struct {
	Return       string `json:"return"`       // path of this service to come back to; empty: /
	Organisation string `json:"organisation"` // id of the organisation; empty: by e-mail, or the only one
	Email        string `json:"email"`        // work e-mail address, whose domain finds the organisation
	Fresh        bool   `json:"fresh"`        // ask for the password even when the provider would not
	Step         string `json:"step"`         // "mfa": several factors are needed; empty: whatever the provider does
	LoginHint    string `json:"login_hint"`   // user name to begin with; empty: the e-mail address
	Locales      string `json:"ui_locales"`   // languages for the provider's pages, separated by spaces
}

// Location is where a page has to go next.
type Location struct {
	Location string `json:"location"`
}

// start sends a browser to its organisation's provider.
func (s *Service) start(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	to, err := s.begin(w, r, StartRequest{
		Return: q.Get("return"), Organisation: q.Get("org"), Email: q.Get("email"),
		Fresh: q.Get("prompt") == "login" || q.Get("fresh") == "1", Step: q.Get("step"), LoginHint: q.Get("login_hint"), Locales: q.Get("ui_locales"),
	})
	if err != nil {
		return err
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// startByScript does the same for a page that must not put an e-mail address
// into a URL: it gets the provider's address and goes there.
func (s *Service) startByScript(w http.ResponseWriter, r *http.Request) error {
	var q StartRequest
	if err := decodeBody(w, r, &q); err != nil {
		return err
	}
	to, err := s.begin(w, r, q)
	if err != nil {
		return err
	}
	return writeJSON(w, Location{to})
}

// stepMFA is the only step that pages may ask for. The values behind it are the
// provider's configuration, never the page's.
const stepMFA = "mfa"

// begin keeps a new pending sign-in and returns the provider's address for it.
func (s *Service) begin(w http.ResponseWriter, r *http.Request, q StartRequest) (string, error) {
	if q.Return == "" {
		q.Return = "/"
	}
	if !localPath(q.Return) {
		return "", ErrReturn
	}
	if q.Step != "" && q.Step != stepMFA {
		return "", ErrStep
	}
	now := s.now()
	if !s.starts.Allow(s.address(r), now) {
		return "", ErrTooManyStarts.WithRetryAfter(time.Second)
	}
	p, err := s.choose(r.Context(), q)
	if err != nil {
		return "", err
	}
	e, err := s.providers.endpoints(r.Context(), p.Issuer)
	if err != nil {
		return "", ErrProviderUnreachable.WithCause(brief(err))
	}
	state, stateHash, err := httpx.NewSecret()
	if err != nil {
		return "", err
	}
	nonce, _, err := httpx.NewSecret()
	if err != nil {
		return "", err
	}
	browser, err := s.browser(w, r)
	if err != nil {
		return "", err
	}
	pending := identity.PendingSignIn{
		StateHash: stateHash, BrowserHash: browser, Provider: p.ID, Org: p.Org, Nonce: nonce,
		Verifier: oauth2.GenerateVerifier(), Return: q.Return, Fresh: q.Fresh, MFA: q.Step == stepMFA, Created: now, Expires: now.Add(pendingLifetime),
	}
	if err := s.store.SavePending(r.Context(), pending); err != nil {
		return "", err
	}
	return s.config(p, e).AuthCodeURL(state, authorizeOptions(p, pending, q)...), nil
}

// authorizeOptions are the parameters beside those every request has. max_age
// makes a provider say when it authenticated the person, so that a browser that
// takes prompt=login out of the address is found out. acr_values is a wish; that
// it was granted is checked afterwards.
func authorizeOptions(p identity.Provider, pending identity.PendingSignIn, q StartRequest) []oauth2.AuthCodeOption {
	o := []oauth2.AuthCodeOption{oidc.Nonce(pending.Nonce), oauth2.S256ChallengeOption(pending.Verifier)}
	if pending.MFA && len(p.MFAValues) > 0 {
		o = append(o, oauth2.SetAuthURLParam("acr_values", strings.Join(p.MFAValues, " ")))
	}
	if pending.Fresh {
		o = append(o, oauth2.SetAuthURLParam("prompt", "login"), oauth2.SetAuthURLParam("max_age", "0"))
	}
	hint := q.LoginHint
	if hint == "" {
		hint = q.Email
	}
	if hint != "" {
		o = append(o, oauth2.SetAuthURLParam("login_hint", identity.CleanText(hint)))
	}
	if q.Locales != "" {
		o = append(o, oauth2.SetAuthURLParam("ui_locales", identity.CleanText(q.Locales)))
	}
	return o
}

// config is the client at a provider.
func (s *Service) config(p identity.Provider, e *endpoints) *oauth2.Config {
	scopes := []string{oidc.ScopeOpenID, oidc.ScopeProfile, oidc.ScopeEmail}
	if p.Source == identity.FromGraph {
		scopes = append(scopes, "User.Read")
	}
	return &oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.ClientSecret, Scopes: scopes,
		RedirectURL: identity.CallbackURL(s.base, p.ID),
		Endpoint:    oauth2.Endpoint{AuthURL: e.Authorize, TokenURL: e.Token, AuthStyle: e.authStyle(p)},
	}
}

// choose finds the provider. Which organisations exist is nobody's business,
// so one that does not exist and one without a provider look alike.
func (s *Service) choose(ctx context.Context, q StartRequest) (identity.Provider, error) {
	var p identity.Provider
	var err error
	missing := ErrOrganisationUnknown
	switch {
	case q.Organisation != "":
		p, err = s.store.ProviderOf(ctx, identity.OrgID(strings.ToLower(q.Organisation)))
	case q.Email != "":
		p, err = s.store.ProviderByDomain(ctx, identity.DomainOf(strings.TrimSpace(q.Email)))
	default:
		p, err = s.store.SoleProvider(ctx)
		missing = ErrOrganisationNeeded
	}
	if errors.Is(err, fault.ErrNotFound) {
		return p, missing
	}
	return p, err
}

// browser returns the hash of the pre-login cookie. One cookie serves all tabs
// that sign in at the same time.
func (s *Service) browser(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	name := s.cookie(cookieBrowser, "", 0).Name
	if c, err := r.Cookie(name); err == nil && len(c.Value) == secretLength {
		http.SetCookie(w, s.cookie(cookieBrowser, c.Value, int(pendingLifetime.Seconds())))
		return httpx.HashSecret(c.Value), nil
	}
	secret, hash, err := httpx.NewSecret()
	if err != nil {
		return nil, err
	}
	http.SetCookie(w, s.cookie(cookieBrowser, secret, int(pendingLifetime.Seconds())))
	return hash, nil
}

var adminPath = regexp.MustCompile(`^/admin(/[a-z0-9][a-z0-9-]*)*$`)

// localPath reports whether a sign-in may return to a path: only to pages that
// exist, so that a link to us can never lead elsewhere.
func localPath(path string) bool {
	switch path {
	case "/", "/join", "/help", "/check", "/signin/first":
		return true
	}
	return len(path) <= 200 && adminPath.MatchString(path)
}

// maxBody bounds the small JSON bodies of this package, in bytes.
const maxBody = 8 << 10

func decodeBody(w http.ResponseWriter, r *http.Request, into any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	d.DisallowUnknownFields()
	var tooLarge *http.MaxBytesError
	switch err := d.Decode(into); {
	case errors.As(err, &tooLarge):
		return fault.ErrTooLarge
	case err != nil:
		return fault.ErrInvalid.WithCause(err)
	}
	return nil
}

func writeJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	return json.NewEncoder(w).Encode(v)
}

// endSessionURL is where RP-initiated logout continues, or the start page when
// the provider offers none.
func (s *Service) endSessionURL(ctx context.Context, ended identity.EndedSignIn) string {
	home := s.base + "/"
	p, err := s.store.Provider(ctx, ended.Provider)
	if err != nil {
		return home
	}
	e, err := s.providers.endpoints(ctx, p.Issuer)
	if err != nil || e.EndSession == "" {
		return home
	}
	u, err := url.Parse(e.EndSession)
	if err != nil {
		return home
	}
	q := u.Query()
	q.Set("client_id", p.ClientID)
	q.Set("post_logout_redirect_uri", home)
	if ended.IDToken != "" {
		q.Set("id_token_hint", ended.IDToken)
	}
	u.RawQuery = q.Encode()
	return u.String()
}

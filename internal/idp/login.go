package idp

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// Faults of the sign-in page.
var (
	ErrWrongPassword   = fault.New(fault.Invalid, "wrong_password", "The user name or the password is wrong.", "Check both and try again.")
	ErrAccountDisabled = fault.New(fault.Forbidden, "account_disabled", "This account was switched off.", "Ask your administrator.")
	ErrRequestExpired  = fault.New(fault.NotFound, "sign_in_expired", "This sign-in took too long or was already finished.", "Go to the start page and sign in again.")
)

// browserLifetime is how long a browser is not asked for the password again.
// It is short, because an idle limit of the application would mean little if
// a click could sign in again.
const browserLifetime = time.Hour

// loginPage continues an authorization request: at once when this browser may
// do without a password, else with the sign-in form.
func (p *Provider) loginPage(w http.ResponseWriter, r *http.Request, t tenant) error {
	q, err := p.request(r.Context(), t.id, r.URL.Query().Get("request"))
	if err != nil {
		return p.renderError(w, r, t, expired(err))
	}
	b, err := p.browser(r, t)
	if err != nil {
		return err
	}
	if b != nil && !q.needsPassword(b.AuthTime, p.now()) {
		return p.answer(w, r, t, q, b.Account, b.AuthTime)
	}
	if q.silent() {
		p.redirectBack(w, r, t, q, url.Values{"error": {string(oidc.LoginRequired)}})
		return nil
	}
	return p.render(w, r, t, "login", loginForm(q, q.params.LoginHint), nil)
}

func loginForm(q request, username string) map[string]string {
	return map[string]string{"request": q.row.ID, "username": username, "locales": q.params.UILocales.String()}
}

// login checks user name and password and continues the authorization request.
func (p *Provider) login(w http.ResponseWriter, r *http.Request, t tenant) error {
	q, err := p.request(r.Context(), t.id, r.PostFormValue("request"))
	if err != nil {
		return p.renderError(w, r, t, expired(err))
	}
	username := normaliseUsername(r.PostFormValue("username"))
	a, err := p.authenticate(r, t, username, r.PostFormValue("password"))
	if err != nil {
		return p.render(w, r, t, "login", loginForm(q, identity.CleanText(username)), err)
	}
	now := p.now()
	if err := p.rememberBrowser(w, r, t, a.ID, now); err != nil {
		return err
	}
	return p.answer(w, r, t, q, a.ID, now)
}

// authenticate answers who this is. Unknown accounts and wrong passwords take
// the same time and get the same answer.
func (p *Provider) authenticate(r *http.Request, t tenant, username, password string) (identity.LocalAccount, error) {
	from, now := p.address(r), p.now()
	if err := p.throttle.check(t.id, username, from, now); err != nil {
		return identity.LocalAccount{}, err
	}
	a, err := p.store.LocalAccountByUsername(r.Context(), t.id, username)
	if err != nil && !errors.Is(err, fault.ErrNotFound) {
		return a, err
	}
	ok, err := p.hasher.matches(r.Context(), password, a.PasswordHash)
	switch {
	case err != nil:
		return a, err
	case !ok:
		p.throttle.failed(t.id, username, from, now)
		return a, ErrWrongPassword
	case a.Disabled:
		return a, ErrAccountDisabled
	}
	p.throttle.succeeded(t.id, username, from, now)
	return a, nil
}

// answer ends an authorization request with a code.
func (p *Provider) answer(w http.ResponseWriter, r *http.Request, t tenant, q request, account string, authTime time.Time) error {
	code, hash, err := httpx.NewSecret()
	if err != nil {
		return err
	}
	q.row.Account, q.row.AuthTime, q.row.CodeHash, q.row.Expires = account, authTime, hash, p.now().Add(codeLifetime)
	if err := p.store.AnswerLocalRequest(r.Context(), q.row); err != nil {
		return p.renderError(w, r, t, expired(err))
	}
	p.redirectBack(w, r, t, q, url.Values{"code": {code}})
	return nil
}

// redirectBack returns to the client. 303, so that no form data goes along.
func (p *Provider) redirectBack(w http.ResponseWriter, r *http.Request, t tenant, q request, answer url.Values) {
	answer.Set("state", q.params.State)
	answer.Set("iss", p.Issuer(t.id)) // RFC 9207
	http.Redirect(w, r, q.params.RedirectURI+"?"+answer.Encode(), http.StatusSeeOther)
}

func expired(err error) error {
	if errors.Is(err, fault.ErrNotFound) {
		return ErrRequestExpired
	}
	return err
}

// cookie is the provider's own cookie for one organisation. It is not sent to
// the application.
func (p *Provider) cookie(t tenant, value string, maxAge int) *http.Cookie {
	c := &http.Cookie{
		Name: "tasuke-idp", Value: value, Path: "/idp/" + string(t.id), MaxAge: maxAge,
		HttpOnly: true, SameSite: http.SameSiteLaxMode,
	}
	if strings.HasPrefix(p.base, "https:") {
		c.Name, c.Secure = "__Secure-"+c.Name, true
	}
	return c
}

// browser returns the sign-in of this browser at the provider, or nil.
func (p *Provider) browser(r *http.Request, t tenant) (*identity.LocalBrowser, error) {
	c, err := r.Cookie(p.cookie(t, "", 0).Name)
	if err != nil {
		return nil, nil // no cookie
	}
	b, err := p.store.LocalBrowser(r.Context(), t.id, httpx.HashSecret(c.Value), p.now())
	if errors.Is(err, fault.ErrNotFound) {
		return nil, nil
	}
	return &b, err
}

// rememberBrowser signs this browser in at the provider, under a new secret.
func (p *Provider) rememberBrowser(w http.ResponseWriter, r *http.Request, t tenant, account string, now time.Time) error {
	if old, err := p.browser(r, t); err != nil {
		return err
	} else if old != nil {
		if err := p.store.EndLocalBrowser(r.Context(), t.id, old.TokenHash); err != nil {
			return err
		}
	}
	secret, hash, err := httpx.NewSecret()
	if err != nil {
		return err
	}
	http.SetCookie(w, p.cookie(t, secret, 0))
	return p.store.SaveLocalBrowser(r.Context(), identity.LocalBrowser{TokenHash: hash, Org: t.id, Account: account, AuthTime: now, Expires: now.Add(browserLifetime)})
}

package idp

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

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

// loginPage continues an authorization request with the step that next names.
func (p *Provider) loginPage(w http.ResponseWriter, r *http.Request, t tenant) error {
	q, err := p.request(r.Context(), t.id, r.URL.Query().Get("request"))
	if err != nil {
		return p.renderError(w, r, t, expired(err))
	}
	b, err := p.browser(r, t)
	if err != nil {
		return err
	}
	return p.proceed(w, r, t, q, b)
}

// login checks user name and password, or a passkey, and continues the
// authorization request.
func (p *Provider) login(w http.ResponseWriter, r *http.Request, t tenant) error {
	q, err := p.request(r.Context(), t.id, r.PostFormValue("request"))
	if err != nil {
		return p.renderError(w, r, t, expired(err))
	}
	if r.PostFormValue("credential") != "" {
		return p.loginByPasskey(w, r, t, q)
	}
	username := normaliseUsername(r.PostFormValue("username"))
	a, err := p.authenticate(r, t, username, r.PostFormValue("password"))
	if err != nil {
		return p.renderLogin(w, r, t, q, username, err)
	}
	return p.signedIn(w, r, t, q, a.ID, []string{"pwd"})
}

func (p *Provider) loginByPasskey(w http.ResponseWriter, r *http.Request, t tenant, q request) error {
	a, methods, err := p.passkeySignIn(r, t, q)
	if err != nil {
		return p.renderLogin(w, r, t, q, "", err)
	}
	return p.signedIn(w, r, t, q, a.ID, methods)
}

// signedIn remembers who proved themselves now and goes on.
func (p *Provider) signedIn(w http.ResponseWriter, r *http.Request, t tenant, q request, account string, methods []string) error {
	b := identity.LocalBrowser{Org: t.id, Account: account, AuthTime: p.now(), Methods: methods}
	if err := p.rememberBrowser(w, r, t, &b); err != nil {
		return err
	}
	return p.proceed(w, r, t, q, &b)
}

func (p *Provider) renderLogin(w http.ResponseWriter, r *http.Request, t tenant, q request, username string, refusal error) error {
	form := requestForm(q)
	form["username"] = identity.CleanText(username)
	options, err := p.assertionOptions(q, nil)
	if err != nil {
		return err
	}
	return p.renderWith(w, r, t, "login", form, passkeyData{options}, refusal)
}

// requestForm is what every page of a request carries on.
func requestForm(q request) map[string]string {
	return map[string]string{"request": q.row.ID, "locales": q.params.UILocales.String()}
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

// answer ends an authorization request with a code, or at the account page.
func (p *Provider) answer(w http.ResponseWriter, r *http.Request, t tenant, q request, b identity.LocalBrowser) error {
	if q.ofAccountPage() {
		http.Redirect(w, r, p.withLanguage(r, p.accountPath(t)), http.StatusSeeOther)
		return nil
	}
	code, hash, err := httpx.NewSecret()
	if err != nil {
		return err
	}
	q.row.Account, q.row.AuthTime, q.row.Methods = b.Account, b.AuthTime, b.Methods
	q.row.CodeHash, q.row.Expires = hash, p.now().Add(codeLifetime)
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

// rememberBrowser signs this browser in at the provider, under a new secret,
// whose hash it fills in.
func (p *Provider) rememberBrowser(w http.ResponseWriter, r *http.Request, t tenant, b *identity.LocalBrowser) error {
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
	b.TokenHash, b.Expires = hash, b.AuthTime.Add(browserLifetime)
	return p.store.SaveLocalBrowser(r.Context(), *b)
}

package idp

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// ErrTooManyRequests asks for patience after many page loads.
var ErrTooManyRequests = fault.New(fault.TooMany, "too_many_requests", "Too many pages were asked for from your network.", "Wait a moment and try again.")

// ownedAccount is an account whose owner is at the account page.
type ownedAccount struct {
	t tenant
	b identity.LocalBrowser
	a identity.LocalAccount
	f identity.LocalFactors
}

// accountData is what the account page shows.
type accountData struct {
	Options  string // for the button that adds a passkey; empty: none
	Passkeys []passkeyRow
	TOTP     bool
	Any      bool // there is a second factor
	Recovery int
	Saved    bool
}

type passkeyRow struct{ ID, Name, Created, Used, CreatedAt, UsedAt string }

// totpData is what the page shows that sets up an authenticator app.
type totpData struct {
	QR     picture
	Secret string
}

func (p *Provider) accountPath(t tenant) string { return "/idp/" + string(t.id) + "/account" }

// ownAccount returns the account of somebody who authenticated within freshFor
// with all the account has, or nil: then they were sent to do so.
func (p *Provider) ownAccount(w http.ResponseWriter, r *http.Request, t tenant) (*ownedAccount, error) {
	b, err := p.browser(r, t)
	if err != nil {
		return nil, err
	}
	if b != nil && p.now().Sub(b.AuthTime) <= freshFor {
		a, f, err := p.owner(r, t, b.Account)
		if err != nil {
			return nil, err
		}
		if !a.Disabled && complete(*b, f) {
			return &ownedAccount{t, *b, a, f}, nil
		}
	}
	return nil, p.authenticateOwner(w, r, t)
}

// authenticateOwner sends somebody through the steps of a sign-in, back to the
// account page. The request is this provider's own; see ofAccountPage.
func (p *Provider) authenticateOwner(w http.ResponseWriter, r *http.Request, t tenant) error {
	now := p.now()
	if !p.requests.Allow(p.address(r), now) {
		return p.renderError(w, r, t, ErrTooManyRequests.WithRetryAfter(time.Second))
	}
	id, _, err := httpx.NewSecret()
	if err != nil {
		return err
	}
	age := uint(freshFor.Seconds())
	text, err := json.Marshal(oidc.AuthRequest{MaxAge: &age})
	if err != nil {
		return err
	}
	row := identity.LocalRequest{ID: id, Org: t.id, Request: string(text), Created: now, Expires: now.Add(requestLifetime)}
	if err := p.store.SaveLocalRequest(r.Context(), row, now); err != nil {
		return err
	}
	http.Redirect(w, r, p.withLanguage(r, client{base: p.base, org: t.id}.LoginURL(id)), http.StatusSeeOther)
	return nil
}

// accountPage is where local people look after what they sign in with.
func (p *Provider) accountPage(w http.ResponseWriter, r *http.Request, t tenant) error {
	o, err := p.ownAccount(w, r, t)
	if err != nil || o == nil {
		return err
	}
	return p.renderAccount(w, r, o, r.URL.Query().Get("saved") == "1", nil)
}

func (p *Provider) renderAccount(w http.ResponseWriter, r *http.Request, o *ownedAccount, saved bool, refusal error) error {
	options, err := p.creationOptions(o.b, o.a, o.f)
	if err != nil {
		return err
	}
	d := accountData{Options: options, TOTP: o.f.TOTP.Confirmed, Any: o.f.Any(), Recovery: o.f.Recovery, Saved: saved}
	for _, k := range o.f.Passkeys {
		row := passkeyRow{ID: k.ID, Name: k.Name, Created: day(k.Created), CreatedAt: k.Created.Format(time.RFC3339)}
		if !k.Used.IsZero() {
			row.Used, row.UsedAt = day(k.Used), k.Used.Format(time.RFC3339)
		}
		d.Passkeys = append(d.Passkeys, row)
	}
	return p.renderWith(w, r, o.t, "account", map[string]string{"username": o.a.Username, "name": o.a.Name}, d, refusal)
}

// accountAct does what a form of the account page asks. Everything here asks
// for a fresh authentication and leaves an audit line.
func (p *Provider) accountAct(w http.ResponseWriter, r *http.Request, t tenant) error {
	act, known := map[string]func(w http.ResponseWriter, r *http.Request, o *ownedAccount) error{
		"password": p.changePassword, "passkey": p.registerPasskey, "passkey-remove": p.removePasskey,
		"totp": p.beginTOTP, "totp-confirm": p.confirmTOTP, "totp-remove": p.removeTOTP, "codes": p.replaceCodes,
	}[r.PathValue("act")]
	if !known {
		return fault.ErrNotFound
	}
	o, err := p.ownAccount(w, r, t)
	if err != nil || o == nil {
		return err
	}
	err = act(w, r, o)
	if k := fault.Of(err).Kind; err != nil && k != fault.Internal && k != fault.Unavailable {
		return p.renderAccount(w, r, o, false, err)
	}
	return err
}

// changed shows the account page anew, so that a reload repeats nothing.
func (p *Provider) changed(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	http.Redirect(w, r, p.withLanguage(r, p.accountPath(o.t)+"?saved=1"), http.StatusSeeOther)
	return nil
}

// changePassword ends every other browser's sign-in here and, when asked, the
// person's sign-ins to the application.
func (p *Provider) changePassword(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	hash, err := p.chosenPassword(r, o.t, o.a)
	if err != nil {
		return err
	}
	if err := p.store.SetLocalPassword(r.Context(), o.t.id, o.a.ID, hash, r.PostFormValue("everywhere") == "1", p.now()); err != nil {
		return err
	}
	if err := p.rememberBrowser(w, r, o.t, &o.b); err != nil {
		return err
	}
	return p.changed(w, r, o)
}

func (p *Provider) registerPasskey(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	methods, err := p.addPasskey(r, o)
	if err != nil {
		return err
	}
	return p.enrolled(w, r, o, methods)
}

func (p *Provider) removePasskey(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	if err := p.store.RemoveLocalPasskey(r.Context(), o.t.id, o.a.ID, r.PostFormValue("id"), p.now()); err != nil {
		return err
	}
	return p.changed(w, r, o)
}

// beginTOTP makes a secret and shows it.
func (p *Provider) beginTOTP(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	secret, err := newTOTPSecret()
	if err != nil {
		return err
	}
	if err := p.store.BeginLocalTOTP(r.Context(), o.t.id, o.a.ID, secret); err != nil {
		return err
	}
	return p.renderTOTP(w, r, o, secret, nil)
}

func (p *Provider) renderTOTP(w http.ResponseWriter, r *http.Request, o *ownedAccount, secret []byte, refusal error) error {
	qr, err := qrPicture(totpAddress(secret, o.t.name, o.a.Username))
	if err != nil {
		return err
	}
	return p.renderWith(w, r, o.t, "totp", map[string]string{"request": r.PostFormValue("request")}, totpData{qr, totpText(secret)}, refusal)
}

// confirmTOTP turns the app on with its first right code.
func (p *Provider) confirmTOTP(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	if o.f.TOTP.Confirmed {
		return p.changed(w, r, o) // sent twice
	}
	counter, from, now := "second factor of "+o.a.ID, p.address(r), p.now()
	if err := p.throttle.check(o.t.id, counter, from, now); err != nil {
		return err
	}
	err := p.useTOTP(r, o.t, o.a.ID, o.f.TOTP, r.PostFormValue("code"), now)
	if fault.Of(err).Code == ErrWrongCode.Code && len(o.f.TOTP.Secret) > 0 {
		p.throttle.failed(o.t.id, counter, from, now)
		return p.renderTOTP(w, r, o, o.f.TOTP.Secret, err)
	}
	if err != nil {
		return err
	}
	return p.enrolled(w, r, o, []string{"otp"})
}

func (p *Provider) removeTOTP(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	if err := p.store.RemoveLocalTOTP(r.Context(), o.t.id, o.a.ID, p.now()); err != nil {
		return err
	}
	return p.changed(w, r, o)
}

// enrolled goes on after a factor was set up, which proved it: with recovery
// codes when there are none yet, else where the person came from.
func (p *Provider) enrolled(w http.ResponseWriter, r *http.Request, o *ownedAccount, methods []string) error {
	if err := p.strengthen(w, r, o.t, &o.b, methods); err != nil {
		return err
	}
	if o.f.Recovery == 0 {
		return p.showCodes(w, r, o)
	}
	if id := r.PostFormValue("request"); id != "" {
		http.Redirect(w, r, p.withLanguage(r, client{base: p.base, org: o.t.id}.LoginURL(id)), http.StatusSeeOther)
		return nil
	}
	return p.changed(w, r, o)
}

// replaceCodes makes new recovery codes; they stand in for a second factor, so
// without one there is nothing to recover.
func (p *Provider) replaceCodes(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	if !o.f.Any() {
		return fault.ErrConflict
	}
	return p.showCodes(w, r, o)
}

// showCodes makes recovery codes and shows them, once.
func (p *Provider) showCodes(w http.ResponseWriter, r *http.Request, o *ownedAccount) error {
	codes, err := newRecoveryCodes()
	if err != nil {
		return err
	}
	if err := p.store.SaveRecoveryCodes(r.Context(), o.t.id, o.a.ID, codes, p.now()); err != nil {
		return err
	}
	shown := slices.Clone(codes)
	for i, c := range shown {
		shown[i] = grouped(c, recoveryLength/2, "-")
	}
	return p.renderWith(w, r, o.t, "codes", map[string]string{"request": r.PostFormValue("request")}, shown, nil)
}

package idp

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// ErrWrongCode refuses a code of an authenticator app or a recovery code.
var ErrWrongCode = fault.New(fault.Invalid, "wrong_code", "The code is wrong or was already used.", "Wait for the next code and try again.")

// passkeyData is what a page needs for the button of a passkey.
type passkeyData struct {
	Options string // empty: no button
}

// factorData is what the page of the second factor shows.
type factorData struct {
	Options       string // for the passkey's button; empty: none
	TOTP, Recover bool
}

func (p *Provider) renderFactor(w http.ResponseWriter, r *http.Request, t tenant, q request, f identity.LocalFactors, refusal error) error {
	d := factorData{TOTP: f.TOTP.Confirmed, Recover: f.Recovery > 0}
	var err error
	if len(f.Passkeys) > 0 {
		if d.Options, err = p.assertionOptions(q, f.Passkeys); err != nil {
			return err
		}
	}
	return p.renderWith(w, r, t, "factor", requestForm(q), d, refusal)
}

// factor checks the second factor of somebody who gave the password, and goes on.
func (p *Provider) factor(w http.ResponseWriter, r *http.Request, t tenant) error {
	q, err := p.request(r.Context(), t.id, r.PostFormValue("request"))
	if err != nil {
		return p.renderError(w, r, t, expired(err))
	}
	b, err := p.browser(r, t)
	if err != nil {
		return err
	}
	if b == nil {
		return p.proceed(w, r, t, q, nil)
	}
	a, f, err := p.owner(r, t, b.Account)
	if err != nil {
		return err
	}
	if next(q, b, a, f, p.now()) != stepFactor {
		return p.proceed(w, r, t, q, b)
	}
	methods, err := p.proveFactor(r, t, q, a, f)
	if err != nil {
		return p.renderFactor(w, r, t, q, f, err)
	}
	if err := p.strengthen(w, r, t, b, methods); err != nil {
		return err
	}
	return p.proceed(w, r, t, q, b)
}

// strengthen adds methods that were just proven to a browser's sign-in. When it
// began does not change: the password is as old as before.
func (p *Provider) strengthen(w http.ResponseWriter, r *http.Request, t tenant, b *identity.LocalBrowser, methods []string) error {
	for _, m := range append(methods, "mfa") {
		if !slices.Contains(b.Methods, m) {
			b.Methods = append(b.Methods, m)
		}
	}
	return p.rememberBrowser(w, r, t, b)
}

// proveFactor answers by which methods the second factor was proven. Wrong ones
// are counted apart from wrong passwords, so that a right password does not
// forgive them.
func (p *Provider) proveFactor(r *http.Request, t tenant, q request, a identity.LocalAccount, f identity.LocalFactors) ([]string, error) {
	counter, from, now := "second factor of "+a.ID, p.address(r), p.now()
	if err := p.throttle.check(t.id, counter, from, now); err != nil {
		return nil, err
	}
	methods, err := p.tryFactor(r, t, q, a, f, now)
	switch {
	case errors.Is(err, ErrWrongCode), errors.Is(err, ErrPasskey):
		p.throttle.failed(t.id, counter, from, now)
	case err == nil:
		p.throttle.succeeded(t.id, counter, from, now)
	}
	return methods, err
}

func (p *Provider) tryFactor(r *http.Request, t tenant, q request, a identity.LocalAccount, f identity.LocalFactors, now time.Time) ([]string, error) {
	if r.PostFormValue("credential") != "" {
		_, methods, err := p.verifyAssertion(r, t, q, a.ID)
		return methods, err
	}
	if code := r.PostFormValue("recovery"); code != "" {
		err := p.store.UseRecoveryCode(r.Context(), t.id, a.ID, normaliseRecovery(code), now)
		if errors.Is(err, fault.ErrNotFound) {
			err = ErrWrongCode
		}
		return []string{"otp"}, err
	}
	return []string{"otp"}, p.useTOTP(r, t, a.ID, f.TOTP, r.PostFormValue("code"), now)
}

// useTOTP uses a code of an authenticator app up.
func (p *Provider) useTOTP(r *http.Request, t tenant, account string, app identity.LocalTOTP, code string, now time.Time) error {
	if len(app.Secret) == 0 {
		return ErrWrongCode
	}
	at, ok := totpStep(app.Secret, code, now)
	if !ok || at <= app.Step {
		return ErrWrongCode
	}
	err := p.store.UseLocalTOTP(r.Context(), t.id, account, at, now)
	if errors.Is(err, fault.ErrNotFound) {
		return ErrWrongCode
	}
	return err
}

// offerData is what the page that offers a second factor shows.
type offerData struct {
	Options  string // for the passkey's button; empty: none
	Required bool   // the application asks for several factors
}

func (p *Provider) renderOffer(w http.ResponseWriter, r *http.Request, t tenant, q request, b identity.LocalBrowser, a identity.LocalAccount, f identity.LocalFactors) error {
	options, err := p.creationOptions(b, a, f)
	if err != nil {
		return err
	}
	return p.renderWith(w, r, t, "offer", requestForm(q), offerData{options, q.wantsMFA()}, nil)
}

// offerAgain is how long nobody is asked after saying "not now".
const offerAgain = 30 * 24 * time.Hour

// decline is "not now" on the page that offers a second factor.
func (p *Provider) decline(w http.ResponseWriter, r *http.Request, t tenant) error {
	q, err := p.request(r.Context(), t.id, r.PostFormValue("request"))
	if err != nil {
		return p.renderError(w, r, t, expired(err))
	}
	b, err := p.browser(r, t)
	if err != nil {
		return err
	}
	if b != nil {
		if err := p.store.PostponeLocalOffer(r.Context(), t.id, b.Account, p.now().Add(offerAgain)); err != nil {
			return err
		}
	}
	return p.proceed(w, r, t, q, b)
}

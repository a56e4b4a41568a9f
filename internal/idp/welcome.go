package idp

import (
	"errors"
	"net/http"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// ErrLink refuses a one-time link that is unknown, used or too old.
var ErrLink = fault.New(fault.NotFound, "link_used", "This link was already used, was replaced by a newer one, or is too old.", "Ask your administrator for a new link.")

// welcomePage is where a one-time link leads. The token is in the fragment,
// which only the page's script can read; it sends it in a form. Opening the
// page, as link previews do, uses nothing up.
func (p *Provider) welcomePage(w http.ResponseWriter, r *http.Request, t tenant) error {
	return p.render(w, r, t, "open", map[string]string{}, nil)
}

// welcome takes the token, then the token with the password that its holder
// chose.
func (p *Provider) welcome(w http.ResponseWriter, r *http.Request, t tenant) error {
	token := r.PostFormValue("token")
	a, err := p.store.LocalLinkAccount(r.Context(), t.id, httpx.HashSecret(token), p.now())
	if err != nil {
		return p.renderError(w, r, t, badLink(err))
	}
	form := map[string]string{"token": token, "username": a.Username}
	if r.PostFormValue("step") != "choose" {
		return p.render(w, r, t, "choose", form, nil)
	}
	hash, err := p.chosenPassword(r, t, a)
	if fault.Of(err).Kind == fault.Invalid {
		return p.render(w, r, t, "choose", form, err)
	}
	if err != nil {
		return err
	}
	if err := p.store.UseLocalLink(r.Context(), t.id, httpx.HashSecret(token), hash, p.now()); err != nil {
		return p.renderError(w, r, t, badLink(err))
	}
	return p.render(w, r, t, "done", map[string]string{"org": string(t.id)}, nil)
}

// chosenPassword returns the hash of the password that a form's password and
// repeat hold, when it follows the rules.
func (p *Provider) chosenPassword(r *http.Request, t tenant, a identity.LocalAccount) (string, error) {
	password := r.PostFormValue("password")
	if password != r.PostFormValue("repeat") {
		return "", ErrPasswordMismatch
	}
	if err := checkPassword(p.common, password, aboutAccount(a, t)...); err != nil {
		return "", err
	}
	return p.hasher.hash(r.Context(), password)
}

func badLink(err error) error {
	if errors.Is(err, fault.ErrNotFound) {
		return ErrLink
	}
	return err
}

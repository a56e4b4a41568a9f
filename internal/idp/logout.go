package idp

import (
	"net/http"

	"github.com/zitadel/oidc/v3/pkg/op"

	"tasuke/internal/fault"
)

var errBadLogout = fault.New(fault.Invalid, "sign_out_invalid", "This sign-out was not started by this service.", "Close the browser, or sign out from the start page.")

// endSession is RP-initiated logout (OpenID Connect RP-Initiated Logout 1.0).
// An id token of ours that names the person who is signed in here proves that
// the application asks; without one the person is asked, because any page can
// send a browser to this address.
func (p *Provider) endSession(w http.ResponseWriter, r *http.Request, t tenant) error {
	q, err := op.ParseEndSessionRequest(r, p.op.Decoder())
	if err != nil {
		return p.renderError(w, r, t, errBadLogout.WithCause(err))
	}
	session, err := op.ValidateEndSessionRequest(r.Context(), q, p.op)
	if err != nil {
		return p.renderError(w, r, t, errBadLogout.WithCause(err))
	}
	b, err := p.browser(r, t)
	if err != nil {
		return err
	}
	if b != nil && b.Account != session.UserID {
		return p.render(w, r, t, "logout", map[string]string{}, nil)
	}
	if b != nil {
		if err := p.forgetBrowser(w, r, t, b.TokenHash); err != nil {
			return err
		}
	}
	http.Redirect(w, r, session.RedirectURI, http.StatusSeeOther)
	return nil
}

// endSessionConfirmed is the person's own answer to the question.
func (p *Provider) endSessionConfirmed(w http.ResponseWriter, r *http.Request, t tenant) error {
	b, err := p.browser(r, t)
	if err != nil {
		return err
	}
	if b != nil {
		if err := p.forgetBrowser(w, r, t, b.TokenHash); err != nil {
			return err
		}
	}
	return p.render(w, r, t, "signedout", map[string]string{}, nil)
}

func (p *Provider) forgetBrowser(w http.ResponseWriter, r *http.Request, t tenant, tokenHash []byte) error {
	http.SetCookie(w, p.cookie(t, "", -1))
	return p.store.EndLocalBrowser(r.Context(), t.id, tokenHash)
}

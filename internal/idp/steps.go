package idp

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/zitadel/oidc/v3/pkg/oidc"

	"tasuke/internal/identity"
)

// step is what a browser has to do next in an authorization request.
type step string

const (
	stepIdentify step = "login"  // say who it is, by password or passkey
	stepFactor   step = "factor" // prove the account's second factor
	stepEnrol    step = "enrol"  // set one up: several factors are asked for and there is none
	stepOffer    step = "offer"  // may set one up
	stepDone     step = "done"
)

// freshFor is how long an authentication allows changes to the account.
const freshFor = 5 * time.Minute

// severalFactors reports whether methods (amr, RFC 8176) are of several kinds.
func severalFactors(methods []string) bool { return slices.Contains(methods, "mfa") }

// complete reports whether a browser has proven all that the account can: a
// password is half of it when there is a second factor.
func complete(b identity.LocalBrowser, f identity.LocalFactors) bool {
	return severalFactors(b.Methods) || !f.Any()
}

// next is the only place that names the next step. The steps do not know one
// another: each changes what the browser has proven, and comes back here.
func next(q request, b *identity.LocalBrowser, a identity.LocalAccount, f identity.LocalFactors, now time.Time) step {
	switch {
	case b == nil || a.Disabled || q.stale(b.AuthTime, now):
		return stepIdentify
	case !complete(*b, f):
		return stepFactor
	case severalFactors(b.Methods):
		return stepDone
	case q.wantsMFA() && now.Sub(b.AuthTime) > freshFor:
		return stepIdentify // an old sign-in must not set a factor up
	case q.wantsMFA():
		return stepEnrol
	case !q.silent() && !q.ofAccountPage() && now.After(a.AskAgain) && !b.AuthTime.Before(q.row.Created):
		return stepOffer
	default:
		return stepDone
	}
}

// proceed does the next step of a request: shows its page, or answers.
func (p *Provider) proceed(w http.ResponseWriter, r *http.Request, t tenant, q request, b *identity.LocalBrowser) error {
	var a identity.LocalAccount
	var f identity.LocalFactors
	var err error
	if b != nil {
		if a, f, err = p.owner(r, t, b.Account); err != nil {
			return err
		}
	}
	s := next(q, b, a, f, p.now())
	switch {
	case s == stepDone:
		return p.answer(w, r, t, q, *b)
	case q.silent() && s == stepIdentify:
		p.redirectBack(w, r, t, q, url.Values{"error": {string(oidc.LoginRequired)}})
		return nil
	case q.silent():
		p.redirectBack(w, r, t, q, url.Values{"error": {string(oidc.InteractionRequired)}})
		return nil
	case s == stepIdentify && r.Method == http.MethodPost: // the form of another step has become too old
		http.Redirect(w, r, p.withLanguage(r, client{base: p.base, org: t.id}.LoginURL(q.row.ID)), http.StatusSeeOther)
		return nil
	case s == stepIdentify:
		return p.renderLogin(w, r, t, q, q.params.LoginHint, nil)
	case s == stepFactor:
		return p.renderFactor(w, r, t, q, f, nil)
	default:
		return p.renderOffer(w, r, t, q, *b, a, f)
	}
}

// owner loads an account with its second factors.
func (p *Provider) owner(r *http.Request, t tenant, account string) (identity.LocalAccount, identity.LocalFactors, error) {
	a, err := p.store.LocalAccount(r.Context(), t.id, account)
	if err != nil {
		return a, identity.LocalFactors{}, err
	}
	f, err := p.store.LocalFactors(r.Context(), t.id, account)
	return a, f, err
}

// withLanguage keeps the language that a page was switched to.
func (p *Provider) withLanguage(r *http.Request, address string) string {
	lang := r.FormValue("lang")
	if directions[lang] == "" {
		return address
	}
	u, err := url.Parse(address)
	if err != nil {
		return address // cannot be: addresses are ours
	}
	v := u.Query()
	v.Set("lang", lang)
	u.RawQuery = v.Encode()
	return u.String()
}

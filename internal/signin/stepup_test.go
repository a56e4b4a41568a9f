package signin_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"tasuke/internal/identity"
)

// asked starts a sign-in and returns the authorization request.
func (f *fake) asked(w *world, b *browser, query string) url.Values {
	f.t.Helper()
	w.provider(f.t, f.config)
	return f.resume(b, "/signin?return=/help&org="+string(f.config.Org)+query)
}

func TestStepUpIsAskedFor(t *testing.T) {
	w, f := fakeWorld(t)
	f.config.MFAValues = []string{"gold", "silver"}
	b := w.browser(t)
	if q := f.asked(w, b, ""); q.Has("acr_values") || q.Has("prompt") {
		t.Errorf("%v", q)
	}
	if q := f.asked(w, b, "&step=mfa"); q.Get("acr_values") != "gold silver" || q.Has("prompt") {
		t.Errorf("%v", q)
	}
	if q := f.asked(w, b, "&step=mfa&fresh=1"); q.Get("acr_values") != "gold silver" || q.Get("prompt") != "login" || q.Get("max_age") != "0" {
		t.Errorf("%v", q)
	}
	for _, step := range []string{"gold", "MFA", "mfa mfa", "urn:x", "%00"} {
		b.client.CheckRedirect = nil
		wantError(t, b.get("/signin?org=acme&step="+url.QueryEscape(step)), "sign_in_step_unknown")
	}
	f.config.MFAValues = nil
	if q := f.asked(w, b, "&step=mfa&acr_values=evil"); q.Has("acr_values") {
		t.Errorf("%v", q)
	}
}

// TestStepUpIsProven: what a provider does not say did not happen, and the
// sign-in that the browser had goes on.
func TestStepUpIsProven(t *testing.T) {
	w, f := fakeWorld(t)
	f.config.MFAValues = []string{"gold"}
	for name, c := range map[string]struct {
		acr, amr any
		accepted bool
	}{
		"nothing":               {nil, nil, false},
		"a password":            {"low", []string{"pwd"}, false},
		"another acr":           {"silver", nil, false},
		"acr in another case":   {"Gold", nil, false},
		"acr with more":         {"gold silver", nil, false},
		"acr as a list":         {[]string{"gold"}, nil, false},
		"acr as a number":       {1, nil, false},
		"acr with a hidden end": {"gold\x00", nil, false},
		"endless acr":           {"gold" + strings.Repeat(" ", 300), nil, false},
		"amr as text":           {nil, "mfa", false},
		"amr of objects":        {nil, []any{map[string]any{"x": "mfa"}}, false},
		"amr in one text":       {nil, []string{"pwd otp"}, false},
		"amr in another case":   {nil, []string{"MFA"}, false},
		"two of one kind":       {nil, []string{"pwd", "pin"}, false},
		"mfa after many":        {nil, append(strings.Fields(strings.Repeat("x ", 20)), "mfa"), false},
		"the acr":               {"gold", nil, true},
		"the acr and a word":    {"gold", []string{"pwd"}, true},
		"amr mfa":               {"low", []string{"pwd", "mfa"}, true},
		"two kinds":             {nil, []string{"pwd", "otp"}, true},
	} {
		f.claims = nil
		b := w.browser(t)
		f.back(b, f.asked(w, b, ""), nil)
		before := b.me()
		f.claims = func(m map[string]any) {
			delete(m, "acr")
			delete(m, "amr")
			if c.acr != nil {
				m["acr"] = c.acr
			}
			if c.amr != nil {
				m["amr"] = c.amr
			}
		}
		p := f.back(b, f.asked(w, b, "&step=mfa"), nil)
		now := b.me()
		if c.accepted != (p.url.Path == "/help") || now == nil || c.accepted && !now.SignIn.MFA() {
			t.Errorf("%s: ended at %s as %+v", name, p.url, now)
		}
		if !c.accepted && (p.url.Query().Get("code") != "sign_in_not_mfa" || now.SignIn.ACR != before.SignIn.ACR) {
			t.Errorf("%s: %s, then %+v", name, p.url, now.SignIn)
		}
	}
}

// A later change of the configuration does not change what happened.
func TestStrengthIsKept(t *testing.T) {
	w, f := fakeWorld(t)
	f.config.MFAValues = []string{"gold"}
	f.claims = func(m map[string]any) { m["acr"], m["amr"] = "gold", []string{"pwd"} }
	b := w.browser(t)
	f.back(b, f.asked(w, b, ""), nil)
	f.config.MFAValues = nil
	w.provider(t, f.config)
	if a := b.me(); a == nil || !a.SignIn.MFA() {
		t.Fatalf("%+v", a)
	}
	f.back(b, f.asked(w, b, ""), nil)
	if a := b.me(); a == nil || a.SignIn.MFA() {
		t.Fatalf("%+v", a)
	}
}

// The embedded provider asks for the missing factor and no other.
func TestStepUpWithTheEmbeddedProvider(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin?return=/help", "mio", testPassword)
	first := b.me().SignIn
	if first.MFA() || first.ACR != identity.EmbeddedPassword {
		t.Fatalf("%+v", first)
	}
	p := b.get("/signin?return=/help&step=mfa")
	if !strings.Contains(p.body, "needs a second factor") {
		t.Fatalf("%s: %s", p.url, p.body)
	}
	if now := b.me(); now == nil || now.SignIn.MFA() {
		t.Fatalf("%+v", now)
	}
	w.clock.advance(6 * time.Minute)
	if p = b.get("/signin?return=/help&step=mfa"); !strings.Contains(p.body, `type="password"`) {
		t.Fatalf("an old sign-in may set a factor up: %s", p.body)
	}
}

package signin_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tasuke/internal/identity"
)

func TestAuthorizationRequest(t *testing.T) {
	w, f := fakeWorld(t)
	b := w.browser(t)
	q := f.begin(w, b)
	for name, want := range map[string]string{
		"response_type": "code", "client_id": fakeClient, "redirect_uri": w.base + "/signin/callback/acme-fake",
		"scope": "openid profile email", "code_challenge_method": "S256", "prompt": "", "max_age": "",
	} {
		if q.Get(name) != want {
			t.Errorf("%s is %q", name, q.Get(name))
		}
	}
	again := f.resume(b, "/signin?prompt=login&login_hint=mio&ui_locales=ja+en")
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if len(q.Get(name)) < 43 || q.Get(name) == again.Get(name) {
			t.Errorf("%s is %q, then %q", name, q.Get(name), again.Get(name))
		}
	}
	if again.Get("prompt") != "login" || again.Get("max_age") != "0" || again.Get("login_hint") != "mio" || again.Get("ui_locales") != "ja en" {
		t.Errorf("%v", again)
	}
}

func TestAnAnswerIsUsedOnce(t *testing.T) {
	w, f := fakeWorld(t)
	b := w.browser(t)
	asked := f.begin(w, b)
	f.back(b, asked, nil)
	wantError(t, f.back(b, asked, nil), "sign_in_expired")
}

// An answer stolen from the provider's redirect is worth nothing in another
// browser, with or without a sign-in of its own under way.
func TestAnswerInAnotherBrowser(t *testing.T) {
	w, f := fakeWorld(t)
	victim, thief := w.browser(t), w.browser(t)
	f.begin(w, thief)
	asked := f.begin(w, victim)
	wantError(t, f.back(thief, asked, nil), "sign_in_expired")
	if thief.me() != nil {
		t.Fatal("signed in")
	}
}

// A token made for one browser's sign-in is refused in another's (nonce).
func TestTokenOfAnotherSignIn(t *testing.T) {
	w, f := fakeWorld(t)
	b := w.browser(t)
	first := f.begin(w, b)
	second := f.begin(w, b)
	f.mu.Lock()
	f.nonce = first.Get("nonce")
	f.mu.Unlock()
	wantError(t, f.back(b, second, nil), "provider_untrusted")
}

// Provider B's answer does not pass at A's redirect URI, and not the reverse.
func TestMixUp(t *testing.T) {
	w, a := fakeWorld(t)
	w.organisation(t, "globex")
	b := newFake(t)
	b.config.ID, b.config.Org = "globex-fake", "globex"
	w.provider(t, a.config)
	w.provider(t, b.config)
	browser := w.browser(t)
	asked := a.resume(browser, "/signin?org=acme")
	p := b.back(browser, asked, nil) // the state of A at B's address
	wantError(t, p, "provider_untrusted")
	asked = b.resume(browser, "/signin?org=globex")
	b.nonce = asked.Get("nonce")
	wantError(t, b.back(browser, asked, query("iss", a.issuer)), "provider_untrusted")
	if browser.me() != nil {
		t.Fatal("signed in")
	}
}

func TestSameSubjectAtTwoProvidersIsTwoPeople(t *testing.T) {
	w, a := fakeWorld(t)
	w.organisation(t, "globex")
	b := newFake(t)
	b.config.ID, b.config.Org = "globex-fake", "globex"
	w.provider(t, a.config)
	w.provider(t, b.config)
	one, two := w.browser(t), w.browser(t)
	a.back(one, a.resume(one, "/signin?org=acme"), nil)
	b.back(two, b.resume(two, "/signin?org=globex"), nil)
	if one.me().Person.ID == two.me().Person.ID || two.me().Person.Org != "globex" {
		t.Fatalf("%+v %+v", one.me(), two.me())
	}
}

// Unknown key ids must not make us ask the provider again and again.
func TestUnknownKeysAskOnceAMinute(t *testing.T) {
	w, f := fakeWorld(t)
	b := w.browser(t)
	f.back(b, f.begin(w, b), nil)
	before := f.keyFetches.Load()
	f.header = func(h map[string]any) { h["kid"] = "unknown" }
	w.clock.advance(2 * time.Minute)
	f.claims = func(c map[string]any) { c["exp"] = time.Now().Add(time.Hour).Unix() }
	for range 5 {
		wantError(t, f.back(b, f.begin(w, b), nil), "provider_untrusted")
	}
	if n := f.keyFetches.Load() - before; n != 1 {
		t.Fatalf("%d fetches for five unknown keys", n)
	}
}

func TestKeyRotation(t *testing.T) {
	w, f := fakeWorld(t)
	b := w.browser(t)
	f.back(b, f.begin(w, b), nil)
	f.key, f.kid, f.alg = ecKey(), "key-2", "ES256"
	w.clock.advance(61 * time.Second)
	if p := f.back(b, f.begin(w, b), nil); p.url.Path != "/join" {
		t.Fatalf("%s\n%s", p.url, w.log)
	}
}

// A provider that cannot be asked is believed for a day, then not.
func TestMetadataOutlivesAnOutage(t *testing.T) {
	w, f := fakeWorld(t)
	f.claims = func(c map[string]any) {
		c["exp"], c["iat"], c["auth_time"] = w.clock.now().Add(time.Hour).Unix(), w.clock.now().Unix(), w.clock.now().Unix()
	}
	b := w.browser(t)
	f.back(b, f.begin(w, b), nil)
	f.serve["/.well-known/openid-configuration"] = status(http.StatusServiceUnavailable)
	w.clock.advance(23 * time.Hour)
	if p := f.back(b, f.begin(w, b), nil); p.url.Path != "/join" {
		t.Fatalf("%s\n%s", p.url, w.log)
	}
	w.clock.advance(2 * time.Hour)
	if q := f.begin(w, b); q.Get("refused") != "provider_unreachable" {
		t.Fatalf("%v", q)
	}
	delete(f.serve, "/.well-known/openid-configuration")
	w.clock.advance(6 * time.Second)
	if q := f.begin(w, b); q.Get("refused") != "" {
		t.Fatalf("%v", q)
	}
}

func TestFreshSignInNeedsProof(t *testing.T) {
	w, f := fakeWorld(t)
	b := w.browser(t)
	f.begin(w, b)
	for name, c := range map[string]struct {
		authTime any
		ok       bool
	}{
		"just now": {time.Now().Unix(), true}, "an hour ago": {time.Now().Add(-time.Hour).Unix(), false}, "not said": {nil, false},
	} {
		claim("auth_time", c.authTime)(f)
		p := f.back(b, f.resume(b, "/signin?prompt=login"), nil)
		if c.ok {
			if p.url.Path != "/" {
				t.Errorf("%s: %s\n%s", name, p.url, w.log)
			}
			continue
		}
		wantError(t, p, "sign_in_not_fresh")
	}
}

func TestTrustedAudience(t *testing.T) {
	w, f := fakeWorld(t)
	f.config.Audiences = []string{"project-1"}
	f.claims = func(c map[string]any) { c["aud"], c["azp"] = []string{"project-1", fakeClient}, fakeClient }
	b := w.browser(t)
	if p := f.back(b, f.begin(w, b), nil); p.url.Path != "/join" {
		t.Fatalf("%s\n%s", p.url, w.log)
	}
	f.claims = func(c map[string]any) { c["aud"] = []string{"project-1", fakeClient} }
	wantError(t, f.back(b, f.begin(w, b), nil), "provider_untrusted")
}

// What a provider writes is shown as one short line of text, or not at all.
func TestHostileProfiles(t *testing.T) {
	w, f := fakeWorld(t)
	f.claims = func(c map[string]any) { delete(c, "name") }
	f.config.Claims = identity.ClaimNames{Title: "job", Company: "org"}
	for name, c := range map[string]struct {
		claims map[string]any
		check  func(p identity.Person) bool
	}{
		"a megabyte":     {map[string]any{"name": strings.Repeat("長", 200_000)}, func(p identity.Person) bool { return len([]rune(p.Name)) == 121 }},
		"bidi":           {map[string]any{"name": "Mio\u202egnp.exe\u2066\u200f"}, func(p identity.Person) bool { return p.Name == "Miognp.exe" }},
		"control":        {map[string]any{"name": "A\x00B\r\nC\x1b[31m"}, func(p identity.Person) bool { return p.Name == "AB C[31m" }},
		"no name":        {map[string]any{"name": nil, "preferred_username": "mio"}, func(p identity.Person) bool { return p.Name == "mio" }},
		"nothing":        {map[string]any{"name": "", "email": ""}, func(p identity.Person) bool { return p.Name == "subject-1" }},
		"name is a list": {map[string]any{"name": []string{"x"}, "given_name": "Mio", "family_name": "W"}, func(p identity.Person) bool { return p.Name == "Mio W" }},
		"mapped":         {map[string]any{"job": "Engineer", "org": "Globex", "title": "CEO", "company": "Evil"}, func(p identity.Person) bool { return p.Title == "Engineer" && p.Company == "Globex" }},
		"not verified":   {map[string]any{"email_verified": false}, func(p identity.Person) bool { return p.Domain == "" && p.Email == "mio@acme.example" }},
		"verified word":  {map[string]any{"email_verified": "true"}, func(p identity.Person) bool { return p.Domain == "acme.example" }},
		"odd verified":   {map[string]any{"email_verified": 1}, func(p identity.Person) bool { return p.Domain == "" }},
		"odd address":    {map[string]any{"email": "x@acme.example\n.evil"}, func(p identity.Person) bool { return p.Domain == "" }},
		"two ats":        {map[string]any{"email": "x@acme.example@evil.example"}, func(p identity.Person) bool { return p.Domain == "evil.example" }},
		"odd locale":     {map[string]any{"locale": "<script>"}, func(p identity.Person) bool { return p.Locale == "" }},
		"bad pictures":   {map[string]any{"picture": "file:///etc/passwd"}, func(p identity.Person) bool { return p.Picture == "" }},
	} {
		f.info = func(m map[string]any) {
			for k, v := range c.claims {
				m[k] = v
			}
		}
		b := w.browser(t)
		if p := f.back(b, f.begin(w, b), nil); p.url.Path != "/join" {
			t.Fatalf("%s: %s\n%s", name, p.url, w.log)
		}
		if p := b.me().Person; !c.check(p) {
			t.Errorf("%s: %+v", name, p)
		}
	}
}

func TestDomainClaim(t *testing.T) {
	w, f := fakeWorld(t)
	f.config.DomainClaim = "hd"
	f.info = func(c map[string]any) { c["hd"] = "Hosted.example" }
	b := w.browser(t)
	f.back(b, f.begin(w, b), nil)
	if p := b.me().Person; p.Domain != "hosted.example" {
		t.Fatalf("%+v", p)
	}
}

func TestFirstAdministratorByLink(t *testing.T) {
	w, f := fakeWorld(t)
	link, err := w.rp.FirstAdministrator(context.Background(), "acme", 0)
	if err != nil {
		t.Fatal(err)
	}
	page, token, _ := strings.Cut(link, "#")
	b := w.browser(t)
	if p := b.post("/signin/first", map[string]string{"token": token}); p.status != http.StatusUnauthorized {
		t.Fatalf("%d", p.status)
	}
	f.begin(w, b)
	if p := f.back(b, f.resume(b, "/signin?return=/signin/first"), nil); p.url.String() != page {
		t.Fatalf("%s", p.url)
	}
	if a := b.me(); len(a.Grants) != 0 {
		t.Fatalf("%+v", a.Grants)
	}
	if p := b.post("/signin/first", map[string]string{"token": token[1:] + "x"}); p.status != http.StatusNotFound || !strings.Contains(p.body, "first_link_used") {
		t.Fatalf("%d %s", p.status, p.body)
	}
	if p := b.post("/signin/first", map[string]string{"token": token}); p.status != http.StatusOK || len(b.me().Permissions()) != len(identity.Permissions()) {
		t.Fatalf("%d %s", p.status, p.body)
	}
	if p := b.post("/signin/first", map[string]string{"token": token}); p.status != http.StatusNotFound {
		t.Fatalf("%d", p.status)
	}
}

func TestSignOutAtAProviderWithoutEndSession(t *testing.T) {
	w, f := fakeWorld(t)
	f.meta = func(m map[string]any) { delete(m, "end_session_endpoint") }
	b := w.browser(t)
	f.back(b, f.begin(w, b), nil)
	if p := b.post("/signin/out", map[string]bool{}); location(t, p) != w.base+"/" || b.me() != nil {
		t.Fatalf("%s", p.body)
	}
	f.meta = nil
	w.clock.advance(2 * time.Hour)
	f.claims = func(c map[string]any) { c["exp"] = time.Now().Add(5 * time.Hour).Unix() }
	f.back(b, f.begin(w, b), nil)
	u := must(url.Parse(location(t, b.post("/signin/out", map[string]bool{}))))
	if u.Path != "/end" || u.Query().Get("post_logout_redirect_uri") != w.base+"/" || strings.Count(u.Query().Get("id_token_hint"), ".") != 2 || u.Query().Get("client_id") != fakeClient {
		t.Fatalf("%s", u)
	}
}

func TestMalformedBodies(t *testing.T) {
	w, _ := fakeWorld(t)
	b := w.browser(t)
	for _, body := range []any{"text", []int{1}, map[string]any{"unknown": 1}, map[string]any{"return": 1}} {
		if p := b.post("/signin", body); p.status != http.StatusUnprocessableEntity {
			t.Errorf("%v: %d", body, p.status)
		}
	}
	if p := b.post("/signin", map[string]string{"email": strings.Repeat("x", 10_000)}); p.status != http.StatusRequestEntityTooLarge {
		t.Errorf("%d", p.status)
	}
}

package signin_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/idp"
)

func TestSignOutEndsTheProvidersSignInToo(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin", "mio", testPassword)
	p := b.post("/signin/out", map[string]bool{"everywhere": false})
	if p.status != http.StatusOK || p.header.Get("Clear-Site-Data") == "" {
		t.Fatalf("%d %s", p.status, p.body)
	}
	if b.me() != nil {
		t.Fatal("still signed in")
	}
	if p = b.get(location(t, p)); p.url.Path != "/" {
		t.Fatalf("sign-out ended at %s: %s", p.url, p.body)
	}
	if p = b.get("/signin"); !strings.HasSuffix(p.url.Path, "/login") {
		t.Fatalf("the provider still knew the browser: %s", p.url)
	}
	if p = b.post("/signin/out", map[string]bool{}); location(t, p) != w.base+"/" {
		t.Fatalf("signing out twice: %s", p.body)
	}
}

func location(t testing.TB, p page) string {
	t.Helper()
	_, rest, ok := strings.Cut(p.body, `"location":"`)
	to, _, closed := strings.Cut(rest, `"`)
	if !ok || !closed {
		t.Fatalf("%d %s", p.status, p.body)
	}
	return strings.ReplaceAll(to, `\u0026`, "&")
}

// Any page can send a browser to the provider's sign-out; without a proof that
// the application asked, the person is asked.
func TestForeignSignOutIsAsked(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin", "mio", testPassword)
	p := b.get("/idp/acme/end_session")
	if p.status != http.StatusOK || !strings.Contains(p.body, "Do you want to sign out") {
		t.Fatalf("%d %s", p.status, p.body)
	}
	if p := b.get("/signin?return=/help"); p.url.Path != "/help" {
		t.Fatalf("signed out by a GET: %s", p.url)
	}
	if p = b.submit(b.get("/idp/acme/end_session"), nil); !strings.Contains(p.body, "You are signed out") {
		t.Fatalf("%d %s", p.status, p.body)
	}
	if p = b.get("/signin"); !strings.HasSuffix(p.url.Path, "/login") {
		t.Fatalf("still signed in: %s", p.url)
	}
	for _, query := range []string{"?post_logout_redirect_uri=https://evil.example/", "?client_id=tasuke&post_logout_redirect_uri=https://evil.example/", "?id_token_hint=x.y.z", "?client_id=other"} {
		if p := b.get("/idp/acme/end_session" + query); !strings.HasPrefix(p.url.String(), w.base) {
			t.Fatalf("%s led to %s", query, p.url)
		}
	}
}

func TestSignOutEverywhere(t *testing.T) {
	w, _ := localWorld(t)
	one, two := w.browser(t), w.browser(t)
	one.signIn("/signin", "mio", testPassword)
	two.signIn("/signin", "mio", testPassword)
	list, err := w.rp.SignIns(context.Background(), *one.me())
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v %v", list, err)
	}
	if p := one.post("/signin/out", map[string]bool{"everywhere": true}); p.status != http.StatusOK {
		t.Fatalf("%d %s", p.status, p.body)
	}
	if one.me() != nil || two.me() != nil {
		t.Fatal("still signed in somewhere")
	}
}

func TestEndOneOfMySignIns(t *testing.T) {
	w, _ := localWorld(t)
	w.account(t, "acme", idp.NewAccount{Username: "omar", Name: "Omar"})
	one, two := w.browser(t), w.browser(t)
	one.signIn("/signin", "mio", testPassword)
	two.signIn("/signin", "omar", testPassword)
	if err := w.rp.EndSignIn(context.Background(), *two.me(), one.me().SignIn.ID); !errors.Is(err, fault.ErrNotFound) {
		t.Fatalf("ended somebody else's sign-in: %v", err)
	}
	if err := w.rp.EndSignIn(context.Background(), *one.me(), one.me().SignIn.ID); err != nil {
		t.Fatal(err)
	}
	if one.me() != nil || two.me() == nil {
		t.Fatal("the wrong one ended")
	}
}

// Tokens are dated by the library's own clock, so these worlds sign in before
// they move theirs.
func TestAbsoluteLimit(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin", "mio", testPassword)
	for range 12 {
		w.clock.advance(59 * time.Minute)
		if b.me() == nil {
			t.Fatal("ended although in use")
		}
	}
	w.clock.advance(13 * time.Minute)
	if b.me() != nil {
		t.Fatal("lives longer than the absolute limit")
	}
}

func TestIdleLimit(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin", "mio", testPassword)
	in := b.me().SignIn
	w.clock.advance(59 * time.Minute)
	if err := w.rp.Touch(context.Background(), in); err != nil {
		t.Fatal(err)
	}
	w.clock.advance(59 * time.Minute)
	if b.me() == nil {
		t.Fatal("a live socket did not keep the sign-in")
	}
	w.clock.advance(61 * time.Minute)
	if b.me() != nil {
		t.Fatal("lives longer than the idle limit")
	}
	if err := w.rp.Touch(context.Background(), in); !errors.Is(err, fault.ErrSignInRequired) {
		t.Fatal(err)
	}
}

func TestDisabledAccountIsOutAtOnce(t *testing.T) {
	w, account := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin", "mio", testPassword)
	if err := w.idp.SetDisabled(context.Background(), "acme", account.ID, true, identity.Author{}); err != nil {
		t.Fatal(err)
	}
	if b.me() != nil {
		t.Fatal("still signed in")
	}
	if p := b.signIn("/signin", "mio", testPassword); p.status != http.StatusForbidden {
		t.Fatalf("%d %s", p.status, p.body)
	}
	if err := w.idp.SetDisabled(context.Background(), "acme", account.ID, false, identity.Author{}); err != nil {
		t.Fatal(err)
	}
	if b.signIn("/signin", "mio", testPassword); b.me() == nil {
		t.Fatal("not signed in after being enabled")
	}
}

package signin_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/idp"
)

func TestSignInWithTheEmbeddedProvider(t *testing.T) {
	w := newWorld(t)
	w.localOrganisation(t, "acme", "acme.example")
	account := w.account(t, "acme", idp.NewAccount{
		Username: "Mio@acme.example", Name: "渡辺 美緒", Title: "Service desk", Company: "Acme", Department: "IT",
		Email: "mio@acme.example", EmailVerified: true, Locale: "ja", Picture: pngPicture(t, 64, 64),
	})
	b := w.browser(t)
	if p := b.signIn("/signin?return=/join", "mio@acme.example", testPassword); p.url.Path != "/join" {
		t.Fatalf("ended at %s: %s\n%s", p.url, p.body, w.log)
	}
	a := b.me()
	if a == nil {
		t.Fatal("not signed in")
	}
	p := a.Person
	if p.Subject != account.ID || p.Issuer != w.idp.Issuer("acme") || p.Org != "acme" || p.Name != "渡辺 美緒" || p.Title != "Service desk" || p.Company != "Acme" || p.Department != "IT" || p.Email != "mio@acme.example" || p.Domain != "acme.example" || p.Locale != "ja" {
		t.Fatalf("%+v", p)
	}
	if len(a.SignIn.AMR) != 1 || a.SignIn.AMR[0] != "pwd" || a.SignIn.ACR == "" || a.SignIn.AuthTime.IsZero() {
		t.Fatalf("%+v", a.SignIn)
	}
	picture, hash, err := w.rp.Picture(context.Background(), *a, p.ID)
	if err != nil || hash != p.Picture {
		t.Fatalf("%s %v\n%s", hash, err, w.log)
	}
	if c, err := png.DecodeConfig(bytes.NewReader(picture)); err != nil || c.Width != 64 {
		t.Fatalf("%+v %v", c, err)
	}
	if strings.Contains(w.log.String(), testPassword) {
		t.Fatal("the password is in the log")
	}
}

func pngPicture(t testing.TB, width, height int) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			m.Set(x, y, color.NRGBA{uint8(x), uint8(y), 99, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// localWorld has one organisation and one person, mio.
func localWorld(t testing.TB) (*world, identity.LocalAccount) {
	w := newWorld(t)
	w.localOrganisation(t, "acme")
	return w, w.account(t, "acme", idp.NewAccount{Username: "mio", Name: "Mio"})
}

func TestCookiesAreForTheServerOnly(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	p := b.get("/signin")
	for _, c := range p.header["Set-Cookie"] {
		if !strings.Contains(c, "HttpOnly") || !strings.Contains(c, "SameSite=Lax") || !strings.Contains(c, "Path=/") {
			t.Fatalf("cookie %s", c)
		}
	}
	if len(p.header["Set-Cookie"]) != 1 || p.header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%v", p.header)
	}
}

func TestSingleSignOnAndFreshSignIn(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin", "mio", testPassword)
	first := *b.me()
	if p := b.get("/signin?return=/help"); p.url.Path != "/help" {
		t.Fatalf("single sign-on ended at %s", p.url)
	}
	if again := *b.me(); again.SignIn.ID != first.SignIn.ID || !again.SignIn.AuthTime.Equal(first.SignIn.AuthTime.Truncate(time.Second)) && !again.SignIn.AuthTime.Equal(first.SignIn.AuthTime) {
		t.Fatalf("%+v then %+v", first.SignIn, again.SignIn)
	}
	w.clock.advance(3 * time.Minute)
	if p := b.signIn("/signin?prompt=login&return=/admin/people", "mio", testPassword); p.url.Path != "/admin/people" {
		t.Fatalf("ended at %s\n%s", p.url, w.log)
	}
	if fresh := b.me(); fresh.SignIn.AuthTime.Sub(first.SignIn.AuthTime) < 2*time.Minute {
		t.Fatalf("authenticated at %s, then at %s", first.SignIn.AuthTime, fresh.SignIn.AuthTime)
	}
	w.clock.advance(2 * time.Hour)
	if p := b.get("/signin"); !strings.HasSuffix(p.url.Path, "/login") {
		t.Fatalf("the provider still knew the browser after two hours: %s", p.url)
	}
}

// A browser that takes prompt=login out of the address does not get a fresh
// sign-in without the password.
func TestFreshSignInCannotBeSkipped(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin", "mio", testPassword)
	w.clock.advance(5 * time.Minute)
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	to := b.get("/signin?prompt=login").header.Get("Location")
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Del("prompt")
	q.Del("max_age")
	u.RawQuery = q.Encode()
	b.client.CheckRedirect = nil
	wantError(t, b.get(u.String()), "sign_in_not_fresh")
}

func TestWrongPasswordAndUnknownNameLookAlike(t *testing.T) {
	w, _ := localWorld(t)
	for _, name := range []string{"mio", "nobody"} {
		p := w.browser(t).signIn("/signin", name, "wrong password here")
		if p.status != http.StatusUnprocessableEntity || !strings.Contains(p.body, "The user name or the password is wrong.") || !strings.Contains(p.body, `role="alert"`) {
			t.Fatalf("%s: %d %s", name, p.status, p.body)
		}
	}
}

func TestTooManyTriesSlowOnePlaceOnly(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	p := b.get("/signin")
	for range 5 {
		p = b.submit(p, url.Values{"username": {"mio"}, "password": {"wrong password here"}})
	}
	p = b.submit(p, url.Values{"username": {"mio"}, "password": {testPassword}})
	if p.status != http.StatusTooManyRequests || p.header.Get("Retry-After") == "" {
		t.Fatalf("%d %v", p.status, p.header)
	}
	w.clock.advance(11 * time.Second)
	if p = b.submit(p, url.Values{"username": {"mio"}, "password": {testPassword}}); b.me() == nil {
		t.Fatalf("%d %s", p.status, p.body)
	}
}

func TestOneTimeLink(t *testing.T) {
	w := newWorld(t)
	w.localOrganisation(t, "acme")
	account, link, err := w.idp.CreateWithLink(context.Background(), "acme", idp.NewAccount{Username: "root@acme.example", Name: "First Administrator"}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.rp.Provision(context.Background(), "acme", w.idp.Profile(account), identity.Administrator); err != nil {
		t.Fatal(err)
	}
	address, token, _ := strings.Cut(link, "#")
	b := w.browser(t)
	for range 3 { // opening, as link previews do, uses nothing up
		b.get(address)
	}
	p := b.submit(b.get(address), url.Values{"token": {token}})
	if !strings.Contains(p.body, "root@acme.example") {
		t.Fatalf("%d %s", p.status, p.body)
	}
	for password, complaint := range map[string]string{
		"short":                    "fewer than 12",
		"passwordpassword":         "guess",
		"administrator1":           "guess",
		"aaaaaaaaaaaaaaaa":         "guess",
		"qwertyuiop1234567890":     "guess",
		"root@acme.example":        "guess",
		strings.Repeat("éx9k", 90): "too long",
	} {
		if p := b.submit(p, url.Values{"password": {password}, "repeat": {password}}); !strings.Contains(p.body, complaint) {
			t.Fatalf("%s: %d %s", password, p.status, p.body)
		}
	}
	if p := b.submit(p, url.Values{"password": {testPassword}, "repeat": {testPassword + "x"}}); !strings.Contains(p.body, "not the same") {
		t.Fatalf("%d %s", p.status, p.body)
	}
	done := b.submit(p, url.Values{"password": {testPassword}, "repeat": {testPassword}})
	if !strings.Contains(done.body, "Password saved") {
		t.Fatalf("%d %s", done.status, done.body)
	}
	if p := b.submit(p, url.Values{"password": {testPassword}, "repeat": {testPassword}}); p.status != http.StatusNotFound {
		t.Fatalf("the link worked twice: %d", p.status)
	}
	offer := b.signIn("/signin?return=/help", "ROOT@acme.example", testPassword)
	if !strings.Contains(offer.body, "Protect your account") || b.me() != nil {
		t.Fatalf("no second factor was offered: %s %s", offer.url, offer.body)
	}
	if p := b.submitTo(offer, "/offer", nil); p.url.Path != "/help" {
		t.Fatalf("\"not now\" ended at %s", p.url)
	}
	if a := b.me(); a == nil || len(a.Permissions()) != len(identity.Permissions()) {
		t.Fatalf("%+v", a)
	}
}

func TestOneTimeLinkExpires(t *testing.T) {
	w, account := localWorld(t)
	link, err := w.idp.Link(context.Background(), "acme", account.ID, 30*24*time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	address, token, _ := strings.Cut(link, "#")
	w.clock.advance(7*24*time.Hour + time.Second)
	b := w.browser(t)
	if p := b.submit(b.get(address), url.Values{"token": {token}}); p.status != http.StatusNotFound || !strings.Contains(p.body, "too old") {
		t.Fatalf("%d %s", p.status, p.body)
	}
}

func TestReturnIsNeverElsewhere(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	for _, to := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "/join#x", "/join?x=1", "/admin/../x", "/admin//x", "/unknown", "/admin/" + strings.Repeat("a", 300), "javascript:alert(1)", "/admin/%2e%2e", "/join\r\nX: y"} {
		p := b.get("/signin?return=" + url.QueryEscape(to))
		wantError(t, p, "return_not_allowed")
		if p.url.Query().Get("return") != "" {
			t.Fatalf("the error page was told to return to %q", to)
		}
	}
}

func TestSeveralOrganisations(t *testing.T) {
	w := newWorld(t)
	w.localOrganisation(t, "acme", "acme.example")
	w.localOrganisation(t, "globex", "globex.example")
	w.organisation(t, "empty")
	w.account(t, "globex", idp.NewAccount{Username: "mio", Name: "Mio"})
	b := w.browser(t)
	wantError(t, b.get("/signin?return=/join"), "organisation_needed")
	wantError(t, b.get("/signin?org=nothing"), "organisation_unknown")
	wantError(t, b.get("/signin?org=empty"), "organisation_unknown")
	wantError(t, b.get("/signin?email=x@elsewhere.example"), "organisation_unknown")
	if p := b.get("/signin?org=acme"); !strings.HasPrefix(p.url.Path, "/idp/acme/") {
		t.Fatalf("%s", p.url)
	}
	p := b.post("/signin", map[string]any{"email": "mio@GLOBEX.example", "return": "/help"})
	if p.status != http.StatusOK || strings.Contains(p.url.RawQuery, "mio") {
		t.Fatalf("%d %s", p.status, p.body)
	}
	p = b.get(location(t, p))
	if !strings.Contains(p.body, `value="mio@GLOBEX.example"`) {
		t.Fatalf("the user name was not filled in: %s", p.body)
	}
	if p = b.submit(p, url.Values{"username": {"mio"}, "password": {testPassword}}); p.url.Path != "/help" || b.me().Person.Org != "globex" {
		t.Fatalf("%s", p.url)
	}
	// The account exists at globex only.
	if p := w.browser(t).signIn("/signin?org=acme", "mio", testPassword); p.status != http.StatusUnprocessableEntity {
		t.Fatalf("%d", p.status)
	}
}

func TestCallbackBelongsToItsBrowserAndWorksOnce(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	form := b.get("/signin")
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	callback := b.submit(form, url.Values{"username": {"mio"}, "password": {testPassword}}).header.Get("Location")
	if !strings.HasPrefix(callback, w.base+"/signin/callback/acme?") {
		t.Fatalf("%q", callback)
	}
	wantError(t, w.browser(t).get(callback), "sign_in_expired") // somebody else's browser, and it is used up
	b.client.CheckRedirect = nil
	wantError(t, b.get(callback), "sign_in_expired")
	if b.me() != nil {
		t.Fatal("signed in")
	}
}

func TestStartsAreLimited(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	refused := 0
	for range 130 {
		if strings.Contains(b.get("/signin").header.Get("Location"), "too_many_sign_ins") {
			refused++
		}
	}
	if refused == 0 {
		t.Fatal("one network may start any number of sign-ins")
	}
}

func TestCrossSitePostsAreRefused(t *testing.T) {
	w, _ := localWorld(t)
	b := w.browser(t)
	b.signIn("/signin", "mio", testPassword)
	req, err := http.NewRequest(http.MethodPost, w.base+"/signin/out", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Sec-Fetch-Site", "cross-site")
	if p := b.do(req); p.status != http.StatusForbidden {
		t.Fatalf("%d", p.status)
	}
	if b.me() == nil {
		t.Fatal("signed out by another site")
	}
}

func TestSigningKeysRotate(t *testing.T) {
	w, _ := localWorld(t)
	signIn := func() {
		t.Helper()
		b := w.browser(t)
		if b.signIn("/signin", "mio", testPassword); b.me() == nil {
			t.Fatalf("not signed in\n%s", w.log)
		}
	}
	signIn()
	before := w.browser(t).get("/idp/acme/keys").body
	w.clock.advance(30*24*time.Hour + time.Minute)
	// Tokens are dated by the library's own clock, so only the keys are looked at.
	after := w.browser(t).get("/idp/acme/keys").body
	if strings.Count(before, `"kid"`) != 1 || strings.Count(after, `"kid"`) != 2 {
		t.Fatalf("%s\n%s", before, after)
	}
	w.clock.advance(4 * 24 * time.Hour)
	if late := w.browser(t).get("/idp/acme/keys").body; strings.Count(late, `"kid"`) != 2 {
		t.Fatalf("%s", late)
	}
	w.clock.advance(27 * 24 * time.Hour)
	if later := w.browser(t).get("/idp/acme/keys").body; strings.Count(later, `"kid"`) != 2 || strings.Contains(later, kid(before)) {
		t.Fatalf("%s", later)
	}
}

func kid(keys string) string {
	_, rest, _ := strings.Cut(keys, `"kid":"`)
	id, _, _ := strings.Cut(rest, `"`)
	return id
}

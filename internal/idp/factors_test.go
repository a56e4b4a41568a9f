package idp

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"tasuke/internal/identity"
)

func mfa(q url.Values) { q.Set("acr_values", identity.EmbeddedMFA) }

func TestSignInWithAuthenticatorApp(t *testing.T) {
	s := newPlace(t)
	s.flow(t).asks(nil).password().provenBy(identity.EmbeddedPassword, "pwd")
	secret, _ := s.withApp(t)
	f := s.flow(t).asks(nil).password().wants("factor")
	f.sends("/factor", url.Values{"code": {"000000"}}).wants("factor").says("wrong or was already used")
	f.sends("/factor", url.Values{"code": {""}}).wants("factor")
	f.sends("/factor", url.Values{"code": {s.totp(secret, -3)}}).wants("factor")
	code := s.totp(secret, 0)
	f.sends("/factor", url.Values{"code": {code[:3] + " " + code[3:]}}).provenBy(identity.EmbeddedMFA, "pwd", "otp", "mfa")
	// A code works once, also in another browser.
	s.flow(t).asks(nil).password().sends("/factor", url.Values{"code": {code}}).wants("factor")
	// The browser that proved both needs nothing for an hour.
	f.asks(mfa).provenBy(identity.EmbeddedMFA, "pwd", "otp", "mfa")
}

// TestHalfASignInOpensNothing: a password without the second factor reaches
// neither the application nor the account page.
func TestHalfASignInOpensNothing(t *testing.T) {
	s := newPlace(t)
	secret, _ := s.withApp(t)
	f := s.flow(t).asks(nil).password().wants("factor")
	f.asks(nil).wants("factor")
	f.asks(func(q url.Values) { q.Set("prompt", "none") }).wants("interaction_required")
	f.account().wants("factor")
	f.do(http.MethodPost, s.Issuer("acme")+"/account/totp-remove", url.Values{}).wants("factor")
	f.do(http.MethodPost, s.Issuer("acme")+"/account/password", url.Values{"password": {"wholly different words 7"}, "repeat": {"wholly different words 7"}}).wants("factor")
	f.sends("/factor", url.Values{"code": {s.totp(secret, 0)}}).wants("account")
}

func TestRecoveryCodesWorkOnce(t *testing.T) {
	s := newPlace(t)
	_, codes := s.withApp(t)
	s.flow(t).asks(nil).password().sends("/factor", url.Values{"recovery": {strings.ToLower(codes[0])}}).provenBy(identity.EmbeddedMFA, "pwd", "otp", "mfa")
	f := s.flow(t).asks(nil).password()
	f.sends("/factor", url.Values{"recovery": {codes[0]}}).wants("factor").says("already used")
	f.sends("/factor", url.Values{"recovery": {strings.ReplaceAll(codes[1], "-", "")}}).wants("application")
	f.account().wants("account").says("<strong>8</strong>").sends("/codes", nil).wants("codes")
	fresh := codesShown.FindAllStringSubmatch(f.body, -1)
	f = s.flow(t).asks(nil).password()
	f.sends("/factor", url.Values{"recovery": {codes[2]}}).wants("factor")
	f.sends("/factor", url.Values{"recovery": {fresh[0][1]}}).wants("application")
}

// Wrong codes are slowed, and a right password does not forgive them.
func TestCodesCannotBeGuessed(t *testing.T) {
	s := newPlace(t)
	secret, codes := s.withApp(t)
	f := s.flow(t).asks(nil).password()
	for range freeTries {
		f.sends("/factor", url.Values{"code": {"000000"}}).wants("factor")
	}
	for name, fill := range map[string]url.Values{"app": {"code": {s.totp(secret, 0)}}, "recovery": {"recovery": {codes[0]}}} {
		f = s.flow(t).asks(nil).password().wants("factor").sends("/factor", fill)
		if f.resp.StatusCode != http.StatusTooManyRequests {
			t.Errorf("%s: %s", name, f.resp.Status)
		}
	}
	s.ahead += firstWait
	f.sends("/factor", url.Values{"code": {s.totp(secret, 0)}}).wants("application")
}

func TestStepUpAsksForWhatIsMissing(t *testing.T) {
	s := newPlace(t)
	// Nothing set up: several factors are wanted, so one is set up on the way.
	f := s.flow(t).asks(mfa).password().wants("offer").says("needs a second factor")
	if strings.Contains(f.body, "Not now") {
		t.Fatal("what is required can be skipped")
	}
	f.do(http.MethodPost, s.Issuer("acme")+"/offer", url.Values{"request": {fieldOnPage.FindStringSubmatch(f.body)[2]}}).wants("offer")
	f.sends("/totp", nil).wants("totp")
	secret := f.secret()
	f.sends("/totp-confirm", url.Values{"code": {"12345"}}).wants("totp")
	if again := f.secret(); !slices.Equal(again, secret) {
		t.Fatal("a wrong code changed the secret")
	}
	f.sends("/totp-confirm", url.Values{"code": {s.totp(secret, 0)}}).wants("codes")
	next := regexp.MustCompile(`<a class="button" href="([^"]*)"`).FindStringSubmatch(f.body)
	f.do(http.MethodGet, s.url+html.UnescapeString(next[1]), nil).provenBy(identity.EmbeddedMFA, "pwd", "otp", "mfa")
	// prompt=login asks for everything again, once.
	s.ahead += 2 * totpPeriod
	f.asks(func(q url.Values) { q.Set("prompt", "login") }).wants("login")
	f.sends("/login", url.Values{"username": {"mio"}, "password": {rightPassword}}).wants("factor")
	f.sends("/factor", url.Values{"code": {s.totp(secret, 0)}}).wants("application")
	// So does a sign-in that is older than max_age.
	s.ahead += 10 * time.Minute
	f.asks(func(q url.Values) { q.Set("max_age", "900") }).wants("application")
	f.asks(func(q url.Values) { q.Set("max_age", "300") }).wants("login")
	f.asks(func(q url.Values) { q.Set("max_age", "300"); q.Set("prompt", "none") }).wants("login_required")
	f.asks(func(q url.Values) { q.Set("max_age", "0") }).password().sends("/factor", url.Values{"code": {s.totp(secret, 0)}}).wants("application")
}

// An old sign-in by password alone cannot set up the factor that is asked for.
func TestOldSignInSetsNothingUp(t *testing.T) {
	s := newPlace(t)
	f := s.flow(t).asks(nil).password().wants("application")
	f.asks(mfa).wants("offer")
	s.ahead += freshFor + time.Second
	f.asks(mfa).wants("login")
	f.account().wants("login")
	f.do(http.MethodPost, s.Issuer("acme")+"/account/totp", url.Values{}).wants("login")
	f.password().wants("account")
	f.asks(func(q url.Values) { q.Set("acr_values", identity.EmbeddedPassword+" "+identity.EmbeddedMFA) }).wants("application")
}

func TestOfferIsMadeOnce(t *testing.T) {
	s := newPlace(t)
	if err := s.store.PostponeLocalOffer(context.Background(), "acme", s.mio.ID, time.Time{}); err != nil {
		t.Fatal(err)
	}
	f := s.flow(t).asks(nil).password().wants("offer").says("Not now")
	f.sends("/offer", nil).provenBy(identity.EmbeddedPassword, "pwd")
	s.flow(t).asks(nil).password().wants("application")
	s.ahead += offerAgain + time.Hour
	f = s.flow(t).asks(nil).password().wants("offer")
	a := newAuthenticator(t, s.url)
	f.sends("/passkey", url.Values{"credential": {a.create(t, f.options())}}).wants("codes")
	next := regexp.MustCompile(`<a class="button" href="([^"]*)"`).FindStringSubmatch(f.body)
	f.do(http.MethodGet, s.url+html.UnescapeString(next[1]), nil).provenBy(identity.EmbeddedMFA, "pwd", "hwk", "user", "mfa")
}

// withPasskey registers a passkey for mio.
func (s *place) withPasskey(t *testing.T, name string) *authenticator {
	t.Helper()
	a := newAuthenticator(t, s.url)
	f := s.flow(t).account().password().wants("account")
	f.sends("/passkey", url.Values{"name": {name}, "credential": {a.create(t, f.options())}}).wants("codes")
	return a
}

func TestSignInWithPasskey(t *testing.T) {
	s := newPlace(t)
	a := s.withPasskey(t, "<b>Laptop")
	f := s.flow(t).asks(mfa).wants("login")
	if o := f.options(); len(o.AllowCredentials) != 0 || o.UserVerification != "required" || o.RPID != "localhost" {
		t.Fatalf("%+v", o)
	}
	f.sends("/login", url.Values{"username": {""}, "credential": {a.get(t, f.options())}}).provenBy(identity.EmbeddedMFA, "hwk", "user", "mfa")
	f.account().wants("account").says("&lt;b&gt;Laptop")
	// After a password it is the second factor.
	f = s.flow(t).asks(nil).password().wants("factor")
	if o := f.options(); len(o.AllowCredentials) != 1 || o.AllowCredentials[0].ID != b64(a.id) {
		t.Fatalf("%+v", o)
	}
	f.sends("/factor", url.Values{"credential": {a.get(t, f.options())}}).provenBy(identity.EmbeddedMFA, "pwd", "hwk", "user", "mfa")
	f.account().sends("/passkey-remove", nil).wants("account").says("no passkey yet")
	f = s.flow(t).asks(nil)
	f.sends("/login", url.Values{"credential": {a.get(t, f.options())}}).wants("login").says("not accepted")
	f.password().wants("application")
}

func TestPasskeysThatAreRefused(t *testing.T) {
	s := newPlace(t)
	good := s.withPasskey(t, "")
	stranger := newAuthenticator(t, s.url)
	stranger.user = good.user
	for name, forge := range map[string]func(a *authenticator, o *options){
		"another origin":        func(a *authenticator, _ *options) { a.origin = "https://evil.example" },
		"another port":          func(a *authenticator, _ *options) { a.origin = "http://localhost:1" },
		"another relying party": func(a *authenticator, _ *options) { a.rp = "evil.example" },
		"another challenge":     func(_ *authenticator, o *options) { o.Challenge = b64(make([]byte, 32)) },
		"no challenge":          func(_ *authenticator, o *options) { o.Challenge = "" },
		"nobody verified":       func(a *authenticator, _ *options) { a.flags = userPresent },
		"nobody there":          func(a *authenticator, _ *options) { a.flags = userVerified },
		"another user handle":   func(a *authenticator, _ *options) { a.user = []byte("somebody else") },
		"no user handle":        func(a *authenticator, _ *options) { a.user = nil },
		"unknown credential":    func(a *authenticator, _ *options) { a.id = []byte("unknown") },
		"another key":           func(a *authenticator, _ *options) { a.key = stranger.key },
	} {
		f := s.flow(t).asks(nil)
		a, o := *good, f.options()
		forge(&a, &o)
		if f.sends("/login", url.Values{"credential": {a.get(t, o)}}); f.page() != "login" || !strings.Contains(f.body, "not accepted") {
			t.Errorf("%s: %s", name, f.page())
		}
	}
	f := s.flow(t).asks(nil)
	for _, junk := range []string{"x", "{}", "[]", "null", `{"id":"a","rawId":"a","type":"public-key","response":{}}`, strings.Repeat("[", 10_000)} {
		f.sends("/login", url.Values{"credential": {junk}}).wants("login").says("not accepted")
	}
	// An answer belongs to its request.
	answer := good.get(t, f.options())
	s.flow(t).asks(nil).sends("/login", url.Values{"credential": {answer}}).wants("login").says("not accepted")
	// A counter that goes back means a copy.
	good.counter = 10
	f.sends("/login", url.Values{"credential": {answer}}).wants("application")
	f.asks(func(q url.Values) { q.Set("prompt", "login") })
	f.sends("/login", url.Values{"credential": {good.get(t, f.options())}}).wants("application")
	f.asks(func(q url.Values) { q.Set("prompt", "login") })
	good.counter = 3
	f.sends("/login", url.Values{"credential": {good.get(t, f.options())}}).wants("login").says("not accepted")
}

// A passkey of one organisation, or of one account, is nothing to another.
func TestPasskeysStayWithTheirOwner(t *testing.T) {
	s := newPlace(t)
	a := s.withPasskey(t, "")
	if _, err := s.CreateWithPassword(context.Background(), "acme", NewAccount{Username: "sara", Name: "Sara"}, rightPassword); err != nil {
		t.Fatal(err)
	}
	f := s.flow(t).account()
	f.sends("/login", url.Values{"username": {"sara"}, "password": {rightPassword}}).wants("account")
	if o := f.options(); len(o.ExcludeCredentials) != 0 {
		t.Fatalf("sara is told of mio's passkeys: %+v", o)
	}
	f.sends("/passkey", url.Values{"credential": {a.create(t, f.options())}}).wants("account").says("registered already")
	f.do(http.MethodPost, s.Issuer("acme")+"/account/passkey-remove", url.Values{"id": {b64(a.id)}}).says("does not exist")
	other := s.flow(t)
	other.do(http.MethodGet, s.Issuer("globex")+"/authorize?"+s.asks("globex").Encode(), nil)
	other.sends("/login", url.Values{"credential": {a.get(t, other.options())}}).wants("login").says("not accepted")
	// Of sara, who gave her password, only her own is a second factor.
	mine := newAuthenticator(t, s.url)
	f.account()
	f.sends("/passkey", url.Values{"credential": {mine.create(t, f.options())}}).wants("codes")
	f = s.flow(t).asks(nil)
	f.sends("/login", url.Values{"username": {"sara"}, "password": {rightPassword}}).wants("factor")
	f.sends("/factor", url.Values{"credential": {a.get(t, f.options())}}).wants("factor").says("not accepted")
	f.sends("/factor", url.Values{"credential": {mine.get(t, f.options())}}).wants("application")
}

func TestChangeOfPassword(t *testing.T) {
	s := newPlace(t)
	other := s.flow(t).asks(nil).password().wants("application")
	f := s.flow(t).account().password().wants("account")
	const chosen = "slow copper meadow bicycles"
	for password, text := range map[string]string{"short": "fewer than 12", "iloveyou12345!": "used most often", "mio mio mio mio": "easy to guess", chosen: "not the same"} {
		f.sends("/account/password", url.Values{"password": {password}, "repeat": {strings.TrimSuffix(password, "s")}}).wants("account").says(text)
	}
	f.sends("/account/password", url.Values{"password": {chosen}, "repeat": {chosen}, "everywhere": {"1"}}).wants("account").says("was saved")
	f.asks(nil).wants("application")
	other.asks(nil).wants("login")
	other.password().wants("login")
	other.sends("/login", url.Values{"username": {"mio"}, "password": {chosen}}).wants("application")
}

func TestDisabledAccountIsOutOfItsPages(t *testing.T) {
	s := newPlace(t)
	a := s.withPasskey(t, "")
	f := s.flow(t).account()
	f.sends("/login", url.Values{"credential": {a.get(t, f.options())}}).wants("account")
	if err := s.SetDisabled(context.Background(), "acme", s.mio.ID, true, identity.Author{}); err != nil {
		t.Fatal(err)
	}
	f.account().wants("login")
	f.sends("/login", url.Values{"credential": {a.get(t, f.options())}}).wants("login").says("switched off")
}

// Vectors of RFC 6238, appendix B (SHA-1), cut to six digits.
func TestTOTP(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got := totpCode(secret, at/30); got != want {
			t.Errorf("%d: %s", at, got)
		}
		for ahead, accepted := range map[int64]bool{-60: false, -30: true, 0: true, 30: true, 60: false} {
			if at+ahead < 0 {
				continue
			}
			if step, ok := totpStep(secret, want, time.Unix(at+ahead, 0)); ok != accepted || ok && step != at/30 {
				t.Errorf("%d at %+d s: %d %v", at, ahead, step, ok)
			}
		}
	}
	for typed, want := range map[string]string{"287 082": "287082", "２８７０８２": "287082", "٢٨٧٠٨٢": "287082", "۲۸۷-۰۸۲": "287082", "28708x": "", "": "", "28\u200f7082": "287082"} {
		if got := digits(typed); got != want {
			t.Errorf("%q: %q", typed, got)
		}
	}
	if address := totpAddress(secret, "A & B: 会社", "mio@acme.example"); address != "otpauth://totp/A%20&%20B:%20%E4%BC%9A%E7%A4%BE:mio@acme.example?algorithm=SHA1&digits=6&issuer=A%20%26%20B%3A%20%E4%BC%9A%E7%A4%BE&period=30&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" {
		t.Error(address)
	}
	if qr, err := qrPicture(totpAddress(secret, strings.Repeat("長", 100), strings.Repeat("x", 120))); err != nil || qr.Size < 50 || !strings.HasPrefix(qr.Path, "M4 4h1") {
		t.Errorf("%v %d", err, qr.Size)
	}
}

// FuzzTypedCodes: whatever is typed is a code of six digits or none.
func FuzzTypedCodes(f *testing.F) {
	secret := []byte("12345678901234567890")
	for _, seed := range []string{"287082", "", "٢٨٧٠٨٢", "\xff", strings.Repeat("1", 1000), "O-I-l"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		if _, ok := totpStep(secret, typed, time.Unix(59, 0)); ok && len(digits(typed)) != 6 {
			t.Errorf("%q was accepted", typed)
		}
		if code := normaliseRecovery(typed); len(code) > 200 {
			t.Errorf("%d bytes of recovery code", len(code))
		}
	})
}

// FuzzPasskeyAnswers: no answer that was not signed signs anybody in.
func FuzzPasskeyAnswers(f *testing.F) {
	f.Add(`{"id":"a","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"AA"}}`)
	f.Add(`{}`)
	f.Add(`{"response":null}`)
	s := newPlace(f)
	q := request{row: identity.LocalRequest{ID: "request", Org: "acme"}}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := http.NewRequest(http.MethodPost, "/", strings.NewReader(url.Values{"credential": {text}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if _, _, err := s.passkeySignIn(r, tenant{id: "acme"}, q); err == nil {
			t.Error("signed in")
		}
	})
}

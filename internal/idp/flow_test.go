package idp

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// flow is one browser on its way through the provider's pages.
type flow struct {
	t      *testing.T
	s      *place
	client *http.Client
	resp   *http.Response
	body   string
}

func (s *place) flow(t *testing.T) *flow { return &flow{t: t, s: s, client: visitor(t)} }

// do sends one request and follows redirects inside the provider.
func (f *flow) do(method, address string, form url.Values) *flow {
	f.t.Helper()
	f.resp, f.body = fetch(f.t, f.client, method, address, form)
	for range 5 {
		to, err := f.resp.Location()
		if err != nil || !strings.HasPrefix(to.Path, "/idp/") {
			return f
		}
		f.resp, f.body = fetch(f.t, f.client, http.MethodGet, to.String(), nil)
	}
	f.t.Fatal("redirected without end")
	return f
}

// asks begins a sign-in of the application.
func (f *flow) asks(change func(q url.Values)) *flow {
	f.t.Helper()
	q := f.s.asks("acme")
	if change != nil {
		change(q)
	}
	return f.do(http.MethodGet, f.s.Issuer("acme")+"/authorize?"+q.Encode(), nil)
}

func (f *flow) account() *flow {
	f.t.Helper()
	return f.do(http.MethodGet, f.s.Issuer("acme")+"/account", nil)
}

var (
	formOnPage   = regexp.MustCompile(`(?s)<form[^>]* action="([^"]*)".*?</form>`)
	fieldOnPage  = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)
	pageName     = regexp.MustCompile(`data-page="([a-z]*)"`)
	optionsShown = regexp.MustCompile(`data-passkey="(get|create)" data-options="([^"]*)"`)
	secretShown  = regexp.MustCompile(`<p class="secret" dir="ltr"><code>([A-Z2-7 ]+)</code>`)
	codesShown   = regexp.MustCompile(`<li><code>([0-9A-Z-]+)</code></li>`)
)

// sends fills the first form in whose address ends so.
func (f *flow) sends(end string, fill url.Values) *flow {
	f.t.Helper()
	for _, m := range formOnPage.FindAllStringSubmatch(f.body, -1) {
		if !strings.HasSuffix(m[1], end) {
			continue
		}
		form := url.Values{}
		for _, field := range fieldOnPage.FindAllStringSubmatch(m[0], -1) {
			form.Set(field[1], html.UnescapeString(field[2]))
		}
		for name, values := range fill {
			form[name] = values
		}
		return f.do(http.MethodPost, f.s.url+m[1], form)
	}
	f.t.Fatalf("no form to %s on %s:\n%s", end, f.page(), f.body)
	return f
}

func (f *flow) password() *flow {
	f.t.Helper()
	return f.wants("login").sends("/login", url.Values{"username": {"mio"}, "password": {rightPassword}})
}

// page is which page the browser shows; "application" when it left.
func (f *flow) page() string {
	if to, err := f.resp.Location(); err == nil && strings.HasPrefix(to.Path, "/signin/callback/") {
		if to.Query().Get("error") != "" {
			return to.Query().Get("error")
		}
		return "application"
	}
	if m := pageName.FindStringSubmatch(f.body); m != nil {
		return m[1]
	}
	return f.resp.Status
}

func (f *flow) wants(page string) *flow {
	f.t.Helper()
	if f.page() != page {
		f.t.Fatalf("want page %s, got %s:\n%s", page, f.page(), f.body)
	}
	return f
}

func (f *flow) says(text string) *flow {
	f.t.Helper()
	if !strings.Contains(f.body, text) {
		f.t.Fatalf("the page does not say %q:\n%s", text, f.body)
	}
	return f
}

func (f *flow) options() options {
	f.t.Helper()
	m := optionsShown.FindStringSubmatch(f.body)
	if m == nil {
		f.t.Fatalf("no passkey options:\n%s", f.body)
	}
	var o options
	if err := json.Unmarshal([]byte(html.UnescapeString(m[2])), &o); err != nil {
		f.t.Fatal(err)
	}
	return o
}

// claims exchanges the code and returns the id token's claims.
func (f *flow) claims() map[string]any {
	f.t.Helper()
	f.wants("application")
	to, _ := f.resp.Location()
	status, answer := f.s.exchange(f.t, "acme", nil, to.Query().Get("code"))
	token, _ := answer["id_token"].(string)
	parts := strings.Split(token, ".")
	if status != http.StatusOK || len(parts) != 3 {
		f.t.Fatalf("%d %v", status, answer)
	}
	b, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		f.t.Fatal(err)
	}
	var c map[string]any
	if err := json.Unmarshal(b, &c); err != nil {
		f.t.Fatal(err)
	}
	return c
}

func (f *flow) provenBy(acr string, methods ...string) {
	f.t.Helper()
	c := f.claims()
	var got []string
	list, _ := c["amr"].([]any)
	for _, v := range list {
		got = append(got, v.(string))
	}
	if c["acr"] != acr || !slices.Equal(got, methods) || c["auth_time"] == nil {
		f.t.Fatalf("acr %v, amr %v, auth_time %v", c["acr"], got, c["auth_time"])
	}
}

func (f *flow) secret() []byte {
	f.t.Helper()
	m := secretShown.FindStringSubmatch(f.body)
	if m == nil {
		f.t.Fatalf("no secret shown:\n%s", f.body)
	}
	b, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ReplaceAll(m[1], " ", ""))
	if err != nil {
		f.t.Fatal(err)
	}
	return b
}

func (s *place) totp(secret []byte, steps int64) string {
	return totpCode(secret, s.now().Unix()/30+steps)
}

// withApp sets an authenticator app up for mio and returns its secret and the
// recovery codes.
func (s *place) withApp(t *testing.T) (secret []byte, codes []string) {
	t.Helper()
	f := s.flow(t).account().password().wants("account").sends("/totp", nil).wants("totp")
	secret = f.secret()
	f.sends("/totp-confirm", url.Values{"code": {s.totp(secret, 0)}}).wants("codes")
	for _, m := range codesShown.FindAllStringSubmatch(f.body, -1) {
		codes = append(codes, m[1])
	}
	if len(codes) != recoveryCodes {
		t.Fatalf("%d recovery codes", len(codes))
	}
	s.ahead += 2 * totpPeriod // the code is used up
	return secret, codes
}

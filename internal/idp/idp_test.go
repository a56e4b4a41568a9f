package idp

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/store"
	"tasuke/internal/store/storetest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// place is a provider on a real socket, with the organisations acme and
// globex; mio has an account at acme.
type place struct {
	*Provider
	store *store.Store
	url   string
	mio   identity.LocalAccount
	ahead time.Duration // of the clock; changed between requests only
}

const rightPassword = "rubber lantern quietly 8 oceans"

func newPlace(t testing.TB) *place {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	// Browsers know no passkeys for an address, only for a name.
	s := &place{url: fmt.Sprintf("http://localhost:%d", server.Listener.Addr().(*net.TCPAddr).Port), store: storetest.Open(t, storetest.SQLite(t))}
	var err error
	if s.Provider, err = New(Options{BaseURL: s.url, Store: s.store, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return time.Now().Add(s.ahead) }}); err != nil {
		t.Fatal(err)
	}
	for _, org := range []identity.OrgID{"acme", "globex"} {
		o := identity.Org{ID: org, Name: "<b>" + string(org), Settings: identity.DefaultSettings()}
		if err := s.store.CreateOrganisation(context.Background(), o, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	if s.mio, err = s.CreateWithPassword(context.Background(), "acme", NewAccount{Username: "mio", Name: "Mio"}, rightPassword); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	s.Mount(mux)
	mux.HandleFunc("GET /", func(http.ResponseWriter, *http.Request) {})
	server.Config.Handler = httpx.SecurityHeaders(false, mux)
	server.Start()
	t.Cleanup(server.Close)
	return s
}

// visitor is a browser that does not follow redirects.
func visitor(t testing.TB) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Jar: jar, Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

func fetch(t *testing.T, c *http.Client, method, address string, form url.Values, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if method == http.MethodPost {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

const verifier = "a-verifier-of-at-least-forty-three-characters-0"

func challenge() string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// asks is a correct authorization request of the application.
func (s *place) asks(org identity.OrgID) url.Values {
	return url.Values{
		"client_id": {"tasuke"}, "redirect_uri": {s.url + "/signin/callback/" + string(org)}, "response_type": {"code"},
		"scope": {"openid profile email"}, "state": {"state"}, "nonce": {"nonce"},
		"code_challenge": {challenge()}, "code_challenge_method": {"S256"},
	}
}

// code signs mio in and returns what the application is sent.
func (s *place) code(t *testing.T, c *http.Client) url.Values {
	t.Helper()
	resp, _ := fetch(t, c, http.MethodGet, s.Issuer("acme")+"/authorize?"+s.asks("acme").Encode(), nil)
	login, err := resp.Location()
	if err != nil {
		t.Fatal(resp.Status, err)
	}
	resp, body := fetch(t, c, http.MethodPost, s.Issuer("acme")+"/login", url.Values{"request": {login.Query().Get("request")}, "username": {"mio"}, "password": {rightPassword}})
	back, err := resp.Location()
	if err != nil || resp.StatusCode != http.StatusSeeOther {
		t.Fatal(resp.Status, body)
	}
	return back.Query()
}

func (s *place) exchange(t *testing.T, org identity.OrgID, change func(url.Values), code string) (int, map[string]any) {
	t.Helper()
	form := url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {s.url + "/signin/callback/acme"},
		"client_id": {"tasuke"}, "code_verifier": {verifier},
	}
	if change != nil {
		change(form)
	}
	resp, body := fetch(t, visitor(t), http.MethodPost, s.Issuer(org)+"/oauth/token", form)
	var answer map[string]any
	_ = json.Unmarshal([]byte(body), &answer)
	return resp.StatusCode, answer
}

func TestCodeIsExchangedOnce(t *testing.T) {
	s := newPlace(t)
	q := s.code(t, visitor(t))
	if q.Get("state") != "state" || q.Get("iss") != s.Issuer("acme") {
		t.Fatalf("%v", q)
	}
	status, answer := s.exchange(t, "acme", nil, q.Get("code"))
	if status != http.StatusOK || answer["id_token"] == nil || answer["refresh_token"] != nil {
		t.Fatalf("%d %v", status, answer)
	}
	if status, _ := s.exchange(t, "acme", nil, q.Get("code")); status == http.StatusOK {
		t.Fatal("the code worked twice")
	}
	resp, body := fetch(t, visitor(t), http.MethodGet, s.Issuer("acme")+"/userinfo", nil, "Authorization", "Bearer "+answer["access_token"].(string))
	if resp.StatusCode != http.StatusOK || !strings.Contains(body, s.mio.ID) {
		t.Fatalf("%s %s", resp.Status, body)
	}
	resp, body = fetch(t, visitor(t), http.MethodGet, s.Issuer("globex")+"/userinfo", nil, "Authorization", "Bearer "+answer["access_token"].(string))
	if resp.StatusCode == http.StatusOK {
		t.Fatalf("another organisation's userinfo answered: %s", body)
	}
}

func TestCodeIsWorthNothingWithoutTheRest(t *testing.T) {
	s := newPlace(t)
	for name, change := range map[string]func(url.Values){
		"no verifier":      func(f url.Values) { f.Del("code_verifier") },
		"another verifier": func(f url.Values) { f.Set("code_verifier", strings.Repeat("x", 43)) },
		"the challenge":    func(f url.Values) { f.Set("code_verifier", challenge()) },
		"another redirect": func(f url.Values) { f.Set("redirect_uri", s.url+"/signin/callback/globex") },
		"another client":   func(f url.Values) { f.Set("client_id", "other") },
		"refresh grant":    func(f url.Values) { f.Set("grant_type", "refresh_token") },
		"password grant":   func(f url.Values) { f.Set("grant_type", "password") },
		"client grant":     func(f url.Values) { f.Set("grant_type", "client_credentials") },
		"jwt grant":        func(f url.Values) { f.Set("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer") },
		"no grant":         func(f url.Values) { f.Del("grant_type") },
		"private key proof": func(f url.Values) {
			f.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
			f.Set("client_assertion", "a.b.c")
		},
	} {
		if status, answer := s.exchange(t, "acme", change, s.code(t, visitor(t)).Get("code")); status == http.StatusOK || answer["access_token"] != nil {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	if status, _ := s.exchange(t, "globex", nil, s.code(t, visitor(t)).Get("code")); status == http.StatusOK {
		t.Error("another organisation's issuer took the code")
	}
}

func TestAuthorizationRequestsAreChecked(t *testing.T) {
	s := newPlace(t)
	c := visitor(t)
	for name, change := range map[string]func(url.Values){
		"another client":    func(q url.Values) { q.Set("client_id", "other") },
		"elsewhere":         func(q url.Values) { q.Set("redirect_uri", "https://evil.example/") },
		"longer":            func(q url.Values) { q.Set("redirect_uri", q.Get("redirect_uri")+"/x") },
		"another org's":     func(q url.Values) { q.Set("redirect_uri", s.url+"/signin/callback/globex") },
		"nowhere":           func(q url.Values) { q.Del("redirect_uri") },
		"with a script tag": func(q url.Values) { q.Set("client_id", "<script>alert(1)</script>") },
	} {
		q := s.asks("acme")
		change(q)
		resp, body := fetch(t, c, http.MethodGet, s.Issuer("acme")+"/authorize?"+q.Encode(), nil)
		if resp.StatusCode != http.StatusUnprocessableEntity || resp.Header.Get("Location") != "" || strings.Contains(body, "<script>alert") || !strings.Contains(body, "not started by this service") {
			t.Errorf("%s: %s %s", name, resp.Status, body)
		}
	}
	for name, change := range map[string]func(url.Values){
		"no challenge":       func(q url.Values) { q.Del("code_challenge") },
		"plain challenge":    func(q url.Values) { q.Set("code_challenge_method", "plain") },
		"no method":          func(q url.Values) { q.Del("code_challenge_method") },
		"implicit":           func(q url.Values) { q.Set("response_type", "id_token token") },
		"form post":          func(q url.Values) { q.Set("response_mode", "form_post") },
		"request object":     func(q url.Values) { q.Set("request", "a.b.c") },
		"none with login":    func(q url.Values) { q.Set("prompt", "none login") },
		"made-up token hint": func(q url.Values) { q.Set("id_token_hint", "a.b.c") },
	} {
		q := s.asks("acme")
		change(q)
		resp, body := fetch(t, c, http.MethodGet, s.Issuer("acme")+"/authorize?"+q.Encode(), nil)
		to, err := resp.Location()
		if err != nil || !strings.HasPrefix(to.String(), s.url+"/signin/callback/acme") || !strings.Contains(to.String(), "error=") {
			t.Errorf("%s: %s %v %s", name, resp.Status, to, body)
		}
	}
	long := s.asks("acme")
	long.Set("state", strings.Repeat("x", 10_000))
	resp, _ := fetch(t, c, http.MethodGet, s.Issuer("acme")+"/authorize?"+long.Encode(), nil)
	if to, err := resp.Location(); err != nil || to.Query().Get("error") != "temporarily_unavailable" || len(to.String()) > 500 {
		t.Errorf("%s %v", resp.Status, to)
	}
	q := s.asks("acme")
	q.Set("prompt", "none")
	resp, _ = fetch(t, c, http.MethodGet, s.Issuer("acme")+"/authorize?"+q.Encode(), nil)
	login, _ := resp.Location()
	resp, _ = fetch(t, c, http.MethodGet, login.String(), nil)
	if to, err := resp.Location(); err != nil || to.Query().Get("error") != "login_required" || to.Query().Get("iss") != s.Issuer("acme") {
		t.Errorf("%s %v", resp.Status, to)
	}
}

func TestRequestsOfOneNetworkAreLimited(t *testing.T) {
	s := newPlace(t)
	refused := 0
	for range requestsBurst + 30 {
		resp, _ := fetch(t, visitor(t), http.MethodGet, s.Issuer("acme")+"/authorize?"+s.asks("acme").Encode(), nil)
		if strings.Contains(resp.Header.Get("Location"), "temporarily_unavailable") {
			refused++
		}
	}
	if refused == 0 {
		t.Error("one network may begin any number of sign-ins")
	}
}

func TestBrowserSignInBelongsToItsOrganisation(t *testing.T) {
	s := newPlace(t)
	c := visitor(t)
	s.code(t, c)
	resp, _ := fetch(t, c, http.MethodGet, s.Issuer("acme")+"/authorize?"+s.asks("acme").Encode(), nil)
	login, _ := resp.Location()
	if resp, _ = fetch(t, c, http.MethodGet, login.String(), nil); resp.StatusCode != http.StatusSeeOther {
		t.Fatalf("no single sign-on: %s", resp.Status)
	}
	resp, _ = fetch(t, c, http.MethodGet, s.Issuer("globex")+"/authorize?"+s.asks("globex").Encode(), nil)
	login, _ = resp.Location()
	if resp, _ = fetch(t, c, http.MethodGet, login.String(), nil); resp.StatusCode != http.StatusOK {
		t.Fatalf("acme's browser signed in at globex: %s", resp.Status)
	}
}

// The metadata names endpoints that exist, and nothing else of the library's
// is reachable.
func TestDiscoveryTellsTheTruth(t *testing.T) {
	s := newPlace(t)
	c := visitor(t)
	_, body := fetch(t, c, http.MethodGet, s.Issuer("acme")+"/.well-known/openid-configuration", nil)
	var m map[string]any
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		t.Fatal(err)
	}
	for name, v := range m {
		address, ok := v.(string)
		if !ok || name == "issuer" {
			continue
		}
		method := http.MethodGet
		if name == "token_endpoint" {
			method = http.MethodPost
		}
		if resp, body := fetch(t, c, method, address, url.Values{}); resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusMethodNotAllowed || resp.StatusCode >= 500 {
			t.Errorf("%s: %s %s", name, resp.Status, body)
		}
	}
	if m["issuer"] != s.Issuer("acme") || len(m) < 12 {
		t.Errorf("%v", m)
	}
	for _, path := range []string{"/healthz", "/ready", "/oauth/introspect", "/revoke", "/device_authorization", "/authorize/callback", "", "/"} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if resp, _ := fetch(t, c, method, s.Issuer("acme")+path, url.Values{}); resp.StatusCode < 400 {
				t.Errorf("%s %s: %s", method, path, resp.Status)
			}
		}
	}
	if resp, _ := fetch(t, c, http.MethodGet, s.Issuer("nobody")+"/keys", nil); resp.StatusCode != http.StatusNotFound {
		t.Errorf("an organisation that does not exist: %s", resp.Status)
	}
}

func TestPagesNeedNothingInline(t *testing.T) {
	inline := regexp.MustCompile(`(?i)<style|\sstyle=|\son[a-z]+=|javascript:|<script(>| [^>]*>[^<])`)
	err := fs.WalkDir(pageFiles, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := fs.ReadFile(pageFiles, path)
		if found := inline.Find(b); found != nil {
			t.Errorf("%s: %s", path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s := newPlace(t)
	for _, name := range []string{"idp.css", "welcome.js", "factors.js"} {
		if resp, body := fetch(t, visitor(t), http.MethodGet, s.url+"/idp/assets/"+name, nil); resp.StatusCode != http.StatusOK || len(body) < 100 {
			t.Errorf("%s: %s", name, resp.Status)
		}
	}
	for _, name := range []string{"", "../idp.go", "%2e%2e/idp.go", "none.css"} {
		if resp, _ := fetch(t, visitor(t), http.MethodGet, s.url+"/idp/assets/"+name, nil); resp.StatusCode == http.StatusOK {
			t.Errorf("%q served", name)
		}
	}
}

func TestLanguages(t *testing.T) {
	s := newPlace(t)
	for accept, want := range map[string]string{"": `lang="en" dir="ltr"`, "ja": `lang="ja"`, "fr, ar;q=0.5": `lang="ar" dir="rtl"`, "de": `lang="en"`, "ja-JP,en;q=0.5": `lang="ja"`, "\xff;;q=": `lang="en"`} {
		resp, body := fetch(t, visitor(t), http.MethodGet, s.Issuer("acme")+"/welcome", nil, "Accept-Language", accept)
		if !strings.Contains(body, want) || !strings.Contains(body, "&lt;b&gt;acme") || resp.Header.Get("Content-Language") == "" {
			t.Errorf("%q: %s", accept, body)
		}
	}
	if _, body := fetch(t, visitor(t), http.MethodGet, s.Issuer("acme")+"/welcome?lang=ar", nil, "Accept-Language", "ja"); !strings.Contains(body, `dir="rtl"`) {
		t.Error(body)
	}
	for lang, texts := range words {
		for key := range english {
			if texts[key] == "" && english[key] != "" {
				t.Errorf("%s lacks %s", lang, key)
			}
		}
		if len(texts) != len(english) {
			t.Errorf("%s has %d texts, English %d", lang, len(texts), len(english))
		}
	}
	for _, l := range languages {
		if words[l.code] == nil || directions[l.code] == "" {
			t.Errorf("%s is half there", l.code)
		}
	}
}

func TestPasswordHashes(t *testing.T) {
	h := newHasher()
	ctx := context.Background()
	phc, err := h.hash(ctx, "Ａ café")
	if err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(phc, err)
	}
	for password, want := range map[string]bool{"Ａ café": true, "A cafe\u0301": true, "a café": false, "": false, strings.Repeat("x", 2000): false} {
		if ok, err := h.matches(ctx, password, phc); ok != want || err != nil {
			t.Errorf("%q: %v %v", password, ok, err)
		}
	}
	if ok, err := h.matches(ctx, "", ""); ok || err != nil {
		t.Error("an account without a password can be signed in to")
	}
	if _, err := h.matches(ctx, "x", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"); err == nil {
		t.Error("a weaker hash was believed")
	}
	again, err := h.hash(ctx, "Ａ café")
	if err != nil || again == phc {
		t.Error("no salt", err)
	}
	for range maxParallelHashes {
		h.slots <- struct{}{}
	}
	late, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := h.hash(late, "x"); err == nil {
		t.Error("a hash beyond the limit was made")
	}
}

func TestPasswordRules(t *testing.T) {
	common, err := commonPasswords()
	if err != nil || len(common) < 40_000 || !slices.IsSorted(common) {
		t.Fatal(len(common), err)
	}
	about := []string{"mio.watanabe@acme.example", "Mio Watanabe", "Acme Logistics"}
	for password, want := range map[string]error{
		"elevenchars":                      ErrPasswordShort,
		"パスワード":                            ErrPasswordShort,
		"passwordpassword":                 ErrPasswordCommon,
		"P@ssw0rdP@ssw0rd":                 ErrPasswordCommon,
		"iloveyou12345!":                   ErrPasswordCommon,
		"sunshinedragon":                   ErrPasswordCommon,
		"123456789012":                     ErrPasswordCommon,
		"Welcome2026!!":                    ErrPasswordCommon,
		"mio.watanabe@acme.example":        ErrPasswordGuess,
		"AcmeLogistics1":                   ErrPasswordGuess,
		"1234567890123456":                 ErrPasswordCommon,
		"abcdefghijklmnop":                 ErrPasswordGuess,
		"0987654321qwerty":                 ErrPasswordCommon,
		"abababababab":                     ErrPasswordGuess,
		"summer summer summer":             ErrPasswordGuess,
		strings.Repeat("Zebra piano ", 30): ErrPasswordLong,
		"rubber lantern quietly 8 oceans":  nil,
		"kT7#mw0qLz!e":                     nil,
		"purple dragon coffee winter":      nil,
		"むかしむかしあるところに爺と婆": nil,
	} {
		if err := checkPassword(common, password, about...); !errors.Is(err, want) {
			t.Errorf("%q: %v (strength %d)", password, err, strength(password, about))
		}
	}
}

func TestThrottle(t *testing.T) {
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	home, office := netip.MustParseAddr("192.0.2.10"), netip.MustParseAddr("2001:db8::1")
	th := newThrottle()
	wait := func(name string, from netip.Addr, at time.Time) bool { return th.check("acme", name, from, at) != nil }
	for range freeTries {
		th.failed("acme", "mio", home, now)
	}
	if !wait("mio", home, now) || !wait("mio", netip.MustParseAddr("192.0.2.99"), now) {
		t.Error("five wrong passwords cost nothing")
	}
	if wait("mio", office, now) || wait("omar", home, now) || th.check("globex", "mio", home, now) != nil {
		t.Error("somebody else has to wait")
	}
	if wait("mio", home, now.Add(firstWait)) {
		t.Error("the wait does not end")
	}
	th.failed("acme", "mio", home, now)
	if !wait("mio", home, now.Add(firstWait)) || wait("mio", home, now.Add(2*firstWait)) {
		t.Error("the wait does not double")
	}
	for range 40 {
		th.failed("acme", "mio", home, now)
	}
	if !wait("mio", home, now.Add(longestWait-time.Second)) || wait("mio", home, now.Add(longestWait)) {
		t.Error("the longest wait is wrong")
	}
	// A flood against one account from everywhere slows strangers, not its owner.
	th.succeeded("acme", "mio", office, now)
	for i := range triesPerAccount {
		th.failed("acme", "mio", netip.AddrFrom4([4]byte{10, byte(i), 0, 1}), now)
	}
	if !wait("mio", netip.MustParseAddr("203.0.113.1"), now) {
		t.Error("a flood from everywhere goes on")
	}
	if wait("mio", office, now) {
		t.Error("the owner is locked out")
	}
	// One network trying many accounts.
	for i := range triesPerPrefix {
		th.failed("acme", string(rune('a'+i)), netip.MustParseAddr("198.51.100.1"), now)
	}
	if !wait("new", netip.MustParseAddr("198.51.100.77"), now) || wait("new", netip.MustParseAddr("198.51.100.77"), now.Add(time.Hour)) {
		t.Error("one network may try every account")
	}
	for i := range maxThrottled * 2 {
		th.failed("acme", "mio", netip.AddrFrom4([4]byte{byte(i >> 16), byte(i >> 8), byte(i), 1}), now)
	}
	if len(th.wrong) > maxThrottled+3 {
		t.Errorf("%d counters are kept", len(th.wrong))
	}
}

func TestAccountsNeedNames(t *testing.T) {
	s := newPlace(t)
	for _, n := range []NewAccount{{}, {Username: "x"}, {Name: "X"}, {Name: "X", Username: "a b"}, {Name: "X", Username: strings.Repeat("x", 121)}, {Name: "\u202e", Username: "x"}, {Name: "X", Username: "a\u202eb"}} {
		if _, err := s.CreateWithPassword(context.Background(), "acme", n, "x"); !errors.Is(err, identity.ErrAccount) {
			t.Errorf("%+v: %v", n, err)
		}
	}
	if _, err := s.CreateWithPassword(context.Background(), "acme", NewAccount{Username: " MIO ", Name: "Other"}, "x"); !errors.Is(err, identity.ErrUsernameTaken) {
		t.Error(err)
	}
	link, err := s.Link(context.Background(), "acme", s.mio.ID, 0)
	if err != nil || !strings.HasPrefix(link, s.url+"/idp/acme/welcome#") {
		t.Error(link, err)
	}
}

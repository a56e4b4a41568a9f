package signin_test

import (
	"bytes"
	"context"
	"encoding/json"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/idp"
	"tasuke/internal/signin"
	"tasuke/internal/store"
	"tasuke/internal/store/storetest"
)

func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m, goleak.Cleanup(func(code int) { os.Exit(code) }))
}

// clock is a clock that tests move.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += d
}

// syncBuffer is a log that tests read while handlers write.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b.Reset()
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// world is a server with the relying party and the embedded provider, on a
// real socket and a real database.
type world struct {
	base  string
	store *store.Store
	idp   *idp.Provider
	rp    *signin.Service
	clock *clock
	log   *syncBuffer
}

func loopback() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

func newWorld(t testing.TB, change ...func(*signin.Options)) *world {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	w := &world{base: "http://" + server.Listener.Addr().String(), clock: &clock{}, log: &syncBuffer{}}
	w.store = storetest.Open(t, storetest.SQLite(t))
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	var err error
	if w.idp, err = idp.New(idp.Options{BaseURL: w.base, Store: w.store, Log: log, Now: w.clock.now}); err != nil {
		t.Fatal(err)
	}
	o := signin.Options{BaseURL: w.base, Store: w.store, Local: w.idp, Log: log, Now: w.clock.now, Networks: loopback(), Timeout: 2 * time.Second}
	for _, f := range change {
		f(&o)
	}
	if w.rp, err = signin.New(o); err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	w.idp.Mount(mux)
	w.rp.Mount(mux)
	mux.HandleFunc("GET /", func(rw http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(rw, "page "+r.URL.Path) })
	mux.Handle("GET /me", httpx.Adapter{Log: log}.Handle(w.me))
	server.Config.Handler = httpx.SecurityHeaders(false, http.NewCrossOriginProtection().Handler(mux))
	server.Start()
	t.Cleanup(func() { server.Close(); w.rp.Close() })
	return w
}

// me tells who is signed in, the way the API would.
func (w *world) me(rw http.ResponseWriter, r *http.Request) error {
	a, err := w.rp.Actor(r)
	if err != nil {
		return err
	}
	return json.NewEncoder(rw).Encode(a)
}

func (w *world) organisation(t testing.TB, id identity.OrgID, domains ...string) {
	t.Helper()
	o := identity.Org{ID: id, Name: "Organisation " + string(id), VerifiedDomains: domains, Settings: identity.DefaultSettings()}
	if err := w.store.CreateOrganisation(context.Background(), o, w.clock.now()); err != nil {
		t.Fatal(err)
	}
}

func (w *world) provider(t testing.TB, p identity.Provider) {
	t.Helper()
	if err := w.store.SetProvider(context.Background(), p, w.clock.now()); err != nil {
		t.Fatal(err)
	}
}

// localOrganisation is an organisation with the embedded provider.
func (w *world) localOrganisation(t testing.TB, id identity.OrgID, domains ...string) {
	t.Helper()
	w.organisation(t, id, domains...)
	w.provider(t, identity.EmbeddedProvider(w.base, id))
}

const testPassword = "rubber lantern quietly 8 oceans"

func (w *world) account(t testing.TB, org identity.OrgID, n idp.NewAccount) identity.LocalAccount {
	t.Helper()
	a, err := w.idp.CreateWithPassword(context.Background(), org, n, testPassword)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// browser keeps cookies and follows redirects, like a person's.
type browser struct {
	t      testing.TB
	base   string
	client *http.Client
}

// page is what a browser shows after a navigation.
type page struct {
	url    *url.URL
	status int
	header http.Header
	body   string
}

func (w *world) browser(t testing.TB) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &browser{t: t, base: w.base, client: &http.Client{Jar: jar, Transport: transport, Timeout: 20 * time.Second}}
}

func (b *browser) do(req *http.Request) page {
	b.t.Helper()
	resp, err := b.client.Do(req)
	if err != nil {
		b.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return page{resp.Request.URL, resp.StatusCode, resp.Header, string(body)}
}

func (b *browser) get(address string) page {
	b.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = b.base + address
	}
	req, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.do(req)
}

// post sends JSON, as the front end does.
func (b *browser) post(path string, body any) page {
	b.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		b.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, b.base+path, bytes.NewReader(text))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Origin", b.base)
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	return b.do(req)
}

var (
	formAction = regexp.MustCompile(`<form[^>]* action="([^"]*)"`)
	inputField = regexp.MustCompile(`<input[^>]* name="([^"]*)"[^>]*? value="([^"]*)"`)
)

// submit fills the page's first form in and sends it.
func (b *browser) submit(p page, fill url.Values) page { return b.submitTo(p, "", fill) }

// submitTo does the same with the first form whose address ends so.
func (b *browser) submitTo(p page, end string, fill url.Values) page {
	b.t.Helper()
	var action []string
	var fields string
	for _, form := range regexp.MustCompile(`(?s)<form.*?</form>`).FindAllString(p.body, -1) {
		if m := formAction.FindStringSubmatch(form); action == nil && m != nil && strings.HasSuffix(m[1], end) {
			action, fields = m, form
		}
	}
	if action == nil {
		b.t.Fatalf("no form to %s on %s (%d):\n%s", end, p.url, p.status, p.body)
	}
	form := url.Values{}
	for _, f := range inputField.FindAllStringSubmatch(fields, -1) {
		form.Set(f[1], html.UnescapeString(f[2]))
	}
	for name, values := range fill {
		form[name] = values
	}
	to, err := p.url.Parse(html.UnescapeString(action[1]))
	if err != nil {
		b.t.Fatal(err)
	}
	req, err := http.NewRequest(http.MethodPost, to.String(), strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Origin", b.base)
	return b.do(req)
}

// signIn goes through the embedded provider's form.
func (b *browser) signIn(path, username, password string) page {
	b.t.Helper()
	p := b.get(path)
	if !strings.Contains(p.url.Path, "/login") {
		b.t.Fatalf("expected the sign-in form, got %s (%d): %s", p.url, p.status, p.body)
	}
	return b.submit(p, url.Values{"username": {username}, "password": {password}})
}

// me returns who is signed in in this browser; nil: nobody.
func (b *browser) me() *identity.Actor {
	b.t.Helper()
	p := b.get("/me")
	if p.status == http.StatusUnauthorized {
		return nil
	}
	var a identity.Actor
	if err := json.Unmarshal([]byte(p.body), &a); err != nil {
		b.t.Fatalf("%d: %s: %v", p.status, p.body, err)
	}
	return &a
}

// wantError checks that a navigation ended at the error page with this code.
func wantError(t testing.TB, p page, code string) {
	t.Helper()
	if p.url.Path != "/signin/error" || p.url.Query().Get("code") != code {
		t.Fatalf("want error %s, got %s (%d) %s", code, p.url, p.status, p.body)
	}
}

// slowly gives a real provider time on a busy machine.
func slowly(o *signin.Options) { o.Timeout = 10 * time.Second }

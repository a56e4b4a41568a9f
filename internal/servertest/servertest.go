// Package servertest runs the whole server in one process, on real sockets, with
// scripted people: they sign in through the embedded provider's page, call the
// API, open WebSockets and connect real WebRTC peers. Tests read as stories. It
// fakes nothing.
package servertest

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"tasuke/internal/api"
	"tasuke/internal/config"
	"tasuke/internal/identity"
	"tasuke/internal/server"
	"tasuke/internal/wire"
)

// patience bounds how long a story waits for what must come.
const patience = 20 * time.Second

// World is a running server with the demo's people.
type World struct {
	Base string
	Log  *Log // everything the server logged, at debug level

	t      testing.TB
	dir    string
	cfg    config.Config
	server *server.Server
	people map[string]string // user name → password
}

// Log collects what a server prints. Safe for concurrent use.
type Log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

// Write implements io.Writer.
func (l *Log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

// String gives everything so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// Start starts a server on loopback, with further settings ("key=value"); the test
// closes it at its end.
func Start(t testing.TB, settings ...string) *World {
	t.Helper()
	return begin(t, "http", settings...)
}

// StartTLS starts one that speaks TLS, by a certificate of its own, with more settings.
func StartTLS(t testing.TB, settings ...string) *World {
	t.Helper()
	return begin(t, "https", append(settings, "self_signed=true")...)
}

func begin(t testing.TB, scheme string, settings ...string) *World {
	t.Helper()
	listener, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	w := &World{t: t, dir: dir, Log: &Log{}, people: map[string]string{}}
	w.Base = fmt.Sprintf("%s://localhost:%d", scheme, listener.Addr().(*net.TCPAddr).Port)
	w.cfg, err = config.Load("", nil, append([]string{
		"base_url=" + w.Base, "listen=" + listener.Addr().String(), "relay_host=127.0.0.1", "log_level=debug",
		"database=sqlite:" + filepath.Join(dir, "tasuke.db"), "master_key_file=" + filepath.Join(dir, "master.key"),
		"audit_checkpoints=" + filepath.Join(dir, "checkpoints"),
	}, settings...))
	if err != nil {
		t.Fatal(err)
	}
	w.start(listener)
	t.Cleanup(func() { w.stop() })
	return w
}

// listen opens a TCP port that is free for UDP as well: the server uses both.
func listen() (l net.Listener, err error) {
	const tries = 16
	for range tries {
		if l, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
			return nil, err
		}
		var packets net.PacketConn
		if packets, err = net.ListenPacket("udp", l.Addr().String()); err == nil {
			return l, packets.Close()
		}
		err = errors.Join(err, l.Close())
	}
	return nil, err
}

func (w *World) start(l net.Listener) {
	w.t.Helper()
	ctx := context.Background()
	s, err := server.Start(ctx, w.cfg, server.Options{Log: slog.New(slog.NewTextHandler(w.Log, &slog.HandlerOptions{Level: slog.LevelDebug})), Listener: l})
	if err != nil {
		w.t.Fatal(err)
	}
	w.server = s
	people, err := s.Demo(ctx, w.dir)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range people {
		w.people[p.Username] = p.Password
	}
}

// Fill invents a large organisation around the demo's people.
func (w *World) Fill(size server.Large) {
	w.t.Helper()
	if err := w.server.FillDemo(context.Background(), size, func(string, int, int) {}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *World) stop() {
	w.t.Helper()
	if err := w.server.Close(); err != nil {
		w.t.Error(err)
	}
	for line := range strings.Lines(w.Log.String()) {
		if strings.Contains(line, api.Undescribed) {
			w.t.Error(line)
		}
	}
}

// Restart stops the server and starts it again on the same address and data.
func (w *World) Restart() {
	w.t.Helper()
	w.stop()
	var l net.Listener
	w.Eventually("the address is free again", func() (err error) {
		l, err = net.Listen("tcp", w.cfg.Listen)
		return err
	})
	w.start(l)
}

// VerifyAudit checks the audit chain and returns its length.
func (w *World) VerifyAudit() int64 {
	w.t.Helper()
	v, err := w.server.VerifyAudit(context.Background())
	if err != nil || len(v) != 1 {
		w.t.Fatalf("%d chains, %v", len(v), err)
	}
	return v[0].Lines
}

// VerifyCheckpoints holds the checkpoints that were written against the audit
// chain and returns how many there are.
func (w *World) VerifyCheckpoints() (int, error) {
	w.t.Helper()
	return w.server.VerifyCheckpoints(context.Background(), w.cfg.AuditCheckpoints)
}

// Eventually waits until check returns nil.
func (w *World) Eventually(what string, check func() error) {
	w.t.Helper()
	deadline := time.Now().Add(patience)
	for {
		err := check()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("%s: %v", what, err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// Person is somebody's browser without a screen.
type Person struct {
	Name string

	w       *World
	http    *http.Client
	ifMatch string // header of the calls that change what was read
	token   string // sent as Authorization: Bearer; empty: a browser
}

// Match is the person, calling with the ETag of a version that was read.
func (p *Person) Match(version int64) *Person {
	q := *p
	q.ifMatch = fmt.Sprintf("%q", fmt.Sprint(version))
	return &q
}

var formAction = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"`)
var hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)"`)

// SignIn signs a demo person in through the provider's page.
func (w *World) SignIn(username string) *Person {
	w.t.Helper()
	return w.SignInTo(server.DemoOrg, username)
}

// SignInTo signs somebody of an organisation in through its provider's page.
func (w *World) SignInTo(org identity.OrgID, username string) *Person {
	w.t.Helper()
	p := w.Stranger()
	p.Name = username
	page, at := p.get(w.Base + "/signin?return=/help&org=" + string(org))
	action := formAction.FindStringSubmatch(page)
	if action == nil {
		w.t.Fatalf("no form at %s: %.300s", at, page)
	}
	form := url.Values{"username": {username}, "password": {w.people[username]}}
	for _, h := range hiddenField.FindAllStringSubmatch(page, -1) {
		form.Set(h[1], h[2])
	}
	target, err := at.Parse(action[1])
	if err != nil {
		w.t.Fatal(err)
	}
	res, err := p.http.PostForm(target.String(), form)
	if err != nil {
		w.t.Fatal(err)
	}
	defer res.Body.Close()
	if res.Request.URL.Path != "/help" {
		b, _ := io.ReadAll(res.Body)
		w.t.Fatalf("signing %s in ended at %s: %.300s", username, res.Request.URL, b)
	}
	return p
}

// Stranger is a browser in which nobody is signed in.
func (w *World) Stranger() *Person {
	w.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}} // the server's is made for the test
	w.t.Cleanup(transport.CloseIdleConnections)
	return &Person{w: w, http: &http.Client{Jar: jar, Timeout: patience, Transport: transport}}
}

// Client is the browser itself, for where nothing may be asked of the test: inside
// a fuzz target.
func (p *Person) Client() *http.Client { return p.http }

// Base is the server's address.
func (p *Person) Base() string { return p.w.Base }

func (p *Person) get(address string) (string, *url.URL) {
	p.w.t.Helper()
	res, err := p.http.Get(address)
	if err != nil {
		p.w.t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		p.w.t.Fatal(err)
	}
	return string(b), res.Request.URL
}

// Problem is a refusal.
type Problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Fix    string `json:"fix"`
}

// Error implements error.
func (p *Problem) Error() string { return fmt.Sprintf("%d %s: %s", p.Status, p.Code, p.Detail) }

// Try calls the API; a refusal is a *Problem.
func (p *Person) Try(method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, p.w.Base+path, body)
	if err != nil {
		return err
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if p.ifMatch != "" {
		req.Header.Set("If-Match", p.ifMatch)
	}
	if p.token != "" {
		req.Header.Set("Authorization", "Bearer "+p.token)
	}
	res, err := p.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= http.StatusBadRequest {
		return problemOf(res, b)
	}
	switch out := out.(type) {
	case nil:
		return nil
	case *[]byte:
		*out = b
		return nil
	case *http.Header:
		*out = res.Header
		return nil
	}
	return json.Unmarshal(b, out)
}

// problemOf insists that every refusal is whole.
func problemOf(res *http.Response, body []byte) error {
	var v Problem
	if err := json.Unmarshal(body, &v); err != nil || v.Code == "" || v.Detail == "" || v.Status != res.StatusCode || !strings.HasPrefix(res.Header.Get("Content-Type"), "application/problem+json") {
		return fmt.Errorf("refused with %d, but not with problem details: %.200s", res.StatusCode, body)
	}
	return &v
}

// Must calls the API and fails the test on a refusal.
func (p *Person) Must(method, path string, in, out any) {
	p.w.t.Helper()
	if err := p.Try(method, path, in, out); err != nil {
		p.w.t.Fatalf("%s: %s %s: %v", p.Name, method, path, err)
	}
}

// Refused calls the API and fails the test unless it refuses with the code.
func (p *Person) Refused(code, method, path string, in any) {
	p.w.t.Helper()
	var v *Problem
	if err := p.Try(method, path, in, nil); !errors.As(err, &v) || v.Code != code {
		p.w.t.Errorf("%s: %s %s: %v, want %s", p.Name, method, path, err, code)
	}
}

// Act does something in a seat and returns the snapshot that follows.
func (p *Person) Act(session, act string, in wire.Act) (s wire.Snapshot) {
	p.w.t.Helper()
	p.Must(http.MethodPost, acts(session, act), in, &s)
	return s
}

// Create gets a security code.
func (p *Person) Create() (n wire.NewSession) {
	p.w.t.Helper()
	p.Must(http.MethodPost, "/api/v1/help-sessions", struct{}{}, &n)
	return n
}

// Redeem brings a security code.
func (p *Person) Redeem(code string) string {
	p.w.t.Helper()
	var r wire.Redeemed
	p.Must(http.MethodPost, "/api/v1/help-sessions/redeem", wire.Redeem{Code: code}, &r)
	return r.Session
}

func acts(session, act string) string { return "/api/v1/help-sessions/" + session + "/acts/" + act }

// Dir is where the server keeps its data.
func (w *World) Dir() string { return w.dir }

// Secrets are the passwords of the demo's people.
func (w *World) Secrets() []string {
	var out []string
	for _, password := range w.people {
		out = append(out, password)
	}
	return out
}

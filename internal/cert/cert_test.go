package cert

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"go.uber.org/zap"
)

const host = "help.example.org"

// clock is a clock that stands where it is put.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

// log collects what an operator would read.
type log struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *log) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

// take gives what was logged since it was last asked.
func (l *log) take() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	defer l.buf.Reset()
	return l.buf.String()
}

func (l *log) logger() *slog.Logger { return slog.New(slog.NewTextHandler(l, nil)) }

// pair writes a certificate for names that is made at a time.
func pair(t *testing.T, certFile, keyFile string, at time.Time, names ...string) {
	t.Helper()
	if err := makeSelfSigned(certFile, keyFile, names, at); err != nil {
		t.Fatal(err)
	}
}

// world is a keeper of files with a clock and a log.
type world struct {
	*Keeper
	clock             *clock
	log               *log
	certFile, keyFile string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	dir := t.TempDir()
	w := &world{clock: &clock{time.Now()}, log: &log{}, certFile: filepath.Join(dir, "cert.pem"), keyFile: filepath.Join(dir, "key.pem")}
	pair(t, w.certFile, w.keyFile, w.clock.now, host)
	var err error
	w.Keeper, err = Open(Options{Names: []string{host}, CertFile: w.certFile, KeyFile: w.keyFile, Now: w.clock.Now, Log: w.log.logger()})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// connect makes a TLS connection of which each side keeps an end.
func (w *world) connect(t *testing.T) (*tls.Conn, *tls.Conn) {
	t.Helper()
	here, there := net.Pipe()
	server, client := tls.Server(here, w.TLS()), tls.Client(there, &tls.Config{InsecureSkipVerify: true, ServerName: host})
	done := make(chan error, 1)
	go func() { done <- server.Handshake() }()
	if err := client.Handshake(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = here.Close(), there.Close() })
	return server, client
}

// shown is the certificate that a new connection gets.
func (w *world) shown(t *testing.T) *x509.Certificate {
	t.Helper()
	_, client := w.connect(t)
	return client.ConnectionState().PeerCertificates[0]
}

func TestAChangedPairIsShownAndConnectionsStay(t *testing.T) {
	w := newWorld(t)
	server, client := w.connect(t)
	before := w.shown(t)
	w.tick()
	if got := w.log.take(); got != "" {
		t.Errorf("nothing happened, but it was logged: %s", got)
	}
	pair(t, w.certFile, w.keyFile, w.clock.now, host)
	w.tick()
	if after := w.shown(t); after.Equal(before) {
		t.Error("the old certificate is still shown")
	}
	if got := w.log.take(); !strings.Contains(got, "a new certificate is shown") {
		t.Errorf("logged: %s", got)
	}
	go func() { _, _ = io.WriteString(server, "still here") }()
	got := make([]byte, 10)
	if _, err := io.ReadFull(client, got); err != nil || string(got) != "still here" {
		t.Errorf("the connection from before: %q, %v", got, err)
	}
}

func TestABadPairIsRefusedAndTheOldOneStays(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, w *world){
		"key of another": func(t *testing.T, w *world) {
			pair(t, w.certFile, filepath.Join(t.TempDir(), "elsewhere"), w.clock.now, host)
		},
		"no file": func(t *testing.T, w *world) {
			if err := os.Remove(w.certFile); err != nil {
				t.Fatal(err)
			}
		},
		"half a file": func(t *testing.T, w *world) {
			b, err := os.ReadFile(w.certFile)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(w.certFile, b[:len(b)/2], 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"another name":  func(t *testing.T, w *world) { pair(t, w.certFile, w.keyFile, w.clock.now, "other.example.org") },
		"expired":       func(t *testing.T, w *world) { pair(t, w.certFile, w.keyFile, w.clock.now.Add(-400*day), host) },
		"not yet valid": func(t *testing.T, w *world) { pair(t, w.certFile, w.keyFile, w.clock.now.Add(day), host) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			before := w.shown(t)
			spoil(t, w)
			w.tick()
			if got := w.log.take(); !strings.Contains(got, "is refused, the old one stays") {
				t.Errorf("logged: %s", got)
			}
			w.tick()
			if got := w.log.take(); got != "" {
				t.Errorf("said twice: %s", got)
			}
			if !w.shown(t).Equal(before) {
				t.Error("the old certificate is gone")
			}
			pair(t, w.certFile, w.keyFile, w.clock.now, host)
			w.tick()
			if w.shown(t).Equal(before) {
				t.Error("a good pair after the bad one was not taken")
			}
		})
	}
}

func TestExpiryIsWarnedOfInTimeAndDaily(t *testing.T) {
	w := newWorld(t)
	end := w.shown(t).NotAfter
	for _, tt := range []struct {
		left    time.Duration
		outlook string
		logged  string // empty: nothing
	}{
		{100 * day, "good until", ""},
		{22 * day, "good until", ""},
		{21*day - time.Hour, "WARNING expires in 20 days", "level=WARN"},
		{21*day - 2*time.Hour, "WARNING expires in 20 days", ""},
		{19 * day, "WARNING expires in 19 days", "level=WARN"},
		{36 * time.Hour, "WARNING expires in 36 hours", "level=WARN"},
		{0, "WARNING expired at", "level=ERROR"},
		{-time.Hour, "WARNING expired at", ""},
		{-30 * time.Hour, "WARNING expired at", "level=ERROR"},
	} {
		w.clock.now = end.Add(-tt.left)
		w.tick()
		if got := w.Outlook(); !strings.HasPrefix(got, tt.outlook) {
			t.Errorf("%s before the end: %q", tt.left, got)
		}
		if got := w.log.take(); (tt.logged == "") != (got == "") || !strings.Contains(got, tt.logged) {
			t.Errorf("%s before the end it was logged: %q, want %q", tt.left, got, tt.logged)
		}
	}
}

func TestShortLivesAreWarnedOfLate(t *testing.T) {
	now := time.Now()
	leaf := &x509.Certificate{NotBefore: now, NotAfter: now.Add(6 * day)}
	for after, want := range map[time.Duration]stage{0: good, 4 * day: good, 5 * day: soon, 6 * day: over, -time.Hour: early} {
		if got := stageOf(leaf, now.Add(after)); got != want {
			t.Errorf("after %s: %d, want %d", after, got, want)
		}
	}
	if got := outlook(nil, now); got != "WARNING no certificate yet" {
		t.Error(got)
	}
}

func TestSelfSignedIsKeptAndMadeAgain(t *testing.T) {
	c := &clock{time.Now()}
	o := Options{Names: []string{host, "192.0.2.1"}, SelfSigned: true, Folder: filepath.Join(t.TempDir(), "certificates"), Now: c.Now}
	open := func() *Keeper {
		k, err := Open(o)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	first := open()
	if got := problems(first.source.leaf(), o.Names, c.now); len(got) > 0 {
		t.Error(got)
	}
	if again := open(); again.Fingerprint() != first.Fingerprint() || len(again.Fingerprint()) != 95 {
		t.Errorf("another at the second start: %q and %q", first.Fingerprint(), again.Fingerprint())
	}
	for _, f := range []string{"self-signed.key", "self-signed.crt"} {
		info, err := os.Stat(filepath.Join(o.Folder, f))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f, info.Mode(), err)
		}
	}
	before := first.Fingerprint()
	c.now = c.now.Add(selfSignedFor - selfSignedAgain + day)
	first.tick()
	if first.Fingerprint() == before || stageOf(first.source.leaf(), c.now) != good {
		t.Error("no other was made before the end")
	}
	o.Names = []string{"moved.example.org"}
	if moved := open(); moved.Fingerprint() == first.Fingerprint() {
		t.Error("a certificate for another name was kept")
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	good, key, other := filepath.Join(dir, "cert"), filepath.Join(dir, "key"), filepath.Join(dir, "other")
	pair(t, good, key, time.Now(), host)
	pair(t, filepath.Join(dir, "x"), other, time.Now(), host)
	names := []string{host}
	for want, o := range map[string]Options{
		"Names are required":   {CertFile: good, KeyFile: key},
		"where it comes from":  {Names: names},
		"no such file":         {Names: names, CertFile: filepath.Join(dir, "none"), KeyFile: key},
		"does not match":       {Names: names, CertFile: good, KeyFile: other},
		"a folder and a port":  {Names: names, ACME: &ACME{TLSPort: 443}},
		"has no certificate":   {Names: names, ACME: &ACME{TLSPort: 443, RootFile: key}, Folder: dir},
		"root of the certific": {Names: names, ACME: &ACME{TLSPort: 443, RootFile: filepath.Join(dir, "none")}, Folder: dir},
	} {
		if _, err := Open(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	now := time.Now()
	if err := CheckFiles(good, key, names, now); err != nil {
		t.Error(err)
	}
	err := CheckFiles(good, key, []string{"other.example.org"}, now.Add(500*day))
	if err == nil || !strings.Contains(err.Error(), "expired") || !strings.Contains(err.Error(), "not good for other.example.org") {
		t.Errorf("not every problem is named: %v", err)
	}
}

func TestABadCertificateIsSaidAtTheStart(t *testing.T) {
	dir, l := t.TempDir(), &log{}
	o := Options{Names: []string{host}, CertFile: filepath.Join(dir, "cert"), KeyFile: filepath.Join(dir, "key"), Log: l.logger()}
	pair(t, o.CertFile, o.KeyFile, time.Now().Add(-400*day), "other.example.org")
	if _, err := Open(o); err != nil {
		t.Fatal(err)
	}
	if got := l.take(); !strings.Contains(got, "expired") || !strings.Contains(got, "not good for "+host) {
		t.Errorf("logged: %s", got)
	}
}

func TestRunEndsAndLeavesNothingBehind(t *testing.T) {
	before := goleak.IgnoreCurrent()
	w := newWorld(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	w.Run(ctx)
	w.Close()
	k, err := Open(Options{Names: []string{host}, ACME: &ACME{TLSPort: 443}, Folder: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if got := k.Outlook(); !strings.HasPrefix(got, "WARNING") {
		t.Error(got)
	}
	k.Close()
	goleak.VerifyNone(t, before)
}

func TestTheLibrarysLogIsOurs(t *testing.T) {
	l := &log{}
	z := zapTo(l.logger()).Named("x").With(zap.String("name", host))
	z.Debug("every byte")
	z.Warn("trouble", zap.Int("attempt", 3), zap.Error(io.ErrUnexpectedEOF))
	got := l.take()
	for _, want := range []string{"level=WARN", "trouble", "from=acme", "name=" + host, "attempt=3", "unexpected EOF"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
	if strings.Contains(got, "every byte") {
		t.Error("it is told for debugging")
	}
}

package port

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// patience is how long a test waits for what must happen.
const patience = 10 * time.Second

// stun is how a Binding request begins.
const stun = "\x00\x01\x00\x00\x21\x12\xa4\x42twelve bytes"

// certified makes a certificate for localhost.
func certified(t testing.TB) *tls.Config {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, NextProtos: []string{protocolACME}}
}

// world is a port whose pages, astray requests and TURN connections answer with
// what they are.
type world struct {
	*Port
	addr string
	held atomic.Int64 // requests at /wait that have come
	free chan struct{}
}

type connKey struct{}

func newWorld(t testing.TB, change func(*Options, *limits)) *world {
	t.Helper()
	before := goleak.IgnoreCurrent()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &world{addr: l.Addr().String(), free: make(chan struct{})}
	var turns sync.WaitGroup
	opts := Options{Listener: l, TLS: certified(t), TURN: func(c net.Conn, _ time.Time) { turns.Go(func() { speakTURN(c) }) }}
	lim := defaultLimits()
	if change != nil {
		change(&opts, &lim)
	}
	w.Port = start(opts, lim)
	stops := []func() error{w.serve(t, w.Pages(), "pages"), w.serve(t, w.Astray(), "astray")}
	t.Cleanup(func() {
		for _, stop := range append(stops, w.Close) {
			if err := stop(); err != nil {
				t.Errorf("stop: %v", err)
			}
		}
		turns.Wait()
		goleak.VerifyNone(t, before)
	})
	return w
}

func speakTURN(c net.Conn) {
	defer c.Close()
	got := make([]byte, len(stun))
	if _, err := io.ReadFull(c, got); err == nil && string(got) == stun {
		_, _ = io.WriteString(c, "turn")
	}
}

// serve answers requests with the name of the queue they came by, and how.
func (w *world) serve(t testing.TB, l net.Listener, name string) (stop func() error) {
	s := &http.Server{
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, connKey{}, c) },
		ConnState: func(c net.Conn, state http.ConnState) {
			if state == http.StateClosed {
				w.Recognize(c)
			}
		},
		Handler: http.HandlerFunc(func(res http.ResponseWriter, r *http.Request) {
			w.Recognize(r.Context().Value(connKey{}).(net.Conn))
			if r.URL.Path == "/wait" {
				w.held.Add(1)
				<-w.free
			}
			fmt.Fprintf(res, "%s %s %t", name, r.Proto, r.TLS != nil)
		}),
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	return func() error {
		err := s.Close()
		if ended := <-served; !errors.Is(ended, http.ErrServerClosed) && !errors.Is(ended, net.ErrClosed) {
			err = errors.Join(err, ended)
		}
		return err
	}
}

// secure dials TLS with these ALPN names.
func (w *world) secure(t testing.TB, protocols ...string) net.Conn {
	t.Helper()
	c, err := tls.Dial("tcp", w.addr, &tls.Config{InsecureSkipVerify: true, NextProtos: protocols})
	if err != nil {
		t.Fatal(err)
	}
	return kept(t, c)
}

func (w *world) clear(t testing.TB) net.Conn {
	t.Helper()
	c, err := net.Dial("tcp", w.addr)
	if err != nil {
		t.Fatal(err)
	}
	return kept(t, c)
}

func kept(t testing.TB, c net.Conn) net.Conn {
	t.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(patience))
	return c
}

// say sends and returns all that comes back until the end.
func say(t testing.TB, c net.Conn, text string) string {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	if strings.HasPrefix(text, "GET ") {
		res, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			return err.Error()
		}
		defer res.Body.Close()
		b, _ := io.ReadAll(res.Body)
		return string(b)
	}
	b, err := io.ReadAll(c)
	if timedOut(err) {
		return string(b) + ", and the connection stays"
	}
	return string(b)
}

const get = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

func TestEverythingFindsItsWayOnOnePort(t *testing.T) {
	w := newWorld(t, nil)
	for name, tt := range map[string]struct {
		conn       net.Conn
		text, want string
	}{
		"HTTP/1.1 by ALPN":            {w.secure(t, "http/1.1"), get, "pages HTTP/1.1 true"},
		"HTTP/1.1 without ALPN":       {w.secure(t), get, "pages HTTP/1.1 true"},
		"HTTP/1.1 under unknown ALPN": {w.secure(t, "spdy/99"), get, "pages HTTP/1.1 true"},
		"HTTP in clear":               {w.clear(t), get, "astray HTTP/1.1 false"},
		"TURN over TLS as browsers":   {w.secure(t), stun, "turn"},
		"TURN over TLS by ALPN":       {w.secure(t, protocolTURN), stun, "turn"},
		"TURN over TLS, unknown ALPN": {w.secure(t, "spdy/99"), stun, "turn"},
		"TURN in clear":               {w.clear(t), stun, "turn"},
		"an authority's question":     {w.secure(t, protocolACME), "", ""},
		"SSH":                         {w.clear(t), "\x80garbage", ""},
		"garbage in TLS":              {w.secure(t), "\xffgarbage", ""},
	} {
		if got := say(t, tt.conn, tt.text); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
	client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	defer client.CloseIdleConnections()
	res, err := client.Get("https://" + w.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b, _ := io.ReadAll(res.Body); string(b) != "pages HTTP/2.0 true" {
		t.Errorf("HTTP/2: %q", b)
	}
}

func TestWithoutTLSPagesAreInClear(t *testing.T) {
	w := newWorld(t, func(o *Options, _ *limits) { o.TLS = nil })
	if got := say(t, w.clear(t), get); got != "pages HTTP/1.1 false" {
		t.Errorf("HTTP: %q", got)
	}
	if got := say(t, w.clear(t), stun); got != "turn" {
		t.Errorf("TURN: %q", got)
	}
	if got := say(t, w.clear(t), "\x16\x03\x01\x00\x05hello"); got != "" {
		t.Errorf("TLS: %q", got)
	}
}

func TestAPortForTURNOnlyHasNoPages(t *testing.T) {
	w := newWorld(t, func(o *Options, _ *limits) { o.TURNOnly = true })
	for name, c := range map[string]net.Conn{"in clear": w.clear(t), "over TLS": w.secure(t), "by ALPN": w.secure(t, "h2", "http/1.1")} {
		if got := say(t, c, get); strings.Contains(got, "HTTP") {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := say(t, w.secure(t), stun); got != "turn" {
		t.Errorf("TURN: %q", got)
	}
	w = newWorld(t, func(o *Options, _ *limits) { o.TURN = nil })
	for name, c := range map[string]net.Conn{"in clear": w.clear(t), "over TLS": w.secure(t)} {
		if got := say(t, c, stun); got != "" {
			t.Errorf("a port without TURN, %s: %q", name, got)
		}
	}
}

// eventually waits for a condition.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: did not happen", what)
		}
	}
}

// drip sends one byte after the other for as long as the other side takes them.
func drip(c net.Conn, text string) {
	for i := 0; ; i++ {
		if _, err := c.Write([]byte{text[i%len(text)]}); err != nil {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestStrangersHaveALimitedTime(t *testing.T) {
	w := newWorld(t, func(_ *Options, l *limits) { l.patience = 150 * time.Millisecond })
	hello := "\x16\x03\x01\x40\x00\x01\x00\x3f\xfc\x03\x03" + strings.Repeat("x", 4000)
	for name, slow := range map[string]struct {
		conn net.Conn
		say  func(c net.Conn)
	}{
		"silence":                    {w.clear(t), func(net.Conn) {}},
		"TLS, then silence":          {w.secure(t), func(net.Conn) {}},
		"a handshake by drips":       {w.clear(t), func(c net.Conn) { drip(c, hello) }},
		"a header by drips":          {w.clear(t), func(c net.Conn) { drip(c, "GET / HTTP/1.1\r\n"+strings.Repeat("a: b\r\n", 1000)) }},
		"a header by drips over TLS": {w.secure(t, "http/1.1"), func(c net.Conn) { drip(c, "GET / HTTP/1.1\r\n"+strings.Repeat("a: b\r\n", 1000)) }},
		"HTTP/2, then no request": {w.secure(t, "h2"), func(c net.Conn) {
			_, _ = io.WriteString(c, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00")
		}},
		"HTTP agreed upon, no request": {w.secure(t, "http/1.1"), func(net.Conn) {}},
	} {
		slow.say(slow.conn)
		if _, err := io.Copy(io.Discard, slow.conn); timedOut(err) {
			t.Errorf("%s: the connection stays", name)
		}
	}
	eventually(t, "no stranger is left", func() bool { return w.guests.count() == 0 })
}

func TestWhoHasAskedMayStay(t *testing.T) {
	w := newWorld(t, func(_ *Options, l *limits) { l.patience = 100 * time.Millisecond })
	client := &http.Client{Transport: &http.Transport{ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	defer client.CloseIdleConnections()
	type result struct {
		res *http.Response
		err error
	}
	results := make(chan result, 2)
	ask := func(address string) { res, err := client.Get(address); results <- result{res, err} }
	go ask("https://" + w.addr + "/wait")
	go ask("http://" + w.addr + "/wait")
	eventually(t, "both are being answered", func() bool { return w.held.Load() == 2 })
	gone := w.clear(t) // came later, and is sent away while the others stay
	if _, err := io.Copy(io.Discard, gone); timedOut(err) {
		t.Error("a stranger stays")
	}
	close(w.free)
	for range 2 {
		r := <-results
		if r.err != nil {
			t.Fatal(r.err)
		}
		_ = r.res.Body.Close()
	}
	if n := w.guests.count(); n != 0 {
		t.Errorf("%d strangers", n)
	}
}

func timedOut(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

// from is a connection that says it comes from elsewhere.
type from struct {
	net.Conn
	addr net.Addr
}

func (c from) RemoteAddr() net.Addr { return c.addr }

func TestStrangersAreCountedByPlaceAndInAll(t *testing.T) {
	s := newGuests(limits{total: 7, perPlace: 3, patience: time.Hour})
	var ours []net.Conn
	come := func(ip string) bool {
		here, there := net.Pipe()
		ours = append(ours, here, there)
		return s.admit(from{here, &net.TCPAddr{IP: net.ParseIP(ip), Port: len(ours)}}) != nil
	}
	for i, tt := range []struct {
		ip   string
		want bool
	}{
		{"203.0.113.1", true}, {"203.0.113.2", true}, {"203.0.113.255", true}, {"203.0.113.3", false}, // one /24
		{"2001:db8:0:1::1", true}, {"::ffff:203.0.113.4", false},
		{"127.0.0.1", true}, {"127.0.0.1", true}, {"127.0.0.1", true}, // loopback is not one place
		{"127.0.0.1", false}, {"198.51.100.1", false}, // but counts
	} {
		if got := come(tt.ip); got != tt.want {
			t.Errorf("%d: %s let in: %t", i, tt.ip, got)
		}
	}
	for c := range s.all {
		s.recognize(c)
		s.recognize(c) // twice is fine
	}
	if len(s.byPlace) != 0 || !come("203.0.113.1") {
		t.Errorf("places are still taken: %v", s.byPlace)
	}
	s.close()
	if come("192.0.2.1") {
		t.Error("let in after the end")
	}
	for _, c := range ours {
		_ = c.Close()
	}
}

func TestCloseSendsStrangersAway(t *testing.T) {
	w := newWorld(t, nil)
	waiting, shaken := w.clear(t), w.secure(t)
	eventually(t, "both are in", func() bool { return w.guests.count() == 2 })
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	for _, c := range []net.Conn{waiting, shaken} {
		if _, err := c.Read(make([]byte, 1)); err == nil || timedOut(err) {
			t.Errorf("the connection stays: %v", err)
		}
	}
	if _, err := net.Dial("tcp", w.addr); err == nil {
		t.Error("still listening")
	}
}

// FuzzSort: whatever comes first, nothing is lost of what goes on, and each wish
// has its first byte.
func FuzzSort(f *testing.F) {
	for _, seed := range []string{stun, get, "\x16\x03\x01\x00\x05hello", "", "\x03", "\x04", "ssh", "\x40\x00\x00\x00"} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	config := certified(f)
	f.Fuzz(func(t *testing.T, data []byte, secure bool) {
		p := &Port{opts: Options{Log: discard()}}
		if secure {
			p.tls = negotiable(Options{TLS: config, TURN: func(net.Conn, time.Time) {}})
		}
		c, want := p.sort(newScript(data))
		if want == nothing {
			return
		}
		got, err := io.ReadAll(c)
		if err != nil || string(got) != string(data) {
			t.Fatalf("of %q came %q, %v", data, got, err)
		}
		if ok := map[wish]bool{turn: data[0] <= 3, astray: secure && isHTTP(data[0]), pages: !secure && isHTTP(data[0])}[want]; !ok {
			t.Fatalf("%q was taken for %d", data, want)
		}
	})
}

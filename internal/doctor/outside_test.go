package doctor

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tasuke/internal/config"
	"tasuke/internal/server"
)

// made says which certificate a server shows.
type made struct {
	name      string        // zero: localhost
	issuer    string        // zero: Example Authority
	untrusted bool          // its root is unknown here
	began     time.Duration // ago; zero: an hour
	left      time.Duration // zero: 90 days
}

// place is a server to look at.
type place struct {
	base  string
	dir   string
	set   []string // its settings
	roots *x509.CertPool
	leaf  []byte
}

// free opens a TCP port that is free for UDP as well.
func free(t *testing.T) net.Listener {
	t.Helper()
	for range 16 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		if p, err := net.ListenPacket("udp", l.Addr().String()); err == nil {
			_ = p.Close()
			return l
		}
		_ = l.Close()
	}
	t.Fatal("no port is free for TCP and UDP")
	return nil
}

// certified writes a certificate and key, and gives who vouches for it.
func certified(t *testing.T, dir string, m made) (roots *x509.CertPool, leaf []byte) {
	t.Helper()
	rootKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if m.issuer == "" {
		m.issuer = "Example Authority"
	}
	if m.name == "" {
		m.name = "localhost"
	}
	if m.began == 0 {
		m.began = time.Hour
	}
	if m.left == 0 {
		m.left = 90 * day
	}
	now := time.Now()
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: m.issuer}, NotBefore: now.Add(-1000 * day), NotAfter: now.Add(1000 * day), IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}
	rootDER, err := x509.CreateCertificate(rand.Reader, root, root, rootKey.Public(), rootKey)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62))
	template := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: m.name}, DNSNames: []string{m.name}, NotBefore: now.Add(-m.began), NotAfter: now.Add(m.left)}
	leaf, err = x509.CreateCertificate(rand.Reader, template, root, key.Public(), rootKey)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(os.WriteFile(filepath.Join(dir, "cert.pem"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: leaf}), 0o600),
		os.WriteFile(filepath.Join(dir, "key.pem"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	if !m.untrusted {
		trusted, err := x509.ParseCertificate(rootDER)
		if err != nil {
			t.Fatal(err)
		}
		roots.AddCert(trusted)
	}
	return roots, leaf
}

// open starts a real server over https.
func open(t *testing.T, m made, now func() time.Time, settings ...string) place {
	t.Helper()
	dir, l := t.TempDir(), free(t)
	p := place{base: fmt.Sprintf("https://localhost:%d", l.Addr().(*net.TCPAddr).Port), dir: dir}
	p.roots, p.leaf = certified(t, dir, m)
	p.set = append([]string{
		"base_url=" + p.base, "listen=" + l.Addr().String(), "database=sqlite:" + filepath.Join(dir, "tasuke.db"), "master_key_file=" + filepath.Join(dir, "master.key"),
		"tls_certificate=" + filepath.Join(dir, "cert.pem"), "tls_key=" + filepath.Join(dir, "key.pem"),
	}, settings...)
	p.serve(t, l, now)
	return p
}

func (p place) serve(t *testing.T, l net.Listener, now func() time.Time) {
	t.Helper()
	cfg, err := config.Load("", nil, p.set)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.Start(context.Background(), cfg, server.Options{Log: slog.New(slog.DiscardHandler), Listener: l, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

// lines is a report by what each line is about.
type lines map[string]Finding

func look(o Outside) lines {
	out := lines{}
	LookOutside(context.Background(), o, func(f Finding) { out[f.About] = f })
	return out
}

// says fails the test unless a line has this mark and holds the words, in its text or remedy.
func (l lines) says(t *testing.T, about string, mark Mark, words string) {
	t.Helper()
	f, ok := l[about]
	if !ok || f.Mark != mark || !strings.Contains(f.Text+" "+f.Fix, words) {
		t.Errorf("%s: %+v, want %s with %q", about, f, mark, words)
	}
	if mark != Green && f.Fix == "" {
		t.Errorf("%s: no remedy: %+v", about, f)
	}
}

func (l lines) allGreen(t *testing.T) {
	t.Helper()
	for _, f := range l {
		if f.Mark != Green {
			t.Errorf("%+v", f)
		}
	}
}

func TestAGoodServerIsGreenThroughout(t *testing.T) {
	p := open(t, made{}, nil)
	got := look(Outside{Base: p.base, Roots: p.roots, Leaf: p.leaf, Environ: []string{"PATH=/bin"}})
	got.allGreen(t)
	for about, words := range map[string]string{
		"dns": "127.0.0.1", "tcp": "answers in", "tls": "89 days more", "http": "HTTP/2.0", "clock": "differ by 0s", "live": "/live opens", "pictures": "/live/pictures opens",
		"stun": "UDP", "turn-udp": "UDP in", "turn-tcp": "TCP in",
	} {
		got.says(t, about, Green, words)
	}
	got.says(t, "turn-tls", Green, "TLS in")
}

func TestWhatIsWrongWithACertificateIsNamed(t *testing.T) {
	for name, c := range map[string]struct {
		made
		mark  Mark
		words string
	}{
		"expired":       {made{began: 100 * day, left: -day}, Red, "expired at"},
		"not yet valid": {made{began: -2 * day}, Red, "not valid before"},
		"another name":  {made{name: "other.example.org"}, Red, "not for localhost but for other.example.org"},
		"unknown":       {made{untrusted: true}, Red, `issued by "Example Authority"`},
		"inspected":     {made{issuer: "Zscaler Intermediate Root CA"}, Amber, "reads along"},
		"soon over":     {made{began: 80 * day, left: 9 * day}, Amber, "Renew it"},
	} {
		t.Run(name, func(t *testing.T) {
			p := open(t, c.made, nil)
			got := look(Outside{Base: p.base, Roots: p.roots})
			got.says(t, "tls", c.mark, c.words)
			got.says(t, "http", Green, "answers over")
			got.says(t, "live", Green, "opens")
		})
	}
}

func TestAnotherCertificateThanTheServersOwn(t *testing.T) {
	p := open(t, made{}, nil)
	look(Outside{Base: p.base, Roots: p.roots, Leaf: []byte("another")}).says(t, "tls", Red, "Another certificate is shown")
}

// TestAWrongClockIsTheCause: the same certificate, looked at from next year.
func TestAWrongClockIsTheCause(t *testing.T) {
	p := open(t, made{}, nil)
	got := look(Outside{Base: p.base, Roots: p.roots, Now: func() time.Time { return time.Now().Add(400 * day) }})
	got.says(t, "tls", Red, "Set this machine's clock")
	got.says(t, "clock", Amber, "ahead of the server's")
	slow := open(t, made{}, func() time.Time { return time.Now().Add(time.Hour) })
	look(Outside{Base: slow.base, Roots: slow.roots}).says(t, "clock", Amber, "behind the server's")
}

// TestBlockedUDP: only TCP is passed on, as behind a strict firewall.
func TestBlockedUDP(t *testing.T) {
	t.Parallel()
	silent, err := net.ListenPacket("udp", "127.0.0.1:0") // hears, never answers
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	p := open(t, made{}, nil)
	v := &visit{Outside: Outside{Now: time.Now, Roots: p.roots}, tell: func(Finding) {}}
	v.base, _ = url.Parse(p.base)
	got := lines{}
	v.tell = func(f Finding) { got[f.About] = f }
	at, port := silent.LocalAddr().String(), v.base.Port()
	v.ways(context.Background(), []string{"stun:" + at, "turn:" + at + "?transport=udp", "turn:127.0.0.1:" + port + "?transport=tcp", "turns:localhost:" + port + "?transport=tcp"}, true)
	got.says(t, "stun", Amber, "does not answer over UDP")
	got.says(t, "turn-udp", Amber, "Open UDP")
	got.says(t, "turn-tcp", Green, "TCP in")
	got.says(t, "turn-tls", Green, "TLS in")
	v.ways(context.Background(), []string{"turn:" + at + "?transport=udp", "turn:127.0.0.1:1?transport=tcp"}, true)
	got.says(t, "turn-udp", Red, "Open UDP")
	got.says(t, "turn-tcp", Red, "is not reached")
}

// TestAProxyWithoutWebSockets: a reverse proxy as people first configure it.
func TestAProxyWithoutWebSockets(t *testing.T) {
	p := open(t, made{}, nil)
	target, _ := url.Parse(p.base)
	behind := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Header.Del("Upgrade")
			r.Out.Header.Del("Connection")
		},
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: p.roots}},
		ErrorLog:  slog.NewLogLogger(slog.DiscardHandler, slog.LevelError),
	}
	front := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/live" { // the one that its operator thought of
			behind := *behind
			behind.Rewrite = func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Header.Set("Origin", p.base) }
			behind.ServeHTTP(w, r)
			return
		}
		behind.ServeHTTP(w, r)
	}))
	defer front.Close()
	got := look(Outside{Base: front.URL})
	got.says(t, "live", Green, "opens")
	got.says(t, "pictures", Red, "upgrade WebSockets at /live/pictures")
}

// TestAProxyInTheEnvironment is named without its password, and used.
func TestAProxyInTheEnvironment(t *testing.T) {
	asked := make(chan string, 16)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Method + " " + r.RequestURI
		http.Error(w, "blocked by policy", http.StatusForbidden)
	}))
	defer proxy.Close()
	at := strings.TrimPrefix(proxy.URL, "http://")
	got := look(Outside{Base: "https://help.tasuke.invalid", Environ: []string{"https_proxy=http://eva:s3cret@" + at}})
	got.says(t, "proxy", Amber, "http://eva:xxxxx@"+at)
	got.says(t, "dns", Amber, "help.tasuke.invalid is not found")
	got.says(t, "http", Red, "Forbidden")
	if first := <-asked; first != "CONNECT help.tasuke.invalid:443" {
		t.Errorf("the proxy was asked %q", first)
	}
	if all := fmt.Sprint(got); strings.Contains(all, "s3cret") {
		t.Errorf("the password is told: %s", all)
	}
}

func TestWhatIsNotAServerOfOurs(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "<h1>Welcome to the guest network</h1>")
	}))
	defer page.Close()
	look(Outside{Base: page.URL}).says(t, "http", Red, "is not Tasuke")
	look(Outside{Base: strings.Replace(page.URL, "http:", "https:", 1)}).says(t, "tls", Red, "does not speak TLS")
	gone := free(t)
	at := gone.Addr().String()
	_ = gone.Close()
	look(Outside{Base: "http://" + at}).says(t, "tcp", Red, "does not answer")
	for _, base := range []string{"help.example.org", "ftp://x", "https://eva:s3cret@x", "https://x/path"} {
		got := look(Outside{Base: base})
		got.says(t, "address", Red, "not the address")
		if len(got) != 1 || strings.Contains(fmt.Sprint(got), "s3cret") {
			t.Errorf("%s: %v", base, got)
		}
	}
}

// TestAForeignRelay: an answer alone proves nothing.
func TestAForeignRelay(t *testing.T) {
	echo, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer echo.Close()
	go func() {
		b := make([]byte, 2048)
		for {
			n, from, err := echo.ReadFrom(b)
			if err != nil {
				return
			}
			reply := bytes.Clone(b[:n])
			reply[0] |= 1 // the class of a success
			_, _ = echo.WriteTo(reply, from)
		}
	}()
	w, _ := wayOf("turn:" + echo.LocalAddr().String() + "?transport=udp")
	v := &visit{Outside: Outside{Now: time.Now}}
	if f := v.try(context.Background(), w); f.Mark == Green {
		t.Errorf("%+v", f)
	}
}

// TestWebSocketsNameTheirProtocol: by that a proxy tells them from TURN on one port.
func TestWebSocketsNameTheirProtocol(t *testing.T) {
	offered := make(chan []string, 1)
	front := httptest.NewUnstartedServer(http.NotFoundHandler())
	front.TLS = &tls.Config{GetConfigForClient: func(h *tls.ClientHelloInfo) (*tls.Config, error) {
		offered <- h.SupportedProtos
		return nil, nil
	}}
	front.StartTLS()
	defer front.Close()
	v := &visit{tell: func(Finding) {}, proxy: func(*url.URL) (*url.URL, error) { return nil, nil }}
	v.base, _ = url.Parse(front.URL)
	v.socket(context.Background(), "live", "/live")
	if got := <-offered; len(got) != 1 || got[0] != "http/1.1" {
		t.Errorf("offered %q", got)
	}
}

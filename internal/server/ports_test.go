package server

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/pion/turn/v5"

	"tasuke/internal/config"
)

// patience is how long a test waits for what must happen.
const patience = 30 * time.Second

// free opens a TCP port that is free for UDP as well.
func free(t *testing.T) net.Listener {
	t.Helper()
	for range 16 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		p, err := net.ListenPacket("udp", l.Addr().String())
		if err == nil {
			_ = p.Close()
			return l
		}
		_ = l.Close()
	}
	t.Fatal("no port is free for TCP and UDP")
	return nil
}

// started is a server on loopback with these settings beside the usual ones.
func started(t *testing.T, l net.Listener, base string, settings ...string) (*Server, string) {
	t.Helper()
	dir := t.TempDir()
	cfg, err := config.Load("", nil, append([]string{
		"base_url=" + base, "listen=" + l.Addr().String(), "database=sqlite:" + filepath.Join(dir, "tasuke.db"), "master_key_file=" + filepath.Join(dir, "master.key"),
	}, settings...))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Start(context.Background(), cfg, Options{Log: slog.New(slog.DiscardHandler), Listener: l})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, dir
}

// localhost writes a certificate for localhost that vouches for itself.
func localhost(t *testing.T, certFile, keyFile string) *x509.CertPool {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	serial, _ := rand.Int(rand.Reader, big.NewInt(1<<62))
	template := &x509.Certificate{SerialNumber: serial, DNSNames: []string{"localhost"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour), IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	chain := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	pool.AppendCertsFromPEM(chain)
	if err := errors.Join(os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret}), 0o600), os.WriteFile(certFile, chain, 0o600)); err != nil {
		t.Fatal(err)
	}
	return pool
}

// get asks and gives the answer's protocol, status and body.
func get(t *testing.T, c *http.Client, address string) (proto string, status int, body string) {
	t.Helper()
	res, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.Proto, res.StatusCode, string(b)
}

func client(t *testing.T, roots *x509.CertPool, h2 bool) *http.Client {
	transport := &http.Transport{ForceAttemptHTTP2: h2, TLSClientConfig: &tls.Config{RootCAs: roots}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: patience, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// allocate gets a relayed address over a connection or socket.
func allocate(t *testing.T, s *Server, conn net.PacketConn, at string) {
	t.Helper()
	cred, err := s.relay.Credentials("acme.s1", "helper", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c, err := turn.NewClient(&turn.ClientConfig{TURNServerAddr: at, Conn: conn, Username: cred.Username, Password: cred.Password, Realm: "tasuke"})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Listen(); err != nil {
		t.Fatal(err)
	}
	// The session does not exist, so that even the right credentials end at 403,
	// which the relay says only to who has shown them.
	if _, err := c.Allocate(); err == nil || !strings.Contains(err.Error(), "Forbidden") && !strings.Contains(err.Error(), "403") {
		t.Errorf("allocate: %v", err)
	}
}

func TestOneNameAndOnePortForEverything(t *testing.T) {
	l, dir := free(t), t.TempDir()
	at := l.Addr().(*net.TCPAddr).Port
	host := fmt.Sprintf("localhost:%d", at)
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	roots := localhost(t, certFile, keyFile)
	s, _ := started(t, l, "https://"+host, "tls_certificate="+certFile, "tls_key="+keyFile)

	for want, c := range map[string]*http.Client{"HTTP/2.0": client(t, roots, true), "HTTP/1.1": client(t, roots, false)} {
		proto, status, body := get(t, c, "https://"+host+"/readyz")
		if proto != want || status != http.StatusOK || !strings.HasPrefix(body, "ready\ncertificate: good until ") {
			t.Errorf("%s: %s %d %q", want, proto, status, body)
		}
	}
	res, err := client(t, nil, false).Get("http://" + host + "/join?x=1")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if to := res.Header.Get("Location"); res.StatusCode != http.StatusPermanentRedirect || to != "https://"+host+"/join?x=1" || res.Header.Get("Strict-Transport-Security") != "" {
		t.Errorf("plain http: %d to %q", res.StatusCode, to)
	}
	if res, err = client(t, nil, false).Post("http://"+host+"/api/v1/x", "text/plain", strings.NewReader("secret")); err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusForbidden {
		t.Errorf("a post by plain http: %d", res.StatusCode)
	}

	secure, err := tls.Dial("tcp", host, &tls.Config{RootCAs: roots})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := net.Dial("tcp", host)
	if err != nil {
		t.Fatal(err)
	}
	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	for name, conn := range map[string]net.PacketConn{"turns": turn.NewSTUNConn(secure), "turn by TCP": turn.NewSTUNConn(plain), "turn by UDP": packets} {
		t.Run(name, func(t *testing.T) {
			defer conn.Close()
			allocate(t, s, conn, fmt.Sprintf("127.0.0.1:%d", at))
		})
	}
}

// TestANewCertificateDropsNobody: a socket and a TURN connection from before go on
// under the old certificate, new ones get the new one.
func TestANewCertificateDropsNobody(t *testing.T) {
	l, dir := free(t), t.TempDir()
	host := fmt.Sprintf("localhost:%d", l.Addr().(*net.TCPAddr).Port)
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	roots := localhost(t, certFile, keyFile)
	started(t, l, "https://"+host, "tls_certificate="+certFile, "tls_key="+keyFile)

	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	old := client(t, roots, true)
	if _, status, _ := get(t, old, "https://"+host+"/healthz"); status != http.StatusOK {
		t.Fatal(status)
	}
	kept, err := tls.Dial("tcp", host, &tls.Config{RootCAs: roots, NextProtos: []string{"http/1.1"}})
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	ask := func() error {
		if _, err := io.WriteString(kept, "GET /healthz HTTP/1.1\r\nHost: "+host+"\r\n\r\n"); err != nil {
			return err
		}
		_ = kept.SetReadDeadline(time.Now().Add(patience))
		_, err := kept.Read(make([]byte, 4096))
		return err
	}
	if err := ask(); err != nil {
		t.Fatal(err)
	}

	renewed := localhost(t, certFile, keyFile)
	for ctx.Err() == nil {
		c, err := tls.Dial("tcp", host, &tls.Config{RootCAs: renewed})
		if err == nil {
			_ = c.Close()
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if ctx.Err() != nil {
		t.Fatal("the new certificate is not shown")
	}
	if err := ask(); err != nil {
		t.Errorf("a connection from before: %v", err)
	}
	if _, status, _ := get(t, old, "https://"+host+"/healthz"); status != http.StatusOK { // would not trust a new connection
		t.Errorf("HTTP/2 from before: %d", status)
	}
}

func TestWebSocketsPassTheOnePort(t *testing.T) {
	l, dir := free(t), t.TempDir()
	host := fmt.Sprintf("localhost:%d", l.Addr().(*net.TCPAddr).Port)
	certFile, keyFile := filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	roots := localhost(t, certFile, keyFile)
	started(t, l, "https://"+host, "tls_certificate="+certFile, "tls_key="+keyFile)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	dial := func(origin string) (*websocket.Conn, *http.Response, error) {
		return websocket.Dial(ctx, "wss://"+host+"/live", &websocket.DialOptions{HTTPClient: client(t, roots, false), HTTPHeader: http.Header{"Origin": {origin}}})
	}
	c, _, err := dial("https://" + host)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := c.Read(ctx); websocket.CloseStatus(err) == -1 { // nobody is signed in: the server says so
		t.Errorf("not closed by the server: %v", err)
	}
	if _, res, err := dial("https://evil.example"); err == nil || res == nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %v, %v", res, err)
	}
}

func TestBrowsersAreToldWhereTheRelayIs(t *testing.T) {
	for name, tt := range map[string]struct {
		cfg  config.Config
		want []string
	}{
		"one port":     {config.Config{BaseURL: "https://help.example.org"}, []string{"stun:help.example.org:443", "turn:help.example.org:443?transport=udp", "turn:help.example.org:443?transport=tcp", "turns:help.example.org:443?transport=tcp"}},
		"another port": {config.Config{BaseURL: "https://[2001:db8::1]:8443"}, []string{"stun:[2001:db8::1]:8443", "turn:[2001:db8::1]:8443?transport=udp", "turn:[2001:db8::1]:8443?transport=tcp", "turns:[2001:db8::1]:8443?transport=tcp"}},
		"the demo":     {config.Config{BaseURL: "http://127.0.0.1:8080"}, []string{"stun:localhost:8080", "turn:localhost:8080?transport=udp", "turn:localhost:8080?transport=tcp"}},
		"its own port and name": {config.Config{BaseURL: "https://help.example.org", RelayListen: "0.0.0.0:3478", RelayHost: "turn.example.org"},
			[]string{"stun:turn.example.org:3478", "turn:turn.example.org:3478?transport=udp", "turn:turn.example.org:3478?transport=tcp", "turns:turn.example.org:443?transport=tcp"}},
		"its own for UDP": {config.Config{BaseURL: "https://help.example.org", RelayListen: "0.0.0.0:3478/udp"},
			[]string{"stun:help.example.org:3478", "turn:help.example.org:3478?transport=udp", "turn:help.example.org:443?transport=tcp", "turns:help.example.org:443?transport=tcp"}},
		"behind a proxy": {config.Config{BaseURL: "https://help.example.org", BehindProxy: true, RelayListen: "0.0.0.0:443/udp"}, []string{"stun:help.example.org:443", "turn:help.example.org:443?transport=udp"}},
		"behind a proxy, TLS": {config.Config{BaseURL: "https://help.example.org", BehindProxy: true, RelayListen: "0.0.0.0:3478", RelayTLSListen: "0.0.0.0:5349"},
			[]string{"stun:help.example.org:3478", "turn:help.example.org:3478?transport=udp", "turn:help.example.org:3478?transport=tcp", "turns:help.example.org:5349?transport=tcp"}},
		"behind a proxy that sorts": {config.Config{BaseURL: "https://help.example.org", BehindProxy: true, RelayListen: "0.0.0.0:443/udp", RelayTLSListen: "127.0.0.1:5349", RelayTLSAddress: "help.example.org:443"},
			[]string{"stun:help.example.org:443", "turn:help.example.org:443?transport=udp", "turns:help.example.org:443?transport=tcp"}},
	} {
		if got := (&Server{cfg: tt.cfg}).relayURLs(); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %v\nwant %v", name, got, tt.want)
		}
	}
}

package server

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/letsencrypt/pebble/v2/ca"
	"github.com/letsencrypt/pebble/v2/db"
	"github.com/letsencrypt/pebble/v2/va"
	"github.com/letsencrypt/pebble/v2/wfe"
	"github.com/miekg/dns"
)

const name = "help.example.org"

// everybodyIsHere is a name server to which every name is this machine.
func everybodyIsHere(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0") // the test server asks by TCP
	if err != nil {
		t.Fatal(err)
	}
	s := &dns.Server{Listener: l, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg).SetReply(q)
		if q.Question[0].Qtype == dns.TypeA {
			m.Answer = []dns.RR{&dns.A{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 1}, A: net.IPv4(127, 0, 0, 1)}}
		}
		_ = w.WriteMsg(m)
	})}
	done := make(chan struct{})
	go func() { defer close(done); _ = s.ActivateAndServe() }()
	t.Cleanup(func() { _ = s.Shutdown(); <-done })
	return l.Addr().String()
}

// authority runs Let's Encrypt's own test server, which asks back at these ports.
// It gives the directory, a file that vouches for it, and the roots it signs under.
func authority(t *testing.T, httpPort, tlsPort int) (directory, rootFile string, roots *x509.CertPool) {
	t.Helper()
	t.Setenv("PEBBLE_VA_NOSLEEP", "1")
	t.Setenv("PEBBLE_WFE_NONCEREJECT", "20") // clients must try again
	quiet, store := log.New(io.Discard, "", 0), db.NewMemoryStore()
	signs := ca.New(quiet, store, "", "ecdsa", 0, 1, map[string]ca.Profile{"default": {Description: "usual", ValidityPeriod: uint64((90 * 24 * time.Hour).Seconds())}})
	asks := va.New(quiet, httpPort, tlsPort, true, everybodyIsHere(t), store)
	front := wfe.New(quiet, store, asks, signs, []string{"pebble.letsencrypt.org"}, true, false, 1, 1)
	s := httptest.NewTLSServer(front.Handler())
	t.Cleanup(s.Close)
	rootFile = filepath.Join(t.TempDir(), "root.pem")
	if err := os.WriteFile(rootFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AppendCertsFromPEM(signs.GetRootCert(0).PEM())
	return s.URL + wfe.DirectoryPath, rootFile, roots
}

// TestACertificateFromAnAuthority: the whole server asks Let's Encrypt's test
// server for a certificate and is asked back on the one port, or by plain http.
func TestACertificateFromAnAuthority(t *testing.T) {
	for way, port80 := range map[string]bool{"TLS-ALPN-01 on the one port": false, "HTTP-01": true} {
		t.Run(way, func(t *testing.T) {
			l := free(t)
			tlsPort, httpPort := portOf(l), 1
			var settings []string
			if port80 {
				plain := free(t)
				httpPort = portOf(plain)
				_ = plain.Close()
				settings = append(settings, fmt.Sprintf("http_listen=127.0.0.1:%d", httpPort))
				tlsPort = 1 // nobody answers there
			}
			directory, root, roots := authority(t, httpPort, tlsPort)
			s, dir := started(t, l, "https://"+name, append(settings, "acme=true", "acme_email=it@example.org", "acme_directory="+directory, "acme_root="+root, "relay_host="+name)...)

			ctx, cancel := context.WithTimeout(context.Background(), 2*patience)
			defer cancel()
			here := func(ctx context.Context, network, _ string) (net.Conn, error) {
				return (&net.Dialer{}).DialContext(ctx, network, l.Addr().String())
			}
			transport := &http.Transport{DialContext: here, ForceAttemptHTTP2: true, TLSClientConfig: &tls.Config{RootCAs: roots}}
			defer transport.CloseIdleConnections()
			c := &http.Client{Transport: transport, Timeout: patience}
			for {
				res, err := c.Get("https://" + name + "/readyz")
				if err == nil {
					b, _ := io.ReadAll(res.Body)
					_ = res.Body.Close()
					if res.Proto != "HTTP/2.0" || string(b) != "ready\ncertificate: "+s.cert.Outlook()+"\n" {
						t.Errorf("%s %q", res.Proto, b)
					}
					break
				}
				if ctx.Err() != nil {
					t.Fatal(err)
				}
				time.Sleep(50 * time.Millisecond)
			}
			info, err := os.Stat(filepath.Join(dir, "certificates"))
			if err != nil || info.Mode().Perm()&0o077 != 0 {
				t.Errorf("the folder of certificates: %v, %v", info, err)
			}
		})
	}
}

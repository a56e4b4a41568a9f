package clientcert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
)

const day = 24 * time.Hour

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// ca is an authority of a test.
type ca struct {
	t    testing.TB
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string
	next int64 // serial number
}

func newCA(t testing.TB, name string, by *ca) *ca {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	out := &ca{t: t, key: key, file: filepath.Join(t.TempDir(), "ca.pem"), next: 1000}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: name}, NotBefore: noon.Add(-365 * day), NotAfter: noon.Add(365 * day),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	parent, signer := template, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	if out.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	write(t, out.file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return out
}

func write(t testing.TB, file string, b []byte) {
	t.Helper()
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// issue gives a device's certificate; change makes it wrong.
func (a *ca) issue(change func(c *x509.Certificate)) *x509.Certificate {
	a.t.Helper()
	a.next++
	template := &x509.Certificate{
		SerialNumber: big.NewInt(a.next), Subject: pkix.Name{CommonName: "mdm-7", SerialNumber: "PF3XK2"}, DNSNames: []string{"laptop.acme.example"},
		URIs: []*url.URL{{Scheme: "urn", Opaque: "device:7"}}, NotBefore: noon.Add(-10 * day), NotAfter: noon.Add(80 * day),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if change != nil {
		change(template)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		a.t.Fatal(err)
	}
	return c
}

// revoke writes a list that begins with the certificates and goes on to size.
func (a *ca) revoke(file string, at time.Time, size int, certs ...*x509.Certificate) {
	a.t.Helper()
	list := &x509.RevocationList{Number: big.NewInt(at.Unix()), ThisUpdate: at, NextUpdate: at.Add(7 * day)}
	for _, c := range certs {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: c.SerialNumber, RevocationTime: at})
	}
	for i := len(certs); i < size; i++ {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: big.NewInt(int64(1_000_000 + i)), RevocationTime: at})
	}
	der, err := x509.CreateRevocationList(rand.Reader, list, a.cert, a.key)
	if err != nil {
		a.t.Fatal(err)
	}
	write(a.t, file, der)
}

func TestWhatIsShown(t *testing.T) {
	root := newCA(t, "Acme devices", nil)
	branch := newCA(t, "Acme branch", root)
	twin, stranger := newCA(t, "Acme devices", nil), newCA(t, "Somebody", nil)
	crl, branchCRL := filepath.Join(t.TempDir(), "a.crl"), filepath.Join(t.TempDir(), "b.crl")
	revoked, ofBranch := root.issue(nil), branch.issue(nil)
	root.revoke(crl, noon.Add(-day), 10_000, revoked)
	branch.revoke(branchCRL, noon.Add(-day), 1, ofBranch)
	for name, c := range map[string]struct {
		shown []*x509.Certificate
		now   time.Time // zero: noon
		want  *fault.Fault
	}{
		"good":                               {shown: []*x509.Certificate{root.issue(nil)}},
		"good, by a branch":                  {shown: []*x509.Certificate{branch.issue(nil)}},
		"good, and it brings a chain":        {shown: []*x509.Certificate{branch.issue(nil), branch.cert}},
		"none":                               {nil, time.Time{}, ErrNone},
		"another authority":                  {[]*x509.Certificate{stranger.issue(nil)}, time.Time{}, ErrUntrusted},
		"another, and it brings it":          {[]*x509.Certificate{stranger.issue(nil), stranger.cert}, time.Time{}, ErrUntrusted},
		"one with the same name":             {[]*x509.Certificate{twin.issue(nil), twin.cert}, time.Time{}, ErrUntrusted},
		"expired":                            {[]*x509.Certificate{root.issue(func(c *x509.Certificate) { c.NotAfter = noon.Add(-time.Second) })}, time.Time{}, ErrUntrusted},
		"not valid yet":                      {[]*x509.Certificate{root.issue(func(c *x509.Certificate) { c.NotBefore = noon.Add(time.Minute) })}, time.Time{}, ErrUntrusted},
		"for servers":                        {[]*x509.Certificate{root.issue(func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} })}, time.Time{}, ErrUntrusted},
		"for nothing in particular":          {[]*x509.Certificate{root.issue(func(c *x509.Certificate) { c.ExtKeyUsage = nil })}, time.Time{}, ErrUntrusted},
		"an authority's own":                 {[]*x509.Certificate{branch.cert}, time.Time{}, ErrUntrusted},
		"revoked":                            {[]*x509.Certificate{revoked}, time.Time{}, ErrRevoked},
		"revoked by the branch":              {[]*x509.Certificate{ofBranch, branch.cert}, time.Time{}, ErrRevoked},
		"our clock a day ahead":              {[]*x509.Certificate{root.issue(nil)}, noon.Add(day), nil},
		"our clock a day behind":             {[]*x509.Certificate{root.issue(nil)}, noon.Add(-day), nil},
		"issued now, our clock a day behind": {[]*x509.Certificate{root.issue(func(c *x509.Certificate) { c.NotBefore = noon })}, noon.Add(-day), ErrUntrusted},
		"the list has run out":               {[]*x509.Certificate{root.issue(nil)}, noon.Add(6 * day), ErrOldList},
		"revoked, and the list has run out":  {[]*x509.Certificate{revoked}, noon.Add(6 * day), ErrRevoked},
	} {
		t.Run(name, func(t *testing.T) {
			trusted, err := read([]string{root.file, branch.file}, []string{branchCRL, crl})
			if err != nil {
				t.Fatal(err)
			}
			if c.now.IsZero() {
				c.now = noon
			}
			if err := trusted.check(c.shown, c.now); c.want == nil && err != nil || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
}

func TestFilesThatCannotBeUsed(t *testing.T) {
	root, stranger := newCA(t, "Acme devices", nil), newCA(t, "Acme devices", nil)
	dir := t.TempDir()
	junk, leaf, foreign := filepath.Join(dir, "junk"), filepath.Join(dir, "leaf.pem"), filepath.Join(dir, "foreign.crl")
	write(t, junk, []byte("nothing"))
	write(t, leaf, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.issue(nil).Raw}))
	stranger.revoke(foreign, noon, 1)
	for name, files := range map[string][2][]string{
		"no file":                        {{filepath.Join(dir, "none")}, nil},
		"no certificate":                 {{junk}, nil},
		"no authority":                   {{leaf}, nil},
		"no list":                        {{root.file}, {junk}},
		"a list by one of the same name": {{root.file}, {foreign}},
	} {
		if _, err := read(files[0], files[1]); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// TestNewListsCount: without a restart; and broken files change nothing.
func TestNewListsCount(t *testing.T) {
	root := newCA(t, "Acme devices", nil)
	crl := filepath.Join(t.TempDir(), "a.crl")
	root.revoke(crl, noon.Add(-day), 0)
	k, err := Open(Options{CAFiles: []string{root.file}, CRLFiles: []string{crl}, Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	shown := root.issue(nil)
	check := func() error { k.look(); return k.held.Load().check([]*x509.Certificate{shown}, noon) }
	if err := check(); err != nil {
		t.Fatal(err)
	}
	root.revoke(crl, noon, 1, shown)
	if err := check(); !errors.Is(err, ErrRevoked) {
		t.Errorf("after the new list: %v", err)
	}
	write(t, crl, []byte("half a fi"))
	if err := check(); !errors.Is(err, ErrRevoked) {
		t.Errorf("after a broken list: %v", err)
	}
}

func TestNames(t *testing.T) {
	c := newCA(t, "Acme devices", nil).issue(func(c *x509.Certificate) { c.SerialNumber = big.NewInt(0xABCD) })
	for field, want := range map[Field]string{"": "mdm-7", CommonName: "mdm-7", DNSName: "laptop.acme.example", URI: "urn:device:7", SubjectSerial: "PF3XK2", Serial: "abcd"} {
		if got := field.names(c); !slices.Equal(got, []string{want}) {
			t.Errorf("%q: %q", field, got)
		}
	}
	c.Subject.CommonName = "mdm-7\u202e"
	if got := CommonName.names(c); got != nil {
		t.Errorf("a name that would be cleaned: %q", got)
	}
}

// TestOnlyOurPagesAreAnswered: of the right name, origin, path and method.
func TestOnlyOurPagesAreAnswered(t *testing.T) {
	root := newCA(t, "Acme devices", nil)
	k, err := Open(Options{CAFiles: []string{root.file}, Host: "device.example", Origin: "https://help.example", Key: []byte("key"), Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	pages := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	leaf := root.issue(nil)
	for name, c := range map[string]struct {
		host, sni, origin, method, target string
		want                              int
	}{
		"a page of ours":             {"device.example", "device.example", "https://help.example", "GET", "/assertion?nonce=n", 200},
		"with the port":              {"device.example:8443", "device.example", "https://help.example", "GET", "/assertion?nonce=n", 200},
		"no nonce":                   {"device.example", "device.example", "https://help.example", "GET", "/assertion", 422},
		"another origin":             {"device.example", "device.example", "https://phish.example", "GET", "/assertion?nonce=n", 404},
		"no origin":                  {"device.example", "device.example", "", "GET", "/assertion?nonce=n", 404},
		"another method":             {"device.example", "device.example", "https://help.example", "POST", "/assertion?nonce=n", 404},
		"another path":               {"device.example", "device.example", "https://help.example", "GET", "/api/v1/me", 404},
		"over the pages' connection": {"device.example", "help.example", "https://help.example", "GET", "/assertion?nonce=n", 421},
		"pages over its connection":  {"help.example", "device.example", "https://help.example", "GET", "/", 421},
		"pages":                      {"help.example", "help.example", "", "GET", "/", 418},
	} {
		r := httptest.NewRequest(c.method, c.target, nil)
		r.Host, r.TLS = c.host, &tls.ConnectionState{ServerName: c.sni, PeerCertificates: []*x509.Certificate{leaf}}
		r.Header.Set("Origin", c.origin)
		w := httptest.NewRecorder()
		k.Split(pages).ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestAnAssertionIsOfOneKeyAndAMinute(t *testing.T) {
	a := device.Assertion{Org: "acme", SignIn: "s", Nonce: "n", Names: []string{"mdm-7"}, Expires: noon.Add(device.AssertionFor)}
	text, err := a.Seal([]byte("key"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := device.OpenAssertion([]byte("key"), text, noon.Add(device.AssertionFor-1)); err != nil || got.Nonce != "n" {
		t.Errorf("%+v, %v", got, err)
	}
	for name, c := range map[string]struct {
		key, text string
		now       time.Time
	}{
		"too late":    {"key", text, noon.Add(device.AssertionFor)},
		"another key": {"other", text, noon},
		"changed":     {"key", "e30" + text[3:], noon},
		"no seal":     {"key", text[:len(text)-43], noon},
		"nothing":     {"key", "", noon},
	} {
		if _, err := device.OpenAssertion([]byte(c.key), c.text, c.now); !errors.Is(err, device.ErrAssertion) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkALongList: reading a list of 10 000, and looking in it.
func BenchmarkALongList(b *testing.B) {
	root := newCA(b, "Acme devices", nil)
	crl := filepath.Join(b.TempDir(), "a.crl")
	root.revoke(crl, noon, 10_000)
	shown := []*x509.Certificate{root.issue(nil)}
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if _, err := read([]string{root.file}, []string{crl}); err != nil {
				b.Fatal(err)
			}
		}
	})
	t, err := read([]string{root.file}, []string{crl})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			if err := t.check(shown, noon); err != nil {
				b.Fatal(err)
			}
		}
	})
}

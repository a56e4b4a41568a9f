// Package clientcert asks browsers for client certificates at a name of its own,
// holds them against the authorities and revocation lists of the operator, read
// again when they change, and gives a sealed assertion that the page brings to
// the server. Which device that proves, and to whom, is inventory's; package port
// does the handshakes; the server's own certificate is package cert's.
package clientcert

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// Field says where a certificate has the name of its device.
type Field string

// The fields.
const (
	CommonName    Field = "common_name"
	DNSName       Field = "dns_name"
	URI           Field = "uri"
	SubjectSerial Field = "subject_serial"     // the attribute serialNumber of the subject
	Serial        Field = "certificate_serial" // hexadecimal, lower case
)

// Fields lists the fields.
func Fields() []Field { return []Field{CommonName, DNSName, URI, SubjectSerial, Serial} }

// Options say whom to believe.
type Options struct {
	CAFiles  []string         // PEM. Required
	CRLFiles []string         // PEM or DER; none: nothing is ever revoked
	Field    Field            // zero: CommonName
	Host     string           // name at which certificates are asked for. Required
	Origin   string           // of the pages that may ask. Required
	Key      []byte           // seals assertions. Required
	Now      func() time.Time // zero: time.Now
	Log      *slog.Logger     // zero: no log
}

// Keeper is safe for concurrent use, but for Run, which is called once.
type Keeper struct {
	opts Options // static
	held atomic.Pointer[trust]
	seen [sha256.Size]byte // of the files last looked at; owned by Run
}

// Open reads the files.
func Open(o Options) (*Keeper, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	k := &Keeper{opts: o, seen: sum(o)}
	t, err := read(o.CAFiles, o.CRLFiles)
	if err != nil {
		return nil, err
	}
	k.held.Store(t)
	return k, nil
}

// TLS is what a handshake for Host asks for, nil for other names: the browser may show a certificate
// of these authorities, and is told by an answer, not by an alert, what is wrong
// with it. Nothing is resumed, so that it is shown anew on every connection.
func (k *Keeper) TLS(name string, usual *tls.Config) *tls.Config {
	if !k.isHost(name) {
		return nil
	}
	c := usual.Clone()
	c.ClientAuth, c.ClientCAs = tls.RequestClientCert, k.held.Load().all()
	c.SessionTicketsDisabled = true
	c.NextProtos = []string{"http/1.1"} // no connection is shared with the pages' name
	return c
}

func (t *trust) all() *x509.CertPool {
	out := x509.NewCertPool()
	for _, c := range t.known {
		out.AddCert(c)
	}
	return out
}

// Run looks for changed files until ctx is done. Files that cannot be used are
// refused and said once; what was held stays.
func (k *Keeper) Run(ctx context.Context) {
	const every = 5 * time.Second
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			k.look()
		}
	}
}

func (k *Keeper) look() {
	now := sum(k.opts)
	if now == k.seen {
		return
	}
	k.seen = now
	t, err := read(k.opts.CAFiles, k.opts.CRLFiles)
	if err != nil {
		k.opts.Log.Error("the new authorities and lists of devices are refused, the old ones stay", "err", err)
		return
	}
	k.held.Store(t)
	k.opts.Log.Info("new authorities and lists of devices count from now on")
}

// sum is of the files' content, or of why there is none.
func sum(o Options) (out [sha256.Size]byte) {
	h := sha256.New()
	for _, name := range slices.Concat(o.CAFiles, o.CRLFiles) {
		b, err := os.ReadFile(name)
		fmt.Fprintf(h, "%d %v\n", len(b), err)
		h.Write(b)
	}
	h.Sum(out[:0])
	return out
}

// names are those by which the certificate may name a device.
func (f Field) names(c *x509.Certificate) (out []string) {
	var all []string
	switch f {
	case DNSName:
		all = c.DNSNames
	case URI:
		for _, u := range c.URIs {
			all = append(all, u.String())
		}
	case SubjectSerial:
		all = []string{c.Subject.SerialNumber}
	case Serial:
		all = []string{hex.EncodeToString(c.SerialNumber.Bytes())}
	default:
		all = []string{c.Subject.CommonName}
	}
	const most = 10
	for _, n := range all {
		if n != "" && n == identity.CleanText(n) && len(n) <= 100 && len(out) < most {
			out = append(out, n)
		}
	}
	return out
}

// Split takes the requests for Host, and hands the others on. A name and the
// connection it comes over belong together (RFC 9110, 15.5.20).
func (k *Keeper) Split(pages http.Handler) http.Handler {
	own := httpx.Adapter{Log: k.opts.Log}.Handle(k.assert)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := k.isHost(r.Host)
		shown := r.TLS != nil && k.isHost(r.TLS.ServerName)
		switch {
		case asked != shown:
			w.WriteHeader(http.StatusMisdirectedRequest)
		case asked:
			own.ServeHTTP(w, r)
		default:
			pages.ServeHTTP(w, r)
		}
	})
}

func (k *Keeper) isHost(name string) bool {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[:i]
	}
	return strings.EqualFold(name, k.opts.Host)
}

// limits of what a page says of itself, in bytes.
const (
	maxOrg    = 40
	maxSignIn = 64
	maxNonce  = 64
)

// assert answers a page of ours with a sealed assertion about the certificate of
// the connection.
func (k *Keeper) assert(w http.ResponseWriter, r *http.Request) error {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Vary", "Origin")
	if r.Header.Get("Origin") != k.opts.Origin || r.URL.Path != "/assertion" || r.Method != http.MethodGet {
		return fault.ErrNotFound
	}
	h.Set("Access-Control-Allow-Origin", k.opts.Origin)
	h.Set("Access-Control-Allow-Credentials", "true") // certificates are credentials (Fetch, 2.4)
	now, q := k.opts.Now(), r.URL.Query()
	if err := k.held.Load().check(r.TLS.PeerCertificates, now); err != nil {
		return err
	}
	leaf := r.TLS.PeerCertificates[0]
	digest := sha256.Sum256(leaf.Raw)
	a := device.Assertion{
		Org: identity.OrgID(q.Get("org")), SignIn: identity.SignInID(q.Get("signIn")), Nonce: q.Get("nonce"),
		Names: k.opts.Field.names(leaf), Fingerprint: hex.EncodeToString(digest[:]), Expires: now.Add(device.AssertionFor),
	}
	if len(a.Org) > maxOrg || len(a.SignIn) > maxSignIn || len(a.Nonce) > maxNonce || a.Nonce == "" {
		return fault.ErrInvalid
	}
	if len(a.Names) == 0 {
		return ErrUntrusted.WithCause(errors.New("it names no device"))
	}
	sealed, err := a.Seal(k.opts.Key)
	if err != nil {
		return err
	}
	h.Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(map[string]string{"assertion": sealed})
}

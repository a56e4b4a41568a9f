// Package cert keeps the certificate that the server shows: from files that are
// read again when they change, from a certificate authority by ACME (RFC 8555), or
// self-signed for trials. It watches the expiry and warns in time. It listens to
// nothing: package port does the handshakes, package server answers the
// authority's questions with Challenges.
package cert

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Options say where the certificate comes from: exactly one of CertFile with
// KeyFile, ACME, and SelfSigned.
type Options struct {
	// Names are the hosts that it must be good for. Required; the first is shown
	// to clients that name none.
	Names []string
	// CertFile has the certificate and its chain, KeyFile its key, both PEM.
	CertFile, KeyFile string
	// ACME asks an authority. Zero: no ACME.
	ACME *ACME
	// SelfSigned makes one that nobody trusts.
	SelfSigned bool
	// Folder is where ACME and SelfSigned keep what they have. Required for them.
	Folder string
	// Now is the clock that expiry is judged by. Zero: time.Now.
	Now func() time.Time
	// Log gets what an operator must know. Zero: no log.
	Log *slog.Logger
}

// source is where a certificate comes from.
type source interface {
	certificate(*tls.ClientHelloInfo) (*tls.Certificate, error)
	leaf() *x509.Certificate // nil: there is none yet
	look(now time.Time)      // for news
}

// Keeper holds the certificate. All methods may be called at any time from any
// goroutine, but for Run and Close, which are called once.
type Keeper struct {
	// static after Open
	opts   Options
	source source
	acme   *authority // nil unless by ACME

	watched watch // owned by Run
}

// Open reads or makes the certificate. By ACME it asks for one only in Run,
// because the authority will ask back.
func Open(o Options) (*Keeper, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if len(o.Names) == 0 {
		return nil, errors.New("certificate: Options.Names are required")
	}
	k := &Keeper{opts: o}
	var err error
	switch {
	case o.CertFile != "":
		k.source, err = openFiles(o)
	case o.ACME != nil:
		k.acme, err = openAuthority(o)
		k.source = k.acme
	case o.SelfSigned:
		k.source, err = openSelfSigned(o)
	default:
		err = errors.New("certificate: nobody said where it comes from")
	}
	if err != nil {
		return nil, err
	}
	if leaf := k.source.leaf(); leaf != nil {
		for _, p := range problems(leaf, o.Names, o.Now()) {
			o.Log.Error("certificate", "problem", p)
		}
	}
	return k, nil
}

// TLS is a configuration that shows the certificate of the moment.
func (k *Keeper) TLS() *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: k.source.certificate}
	if k.acme != nil {
		c.NextProtos = []string{protocolACME}
	}
	return c
}

// Challenges answers the authority's questions over plain HTTP (HTTP-01), and
// gives every other request to next.
func (k *Keeper) Challenges(next http.Handler) http.Handler {
	if k.acme == nil {
		return next
	}
	return k.acme.issuer.HTTPChallengeHandler(next)
}

// Run looks for changed files, asks for and renews certificates, and warns of the
// expiry, until ctx is done.
func (k *Keeper) Run(ctx context.Context) {
	const every = 5 * time.Second
	if k.acme != nil {
		k.acme.begin(ctx)
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		k.tick()
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Close lets go of what Open began. Call it once, after Run has returned.
func (k *Keeper) Close() {
	if k.acme != nil {
		k.acme.cache.Stop()
	}
}

func (k *Keeper) tick() {
	now := k.opts.Now()
	k.source.look(now)
	k.watched.warn(k.opts.Log, k.source.leaf(), now)
}

// Outlook says in a line how long the certificate is good for.
func (k *Keeper) Outlook() string { return outlook(k.source.leaf(), k.opts.Now()) }

// Fingerprint is the SHA-256 that browsers show of the certificate; empty: there
// is none yet.
func (k *Keeper) Fingerprint() string {
	leaf := k.source.leaf()
	if leaf == nil {
		return ""
	}
	sum := sha256.Sum256(leaf.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum), " ", ":")
}

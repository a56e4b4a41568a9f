package cert

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/caddyserver/certmagic"
)

// protocolACME is the ALPN name of TLS-ALPN-01 (RFC 8737).
const protocolACME = "acme-tls/1"

// ACME is the authority and how it can ask back.
type ACME struct {
	Directory string // URL. Zero: that of Let's Encrypt
	Email     string // for the authority's warnings. Zero: none
	RootFile  string // PEM file that vouches for the directory itself. Zero: the system's roots
	TLSPort   int    // that is listened on for TLS-ALPN-01. Required
	HTTPPort  int    // that is listened on for HTTP-01. Zero: not offered
}

// authority is a certificate by ACME. The library asks, stores, renews at a third
// of the life, and tries again with growing patience for a month.
type authority struct {
	names  []string
	log    *slog.Logger
	cache  *certmagic.Cache
	config *certmagic.Config
	issuer *certmagic.ACMEIssuer
}

func openAuthority(o Options) (*authority, error) {
	if o.Folder == "" || o.ACME.TLSPort == 0 {
		return nil, errors.New("certificate: ACME needs a folder and a port")
	}
	roots, err := rootsOf(o.ACME.RootFile)
	if err != nil {
		return nil, err
	}
	a := &authority{names: o.Names, log: o.Log}
	log := zapTo(o.Log)
	a.cache = certmagic.NewCache(certmagic.CacheOptions{
		GetConfigForCert: func(certmagic.Certificate) (*certmagic.Config, error) { return a.config, nil }, Logger: log,
	})
	a.config = certmagic.New(a.cache, certmagic.Config{Storage: &certmagic.FileStorage{Path: o.Folder}, DefaultServerName: o.Names[0], Logger: log})
	a.issuer = certmagic.NewACMEIssuer(a.config, certmagic.ACMEIssuer{
		CA: o.ACME.Directory, Email: o.ACME.Email, Agreed: true, TrustedRoots: roots,
		// Both ports are ours already; the library sees that and opens none.
		AltTLSALPNPort: o.ACME.TLSPort, AltHTTPPort: o.ACME.HTTPPort, DisableHTTPChallenge: o.ACME.HTTPPort == 0,
		Logger: log,
	})
	a.config.Issuers = []certmagic.Issuer{a.issuer}
	return a, nil
}

func rootsOf(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("root of the certificate authority: %w", err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(b) {
		return nil, fmt.Errorf("root of the certificate authority: %s has no certificate", file)
	}
	return pool, nil
}

// begin asks for what is missing and keeps all renewed.
func (a *authority) begin(ctx context.Context) {
	if err := a.config.ManageAsync(ctx, a.names); err != nil {
		a.log.Error("no certificate is asked for", "err", err)
	}
}

func (a *authority) certificate(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
	return a.config.GetCertificate(h)
}

// leaf is the certificate that ends first of those for our names; nil while one
// is missing.
func (a *authority) leaf() (first *x509.Certificate) {
	for _, n := range a.names {
		var newest *x509.Certificate
		for _, c := range a.cache.AllMatchingCertificates(n) {
			if newest == nil || c.Leaf.NotAfter.After(newest.NotAfter) {
				newest = c.Leaf
			}
		}
		if newest == nil {
			return nil
		}
		if first == nil || newest.NotAfter.Before(first.NotAfter) {
			first = newest
		}
	}
	return first
}

// look has nothing to do: the library does.
func (*authority) look(time.Time) {}

package doctor

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tasuke/internal/cert"
)

// day is what certificates are counted in.
const day = 24 * time.Hour

// inspectors are names that products write into the certificates which they put in
// the place of a server's own, in order to read along.
func inspectors() []string {
	return []string{
		"Zscaler", "Fortinet", "FortiGate", "Palo Alto", "Blue Coat", "ProxySG", "Netskope", "Sophos", "Forcepoint", "Websense", "McAfee", "Skyhigh", "Trellix", "Cisco Umbrella",
		"Check Point", "Barracuda", "WatchGuard", "SonicWall", "Kaspersky", "ESET SSL", "Avast", "AVG", "Bitdefender", "Symantec Web", "Menlo Security", "iboss", "Cato Networks", "mitmproxy", "Squid", "Untangle", "Securly", "Lightspeed",
	}
}

// certificate judges what was shown to who asked for pages. date is what the server
// said the time was: it tells a wrong clock from an old certificate.
func (v *visit) certificate(state *tls.ConnectionState, date string) {
	leaf, now := v.leaf, v.Now()
	if !bytes.Equal(v.Leaf, leaf.Raw) && v.Leaf != nil {
		v.tell.red("tls", inspected, "Another certificate is shown than the server has: it was issued by %s.", issuer(leaf))
		return
	}
	if err := v.verify(state.PeerCertificates, v.base.Hostname()); err != nil {
		v.unaccepted(err, date)
		return
	}
	for _, name := range inspectors() {
		if strings.Contains(strings.ToLower(issuer(leaf)), strings.ToLower(name)) {
			v.tell.amber("tls", inspected, "The certificate was issued by %s: somebody between here and the server reads along.", issuer(leaf))
			return
		}
	}
	left := leaf.NotAfter.Sub(now)
	text := fmt.Sprintf("The certificate of %s is good for %d days more; it was issued by %s.", v.base.Hostname(), int(left/day), issuer(leaf))
	if cert.Renewable(leaf, now) {
		v.tell.amber("tls", "Renew it: it should have been by now.", "%s", text)
		return
	}
	v.tell.green("tls", "%s", text)
}

// verify tells whether a browser would accept a chain for a name.
func (v *visit) verify(chain []*x509.Certificate, name string) error {
	between := x509.NewCertPool()
	for _, c := range chain[1:] {
		between.AddCert(c)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{DNSName: name, Roots: v.Roots, Intermediates: between, CurrentTime: v.Now()})
	return err
}

const inspected = "Have the proxy or virus scanner that inspects TLS leave this name alone: it breaks TURN over TLS, and it can read what is not encrypted end to end."

// unaccepted says why browsers will not take a certificate.
func (v *visit) unaccepted(err error, date string) {
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	var unknown x509.UnknownAuthorityError
	leaf := v.leaf
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		v.untimely(date)
	case errors.As(err, &name):
		v.tell.red("tls", "Have a certificate issued for this name.", "The certificate is not for %s but for %s.", v.base.Hostname(), strings.Join(leaf.DNSNames, ", "))
	case errors.As(err, &unknown):
		v.tell.red("tls", "If this is your own authority, browsers need its root certificate, and so does this command: --ca FILE. If the server shows no chain, add the intermediate certificates to its file. If you do not know the name, a proxy inspects TLS: have it leave this address alone.",
			"Nobody whom this machine trusts vouches for the certificate: it was issued by %s.", issuer(leaf))
	default:
		v.tell.red("tls", "Have another certificate issued.", "The certificate is not accepted: %s", plain(err))
	}
}

func (v *visit) untimely(date string) {
	leaf, now := v.leaf, v.Now()
	theirs, err := http.ParseTime(date)
	if err == nil && now.Sub(theirs).Abs() > skew && theirs.After(leaf.NotBefore) && theirs.Before(leaf.NotAfter) {
		v.tell.red("tls", "Set this machine's clock: the certificate is good by the server's.", "By this machine's clock the certificate is not valid (%s to %s).", leaf.NotBefore.UTC().Format(time.DateOnly), leaf.NotAfter.UTC().Format(time.DateOnly))
		return
	}
	if now.Before(leaf.NotBefore) {
		v.tell.red("tls", "Set the clocks, or use a certificate that is valid already.", "The certificate is not valid before %s.", leaf.NotBefore.UTC().Format(time.RFC3339))
		return
	}
	v.tell.red("tls", "Renew the certificate.", "The certificate expired at %s.", leaf.NotAfter.UTC().Format(time.RFC3339))
}

// issuer is who made a certificate, for people.
func issuer(c *x509.Certificate) string {
	if bytes.Equal(c.RawIssuer, c.RawSubject) {
		return "itself"
	}
	var out []string
	for _, s := range append([]string{c.Issuer.CommonName}, c.Issuer.Organization...) {
		if s != "" {
			out = append(out, fmt.Sprintf("%q", s))
		}
	}
	if len(out) == 0 {
		return "nobody by name"
	}
	return strings.Join(out, ", ")
}

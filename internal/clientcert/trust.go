package clientcert

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"tasuke/internal/fault"
)

// Faults of certificates.
var (
	ErrNone      = fault.New(fault.Forbidden, "certificate_missing", "The browser showed no client certificate.", "Install the certificate of your organisation on this device, and choose it when the browser asks.")
	ErrUntrusted = fault.New(fault.Forbidden, "certificate_untrusted", "The client certificate is not one of your organisation's, or not valid now.", "Ask your administrator for a current one.")
	ErrRevoked   = fault.New(fault.Forbidden, "certificate_revoked", "The client certificate was revoked.", "Ask your administrator for a new one.")
	ErrOldList   = fault.New(fault.Unavailable, "certificate_list_old", "Whether the client certificate was revoked is not known: the authority's list has run out.", "Ask your administrator to provide the current list.")
)

// trust is what certificates are held against at a time.
type trust struct {
	anchors, between *x509.CertPool
	known            []*x509.Certificate // all of them, for the handshake to name
	lists            map[string]*list    // by name and key of the issuer, which may have several certificates
}

// list is a certificate revocation list (RFC 5280, section 5).
type list struct {
	serials map[string]struct{}
	next    time.Time // from then on it says nothing
}

// read reads authorities and lists. An authority that no other one in the files
// issued is an anchor.
func read(caFiles, crlFiles []string) (*trust, error) {
	var cas []*x509.Certificate
	for _, name := range caFiles {
		more, err := authorities(name)
		if err != nil {
			return nil, fmt.Errorf("device_cas: %s: %w", name, err)
		}
		cas = append(cas, more...)
	}
	t := &trust{anchors: x509.NewCertPool(), between: x509.NewCertPool(), known: cas, lists: map[string]*list{}}
	for _, ca := range cas {
		issued := slices.ContainsFunc(cas, func(by *x509.Certificate) bool { return by != ca && !by.Equal(ca) && ca.CheckSignatureFrom(by) == nil })
		if issued {
			t.between.AddCert(ca)
		} else {
			t.anchors.AddCert(ca)
		}
	}
	for _, name := range crlFiles {
		if err := t.readList(name, cas); err != nil {
			return nil, fmt.Errorf("device_crls: %s: %w", name, err)
		}
	}
	return t, nil
}

func authorities(name string) (out []*x509.Certificate, err error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	for block, rest := pem.Decode(b); block != nil; block, rest = pem.Decode(rest) {
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		if !c.IsCA {
			return nil, fmt.Errorf("%s is not an authority", c.Subject)
		}
		out = append(out, c)
	}
	if out == nil {
		return nil, errors.New("there is no certificate in it")
	}
	return out, nil
}

// readList takes a list in, PEM or DER, if one of the authorities signed it. Of
// several by one authority the newest counts.
func (t *trust) readList(name string, cas []*x509.Certificate) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if block, _ := pem.Decode(b); block != nil {
		b = block.Bytes
	}
	crl, err := x509.ParseRevocationList(b)
	if err != nil {
		return err
	}
	if crl.NextUpdate.IsZero() {
		return errors.New("it does not say when the next one comes (RFC 5280, 5.1.2.5)")
	}
	by := slices.IndexFunc(cas, func(ca *x509.Certificate) bool {
		return bytes.Equal(ca.RawSubject, crl.RawIssuer) && crl.CheckSignatureFrom(ca) == nil
	})
	if by < 0 {
		return fmt.Errorf("none of device_cas signed it; it is of %s", crl.Issuer)
	}
	l := &list{serials: make(map[string]struct{}, len(crl.RevokedCertificateEntries)), next: crl.NextUpdate}
	for _, e := range crl.RevokedCertificateEntries {
		const removed = 8 // removeFromCRL (RFC 5280, 5.3.1)
		if e.ReasonCode != removed {
			l.serials[string(e.SerialNumber.Bytes())] = struct{}{}
		}
	}
	if held := t.lists[issuer(cas[by])]; held == nil || held.next.Before(l.next) {
		t.lists[issuer(cas[by])] = l
	}
	return nil
}

func issuer(ca *x509.Certificate) string {
	return string(ca.RawSubject) + string(ca.RawSubjectPublicKeyInfo)
}

// check holds what a browser showed against the authorities and their lists. One
// good chain is enough.
func (t *trust) check(shown []*x509.Certificate, now time.Time) error {
	if len(shown) == 0 {
		return ErrNone
	}
	leaf := shown[0]
	if leaf.IsCA || !slices.Contains(leaf.ExtKeyUsage, x509.ExtKeyUsageClientAuth) {
		return ErrUntrusted.WithCause(errors.New("it is not for clients"))
	}
	between := t.between.Clone()
	for _, c := range shown[1:] {
		between.AddCert(c)
	}
	chains, err := leaf.Verify(x509.VerifyOptions{Roots: t.anchors, Intermediates: between, CurrentTime: now, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	if err != nil {
		return ErrUntrusted.WithCause(err)
	}
	for _, chain := range chains {
		if err = t.unrevoked(chain, now); err == nil {
			return nil
		}
	}
	return err
}

// unrevoked asks the list of every issuer that has one.
func (t *trust) unrevoked(chain []*x509.Certificate, now time.Time) error {
	for i, c := range chain[:len(chain)-1] {
		l := t.lists[issuer(chain[i+1])]
		if l == nil {
			continue
		}
		if _, there := l.serials[string(c.SerialNumber.Bytes())]; there {
			return ErrRevoked
		}
		if !now.Before(l.next) {
			return ErrOldList
		}
	}
	return nil
}

package cert

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

const (
	selfSignedFor   = 397 * day // browsers accept no more of anybody
	selfSignedAgain = 30 * day  // before the end another is made
)

// selfSigned is a certificate that nobody but this machine vouches for. It is
// kept, so that an exception that a browser has made stays good.
type selfSigned struct{ *files }

func openSelfSigned(o Options) (*selfSigned, error) {
	if err := os.MkdirAll(o.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("self-signed certificate: %w", err)
	}
	o.CertFile, o.KeyFile = filepath.Join(o.Folder, "self-signed.crt"), filepath.Join(o.Folder, "self-signed.key")
	f, err := openFiles(o)
	if err != nil || due(f.leaf(), o.Names, o.Now()) {
		if err := makeSelfSigned(o.CertFile, o.KeyFile, o.Names, o.Now()); err != nil {
			return nil, fmt.Errorf("self-signed certificate: %w", err)
		}
		f, err = openFiles(o)
	}
	return &selfSigned{f}, err
}

// look makes another in time.
func (s *selfSigned) look(now time.Time) {
	if due(s.leaf(), s.names, now) {
		if err := makeSelfSigned(s.certFile, s.keyFile, s.names, now); err != nil {
			s.log.Error("a new self-signed certificate was not made", "err", err)
		}
	}
	s.files.look(now)
}

func due(leaf *x509.Certificate, names []string, now time.Time) bool {
	return leaf.NotAfter.Sub(now) < selfSignedAgain || len(problems(leaf, names, now)) > 0
}

func makeSelfSigned(certFile, keyFile string, names []string, now time.Time) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: names[0], Organization: []string{"Tasuke (self-signed, for trials)"}},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(selfSignedFor), KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	for _, n := range names {
		if ip := net.ParseIP(n); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, n)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(writePEM(keyFile, "PRIVATE KEY", secret), writePEM(certFile, "CERTIFICATE", der))
}

// writePEM replaces a file as a whole; only its owner can read it.
func writePEM(path, kind string, der []byte) error {
	var b bytes.Buffer
	if err := pem.Encode(&b, &pem.Block{Type: kind, Bytes: der}); err != nil {
		return err
	}
	tmp := path + ".new"
	if err := os.WriteFile(tmp, b.Bytes(), 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

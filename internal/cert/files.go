package cert

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"
)

// files is a certificate that somebody else renews.
type files struct {
	// static
	certFile, keyFile string
	names             []string
	log               *slog.Logger

	held atomic.Pointer[tls.Certificate] // never nil after openFiles
	seen [sha256.Size]byte               // of the content last looked at; owned by look
}

func openFiles(o Options) (*files, error) {
	f := &files{certFile: o.CertFile, keyFile: o.KeyFile, names: o.Names, log: o.Log}
	pair, sum, err := f.read()
	if err != nil {
		return nil, err
	}
	f.held.Store(pair)
	f.seen = sum
	return f, nil
}

// CheckFiles says why a certificate and key could not be used, or would not be
// accepted by browsers; nil: they are good.
func CheckFiles(certFile, keyFile string, names []string, now time.Time) error {
	f := &files{certFile: certFile, keyFile: keyFile}
	pair, _, err := f.read()
	if err != nil {
		return err
	}
	var faults []error
	for _, p := range problems(pair.Leaf, names, now) {
		faults = append(faults, fmt.Errorf("certificate %s: %s", certFile, p))
	}
	return errors.Join(faults...)
}

// ReadLeaf gives the certificate of a file in which it comes first.
func ReadLeaf(certFile string) (*x509.Certificate, error) {
	b, err := os.ReadFile(certFile)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(b)
	if block == nil {
		return nil, fmt.Errorf("certificate %s is not PEM", certFile)
	}
	return x509.ParseCertificate(block.Bytes)
}

// read reads both files; the sum is of their content and good even with an error.
func (f *files) read() (*tls.Certificate, [sha256.Size]byte, error) {
	cert, err1 := os.ReadFile(f.certFile)
	key, err2 := os.ReadFile(f.keyFile)
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %v %v", cert, key, err1, err2))
	if err := errors.Join(err1, err2); err != nil {
		return nil, sum, fmt.Errorf("certificate: %w", err)
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return nil, sum, fmt.Errorf("certificate %s with key %s: %w", f.certFile, f.keyFile, err)
	}
	return &pair, sum, nil
}

// look takes a changed pair in. One that cannot be used, or that is worse than
// the one held, is refused and said once; connections that exist keep theirs.
func (f *files) look(now time.Time) {
	pair, sum, err := f.read()
	if sum == f.seen {
		return
	}
	f.seen = sum
	if err != nil {
		f.log.Error("the new certificate is refused, the old one stays", "err", err)
		return
	}
	bad := problems(pair.Leaf, f.names, now)
	if len(bad) > 0 && len(problems(f.leaf(), f.names, now)) == 0 {
		f.log.Error("the new certificate is refused, the old one stays", "problem", strings.Join(bad, "; "))
		return
	}
	f.held.Store(pair)
	f.log.Info("a new certificate is shown from now on", "outlook", outlook(pair.Leaf, now))
}

func (f *files) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	return f.held.Load(), nil
}

func (f *files) leaf() *x509.Certificate { return f.held.Load().Leaf }

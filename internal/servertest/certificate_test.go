package servertest_test

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
	"os"
	"path/filepath"
	"testing"
	"time"

	"tasuke/internal/servertest"
	"tasuke/internal/wire"
)

// issuer is an authority for devices, with its files.
type issuer struct {
	t        *testing.T
	cert     *x509.Certificate
	key      *ecdsa.PrivateKey
	cas, crl string
	next     int64
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	dir := t.TempDir()
	i := &issuer{t: t, key: newKey(t), cas: filepath.Join(dir, "cas.pem"), crl: filepath.Join(dir, "list.crl"), next: 10}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Northwind devices"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, i.key.Public(), i.key)
	if err != nil {
		t.Fatal(err)
	}
	if i.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(i.cas, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	i.revoke()
	return i
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// issue gives a certificate that names a device.
func (i *issuer) issue(name string) tls.Certificate {
	i.t.Helper()
	i.next++
	key := newKey(i.t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(i.next), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, i.cert, key.Public(), i.key)
	if err != nil {
		i.t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		i.t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// revoke writes the list anew.
func (i *issuer) revoke(certs ...tls.Certificate) {
	i.t.Helper()
	now := time.Now()
	list := &x509.RevocationList{Number: big.NewInt(now.UnixNano()), ThisUpdate: now, NextUpdate: now.Add(24 * time.Hour)}
	for _, c := range certs {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{SerialNumber: c.Leaf.SerialNumber, RevocationTime: now})
	}
	der, err := x509.CreateRevocationList(rand.Reader, list, i.cert, i.key)
	if err != nil {
		i.t.Fatal(err)
	}
	if err := os.WriteFile(i.crl, der, 0o600); err != nil {
		i.t.Fatal(err)
	}
}

func (i *issuer) settings(more ...string) []string {
	return append([]string{"device_host=device.localhost", "device_cas=" + i.cas, "device_crls=" + i.crl}, more...)
}

// TestACertificateProvesADevice: asked for at a name of its own while the pages
// are on HTTP/2, matched by external id, for one challenge of one sign-in.
func TestACertificateProvesADevice(t *testing.T) {
	ca, stranger := newIssuer(t), newIssuer(t)
	w := servertest.StartTLS(t, ca.settings()...)
	boss, helper, sharer, other := w.SignIn("amelia"), w.SignIn("haruka"), w.SignIn("sofia"), w.SignIn("kenji")
	boss.Must(http.MethodPost, devicesPath+"/facts", wire.Descriptions{Devices: []wire.Description{{ExternalID: "mdm-7", Name: "LAPTOP-4F7X", Platform: "linux"}}}, nil)
	mine, unknown := ca.issue("mdm-7"), ca.issue("mdm-8")

	for name, c := range map[string]struct {
		shown []tls.Certificate
		want  string
	}{
		"none":                 {nil, "certificate_missing"},
		"of another authority": {[]tls.Certificate{stranger.issue("mdm-7")}, "certificate_untrusted"}, // of the same name
	} {
		if a, got := sharer.AskWithCertificate(sharer.ShowChallenge(), w.Base, c.shown...); a != "" || got != c.want {
			t.Errorf("%s: %q, %s", name, a, got)
		}
	}
	if a, got := sharer.AskWithCertificate(sharer.ShowChallenge(), "https://phish.example", mine); a != "" || got != "not_found" {
		t.Errorf("another origin: %q, %s", a, got)
	}
	a, _ := sharer.AskWithCertificate(sharer.ShowChallenge(), w.Base, unknown)
	sharer.RefusedToShow("device_unknown", a)

	a, refusal := sharer.AskWithCertificate(sharer.ShowChallenge(), w.Base, mine)
	if a == "" {
		t.Fatalf("refused: %s", refusal)
	}
	other.RefusedToShow("device_assertion_refused", a) // of another sign-in
	if this := sharer.Show(a); this.Grade != "client_certificate" || this.Device == nil || this.Device.Name != "LAPTOP-4F7X" {
		t.Errorf("shown: %+v", this)
	}
	sharer.RefusedToShow("device_challenge_over", a) // replayed
	theirs, _ := other.AskWithCertificate(other.ShowChallenge(), w.Base, mine)
	other.RefusedToShow("device_of_somebody_else", theirs)

	var list wire.Devices
	boss.Must(http.MethodGet, devicesPath, nil, &list)
	if len(list.Devices) != 1 || list.Devices[0].Grade != "client_certificate" || list.Devices[0].Enrolment != "enrolled" {
		t.Errorf("devices %+v", list.Devices)
	}
	made := helper.Create()
	live := helper.Attach(made.Session)
	sharer.Redeem(made.Code)
	if v := live.WaitState("trust"); v.Peer.Proof != "client_certificate" {
		t.Errorf("the helper sees %+v", v.Peer)
	}

	ca.revoke(mine)
	w.Eventually("the list counts", func() error {
		if _, refusal := sharer.AskWithCertificate(sharer.ShowChallenge(), w.Base, mine); refusal != "certificate_revoked" {
			return errors.New("answered " + refusal)
		}
		return nil
	})
	w.VerifyAudit()
}

// TestACertificateEnrolsAtFirstSight: where the operator wants it, and for the
// organisations that the authorities vouch for.
func TestACertificateEnrolsAtFirstSight(t *testing.T) {
	ca := newIssuer(t)
	w := servertest.StartTLS(t, ca.settings("device_first_sight=true", "device_organisations=demo")...)
	boss, sharer := w.SignIn("amelia"), w.SignIn("sofia")
	a, _ := sharer.AskWithCertificate(sharer.ShowChallenge(), w.Base, ca.issue("mdm-9"))
	this := sharer.Show(a)
	if this.Grade != "client_certificate" {
		t.Fatalf("shown: %+v", this)
	}
	d := detail(boss, this.Device.ID)
	if d.ExternalID != "mdm-9" || d.Owner == nil || d.Owner.Name != "Sofía Núñez" || d.Audit[0].Action != "device.enrol" || d.Audit[0].Details["way"] != "certificate" || len(d.Audit[0].Details["fingerprint"]) != 64 {
		t.Errorf("enrolled: %+v", d)
	}
	boss.Must(http.MethodPost, devicesPath+"/"+d.ID+"/revoke", struct{}{}, nil)
	a, _ = sharer.AskWithCertificate(sharer.ShowChallenge(), w.Base, ca.issue("mdm-9"))
	sharer.RefusedToShow("device_withdrawn", a)
}

// TestAnotherOrganisationsAuthority vouches for nobody here.
func TestAnotherOrganisationsAuthority(t *testing.T) {
	ca := newIssuer(t)
	w := servertest.StartTLS(t, ca.settings("device_first_sight=true", "device_organisations=elsewhere")...)
	var this wire.ThisDevice
	sharer := w.SignIn("sofia")
	sharer.Must(http.MethodGet, "/api/v1/this-device", nil, &this)
	if this.Asked != "" {
		t.Errorf("asked at %s", this.Asked)
	}
	sharer.RefusedToShow("device_assertion_refused", "e30.e30")
}

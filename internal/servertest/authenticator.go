package servertest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/fxamacker/cbor/v2"

	"tasuke/internal/wire"
)

// Flags of authenticator data (WebAuthn Level 3, 6.1).
const (
	UserPresent    = 0x01
	UserVerified   = 0x04
	BackupEligible = 0x08
	BackedUp       = 0x10
	attested       = 0x40
)

// Authenticator is a device's own (WebAuthn) with one credential. Its fields are
// what tests make wrong.
type Authenticator struct {
	Origin  string
	RP      string // host
	Flags   byte
	Counter uint32 // of the next signature

	d   *Device
	key *ecdsa.PrivateKey
	id  []byte
}

// Authenticator gives the device one of its own.
func (d *Device) Authenticator() *Authenticator {
	d.p.w.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		d.p.w.t.Fatal(err)
	}
	u, err := url.Parse(d.p.w.Base)
	if err != nil {
		d.p.w.t.Fatal(err)
	}
	return &Authenticator{Origin: d.p.w.Base, RP: u.Hostname(), Flags: UserPresent | UserVerified, Counter: 1, d: d, key: key, id: []byte("credential of " + d.ID)}
}

// challenge is what it signs: see wire.Credential and wire.Assertion.
func (a *Authenticator) challenge(purpose string, c wire.Challenge, code string) []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "tasuke device %s v1\n%s\n%s\n%s\n%s\n%s", purpose, c.Org, c.SignIn, a.d.ID, c.Nonce, code))
	return sum[:]
}

func (a *Authenticator) client(kind string, challenge []byte) []byte {
	b, _ := json.Marshal(map[string]any{"type": kind, "challenge": url64(challenge), "origin": a.Origin, "crossOrigin": false})
	return b
}

func (a *Authenticator) data(flags byte, more ...byte) []byte {
	sum := sha256.Sum256([]byte(a.RP))
	out := binary.BigEndian.AppendUint32(append(sum[:], flags), a.Counter)
	a.Counter++
	return append(out, more...)
}

// Create makes the credential for a challenge.
func (a *Authenticator) Create(c wire.Challenge) wire.Credential {
	a.d.p.w.t.Helper()
	public, err := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: a.key.X.FillBytes(make([]byte, 32)), -3: a.key.Y.FillBytes(make([]byte, 32))})
	if err != nil {
		a.d.p.w.t.Fatal(err)
	}
	credential := append(make([]byte, 16), 0, byte(len(a.id))) // no AAGUID
	credential = append(append(credential, a.id...), public...)
	object, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": a.data(a.Flags|attested, credential...)})
	if err != nil {
		a.d.p.w.t.Fatal(err)
	}
	return wire.Credential{Nonce: c.Nonce, ID: url64(a.id), ClientData: url64(a.client("webauthn.create", a.challenge("bind", c, ""))), Attestation: url64(object)}
}

// Get signs a challenge, for a security code or for none.
func (a *Authenticator) Get(c wire.Challenge, code string) wire.Assertion {
	a.d.p.w.t.Helper()
	data, client := a.data(a.Flags), a.client("webauthn.get", a.challenge("assert", c, code))
	hash := sha256.Sum256(client)
	sum := sha256.Sum256(append(append([]byte{}, data...), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, sum[:])
	if err != nil {
		a.d.p.w.t.Fatal(err)
	}
	return wire.Assertion{Nonce: c.Nonce, ID: url64(a.id), ClientData: url64(client), AuthenticatorData: url64(data), Signature: url64(signature)}
}

// Bind makes the credential and brings it.
func (a *Authenticator) Bind() (this wire.ThisDevice) {
	a.d.p.w.t.Helper()
	a.d.p.Must(http.MethodPost, thisDevice+"/bind", a.Create(a.d.Challenge("bind")), &this)
	return this
}

// Assert brings what was signed.
func (a *Authenticator) Assert(v wire.Assertion) (this wire.ThisDevice) {
	a.d.p.w.t.Helper()
	a.d.p.Must(http.MethodPost, thisDevice+"/assert", v, &this)
	return this
}

func url64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// Move gives it to the same device in another sign-in.
func (a *Authenticator) Move(d *Device) { a.d = d }

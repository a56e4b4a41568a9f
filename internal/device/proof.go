package device

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"fmt"
	"math/big"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Times of proofs.
const (
	ChallengeFor = 60 * time.Second // from challenge to signature
	TicketFor    = 15 * time.Minute // from enrolment link to enrolment
	ProofFor     = 12 * time.Hour   // how long a sign-in's proof is believed; longer than any session
	MaxPerPerson = 10               // enrolled devices
)

// Purpose is what a challenge is signed for: it separates the messages.
type Purpose string

// The purposes.
const (
	Enrol  Purpose = "enrol"
	Prove  Purpose = "prove"
	Bind   Purpose = "bind"   // the device's own authenticator makes a credential
	Assert Purpose = "assert" // and signs with it
	Show   Purpose = "show"   // a client certificate
)

// Statement is what a device's key signs.
type Statement struct {
	Purpose Purpose
	Org     identity.OrgID
	SignIn  identity.SignInID
	Device  identity.DeviceID // empty when enrolling
	Nonce   string
	Counter int64  // of the profile's key; authenticators count by themselves
	Code    string // assert: the security code that it is brought with; empty: none
}

// message is the text that is signed: one member on each line, none of which
// may contain a line feed (ids are ours, the nonce is hexadecimal).
func (s Statement) message() []byte {
	return fmt.Appendf(nil, "tasuke device %s v1\n%s\n%s\n%s\n%s\n%d", s.Purpose, s.Org, s.SignIn, s.Device, s.Nonce, s.Counter)
}

// Challenge is what an authenticator signs for the statement (WebAuthn): a hash,
// because a security code may be in it.
func (s Statement) Challenge() []byte {
	sum := sha256.Sum256(fmt.Appendf(nil, "tasuke device %s v1\n%s\n%s\n%s\n%s\n%s", s.Purpose, s.Org, s.SignIn, s.Device, s.Nonce, s.Code))
	return sum[:]
}

// Faults of proofs.
var (
	ErrKey   = fault.New(fault.Invalid, "device_key_invalid", "This is not a P-256 public key.", "Use a current browser.")
	ErrProof = fault.New(fault.Forbidden, "device_proof_invalid", "The browser could not prove which device this is.", "Try again; if it happens again, enrol the device anew.")
)

// maxKey bounds a public key; a P-256 one has 91 bytes.
const maxKey = 128

// ParseKey reads a P-256 public key from its SubjectPublicKeyInfo (RFC 5480) and
// refuses every other kind.
func ParseKey(spki []byte) (*ecdsa.PublicKey, error) {
	if len(spki) > maxKey {
		return nil, ErrKey
	}
	parsed, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		return nil, ErrKey.WithCause(err)
	}
	key, ok := parsed.(*ecdsa.PublicKey)
	if !ok || key.Curve != elliptic.P256() {
		return nil, ErrKey
	}
	return key, nil
}

// Verify returns ErrProof unless signature is that of the statement under the
// key: r and s of 32 bytes each, as WebCrypto makes it (IEEE P1363).
func (s Statement) Verify(spki, signature []byte) error {
	key, err := ParseKey(spki)
	if err != nil {
		return err
	}
	const half = 32
	if len(signature) != 2*half || s.Counter < 1 || s.Nonce == "" {
		return ErrProof
	}
	digest := sha256.Sum256(s.message())
	r, t := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
	if !ecdsa.Verify(key, digest[:], r, t) {
		return ErrProof
	}
	return nil
}

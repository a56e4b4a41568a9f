package device

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// AssertionFor is how long an assertion lives.
const AssertionFor = 60 * time.Second

// Assertion says that a client certificate was shown and found good, for one
// challenge of one sign-in. It goes from the name that asks for certificates to
// the page, and from there to the server.
type Assertion struct {
	Org         identity.OrgID
	SignIn      identity.SignInID
	Nonce       string
	Names       []string // by which the certificate may name the device
	Fingerprint string   // SHA-256 of the certificate, hexadecimal
	Expires     time.Time
}

// ErrAssertion refuses an assertion that this server did not give, or not for this.
var ErrAssertion = fault.New(fault.Forbidden, "device_assertion_refused", "The client certificate was not shown for this sign-in, or too long ago.", "Try again.")

// Seal makes an assertion that OpenAssertion reads under the same key.
func (a Assertion) Seal(key []byte) (string, error) {
	b, err := json.Marshal(a)
	if err != nil {
		return "", err
	}
	payload := base64.RawURLEncoding.EncodeToString(b)
	return payload + "." + base64.RawURLEncoding.EncodeToString(tag(key, payload)), nil
}

// OpenAssertion returns ErrAssertion unless text was sealed under the key and is
// still alive.
func OpenAssertion(key []byte, text string, now time.Time) (a Assertion, err error) {
	payload, mac, _ := strings.Cut(text, ".")
	given, err := base64.RawURLEncoding.DecodeString(mac)
	if err != nil || !hmac.Equal(given, tag(key, payload)) {
		return Assertion{}, ErrAssertion
	}
	b, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return Assertion{}, ErrAssertion.WithCause(err)
	}
	if err := json.Unmarshal(b, &a); err != nil {
		return Assertion{}, ErrAssertion.WithCause(err)
	}
	if !now.Before(a.Expires) {
		return Assertion{}, ErrAssertion
	}
	return a, nil
}

// tag is an HMAC (RFC 2104) for this purpose alone.
func tag(key []byte, payload string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte("tasuke device assertion v1\x00" + payload))
	return m.Sum(nil)
}

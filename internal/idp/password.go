package idp

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"tasuke/internal/fault"
)

// Parameters of argon2id (RFC 9106): OWASP's first choice for servers.
const (
	argonTime    = 2
	argonMemory  = 19 << 10 // KiB
	argonThreads = 1
	argonKey     = 32 // bytes
	argonSalt    = 16 // bytes
)

// maxParallelHashes bounds the memory and the processor time that sign-ins can
// take; maxPasswordBytes bounds the work of one.
const (
	maxParallelHashes = 2
	maxPasswordBytes  = 1024
)

// hasher makes and checks password hashes, a few at a time.
type hasher struct {
	slots chan struct{}
	dummy string // what a password is compared with when there is no account
}

func newHasher() *hasher {
	h := &hasher{slots: make(chan struct{}, maxParallelHashes)}
	h.dummy = encodeHash(make([]byte, argonSalt), make([]byte, argonKey))
	return h
}

// derive waits for its turn, so that a flood of sign-ins costs time, not memory.
func (h *hasher) derive(ctx context.Context, password string, salt []byte) ([]byte, error) {
	select {
	case h.slots <- struct{}{}:
		defer func() { <-h.slots }()
	case <-ctx.Done():
		return nil, fault.ErrUnavailable.WithCause(ctx.Err())
	}
	// The same characters typed on different systems may be composed differently.
	text := norm.NFKC.String(password)
	return argon2.IDKey([]byte(text), salt, argonTime, argonMemory, argonThreads, argonKey), nil
}

// hash returns the PHC string of a password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := make([]byte, argonSalt)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	key, err := h.derive(ctx, password, salt)
	if err != nil {
		return "", err
	}
	return encodeHash(salt, key), nil
}

// matches reports whether password made the PHC string. An empty string never
// matches, but takes as long, so that time does not tell which accounts exist.
func (h *hasher) matches(ctx context.Context, password, phc string) (bool, error) {
	exists := phc != ""
	if !exists {
		phc = h.dummy
	}
	salt, want, err := decodeHash(phc)
	if err != nil {
		return false, err
	}
	if len(password) > maxPasswordBytes {
		return false, nil
	}
	got, err := h.derive(ctx, password, salt)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1 && exists, nil
}

const phcFormat = "$argon2id$v=%d$m=%d,t=%d,p=%d$"

func encodeHash(salt, key []byte) string {
	b := base64.RawStdEncoding
	return fmt.Sprintf(phcFormat, argon2.Version, argonMemory, argonTime, argonThreads) + b.EncodeToString(salt) + "$" + b.EncodeToString(key)
}

// decodeHash reads a PHC string of ours. Other parameters are refused: nothing
// but this package writes them.
func decodeHash(phc string) (salt, key []byte, err error) {
	prefix := fmt.Sprintf(phcFormat, argon2.Version, argonMemory, argonTime, argonThreads)
	saltLen, keyLen := base64.RawStdEncoding.EncodedLen(argonSalt), base64.RawStdEncoding.EncodedLen(argonKey)
	if len(phc) != len(prefix)+saltLen+1+keyLen || phc[:len(prefix)] != prefix {
		return nil, nil, fmt.Errorf("a stored password hash has an unknown form")
	}
	rest := phc[len(prefix):]
	if salt, err = base64.RawStdEncoding.DecodeString(rest[:saltLen]); err != nil {
		return nil, nil, err
	}
	key, err = base64.RawStdEncoding.DecodeString(rest[saltLen+1:])
	return salt, key, err
}

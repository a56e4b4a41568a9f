package store

import (
	"encoding/base64"
	"errors"
)

// wrap encrypts a secret for a TEXT column. The purpose is authenticated with
// it, so that a value copied into another column or row does not open. The empty
// secret stays empty.
func (s *Store) wrap(purpose, secret string) (string, error) {
	if secret == "" {
		return "", nil
	}
	b, err := seal(s.keys.wrap, []byte(secret), purpose)
	return base64.RawStdEncoding.EncodeToString(b), err
}

var errUnwrap = errors.New("a wrapped secret does not open: wrong master key or damaged row")

func (s *Store) unwrap(purpose, wrapped string) (string, error) {
	if wrapped == "" {
		return "", nil
	}
	b, err := base64.RawStdEncoding.DecodeString(wrapped)
	if err != nil {
		return "", errUnwrap
	}
	secret, err := unseal(s.keys.wrap, b, purpose)
	if err != nil {
		return "", errUnwrap
	}
	return string(secret), nil
}

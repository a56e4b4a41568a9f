package store

import (
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
)

// keys are derived from the master key (HKDF, RFC 5869), one for each purpose,
// so that a leak of one says nothing of the others.
type keys struct {
	pseudonym []byte // names people in the audit chain
	wrap      []byte // wraps chat keys and stored client secrets
	recovery  []byte // hashes recovery codes
}

func deriveKeys(master []byte) (keys, error) {
	if len(master) < 32 {
		return keys{}, errors.New("the master key must have at least 32 bytes")
	}
	var k keys
	for purpose, dst := range map[string]*[]byte{"tasuke pseudonym v1": &k.pseudonym, "tasuke wrap v1": &k.wrap, "tasuke recovery code v1": &k.recovery} {
		b, err := hkdf.Key(sha256.New, master, nil, purpose, 32)
		if err != nil {
			return keys{}, err
		}
		*dst = b
	}
	return k, nil
}

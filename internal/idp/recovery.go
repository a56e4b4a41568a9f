package idp

import (
	"crypto/rand"
	"strings"
)

// Recovery codes stand in for a lost second factor: ten, each used once, each
// of 50 bits in Crockford's alphabet, like security codes.
const (
	recoveryCodes    = 10
	recoveryLength   = 10
	recoveryAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

func newRecoveryCodes() ([]string, error) {
	out := make([]string, recoveryCodes)
	for i := range out {
		b := make([]byte, recoveryLength)
		if _, err := rand.Read(b); err != nil {
			return nil, err
		}
		for j := range b {
			b[j] = recoveryAlphabet[b[j]%byte(len(recoveryAlphabet))] // 32 divides 256
		}
		out[i] = string(b)
	}
	return out, nil
}

// normaliseRecovery reads a code as people type it.
func normaliseRecovery(typed string) string {
	text := strings.ToUpper(typed[:min(len(typed), 64)])
	return strings.NewReplacer("O", "0", "I", "1", "L", "1", "-", "", " ", "", "\u2010", "", "\u2011", "").Replace(text)
}

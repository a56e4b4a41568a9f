package assist

import (
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"unicode"

	"tasuke/internal/fault"
)

// Code is a security code in its canonical form: eight characters of
// CodeAlphabet, 40 bits.
type Code string

// Hash is the keyed hash under which a code is kept (HMAC-SHA-256, RFC 2104).
// A code is too short for an unkeyed hash: 2^40 SHA-256 take minutes.
type Hash []byte

// CodeAlphabet is Crockford's base 32: no I, L, O and U.
const CodeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// CodeLength is the number of characters of a code.
const CodeLength = 8

// maxCodeInput bounds what ParseCode looks at, in bytes: eight characters with
// room for spaces, hyphens and marks that come along by copying.
const maxCodeInput = 64

// Faults of codes. A malformed, wrong, expired and used code get the same answer.
var (
	ErrCodeNotAccepted = fault.New(fault.NotFound, "code_not_accepted", "This security code is not valid, or no longer.", "Check it with your helper, or ask for a new one.")
	ErrOwnCode         = fault.New(fault.Conflict, "own_code", "This is your own security code: the person who needs help enters it.", "Send it to them, or sign in as somebody else in a private window.")
)

// NewCode makes a code of 40 random bits.
func NewCode(random [5]byte) Code {
	var v uint64
	for _, b := range random {
		v = v<<8 | uint64(b)
	}
	var out [CodeLength]byte
	for i := range out {
		out[CodeLength-1-i] = CodeAlphabet[v&31]
		v >>= 5
	}
	return Code(out[:])
}

// ParseCode reads what a person typed: any case, O as 0, I and L as 1, full-width
// forms as ASCII; white space, hyphens and dashes, and invisible format
// characters are ignored. Everything else is ErrCodeNotAccepted.
func ParseCode(input string) (Code, error) {
	if len(input) > maxCodeInput {
		return "", ErrCodeNotAccepted
	}
	var b strings.Builder
	for _, r := range input {
		if ignored(r) {
			continue
		}
		c, ok := canonical(r)
		if !ok {
			return "", ErrCodeNotAccepted
		}
		b.WriteByte(c)
	}
	if b.Len() != CodeLength {
		return "", ErrCodeNotAccepted
	}
	return Code(b.String()), nil
}

// ignored reports white space, hyphens and dashes, and format characters.
func ignored(r rune) bool {
	return unicode.IsSpace(r) || r == '-' || r == '\u2212' || r == '\uff0d' || (r >= '\u2010' && r <= '\u2015') || unicode.Is(unicode.Cf, r)
}

// canonical maps one character to the alphabet.
func canonical(r rune) (byte, bool) {
	if r >= '\uff01' && r <= '\uff5e' { // FULLWIDTH forms lie 0xFEE0 above ASCII
		r -= 0xfee0
	}
	if r >= 'a' && r <= 'z' {
		r -= 'a' - 'A'
	}
	switch r {
	case 'O':
		r = '0'
	case 'I', 'L':
		r = '1'
	}
	if r > unicode.MaxASCII || !strings.ContainsRune(CodeAlphabet, r) {
		return 0, false
	}
	return byte(r), true
}

// String shows the code as 4060-R0GX.
func (c Code) String() string {
	if len(c) != CodeLength {
		return string(c)
	}
	return string(c[:4]) + "-" + string(c[4:])
}

// Hash gives the form in which the code is kept.
func (c Code) Hash(key []byte) Hash {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(c))
	return m.Sum(nil)
}

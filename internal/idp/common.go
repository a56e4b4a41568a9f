package idp

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"slices"
	"strings"
	"unicode"
)

// commonFile holds passwords that were found most often in published leaks, in
// lower case, sorted, a line each: those of at least five characters of the list
// in @zxcvbn-ts/language-common 4.1.3 (MIT, see common-passwords.LICENSE).
//
//go:embed common-passwords.txt.gz
var commonFile []byte

// commonPasswords reads the list once, when the provider is built.
func commonPasswords() ([]string, error) {
	z, err := gzip.NewReader(bytes.NewReader(commonFile))
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(z)
	return strings.Fields(string(b)), err
}

// isCommon reports whether a password is on the list: as it is, without what
// people add in front and behind to satisfy rules, or as two of the list in a row.
func isCommon(list []string, password string) bool {
	lower := strings.ToLower(password)
	bare := strings.TrimFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) })
	for _, text := range []string{lower, bare, plainLetters(lower), plainLetters(bare)} {
		if onList(list, text) {
			return true
		}
		for i := 1; i < len(text); i++ {
			if onList(list, text[:i]) && onList(list, text[i:]) {
				return true
			}
		}
	}
	return false
}

func onList(list []string, word string) bool {
	_, there := slices.BinarySearch(list, word)
	return there
}

package idp

import (
	_ "embed"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// minPasswordLength is in characters. Nothing else is demanded of a password
// (no digits, no capitals), but it must not be one that is guessed first.
const minPasswordLength = 12

// minStrength is the least score of an acceptable password; see strength.
const minStrength = 12

//go:embed common-words.txt
var commonWords string

// Faults of a chosen password.
var (
	ErrPasswordShort    = fault.New(fault.Invalid, "password_too_short", "The password has fewer than 12 characters.", "Use at least 12 characters; several words are easy to remember.")
	ErrPasswordLong     = fault.New(fault.Invalid, "password_too_long", "The password is too long.", "Use at most 256 characters.")
	ErrPasswordGuess    = fault.New(fault.Invalid, "password_too_easy", "This password is easy to guess: it is made of common words, names, repetitions or keyboard rows.", "Use several unrelated words.")
	ErrPasswordCommon   = fault.New(fault.Invalid, "password_common", "This password is one of those that are used most often, and is guessed first.", "Use several unrelated words.")
	ErrPasswordMismatch = fault.New(fault.Invalid, "password_mismatch", "The two passwords are not the same.", "Type the same password twice.")
)

// checkPassword holds a chosen password to the rules (NIST SP 800-63B-4,
// 3.1.1.2): long enough, and not one that is guessed first. common is the list of
// those; about are texts that everybody knows of its owner: names, user name,
// organisation.
func checkPassword(common []string, password string, about ...string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < minPasswordLength:
		return ErrPasswordShort
	case n > 256 || len(password) > maxPasswordBytes:
		return ErrPasswordLong
	case isCommon(common, password):
		return ErrPasswordCommon
	case strength(password, about) < minStrength:
		return ErrPasswordGuess
	}
	return nil
}

// aboutAccount lists what a guesser knows of an account's owner.
func aboutAccount(a identity.LocalAccount, t tenant) []string {
	return []string{a.Username, a.Name, a.Email, a.Company, a.Department, a.Title, t.name, string(t.id), "tasuke"}
}

// keyboardRows are sequences that fingers find without thinking.
var keyboardRows = []string{"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop", "abcdefghijklmnopqrstuvwxyz"}

// strength scores a password: two for each different character that remains
// when common words, names, sequences and repetitions are taken out, three for
// each common word (several together are a good passphrase), nothing for names.
func strength(password string, about []string) int {
	rest := plainLetters(password)
	for _, word := range namesIn(about) {
		rest = strings.ReplaceAll(rest, word, "\x00")
	}
	score := 0
	for _, word := range strings.Fields(commonWords) {
		if strings.Contains(rest, word) {
			rest = strings.ReplaceAll(rest, word, "\x00")
			score += 3
		}
	}
	seen := map[rune]bool{0: true}
	for _, r := range withoutSequences(rest) {
		if !seen[r] {
			seen[r] = true
			score += 2
		}
	}
	return score
}

// namesIn lists the words of at least three characters in texts about the owner.
func namesIn(about []string) []string {
	var out []string
	for _, text := range about {
		for _, word := range strings.FieldsFunc(plainLetters(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if utf8.RuneCountInString(word) >= 3 {
				out = append(out, word)
			}
		}
	}
	return out
}

// plainLetters lowers case and undoes the usual substitutions, so that
// "P@ssw0rd" is seen for what it is.
func plainLetters(s string) string {
	return strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i").
		Replace(strings.ToLower(norm.NFKC.String(s)))
}

// withoutSequences takes out runs of three and more characters that repeat or
// follow each other on a keyboard or in the alphabet, in either direction.
func withoutSequences(s string) string {
	runes := []rune(s)
	keep := make([]rune, 0, len(runes))
	for i := 0; i < len(runes); {
		n := sequenceLength(runes[i:])
		if n >= 3 {
			keep = append(keep, 0)
			i += n
			continue
		}
		keep = append(keep, runes[i])
		i++
	}
	return string(keep)
}

func sequenceLength(runes []rune) int {
	best := 1
	for best < len(runes) && runes[best] == runes[0] {
		best++
	}
	for _, row := range keyboardRows {
		row = plainLetters(row)
		best = max(best, commonRun(runes, []rune(row)), commonRun(runes, reversed(row)))
	}
	return best
}

// commonRun is how many runes from the first on stand in the same order in row.
func commonRun(runes, row []rune) int {
	best := 0
	for start := range row {
		n := 0
		for n < len(runes) && start+n < len(row) && runes[n] == row[start+n] {
			n++
		}
		best = max(best, n)
	}
	return best
}

func reversed(s string) []rune {
	r := []rune(s)
	for i, j := 0, len(r)-1; i < j; i, j = i+1, j-1 {
		r[i], r[j] = r[j], r[i]
	}
	return r
}

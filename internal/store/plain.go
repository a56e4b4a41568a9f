package store

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// undivided are letters that people type as others, and that Unicode does not take
// apart.
var undivided = strings.NewReplacer("ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ı", "i")

// plain is text as it is searched by: lower case in every script, which neither
// engine's LOWER is, and without accents, harakat and width. The marks that make
// one kana another stay.
func plain(text string) string {
	var out strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(text)) {
		if !unicode.Is(unicode.Mn, r) || r == '\u3099' || r == '\u309a' {
			out.WriteRune(r)
		}
	}
	return undivided.Replace(norm.NFC.String(out.String()))
}

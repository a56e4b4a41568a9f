package assist

import (
	"encoding/json"
	"errors"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// codeVector is one line of testdata/codes.json, which the front end's
// normaliser reads too: both must agree on every input.
type codeVector struct {
	Input string  `json:"input"`
	Code  *string `json:"code"` // nil: refused
}

func TestParseCodeVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/codes.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []codeVector
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	for _, v := range vectors {
		got, err := ParseCode(v.Input)
		switch {
		case v.Code == nil && !errors.Is(err, ErrCodeNotAccepted):
			t.Errorf("ParseCode(%q) = %q, %v; want a refusal", v.Input, got, err)
		case v.Code != nil && (err != nil || string(got) != *v.Code):
			t.Errorf("ParseCode(%q) = %q, %v; want %q", v.Input, got, err, *v.Code)
		}
	}
}

// A new code survives being shown, read aloud badly and typed back.
func TestCodeSurvivesTyping(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var random [5]byte
		copy(random[:], rapid.SliceOfN(rapid.Byte(), 5, 5).Draw(t, "random"))
		code := NewCode(random)
		shown := code.String()
		if len(shown) != CodeLength+1 || shown[4] != '-' {
			t.Fatalf("shown as %q", shown)
		}
		typed := mistype(t, shown)
		if got, err := ParseCode(typed); err != nil || got != code {
			t.Fatalf("ParseCode(%q) = %q, %v; want %q", typed, got, err, code)
		}
	})
}

// mistype writes s as a hurried person might.
func mistype(t *rapid.T, s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteString(rapid.SampledFrom([]string{"", " ", "-"}).Draw(t, "noise"))
		switch {
		case r == '0':
			b.WriteString(rapid.SampledFrom([]string{"0", "O", "o"}).Draw(t, "zero"))
		case r == '1':
			b.WriteString(rapid.SampledFrom([]string{"1", "I", "l"}).Draw(t, "one"))
		case rapid.Bool().Draw(t, "lower"):
			b.WriteString(strings.ToLower(string(r)))
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Whatever comes in, a code is either refused or canonical, and parsing a
// canonical code changes nothing.
func TestParseCodeIsCanonical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code, err := ParseCode(rapid.String().Draw(t, "input"))
		if err != nil {
			return
		}
		if len(code) != CodeLength || strings.Trim(string(code), CodeAlphabet) != "" {
			t.Fatalf("%q is not canonical", code)
		}
		if again, err := ParseCode(code.String()); err != nil || again != code {
			t.Fatalf("%q parsed again is %q, %v", code, again, err)
		}
	})
}

// Different random bits give different codes, and codes use the whole alphabet.
func TestNewCodeSpread(t *testing.T) {
	seen := map[Code]bool{}
	used := map[rune]bool{}
	for i := range 32 {
		code := NewCode([5]byte{byte(i << 3), byte(i), byte(i * 7), byte(i * 13), byte(i)})
		seen[code] = true
		for _, r := range code {
			used[r] = true
		}
	}
	if len(seen) != 32 || len(used) != len(CodeAlphabet) {
		t.Fatalf("%d codes of 32, %d characters of %d", len(seen), len(used), len(CodeAlphabet))
	}
}

func TestCodeHashIsKeyed(t *testing.T) {
	a, b := Code("4060R0GX").Hash([]byte("one")), Code("4060R0GX").Hash([]byte("two"))
	if string(a) == string(b) || len(a) != 32 {
		t.Fatalf("hashes %x and %x", a, b)
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add("4060-R0GX")
	f.Add("\uff14o6O\u2013r0gx")
	f.Fuzz(func(t *testing.T, input string) {
		code, err := ParseCode(input)
		if err == nil && (len(code) != CodeLength || len(input) > maxCodeInput) {
			t.Fatalf("ParseCode(%q) = %q", input, code)
		}
	})
}

package idp

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" // what authenticator apps use (RFC 6238); HMAC-SHA-1 is not broken
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"rsc.io/qr"
)

// Parameters of RFC 6238 that every authenticator app knows.
const (
	totpPeriod = 30 * time.Second
	totpDigits = 6
	totpSecret = 20 // bytes (RFC 4226, 4: at least 16, better 20)
	totpSlack  = 1  // time steps by which a device's clock may differ
)

func newTOTPSecret() ([]byte, error) {
	b := make([]byte, totpSecret)
	_, err := rand.Read(b)
	return b, err
}

// totpCode is the code of one time step (RFC 4226, 5.3).
func totpCode(secret []byte, step int64) string {
	h := hmac.New(sha1.New, secret)
	_ = binary.Write(h, binary.BigEndian, step) // a hash never fails
	sum := h.Sum(nil)
	offset := sum[len(sum)-1] & 0x0f
	n := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, n%1_000_000)
}

// totpStep finds the time step near now that a typed code belongs to.
func totpStep(secret []byte, typed string, now time.Time) (int64, bool) {
	code := digits(typed)
	current := now.Unix() / int64(totpPeriod.Seconds())
	found, ok := int64(0), false
	for step := current - totpSlack; step <= current+totpSlack; step++ {
		if subtle.ConstantTimeCompare([]byte(totpCode(secret, step)), []byte(code)) == 1 {
			found, ok = step, true
		}
	}
	return found, ok
}

// digits reads a code as people type it: in groups, in full-width or in
// Eastern Arabic digits.
func digits(typed string) string {
	var b strings.Builder
	for _, r := range norm.NFKC.String(typed[:min(len(typed), 64)]) {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= '\u0660' && r <= '\u0669': // Arabic-Indic
			b.WriteRune(r - '\u0660' + '0')
		case r >= '\u06f0' && r <= '\u06f9': // extended Arabic-Indic
			b.WriteRune(r - '\u06f0' + '0')
		case unicode.IsSpace(r) || r == '-' || unicode.Is(unicode.Cf, r):
		default:
			return ""
		}
	}
	return b.String()
}

// totpText is the secret for people who type it, in groups of four.
func totpText(secret []byte) string {
	return grouped(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret), 4, " ")
}

func grouped(s string, size int, between string) string {
	var parts []string
	for ; len(s) > size; s = s[size:] {
		parts = append(parts, s[:size])
	}
	return strings.Join(append(parts, s), between)
}

// totpAddress is what authenticator apps read from the picture
// (github.com/google/google-authenticator, Key URI Format).
func totpAddress(secret []byte, organisation, username string) string {
	q := url.Values{
		"secret": {strings.ReplaceAll(totpText(secret), " ", "")}, "issuer": {organisation},
		"algorithm": {"SHA1"}, "digits": {fmt.Sprint(totpDigits)}, "period": {fmt.Sprint(int(totpPeriod.Seconds()))},
	}
	// Apps do not read + as a space.
	return "otpauth://totp/" + url.PathEscape(organisation+":"+username) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
}

// quietZone is the margin that readers need around a code, in modules.
const quietZone = 4

// picture is a QR code as the path of an SVG.
type picture struct {
	Size int
	Path string
}

func qrPicture(text string) (picture, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return picture{}, err
	}
	var b strings.Builder
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quietZone, y+quietZone)
			}
		}
	}
	return picture{code.Size + 2*quietZone, b.String()}, nil
}

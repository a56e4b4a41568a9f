package identity

import (
	"slices"
	"time"
)

// MFA reports whether the provider vouched for several factors: by its acr, or
// by an amr that says so or names methods of two kinds (RFC 8176). What a
// provider does not say did not happen.
func (s SignIn) MFA() bool {
	if s.StrongACR {
		return true
	}
	kinds := map[string]bool{}
	for _, method := range s.AMR {
		if method == "mfa" || method == "ngcmfa" { // the latter: Windows Hello, by Entra
			return true
		}
		if kind := kindOf(method); kind != "" {
			kinds[kind] = true
		}
	}
	return len(kinds) >= 2
}

// kindOf is what kind of factor a registered method is; others are none.
func kindOf(method string) string {
	for kind, methods := range map[string][]string{
		"knowledge":  {"pwd", "pin", "kba"},
		"possession": {"otp", "hwk", "swk", "sc", "sms", "tel"},
		"inherence":  {"face", "fpt", "iris", "retina", "vbm"},
	} {
		if slices.Contains(methods, method) {
			return kind
		}
	}
	return ""
}

// Age is how long ago the person was authenticated.
func (s SignIn) Age(now time.Time) time.Duration { return now.Sub(s.AuthTime) }

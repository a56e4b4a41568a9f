package identity

import "time"

// MFA reports whether the provider vouched for several factors: by its acr, or
// by an amr that says so or names methods of two kinds (RFC 8176). What a
// provider does not say did not happen.
func (s SignIn) MFA() bool {
	if s.StrongACR {
		return true
	}
	first := ""
	for _, method := range s.AMR {
		kind := kindOf(method)
		switch {
		case method == "mfa", method == "ngcmfa", // the latter: Windows Hello, by Entra
			first != "" && kind != "" && kind != first:
			return true
		case first == "":
			first = kind
		}
	}
	return false
}

// kindOf is what kind of factor a registered method is; others are none.
func kindOf(method string) string {
	switch method {
	case "pwd", "pin", "kba":
		return "knowledge"
	case "otp", "hwk", "swk", "sc", "sms", "tel":
		return "possession"
	case "face", "fpt", "iris", "retina", "vbm":
		return "inherence"
	}
	return ""
}

// Age is how long ago the person was authenticated.
func (s SignIn) Age(now time.Time) time.Duration { return now.Sub(s.AuthTime) }

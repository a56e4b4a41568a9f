package identity

import (
	"slices"
	"time"
)

// MFA reports whether the person was authenticated with more than one factor
// (RFC 8176).
func (s SignIn) MFA() bool { return slices.Contains(s.AMR, "mfa") }

// Age is how long ago the person was authenticated.
func (s SignIn) Age(now time.Time) time.Duration { return now.Sub(s.AuthTime) }

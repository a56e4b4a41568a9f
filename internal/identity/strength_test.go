package identity

import (
	"testing"
	"time"
)

func TestMFA(t *testing.T) {
	for _, c := range []struct {
		strong bool
		amr    []string
		want   bool
	}{
		{false, nil, false},
		{true, nil, true},
		{false, []string{"pwd"}, false},
		{false, []string{"mfa"}, true},
		{false, []string{"pwd", "mfa"}, true},
		{false, []string{"MFA"}, false},
		{false, []string{"pwd", "otp"}, true},
		{false, []string{"pwd", "sms"}, true},
		{false, []string{"pwd", "fpt"}, true},
		{false, []string{"hwk", "pin"}, true},
		{false, []string{"pwd", "pin"}, false},
		{false, []string{"pwd", "pwd", "kba"}, false},
		{false, []string{"otp", "hwk"}, false},
		{false, []string{"hwk", "user"}, false},
		{false, []string{"pwd", "geo"}, false},
		{false, []string{"pwd", "wia", "rba", "mca"}, false},
		{false, []string{"ngcmfa"}, true},
	} {
		if got := (SignIn{AMR: c.amr, StrongACR: c.strong}).MFA(); got != c.want {
			t.Errorf("%v %q: %v", c.strong, c.amr, got)
		}
	}
}

func TestAge(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	if got := (SignIn{AuthTime: now.Add(-time.Hour)}).Age(now); got != time.Hour {
		t.Error(got)
	}
}

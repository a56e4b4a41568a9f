package idp

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"tasuke/internal/identity"
)

func TestPasswordHashes(t *testing.T) {
	h := newHasher()
	ctx := context.Background()
	phc, err := h.hash(ctx, "Ａ café")
	if err != nil || !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatal(phc, err)
	}
	for password, want := range map[string]bool{"Ａ café": true, "A cafe\u0301": true, "a café": false, "": false, strings.Repeat("x", 2000): false} {
		if ok, err := h.matches(ctx, password, phc); ok != want || err != nil {
			t.Errorf("%q: %v %v", password, ok, err)
		}
	}
	if ok, err := h.matches(ctx, "", ""); ok || err != nil {
		t.Error("an account without a password can be signed in to")
	}
	if _, err := h.matches(ctx, "x", "$argon2id$v=19$m=8,t=1,p=1$AAAA$AAAA"); err == nil {
		t.Error("a weaker hash was believed")
	}
	again, err := h.hash(ctx, "Ａ café")
	if err != nil || again == phc {
		t.Error("no salt", err)
	}
	for range maxParallelHashes {
		h.slots <- struct{}{}
	}
	late, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := h.hash(late, "x"); err == nil {
		t.Error("a hash beyond the limit was made")
	}
}

func TestPasswordRules(t *testing.T) {
	common, err := commonPasswords()
	if err != nil || len(common) < 40_000 || !slices.IsSorted(common) {
		t.Fatal(len(common), err)
	}
	about := []string{"mio.watanabe@acme.example", "Mio Watanabe", "Acme Logistics"}
	for password, want := range map[string]error{
		"elevenchars":                      ErrPasswordShort,
		"パスワード":                            ErrPasswordShort,
		"passwordpassword":                 ErrPasswordCommon,
		"P@ssw0rdP@ssw0rd":                 ErrPasswordCommon,
		"iloveyou12345!":                   ErrPasswordCommon,
		"sunshinedragon":                   ErrPasswordCommon,
		"123456789012":                     ErrPasswordCommon,
		"Welcome2026!!":                    ErrPasswordCommon,
		"mio.watanabe@acme.example":        ErrPasswordGuess,
		"AcmeLogistics1":                   ErrPasswordGuess,
		"1234567890123456":                 ErrPasswordCommon,
		"abcdefghijklmnop":                 ErrPasswordGuess,
		"0987654321qwerty":                 ErrPasswordCommon,
		"abababababab":                     ErrPasswordGuess,
		"summer summer summer":             ErrPasswordGuess,
		strings.Repeat("Zebra piano ", 30): ErrPasswordLong,
		"rubber lantern quietly 8 oceans":  nil,
		"kT7#mw0qLz!e":                     nil,
		"purple dragon coffee winter":      nil,
		"むかしむかしあるところに爺と婆": nil,
	} {
		if err := checkPassword(common, password, about...); !errors.Is(err, want) {
			t.Errorf("%q: %v (strength %d)", password, err, strength(password, about))
		}
	}
}

func TestThrottle(t *testing.T) {
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	home, office := netip.MustParseAddr("192.0.2.10"), netip.MustParseAddr("2001:db8::1")
	th := newThrottle()
	wait := func(name string, from netip.Addr, at time.Time) bool { return th.check("acme", name, from, at) != nil }
	for range freeTries {
		th.failed("acme", "mio", home, now)
	}
	if !wait("mio", home, now) || !wait("mio", netip.MustParseAddr("192.0.2.99"), now) {
		t.Error("five wrong passwords cost nothing")
	}
	if wait("mio", office, now) || wait("omar", home, now) || th.check("globex", "mio", home, now) != nil {
		t.Error("somebody else has to wait")
	}
	if wait("mio", home, now.Add(firstWait)) {
		t.Error("the wait does not end")
	}
	th.failed("acme", "mio", home, now)
	if !wait("mio", home, now.Add(firstWait)) || wait("mio", home, now.Add(2*firstWait)) {
		t.Error("the wait does not double")
	}
	for range 40 {
		th.failed("acme", "mio", home, now)
	}
	if !wait("mio", home, now.Add(longestWait-time.Second)) || wait("mio", home, now.Add(longestWait)) {
		t.Error("the longest wait is wrong")
	}
	// A flood against one account from everywhere slows strangers, not its owner.
	th.succeeded("acme", "mio", office, now)
	for i := range triesPerAccount {
		th.failed("acme", "mio", netip.AddrFrom4([4]byte{10, byte(i), 0, 1}), now)
	}
	if !wait("mio", netip.MustParseAddr("203.0.113.1"), now) {
		t.Error("a flood from everywhere goes on")
	}
	if wait("mio", office, now) {
		t.Error("the owner is locked out")
	}
	// One network trying many accounts.
	for i := range triesPerPrefix {
		th.failed("acme", string(rune('a'+i)), netip.MustParseAddr("198.51.100.1"), now)
	}
	if !wait("new", netip.MustParseAddr("198.51.100.77"), now) || wait("new", netip.MustParseAddr("198.51.100.77"), now.Add(time.Hour)) {
		t.Error("one network may try every account")
	}
	for i := range maxThrottled * 2 {
		th.failed("acme", "mio", netip.AddrFrom4([4]byte{byte(i >> 16), byte(i >> 8), byte(i), 1}), now)
	}
	if len(th.wrong) > maxThrottled+3 {
		t.Errorf("%d counters are kept", len(th.wrong))
	}
}

func TestAccountsNeedNames(t *testing.T) {
	s := newPlace(t)
	for _, n := range []NewAccount{{}, {Username: "x"}, {Name: "X"}, {Name: "X", Username: "a b"}, {Name: "X", Username: strings.Repeat("x", 121)}, {Name: "\u202e", Username: "x"}, {Name: "X", Username: "a\u202eb"}} {
		if _, err := s.CreateWithPassword(context.Background(), "acme", n, "x"); !errors.Is(err, identity.ErrAccount) {
			t.Errorf("%+v: %v", n, err)
		}
	}
	if _, err := s.CreateWithPassword(context.Background(), "acme", NewAccount{Username: " MIO ", Name: "Other"}, "x"); !errors.Is(err, identity.ErrUsernameTaken) {
		t.Error(err)
	}
	link, err := s.Link(context.Background(), "acme", s.mio.ID, 0)
	if err != nil || !strings.HasPrefix(link, s.url+"/idp/acme/welcome#") {
		t.Error(link, err)
	}
}

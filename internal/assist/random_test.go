package assist_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"tasuke/internal/assist"
	"tasuke/internal/identity"
)

// TestWhateverHappens lets random people do random things at random times and
// checks what must hold after every step.
func TestWhateverHappens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := start
		s := assist.New("s", person("helper"), assist.Hash("h"), identity.DefaultSettings(), now)
		steps := rapid.IntRange(1, 60).Draw(t, "steps")
		for range steps {
			now = now.Add(time.Duration(rapid.IntRange(0, 90_000).Draw(t, "ms")) * time.Millisecond)
			before := s
			something(t, &s, now)
			holds(t, &before, &s, now)
		}
		s.Tick(now.Add(24 * time.Hour))
		if s.State != assist.Ended {
			t.Fatalf("still in %s a day later", s.State)
		}
	})
}

// something does one random thing; refusals are ordinary.
func something(t *rapid.T, s *assist.Session, now time.Time) {
	seat := rapid.SampledFrom([]assist.Seat{assist.Helper, assist.Sharer, assist.Nobody}).Draw(t, "seat")
	page := rapid.SampledFrom([]string{"page-1", "page-2"}).Draw(t, "page")
	switch rapid.IntRange(0, 6).Draw(t, "what") {
	case 0:
		_ = s.Redeem(person("sharer"), now)
	case 1:
		s.Tick(now)
	case 2:
		if seat != assist.Nobody {
			_ = s.Attach(assist.Seating{Seat: seat, SignIn: identity.SignInID("in-" + string(seat)), Page: page, Socket: page, Takeover: rapid.Bool().Draw(t, "takeover")}, now)
		}
	case 3:
		if seat != assist.Nobody {
			s.Detach(seat, page, now)
		}
	case 4:
		if seat != assist.Nobody {
			s.Bye(seat, page, now)
		}
	case 5:
		if seat != assist.Nobody {
			s.Heartbeat(seat, rapid.SampledFrom([]assist.Beat{assist.BeatSeen, assist.BeatMissing}).Draw(t, "beat"), now)
		}
	default:
		_ = s.Apply(assist.Event{Act: rapid.SampledFrom(assist.Acts()).Draw(t, "act"), Seat: seat, At: now, Text: "view-1", Reason: assist.SignedOut})
	}
}

func holds(t *rapid.T, before, s *assist.Session, now time.Time) {
	both := s.Helper.Consent.Given() && s.Sharer.Consent.Given()
	switch {
	case before.State == assist.Ended && (s.State != assist.Ended || s.Reason != before.Reason || !s.EndedAt.Equal(before.EndedAt)):
		t.Fatalf("the end was not final: %s (%s) after %s (%s)", s.State, s.Reason, before.State, before.Reason)
	case s.State.Linked() && !both:
		t.Fatalf("in %s without both consents", s.State)
	case s.State == assist.Ended && (s.Reason == "" || s.EndedAt.IsZero()):
		t.Fatal("ended without a reason or a time")
	case s.State != assist.Ended && (s.Reason != "" || !s.EndedAt.IsZero()):
		t.Fatalf("in %s with the reason %s", s.State, s.Reason)
	case len(s.CodeHash) > 0 != (s.State == assist.Waiting):
		t.Fatalf("in %s with a code of %d bytes", s.State, len(s.CodeHash))
	case s.State != assist.Ended && s.Due(now).IsZero():
		t.Fatalf("in %s, and nothing will ever end it", s.State)
	case s.Sharer.Person != "" && before.Sharer.Person != "" && s.Sharer.Person != before.Sharer.Person:
		t.Fatal("the sharer was swapped")
	}
	if before.State.Linked() && s.State == assist.Sharing && before.State == assist.Connecting && s.Sharer.Page != before.Sharer.Page {
		t.Fatal("a new page shares without being asked")
	}
}

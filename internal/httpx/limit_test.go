package httpx

import (
	"net/netip"
	"testing"
	"time"
)

func TestPlaceLimit(t *testing.T) {
	l := NewPlaceLimit(2, 5)
	now := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	here, neighbour, elsewhere := netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("::ffff:192.0.2.200"), netip.MustParseAddr("192.0.3.1")
	for i := range 5 {
		if !l.Allow(here, now) {
			t.Fatalf("the burst ends after %d", i)
		}
	}
	if l.Allow(neighbour, now) {
		t.Error("a neighbour counts as somewhere else")
	}
	if !l.Allow(elsewhere, now) || !l.Allow(netip.Addr{}, now) {
		t.Error("somebody elsewhere is refused")
	}
	now = now.Add(time.Second)
	first, second, third := l.Allow(here, now), l.Allow(here, now), l.Allow(here, now)
	if !first || !second || third {
		t.Error("a second does not give two")
	}
	now = now.Add(-time.Hour) // a clock that steps back gives nothing and breaks nothing
	if l.Allow(here, now) {
		t.Error("a step back in time gave one")
	}
	for i := range 3 * maxPlaces {
		l.Allow(netip.AddrFrom4([4]byte{byte(i >> 16), byte(i >> 8), byte(i), 1}), now)
	}
	if len(l.buckets) > maxPlaces {
		t.Errorf("%d places are kept", len(l.buckets))
	}
}

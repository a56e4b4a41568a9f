package httpx

import (
	"net/netip"
	"sync"
	"time"
)

// maxPlaces bounds the memory of a PlaceLimit.
const maxPlaces = 10000

// PlaceLimit lets each network do something so often: an IPv4 /24 or an IPv6
// /56 counts as one place. Safe for concurrent use.
type PlaceLimit struct {
	perSecond, burst float64

	mu      sync.Mutex
	buckets map[netip.Prefix]bucket // guarded by mu
}

// bucket is a token bucket.
type bucket struct {
	tokens float64
	filled time.Time
}

// NewPlaceLimit allows bursts of burst and perSecond in the long run.
func NewPlaceLimit(perSecond, burst float64) *PlaceLimit {
	return &PlaceLimit{perSecond: perSecond, burst: burst, buckets: map[netip.Prefix]bucket{}}
}

// Allow reports whether a may do it once more now. Unknown addresses (the zero
// Addr) share one place.
func (l *PlaceLimit) Allow(a netip.Addr, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	place := Place(a)
	b, ok := l.buckets[place]
	if !ok {
		if len(l.buckets) >= maxPlaces {
			clear(l.buckets)
		}
		b = bucket{tokens: l.burst, filled: now}
	}
	if d := now.Sub(b.filled).Seconds(); d > 0 {
		b.tokens, b.filled = min(l.burst, b.tokens+d*l.perSecond), now
	}
	allowed := b.tokens >= 1
	if allowed {
		b.tokens--
	}
	l.buckets[place] = b
	return allowed
}

// Place is the network that an address counts as: an IPv4 /24 or an IPv6 /56,
// which is about what one household or office has. The zero Prefix: unknown.
func Place(a netip.Addr) netip.Prefix {
	bits := 56
	if a = a.Unmap(); a.Is4() {
		bits = 24
	}
	p, err := a.WithZone("").Prefix(bits)
	if err != nil {
		return netip.Prefix{}
	}
	return p
}

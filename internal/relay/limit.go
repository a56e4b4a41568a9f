package relay

import (
	"encoding/binary"
	"hash/maphash"
	"net/netip"
	"sync"
	"time"

	"github.com/pion/stun/v4"
)

const (
	answerRate  = 10 // unauthenticated answers per second and source
	answerBurst = 10
	// answerBuckets is the whole table: spoofed sources cost no memory, and
	// sources that share a bucket share its budget.
	answerBuckets = 4096
)

// answerLimiter keeps the relay from being an amplifier: a datagram's source
// can be forged, so answers that nobody authenticated are rationed by it.
type answerLimiter struct {
	seed    maphash.Seed // unpredictable, or somebody could aim at a victim's bucket
	mu      sync.Mutex
	buckets [answerBuckets]struct {
		spent float32 // answers, leaking at answerRate
		at    time.Time
	}
}

func newAnswerLimiter() *answerLimiter { return &answerLimiter{seed: maphash.MakeSeed()} }

func (l *answerLimiter) allow(source netip.Addr, now time.Time) bool {
	i := maphash.Comparable(l.seed, network(source, 32, 64)) % answerBuckets
	l.mu.Lock()
	defer l.mu.Unlock()
	b := &l.buckets[i]
	b.spent = max(0, b.spent-float32(now.Sub(b.at).Seconds()*answerRate))
	b.at = now
	if b.spent+1 > answerBurst {
		return false
	}
	b.spent++
	return true
}

// network is the part of an address that one party is likely to hold.
func network(a netip.Addr, bits4, bits6 int) netip.Prefix {
	a = a.Unmap().WithZone("")
	bits := bits6
	if a.Is4() {
		bits = bits4
	}
	p, _ := a.Prefix(bits) // fails only for the zero Addr, which shares a bucket
	return p
}

// unauthenticated says whether an outgoing message answers somebody who has
// shown no credentials: Binding, challenges, errors without integrity.
func unauthenticated(b []byte) bool {
	if len(b) < 20 || b[0] > 3 {
		return false // channel data
	}
	var t stun.MessageType
	t.ReadValue(binary.BigEndian.Uint16(b))
	switch t.Class {
	case stun.ClassSuccessResponse:
		return t.Method == stun.MethodBinding
	case stun.ClassErrorResponse:
		m := &stun.Message{Raw: b}
		return m.Decode() != nil || !m.Contains(stun.AttrMessageIntegrity)
	}
	return false
}

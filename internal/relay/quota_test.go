package relay

import (
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tasuke/internal/relay/attack"
)

// TestQuotaHoldsUnderParallelAllocates: 200 clients at once, over sockets.
func TestQuotaHoldsUnderParallelAllocates(t *testing.T) {
	for network, want := range map[string]int{"udp": 4, "tcp": 2} { // the last place of each seat is UDP's
		w := newWorld(t, func(_ *Options, l *limits) { l.total = 1000 })
		var peers []*peer
		for i := range 200 {
			p := w.dial(t, network)
			p.as(w.credentials(t, "s1", []string{"helper", "sharer"}[i%2]))
			peers = append(peers, p)
			if i == 0 { // the nonce is good for all
				p.Nonce = p.challenge()
			}
			p.Nonce = peers[0].Nonce
		}
		var granted, most atomic.Int64
		var all sync.WaitGroup
		for _, p := range peers {
			all.Go(func() {
				if p.Allocate() == 0 {
					granted.Add(1)
				}
				most.Store(max(most.Load(), int64(w.Stats().Allocations)))
			})
		}
		all.Wait()
		if int(granted.Load()) != want || int(most.Load()) > want || w.Stats().Allocations != want {
			t.Errorf("%s: %d granted, %d at most, %d now; want %d", network, granted.Load(), most.Load(), w.Stats().Allocations, want)
		}
	}
}

// TestQuotaIsAtomic: the reservation itself, with nothing in front of it.
func TestQuotaIsAtomic(t *testing.T) {
	w := newWorld(t, nil)
	var granted atomic.Int64
	var all sync.WaitGroup
	for i := range 200 {
		seat := []string{"helper", "sharer", "third"}[i%3]
		all.Go(func() {
			a, err := w.hub.allocate(claim{session: "s1", seat: seat}, i%2 == 0, seat, []byte("key"))
			if err != nil {
				return
			}
			granted.Add(1)
			all.Go(func() { // the engine's part
				_, _, _ = a.ReadFrom(make([]byte, 10))
			})
			if n := w.Stats().Allocations; n > 4 {
				t.Errorf("%d allocations", n)
			}
		})
	}
	eventually(t, "four granted", func() bool { return granted.Load() == 4 })
	w.End("s1")
	all.Wait()
	if granted.Load() != 4 {
		t.Errorf("%d granted", granted.Load())
	}
}

func TestThirdAllocationOfASeat(t *testing.T) {
	w := newWorld(t, nil)
	old, lost := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "helper")
	p := w.dial(t, "udp")
	p.as(w.credentials(t, "s1", "helper"))
	if code := p.Allocate(); code != 486 {
		t.Fatalf("third: %d, want 486", code)
	}
	// One client has been heard of and then went silent, as after a change of
	// network; the other is fresh.
	w.hub.mu.Lock()
	gone := w.hub.relays[lost.Relayed.Addr()]
	gone.created = time.Now().Add(-unusedAfter)
	w.hub.mu.Unlock()
	if code := p.Allocate(); code != 0 {
		t.Fatalf("third in place of a silent one: %d", code)
	}
	if n := w.Stats().Allocations; n != 2 {
		t.Errorf("%d allocations", n)
	}
	if code, _ := old.Refresh(600); code != 0 {
		t.Errorf("the one that was not silent: %d", code)
	}
	if code, _ := lost.Refresh(600); code != 401 {
		t.Errorf("the silent one: %d", code)
	}
}

// TestTCPLeavesRoomForUDP: a browser asks on each of its networks, over both, in
// any order.
func TestTCPLeavesRoomForUDP(t *testing.T) {
	w := newWorld(t, nil)
	first := w.join(t, "tcp", "s1", "helper")
	again := w.dial(t, "tcp")
	again.as(w.credentials(t, "s1", "helper"))
	if code := again.Allocate(); code != 486 {
		t.Fatalf("second over TCP: %d, want 486", code)
	}
	w.join(t, "udp", "s1", "helper")
	// What takes the place of a silent one over TCP may come over TCP.
	w.hub.mu.Lock()
	silent := w.hub.relays[first.Relayed.Addr()]
	silent.created = time.Now().Add(-unusedAfter)
	w.hub.mu.Unlock()
	if code := again.Allocate(); code != 0 {
		t.Fatalf("in place of a silent one: %d", code)
	}
	if n := w.Stats().Allocations; n != 2 {
		t.Errorf("%d allocations", n)
	}
}

func TestIdle(t *testing.T) {
	now := time.Now()
	const never, just = 0, time.Millisecond
	for name, c := range map[string]struct {
		age, heard, reached time.Duration // ago; 0: never
		want                bool
	}{
		"fresh": {time.Second, never, never, false}, "never used": {unusedAfter, never, never, true},
		"in use": {time.Hour, just, just, false}, "its client has gone": {time.Hour, silentAfter, just, true},
		"asks and gets no answer": {time.Hour, just, silentAfter, true}, "never got one": {unusedAfter, just, never, true},
	} {
		a := &allocation{created: now.Add(-c.age)}
		for at, ago := range map[*atomic.Int64]time.Duration{&a.heard: c.heard, &a.reached: c.reached} {
			if ago > 0 {
				at.Store(now.Add(-ago).UnixNano())
			}
		}
		if a.idle(now) != c.want {
			t.Errorf("%s: idle is %v", name, !c.want)
		}
	}
}

// TestASecondTryOverTCP takes the place of a first that goes on asking in vain; one
// that is in use keeps it.
func TestASecondTryOverTCP(t *testing.T) {
	w := newWorld(t, nil)
	first, other := w.join(t, "tcp", "s1", "helper"), w.join(t, "tcp", "s1", "sharer")
	again := w.dial(t, "tcp")
	again.as(w.credentials(t, "s1", "helper"))
	w.hub.mu.Lock()
	w.hub.relays[first.Relayed.Addr()].created = time.Now().Add(-time.Hour)
	w.hub.mu.Unlock()
	connect(t, first, other)
	first.Indicate(other.Relayed, attack.DTLS("there"))
	other.Indicate(first.Relayed, attack.DTLS("and back"))
	if !first.Arrives("and back", patience) {
		t.Fatal("nothing came")
	}
	if code := again.Allocate(); code != 486 {
		t.Fatalf("in place of one in use: %d, want 486", code)
	}
	eventually(t, "the place is given away although its owner goes on asking", func() bool {
		first.Indicate(other.Relayed, attack.DTLS("hello?"))
		return again.Allocate() == 0
	})
}

func TestThirdSeatIsRefused(t *testing.T) {
	w := newWorld(t, nil)
	w.join(t, "udp", "s1", "helper")
	w.join(t, "udp", "s1", "sharer")
	p := w.dial(t, "udp")
	p.as(w.credentials(t, "s1", "onlooker"))
	if code := p.Allocate(); code != 486 {
		t.Errorf("third seat: %d, want 486", code)
	}
}

func TestLifetimeIsCapped(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		w := newWorld(t, nil)
		for _, c := range []struct {
			ask  uint32
			want time.Duration
		}{{3599, 600 * time.Second}, {3600, 600 * time.Second}, {1 << 31, 600 * time.Second}, {601, 600 * time.Second}, {600, 600 * time.Second}, {60, time.Minute}} {
			p := w.dial(t, network)
			p.as(w.credentials(t, "s1", "helper"))
			if code := p.Allocate(attack.LifetimeOf(c.ask)); code != 0 || p.Lifetime != c.want {
				t.Errorf("%s: asked %d: %d, %v", network, c.ask, code, p.Lifetime)
			}
			if code, got := p.Refresh(c.ask); code != 0 || got != c.want {
				t.Errorf("%s: refresh asked %d: %d, %v", network, c.ask, code, got)
			}
			if code, _ := p.Refresh(0); code != 0 {
				t.Errorf("%s: giving up: %d", network, code)
			}
			eventually(t, "given up", func() bool { return w.Stats().Allocations == 0 })
		}
	}
}

// TestChannelsAndPermissionsAreCapped: the other seat comes back at ever new
// addresses; what was permitted before still counts until it expires.
func TestChannelsAndPermissionsAreCapped(t *testing.T) {
	w := newWorld(t, nil)
	a := w.join(t, "udp", "s1", "helper")
	for i := range 10 {
		b := w.join(t, "tcp", "s1", "sharer") // TCP: no ration of challenges
		want := 0
		if i >= 8 {
			want = 403
		}
		if code := a.Bind(uint16(0x4000+i), b.Relayed); code != want {
			t.Errorf("channel %d: %d, want %d", i, code, want)
		}
		if code := a.Permit(b.Relayed); code != want {
			t.Errorf("permission %d: %d, want %d", i, code, want)
		}
		_ = b.Conn.Close()
		eventually(t, "connection gone", func() bool { return w.Stats().Allocations == 1 })
	}
}

func TestOneAddressIsOneChannel(t *testing.T) {
	w := newWorld(t, nil)
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	for port := range 100 {
		at := netip.AddrPortFrom(b.Relayed.Addr(), uint16(port))
		if code := a.Bind(uint16(0x4000+port), at); code != 403 {
			t.Errorf("channel to port %d: %d", port, code)
		}
	}
	for number, want := range map[uint16]int{0x3fff: 403, 0x5000: 403, 0x7fff: 403, 0x4fff: 0} {
		if code := a.Bind(number, b.Relayed); code != want {
			t.Errorf("channel %#x: %d, want %d", number, code, want)
		}
	}
}

func TestRateIsCapped(t *testing.T) {
	w := newWorld(t, func(_ *Options, l *limits) { l.burst = 10_000 }) // a hundredth of a second
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	connect(t, a, b)
	packet := append(attack.DTLS("x"), make([]byte, 998)...)
	// 20 Mbit/s for a second and a half.
	began := time.Now()
	tick := time.NewTicker(4 * time.Millisecond)
	defer tick.Stop()
	for time.Since(began) < 1500*time.Millisecond {
		<-tick.C
		for range 10 {
			a.Indicate(b.Relayed, packet)
		}
	}
	took := time.Since(began)
	eventually(t, "drops", func() bool { return w.Stats().DroppedPackets > 0 })
	// How much less than the cap arrives is the machine's business, not the relay's.
	rate := float64(w.Stats().RelayedBytes) * 8 / took.Seconds() / 1e6
	if rate == 0 || rate > 8.8 {
		t.Errorf("relayed %.2f Mbit/s, want at most 8 + 10 %%; %+v", rate, w.Stats())
	}
}

// TestEverybodyTogetherIsCapped, as the options say.
func TestEverybodyTogetherIsCapped(t *testing.T) {
	w := newWorld(t, func(o *Options, l *limits) { o.Megabits, l.bytesPerSecond, l.burst = 8, 1<<30, 1<<30 })
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	connect(t, a, b)
	began := time.Now()
	for range 2000 { // 2 MB at once; a quarter of a second may be a burst
		a.Indicate(b.Relayed, append(attack.DTLS("x"), make([]byte, 998)...))
	}
	eventually(t, "drops", func() bool { return w.Stats().DroppedPackets > 0 })
	if most := 1.1 * 1_000_000 * (0.25 + time.Since(began).Seconds()); float64(w.Stats().RelayedBytes) > most {
		t.Errorf("%d bytes relayed, want at most %.0f", w.Stats().RelayedBytes, most)
	}
}

func TestBytesOfASessionAreCapped(t *testing.T) {
	w := newWorld(t, func(_ *Options, l *limits) { l.sessionBytes = 10_000 })
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	connect(t, a, b)
	for range 11 {
		a.Indicate(b.Relayed, append(attack.DTLS("x"), make([]byte, 998)...))
	}
	eventually(t, "closed and told", func() bool { return w.Stats().Allocations == 0 && w.heard(BytesSpent) == 1 })
	if n := w.Stats().RelayedBytes; n > 10_000 {
		t.Errorf("%d bytes relayed", n)
	}
	p := w.dial(t, "udp")
	p.as(w.credentials(t, "s1", "helper"))
	if code := p.Allocate(); code != 486 {
		t.Errorf("once more: %d, want 486", code)
	}
}

// TestSlowReceiverHoldsUpNobody: one TCP client stops reading.
func TestSlowReceiverHoldsUpNobody(t *testing.T) {
	w := newWorld(t, func(_ *Options, l *limits) { l.bytesPerSecond, l.burst = 1<<30, 1<<30 })
	a, stuck := w.join(t, "udp", "s1", "helper"), w.join(t, "tcp", "s1", "sharer")
	c, d := w.join(t, "udp", "s2", "helper"), w.join(t, "udp", "s2", "sharer")
	connect(t, a, stuck)
	connect(t, c, d)
	packet := append(attack.DTLS("x"), make([]byte, 1198)...)
	eventually(t, "queue full", func() bool {
		for range 200 {
			a.Indicate(stuck.Relayed, packet)
		}
		return w.Stats().DroppedPackets > 0
	})
	c.Indicate(d.Relayed, attack.DTLS("quick"))
	if !d.Arrives("quick", patience) {
		t.Error("another session was held up")
	}
	if code := a.Permit(stuck.Relayed); code != 0 {
		t.Errorf("the sender is not served: %d", code)
	}
}

func TestSweepForgets(t *testing.T) {
	w := newWorld(t, nil)
	a := w.join(t, "tcp", "s1", "helper")
	_ = a.Conn.Close()
	w.End("s2")
	eventually(t, "gone", func() bool { return w.Stats().Allocations == 0 })
	w.clock.advance(2 * forgetAfter)
	w.join(t, "tcp", "s3", "helper")
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	if w.hub.sessions["s1"] != nil || len(w.hub.ended) != 0 || len(w.hub.sessions) != 1 {
		t.Errorf("kept %v and %v", w.hub.sessions, w.hub.ended)
	}
}

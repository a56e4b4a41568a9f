package relay

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"net/netip"
	"runtime"
	"testing"
	"time"

	"github.com/pion/stun/v4"

	"tasuke/internal/relay/attack"
)

func TestAnswerLimiter(t *testing.T) {
	now := time.Now()
	count := func(l *answerLimiter, source string, at time.Time) (n int) {
		for range 100 {
			if l.allow(netip.MustParseAddr(source), at) {
				n++
			}
		}
		return n
	}
	l := newAnswerLimiter()
	if n := count(l, "192.0.2.1", now); n != 10 {
		t.Errorf("at once: %d", n)
	}
	if n := count(l, "::ffff:192.0.2.1", now); n != 0 {
		t.Errorf("the same address, mapped: %d", n)
	}
	if n := count(l, "192.0.2.1", now.Add(500*time.Millisecond)); n != 5 {
		t.Errorf("after half a second: %d", n)
	}
	l = newAnswerLimiter()
	if n := count(l, "2001:db8::1", now) + count(l, "2001:db8::2", now); n != 10 {
		t.Errorf("two addresses of one /64: %d", n)
	}
}

// TestGuessingDoesNotHoldUpOthers: the ration is for strangers; who signs is
// served, be it from the same address.
func TestGuessingDoesNotHoldUpOthers(t *testing.T) {
	w := newWorld(t, nil)
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	guess := w.dial(t, "udp")
	guess.as(w.credentials(t, "s1", "helper"))
	guess.Password = "wrong"
	guess.Nonce = a.Nonce
	for range 1000 {
		guess.Send(guess.Signed(stun.MethodAllocate, attack.UDPTransport()).Raw)
	}
	connect(t, a, b) // the same source address, but signed: not rationed
	eventually(t, "guesses counted", func() bool { return w.Stats().RefusedCredentials > 100 && w.Stats().SilencedAnswers > 100 })
}

// closes reports whether the server closes a connection after it got bytes.
func closes(t *testing.T, p *peer, within time.Duration) bool {
	t.Helper()
	_ = p.Raw.SetReadDeadline(time.Now().Add(within))
	_, err := io.Copy(io.Discard, p.Raw)
	return err == nil || !isTimeout(err)
}

func TestGarbageOverTCPIsClosed(t *testing.T) {
	w := newWorld(t, nil)
	header := func(kind, length uint16, cookie uint32) []byte {
		b := binary.BigEndian.AppendUint16(nil, kind)
		b = binary.BigEndian.AppendUint16(b, length)
		b = binary.BigEndian.AppendUint32(b, cookie)
		return append(b, make([]byte, 12)...)
	}
	garbage := make([]byte, 64<<10)
	for i := range garbage {
		garbage[i] = byte(rand.Uint32())
	}
	garbage[0] = 0xff
	for name, b := range map[string][]byte{
		"random": garbage, "http": []byte("GET / HTTP/1.1\r\n\r\n"), "TLS": {22, 3, 1, 2, 0, 1, 0, 1},
		"STUN length not of 4": header(1, 3, magicCookie), "STUN too long": header(1, 0xfffc, magicCookie),
		"no cookie": header(1, 0, 1), "channel too long": header(0x4000, 0xffff, 0), "channel out of range": header(0x5000, 4, 0),
	} {
		p := w.dial(t, "tcp")
		p.Send(b)
		if !closes(t, p, patience) {
			t.Errorf("%s: the connection stays", name)
		}
	}
	eventually(t, "all gone", func() bool { return w.Stats().Connections == 0 })
}

func TestFramesMayComeInPieces(t *testing.T) {
	w := newWorld(t, nil)
	p := w.dial(t, "tcp")
	two := bytes.Repeat(stun.MustBuild(stun.TransactionID, stun.BindingRequest).Raw, 2)
	for _, b := range two {
		p.Send([]byte{b})
	}
	for i := range 2 {
		if _, ok := p.Receive(patience); !ok {
			t.Fatalf("answer %d did not come", i)
		}
	}
}

// TestStrangersAreBounded: connections that never allocate are few, short and
// small.
func TestStrangersAreBounded(t *testing.T) {
	w := newWorld(t, nil)
	before := heap()
	var peers []*peer
	for range 500 {
		p := w.dial(t, "tcp")
		p.Send([]byte{0, 1, 0, 8}) // half a header, then silence
		peers = append(peers, p)
	}
	eventually(t, "all looked at", func() bool { return w.Stats().Connections == strangersPrefix })
	if grown := int64(heap()) - int64(before); grown > 20<<20 {
		t.Errorf("heap grew by %d bytes", grown)
	}
	for _, p := range peers {
		if !closes(t, p, strangerFor+patience) {
			t.Fatal("a stranger stays")
		}
	}
	eventually(t, "counts are back", func() bool {
		w.tcp.mu.Lock()
		defer w.tcp.mu.Unlock()
		return w.tcp.unknown == 0 && len(w.tcp.strangers) == 0 && len(w.tcp.streams) == 0
	})
	w.join(t, "tcp", "s1", "helper")
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func TestGuessingOverTCPIsCutOff(t *testing.T) {
	w := newWorld(t, nil)
	p := w.dial(t, "tcp")
	for range strangerAnswers + 1 {
		p.Send(stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodAllocate, stun.ClassRequest), attack.UDPTransport()).Raw)
	}
	if !closes(t, p, patience) {
		t.Error("the connection stays")
	}
}

// TestAConnectionTakesItsAllocationAlong: nobody could come back to it.
func TestAConnectionTakesItsAllocationAlong(t *testing.T) {
	w := newWorld(t, nil)
	p := w.join(t, "tcp", "s1", "helper")
	_ = p.Conn.Close()
	eventually(t, "released", func() bool { return w.Stats().Allocations == 0 && w.heard(Released) == 1 })
}

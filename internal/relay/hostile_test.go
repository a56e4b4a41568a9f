package relay

import (
	"net/netip"
	"strings"
	"testing"

	"github.com/pion/stun/v4"

	"tasuke/internal/relay/attack"
)

// TestTheOnlyWayIsToTheOtherSeat asks the hub itself, with permission for every
// address and a channel to every peer, as if the engine had granted all of it.
func TestTheOnlyWayIsToTheOtherSeat(t *testing.T) {
	w := newWorld(t, nil)
	h := w.hub
	a, a2 := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "helper")
	b, c := w.join(t, "udp", "s1", "sharer"), w.join(t, "udp", "s2", "sharer")
	h.mu.Lock()
	from, to := clientOf(a.Conn.LocalAddr()), h.relays[b.Relayed.Addr()]
	mine := h.clients[from]
	to.granted[a.Relayed.Addr()] = true
	h.mu.Unlock()
	for name, at := range map[string]netip.AddrPort{
		"itself": a.Relayed, "own second": a2.Relayed, "other session": c.Relayed,
		"other port": netip.AddrPortFrom(b.Relayed.Addr(), b.Relayed.Port()^1), "outside": netip.MustParseAddrPort("127.0.0.1:53"),
		"nobody": {}, "IPv6": netip.MustParseAddrPort("[::1]:53"), "mapped": netip.AddrPortFrom(netip.AddrFrom16(b.Relayed.Addr().As16()), b.Relayed.Port()),
		"other seat": b.Relayed,
	} {
		h.mu.Lock()
		mine.granted[at.Addr()], mine.peers[0x4000] = true, at
		h.mu.Unlock()
		for _, p := range []payload{{peer: at}, {channel: 0x4000}} {
			if got := h.way(from, p).to; (got != nil) != (at == b.Relayed) || (got != nil && got != to) {
				t.Errorf("%s by %+v: %v", name, p, got)
			}
		}
	}
	h.mu.Lock()
	delete(mine.granted, b.Relayed.Addr())
	delete(mine.peers, 0x4000)
	h.mu.Unlock()
	if h.way(from, payload{peer: b.Relayed}).to != nil || h.way(from, payload{channel: 0x4000}).to != nil {
		t.Error("sends without permission or channel")
	}
	h.mu.Lock()
	mine.granted[b.Relayed.Addr()] = true
	delete(to.granted, a.Relayed.Addr())
	h.mu.Unlock()
	if h.way(from, payload{peer: b.Relayed}).to != nil {
		t.Error("receives without permission")
	}
}

func TestTooManyRefusedPeersCloseTheAllocation(t *testing.T) {
	w := newWorld(t, nil)
	a := w.join(t, "udp", "s1", "helper")
	for i := range 64 {
		at := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), 1)
		for range 2 { // the same again does not count
			if code := a.Permit(at); code != 403 {
				t.Fatalf("peer %d: %d", i, code)
			}
		}
	}
	if w.Stats().Allocations != 1 {
		t.Fatal("closed too early")
	}
	a.Permit(netip.MustParseAddrPort("10.0.1.1:1"))
	eventually(t, "allocation closed and told", func() bool {
		return w.Stats().Allocations == 0 && w.heard(PeerFlood) == 1 && w.heard(Released) == 1
	})
	if code, _ := a.Refresh(600); code == 0 {
		t.Error("refresh of a closed allocation succeeded")
	}
}

func TestRelaysOnlyWhatWebRTCSends(t *testing.T) {
	stunMessage := stun.MustBuild(stun.TransactionID, stun.BindingRequest).Raw
	for name, c := range map[string]struct {
		payload []byte
		want    bool
	}{
		"empty": {nil, false}, "STUN": {stunMessage, true}, "STUN too short": {stunMessage[:8], false},
		"STUN without cookie": {make([]byte, 20), false}, "DTLS 20": {[]byte{20}, true}, "DTLS 63": {[]byte{63}, true},
		"ZRTP": {[]byte{16, 0}, false}, "channel data": {attack.ChannelData(0x4000, []byte("x")), false}, "text": {[]byte("GET / HTTP/1.1"), false},
		"RTP": {[]byte{128, 96}, true}, "RTCP": {[]byte{191, 200}, true}, "192": {[]byte{192}, false}, "QUIC": {[]byte{0xff}, false},
		"too long": {append([]byte{22}, make([]byte, maxPayload)...), false},
	} {
		if got := relayable(c.payload); got != c.want {
			t.Errorf("%s: relayable is %v", name, got)
		}
	}
	w := newWorld(t, nil)
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	connect(t, a, b)
	a.Indicate(b.Relayed, []byte("GET / HTTP/1.1"))
	a.Indicate(b.Relayed, attack.DTLS("after"))
	if got, _ := b.Receive(patience); !strings.Contains(string(got), "after") {
		t.Errorf("received %q", got)
	}
	eventually(t, "counted", func() bool { return w.Stats().DroppedPackets == 1 && w.Stats().RelayedPackets == 1 })
}

func TestRefusesWhatIsNotRelayingOfUDP(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		w := newWorld(t, nil)
		for name, c := range map[string]struct {
			attrs []stun.Setter
			want  int
		}{
			"RFC 6062":  {[]stun.Setter{attack.Attr(stun.AttrRequestedTransport, 6, 0, 0, 0)}, 508},
			"SCTP":      {[]stun.Setter{attack.Attr(stun.AttrRequestedTransport, 132, 0, 0, 0)}, 442},
			"even port": {[]stun.Setter{attack.UDPTransport(), attack.Attr(stun.AttrEvenPort, 0x80)}, 508},
			"IPv6":      {[]stun.Setter{attack.UDPTransport(), attack.Attr(stun.AttrRequestedAddressFamily, 2, 0, 0, 0)}, 440},
		} {
			p := w.dial(t, network)
			p.as(w.credentials(t, "s1", "helper"))
			if code, _ := p.Request(stun.MethodAllocate, c.attrs...); code != c.want {
				t.Errorf("%s %s: %d, want %d", network, name, code, c.want)
			}
			if code, _ := p.Request(stun.MethodConnectionBind, attack.Attr(stun.AttrConnectionID, 0, 0, 0, 1)); code != 401 {
				t.Errorf("%s %s: ConnectionBind answered %d", network, name, code)
			}
		}
		if n := w.Stats().Allocations; n != 0 {
			t.Errorf("%s: %d allocations", network, n)
		}
	}
}

// TestOverlongDataIsNotRelayed: a DATA attribute that claims more than it has
// must not bring memory of the server to the other side.
func TestOverlongDataIsNotRelayed(t *testing.T) {
	w := newWorld(t, nil)
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	connect(t, a, b)
	m := stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodSend, stun.ClassIndication),
		attack.PeerAddress(b.Relayed), attack.Attr(stun.AttrData, make([]byte, 12)...))
	data := len(m.Raw) - 16
	m.Raw[data+2], m.Raw[data+3] = 0x8a, 0xb6 // 35 510 bytes
	a.Send(m.Raw)
	over := attack.ChannelData(0x4000, attack.DTLS("x"))
	over[2], over[3] = 0x8a, 0xb6
	a.Send(over)
	if code := a.Bind(0x4001, b.Relayed); code != 0 { // all above has been looked at
		t.Fatalf("bind: %d", code)
	}
	if n := w.Stats().RelayedPackets; n != 0 {
		t.Errorf("%d packets relayed", n)
	}
}

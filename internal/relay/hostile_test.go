package relay

import (
	"net"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/pion/stun/v4"
)

// canary listens where no relayed packet may ever arrive.
type canary struct {
	at  []netip.AddrPort
	hit chan string
}

func newCanary(t *testing.T) *canary {
	t.Helper()
	c := &canary{hit: make(chan string, 16)}
	for _, host := range []string{"127.0.0.1:0", "[::1]:0"} {
		u, err := net.ListenPacket("udp", host)
		if err != nil {
			t.Fatal(err)
		}
		l, err := net.Listen("tcp", u.LocalAddr().String())
		if err != nil {
			t.Fatal(err)
		}
		c.at = append(c.at, u.LocalAddr().(*net.UDPAddr).AddrPort())
		ended := make(chan struct{}, 2)
		go func() {
			defer func() { ended <- struct{}{} }()
			buf := make([]byte, 2048)
			for {
				n, from, err := u.ReadFrom(buf)
				if err != nil {
					return
				}
				c.hit <- "udp from " + from.String() + ": " + string(buf[:n])
			}
		}()
		go func() {
			defer func() { ended <- struct{}{} }()
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				c.hit <- "tcp from " + conn.RemoteAddr().String()
				_ = conn.Close()
			}
		}()
		t.Cleanup(func() {
			_, _ = u.Close(), l.Close()
			<-ended
			<-ended
		})
	}
	return c
}

// silent proves that the canary hears its own voice and heard nothing before.
func (c *canary) silent(t *testing.T) {
	t.Helper()
	for _, at := range c.at {
		conn, err := net.Dial("udp", at.String())
		if err != nil {
			t.Fatal(err)
		}
		_, _ = conn.Write([]byte("own voice"))
		heard := <-c.hit
		if want := "udp from " + conn.LocalAddr().String() + ": own voice"; heard != want {
			t.Errorf("the canary heard %q", heard)
		}
		_ = conn.Close()
	}
}

// hostileAddresses are peers that a closed relay must not serve, with the ways
// of writing an IPv4 address inside an IPv6 one.
func hostileAddresses() []string {
	return []string{
		"0.0.0.0", "0.0.0.1", "127.0.0.1", "127.0.0.8", "127.255.255.254",
		"10.0.0.1", "10.255.255.254", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.254",
		"169.254.0.1", "169.254.169.254", "169.254.255.254", "168.63.129.16", "100.100.100.200",
		"100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.0.192", "192.0.2.1", "198.51.100.1", "203.0.113.1",
		"192.88.99.1", "198.18.0.0", "198.18.0.1", "198.19.255.254", "198.19.255.255",
		"224.0.0.1", "224.0.0.251", "239.255.255.250", "240.0.0.1", "255.255.255.255",
		"1.1.1.1", "8.8.8.8", "93.184.215.14",
		"::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0", "::ffff:198.18.0.1",
		"::127.0.0.1", "::10.0.0.1", "::169.254.169.254", "2002:7f00:1::", "2002:a9fe:a9fe::", "2002:a00:1::1",
		"64:ff9b::127.0.0.1", "64:ff9b::169.254.169.254", "64:ff9b:1::7f00:1", "64:ff9b:1::a00:1",
		"fe80::1", "fe80::a9fe:a9fe", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "ff05::2", "ff0e::1",
		"2001:db8::1", "2001::1", "2001:2::1", "100::1", "2606:4700:4700::1111",
	}
}

// hostilePeers adds what only this world knows: its own sockets, addresses of
// its interfaces, canaries, and relays that are not the other seat's.
func hostilePeers(t *testing.T, w *world, c *canary, mine, other, stranger *peer) []netip.AddrPort {
	t.Helper()
	peers := append([]netip.AddrPort{}, c.at...)
	for _, a := range hostileAddresses() {
		peers = append(peers, netip.AddrPortFrom(netip.MustParseAddr(a), 53))
	}
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range addrs {
		if p, err := netip.ParsePrefix(a.String()); err == nil {
			peers = append(peers, netip.AddrPortFrom(p.Addr(), uint16(w.Port())))
		}
	}
	mapped := netip.AddrFrom16(stranger.relayed.Addr().As16())
	return append(peers,
		netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), uint16(w.Port())),
		mine.relayed, stranger.relayed,
		netip.AddrPortFrom(mapped, stranger.relayed.Port()),
		netip.AddrPortFrom(mine.relayed.Addr(), other.relayed.Port()),
	)
}

// TestReachesNothingButTheOtherSeat is the range scan: every hostile peer by
// every way that TURN has to name one.
func TestReachesNothingButTheOtherSeat(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		t.Run(network, func(t *testing.T) {
			w := newWorld(t, func(_ *Options, l *limits) { l.refusedPeers = 1000 })
			c := newCanary(t)
			a, b := w.join(t, network, "s1", "helper"), w.join(t, network, "s1", "sharer")
			stranger := w.join(t, network, "s2", "sharer")
			peers := hostilePeers(t, w, c, a, b, stranger)
			if len(peers) < 60 {
				t.Fatalf("only %d hostile peers", len(peers))
			}
			for i, to := range peers {
				if code := a.permit(to); code != 403 && code != 443 {
					t.Errorf("permission for %v: %d", to, code)
				}
				if code := a.bind(uint16(0x4000+i), to); code != 403 && code != 443 {
					t.Errorf("channel to %v: %d", to, code)
				}
				a.indicate(to, dtls("by indication"))
				a.send(channelData(uint16(0x4000+i), dtls("by channel")))
				if code, _ := a.request(stun.MethodConnect, peerAddress(to)); code != 400 && code != 403 && code != 446 && code != 447 {
					t.Errorf("connect to %v: %d", to, code)
				}
			}
			if w.Stats().RefusedPeers < 60 || w.Stats().RelayedPackets != 0 {
				t.Errorf("stats: %+v", w.Stats())
			}
			// The permitted way still works, and only then is it sure that all
			// that was sent before has been looked at.
			connect(t, a, b)
			a.indicate(b.relayed, dtls("permitted"))
			if !b.arrives("permitted", patience) {
				t.Error("the permitted peer is not reached any more")
			}
			c.silent(t)
			if b, ok := stranger.receive(50 * time.Millisecond); ok {
				t.Errorf("the other session received %q", b)
			}
		})
	}
}

// TestTheOnlyWayIsToTheOtherSeat asks the hub itself, with permission for every
// address and a channel to every peer, as if the engine had granted all of it.
func TestTheOnlyWayIsToTheOtherSeat(t *testing.T) {
	w := newWorld(t, nil)
	h := w.hub
	a, a2 := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "helper")
	b, c := w.join(t, "udp", "s1", "sharer"), w.join(t, "udp", "s2", "sharer")
	h.mu.Lock()
	from, to := clientOf(a.conn.LocalAddr()), h.relays[b.relayed.Addr()]
	mine := h.clients[from]
	to.granted[a.relayed.Addr()] = true
	h.mu.Unlock()
	for name, at := range map[string]netip.AddrPort{
		"itself": a.relayed, "own second": a2.relayed, "other session": c.relayed,
		"other port": netip.AddrPortFrom(b.relayed.Addr(), b.relayed.Port()^1), "outside": netip.MustParseAddrPort("127.0.0.1:53"),
		"nobody": {}, "IPv6": netip.MustParseAddrPort("[::1]:53"), "mapped": netip.AddrPortFrom(netip.AddrFrom16(b.relayed.Addr().As16()), b.relayed.Port()),
		"other seat": b.relayed,
	} {
		h.mu.Lock()
		mine.granted[at.Addr()], mine.peers[0x4000] = true, at
		h.mu.Unlock()
		for _, p := range []payload{{peer: at}, {channel: 0x4000}} {
			if got := h.way(from, p).to; (got != nil) != (at == b.relayed) || (got != nil && got != to) {
				t.Errorf("%s by %+v: %v", name, p, got)
			}
		}
	}
	h.mu.Lock()
	delete(mine.granted, b.relayed.Addr())
	delete(mine.peers, 0x4000)
	h.mu.Unlock()
	if h.way(from, payload{peer: b.relayed}).to != nil || h.way(from, payload{channel: 0x4000}).to != nil {
		t.Error("sends without permission or channel")
	}
	h.mu.Lock()
	mine.granted[b.relayed.Addr()] = true
	delete(to.granted, a.relayed.Addr())
	h.mu.Unlock()
	if h.way(from, payload{peer: b.relayed}).to != nil {
		t.Error("receives without permission")
	}
}

func TestTooManyRefusedPeersCloseTheAllocation(t *testing.T) {
	w := newWorld(t, nil)
	a := w.join(t, "udp", "s1", "helper")
	for i := range 64 {
		at := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}), 1)
		for range 2 { // the same again does not count
			if code := a.permit(at); code != 403 {
				t.Fatalf("peer %d: %d", i, code)
			}
		}
	}
	if w.Stats().Allocations != 1 {
		t.Fatal("closed too early")
	}
	a.permit(netip.MustParseAddrPort("10.0.1.1:1"))
	eventually(t, "allocation closed and told", func() bool {
		return w.Stats().Allocations == 0 && w.heard(PeerFlood) == 1 && w.heard(Released) == 1
	})
	if code, _ := a.refresh(600); code == 0 {
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
		"ZRTP": {[]byte{16, 0}, false}, "channel data": {channelData(0x4000, []byte("x")), false}, "text": {[]byte("GET / HTTP/1.1"), false},
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
	a.indicate(b.relayed, []byte("GET / HTTP/1.1"))
	a.indicate(b.relayed, dtls("after"))
	if got, _ := b.receive(patience); !strings.Contains(string(got), "after") {
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
			"RFC 6062":  {[]stun.Setter{raw(stun.AttrRequestedTransport, 6, 0, 0, 0)}, 508},
			"SCTP":      {[]stun.Setter{raw(stun.AttrRequestedTransport, 132, 0, 0, 0)}, 442},
			"even port": {[]stun.Setter{udpTransport(), raw(stun.AttrEvenPort, 0x80)}, 508},
			"IPv6":      {[]stun.Setter{udpTransport(), raw(stun.AttrRequestedAddressFamily, 2, 0, 0, 0)}, 440},
		} {
			p := w.dial(t, network)
			p.cred = w.credentials(t, "s1", "helper")
			if code, _ := p.request(stun.MethodAllocate, c.attrs...); code != c.want {
				t.Errorf("%s %s: %d, want %d", network, name, code, c.want)
			}
			if code, _ := p.request(stun.MethodConnectionBind, raw(stun.AttrConnectionID, 0, 0, 0, 1)); code != 401 {
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
		peerAddress(b.relayed), raw(stun.AttrData, make([]byte, 12)...))
	data := len(m.Raw) - 16
	m.Raw[data+2], m.Raw[data+3] = 0x8a, 0xb6 // 35 510 bytes
	a.send(m.Raw)
	over := channelData(0x4000, dtls("x"))
	over[2], over[3] = 0x8a, 0xb6
	a.send(over)
	if code := a.bind(0x4001, b.relayed); code != 0 { // all above has been looked at
		t.Fatalf("bind: %d", code)
	}
	if n := w.Stats().RelayedPackets; n != 0 {
		t.Errorf("%d packets relayed", n)
	}
}

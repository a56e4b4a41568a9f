package relay

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"testing"
	"time"

	"github.com/pion/stun/v4"

	"tasuke/internal/relay/attack"
)

// numbered is a payload of a length that says which one it is.
func numbered(i, length int) []byte {
	b := bytes.Repeat([]byte{byte(i)}, max(length, 5))
	b[0] = 22
	binary.BigEndian.PutUint32(b[1:], uint32(i))
	return b
}

// payloadOf takes a received message apart, with the library's eyes.
func payloadOf(t *testing.T, b []byte) []byte {
	t.Helper()
	if b[0] >= 0x40 {
		return b[4 : 4+binary.BigEndian.Uint16(b[2:])]
	}
	m := &stun.Message{Raw: b}
	if err := m.Decode(); err != nil || m.Type != stun.NewType(stun.MethodData, stun.ClassIndication) {
		t.Fatalf("%v: %x", err, b)
	}
	data, err := m.Get(stun.AttrData)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestBurstsArriveWholeAndInOrder: many sizes, both directions at once, by channel
// and by indication, between all kinds of clients.
func TestBurstsArriveWholeAndInOrder(t *testing.T) {
	for _, networks := range [][2]string{{"udp", "udp"}, {"udp", "tcp"}, {"tcp", "udp"}, {"tcp", "tcp"}} {
		for _, bound := range []string{"both", "sender", "receiver", "none"} {
			t.Run(fmt.Sprintf("%s-%s, channel: %s", networks[0], networks[1], bound), func(t *testing.T) {
				w := newWorld(t, nil)
				a, b := w.join(t, networks[0], "s1", "helper"), w.join(t, networks[1], "s1", "sharer")
				connect(t, a, b)
				if bound == "both" || bound == "sender" {
					a.Bind(0x4001, b.Relayed)
				}
				if bound == "both" || bound == "receiver" {
					b.Bind(0x4fff, a.Relayed)
				}
				exchangeBursts(t, a, b, bound)
				eventually(t, "all counted", func() bool { s := w.Stats(); return s.DroppedPackets == 0 && s.RelayedPackets == 240 })
			})
		}
	}
}

func exchangeBursts(t *testing.T, a, b *peer, bound string) {
	sizes := []int{1000, 1000, 1000, 1000, 1000, 999, 37, 1600, 1600, 5, 5, 6}
	for round := range 4 {
		for i := range 30 { // a socket's own buffer takes so many
			n := round*30 + i
			p := numbered(n, sizes[n%len(sizes)])
			if bound == "both" || bound == "sender" {
				a.Send(attack.ChannelData(0x4001, p))
			} else {
				a.Indicate(b.Relayed, p)
			}
			b.Indicate(a.Relayed, p)
		}
		for _, to := range []*peer{b, a} {
			for i := range 30 {
				n := round*30 + i
				got, ok := to.Receive(patience)
				if !ok {
					t.Fatalf("packet %d did not arrive", n)
				}
				if data := payloadOf(t, got); !bytes.Equal(data, numbered(n, sizes[n%len(sizes)])) {
					t.Fatalf("instead of packet %d: %x", n, data)
				}
			}
		}
	}
}

func TestNothingPassesWithoutPermission(t *testing.T) {
	w := newWorld(t, nil)
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	a.Indicate(b.Relayed, attack.DTLS("neither"))
	a.Permit(b.Relayed)
	a.Indicate(b.Relayed, attack.DTLS("the receiver has not"))
	a.Send(attack.ChannelData(0x4000, attack.DTLS("no channel")))
	a.Permit(b.Relayed) // answered: what was sent before has been looked at
	if code := b.Permit(a.Relayed); code != 0 {
		t.Fatal(code)
	}
	b.Indicate(a.Relayed, attack.DTLS("both have"))
	if !a.Arrives("both have", patience) {
		t.Error("what is permitted did not arrive")
	}
	if got, ok := b.Receive(50 * time.Millisecond); ok {
		t.Errorf("received %q", got)
	}
}

// TestPermissionsEndWithTheEngines: the hub's mirror is not a memory of its own.
func TestPermissionsEndWithTheEngines(t *testing.T) {
	w := newWorld(t, nil)
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	connect(t, a, b)
	a.Bind(0x4000, b.Relayed)
	e := w.hub.events()
	relayed, peer := net.UDPAddrFromAddrPort(a.Relayed), net.UDPAddrFromAddrPort(b.Relayed)
	from := clientOf(a.Conn.LocalAddr())
	goes := func(p payload) bool { return w.hub.way(from, p).to != nil }
	if !goes(payload{channel: 0x4000}) || !goes(payload{peer: b.Relayed}) {
		t.Fatal("no way")
	}
	e.OnChannelDeleted(nil, nil, "", "", "", relayed, peer, 0x4000)
	e.OnPermissionDeleted(nil, nil, "", "", "", relayed, peer.IP)
	if goes(payload{channel: 0x4000}) || goes(payload{peer: b.Relayed}) {
		t.Error("there is still a way")
	}
}

func TestRateOfTheNodeIsCapped(t *testing.T) {
	w := newWorld(t, func(_ *Options, l *limits) { l.nodeBytesPerSecond, l.nodeBurst = 1, 5000 })
	a, b := w.join(t, "udp", "s1", "helper"), w.join(t, "udp", "s1", "sharer")
	c, d := w.join(t, "udp", "s2", "helper"), w.join(t, "udp", "s2", "sharer")
	connect(t, a, b)
	connect(t, c, d)
	for range 5 {
		a.Indicate(b.Relayed, numbered(0, 1000))
		c.Indicate(d.Relayed, numbered(0, 1000))
	}
	eventually(t, "half of it dropped", func() bool { s := w.Stats(); return s.RelayedPackets == 5 && s.DroppedPackets == 5 })
}

// TestRowsOfDatagrams: what one call sends and what one call receives are the
// same datagrams, whether the kernel helps or not.
func TestRowsOfDatagrams(t *testing.T) {
	sockets, err := openSockets("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer closeSockets(sockets)
	for _, s := range sockets[1:] { // one reader is enough here
		_ = s.conn.Close()
	}
	s := sockets[0]
	plain, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	to, back := plain.LocalAddr().(*net.UDPAddr).AddrPort(), s.conn.LocalAddr().(*net.UDPAddr).AddrPort()
	for name, each := range map[string]bool{"one call": false, "one by one": true} {
		var row []byte
		for i := range 9 {
			row = append(row, numbered(i, 700)...)
		}
		row = append(row, numbered(9, 300)...)
		if each {
			err = sendEach(s.conn, row, 700, to)
		} else {
			err = s.send(row, 700, to)
		}
		if err != nil {
			t.Fatal(err)
		}
		b := make([]byte, 4096)
		for i := range 10 {
			_ = plain.SetReadDeadline(time.Now().Add(patience))
			n, err := plain.Read(b)
			if want := numbered(i, 700-400*(i/9)); err != nil || !bytes.Equal(b[:n], want) {
				t.Fatalf("%s: %v, %x", name, err, b[:n])
			}
		}
		if err := sendEach(plain, row, 700, back); err != nil {
			t.Fatal(err)
		}
		if err := s.send(row, 700, back); err != nil { // to itself: may come as one
			t.Fatal(err)
		}
		if got := receiveAll(t, s, 20); !bytes.Equal(got, append(bytes.Clone(row), row...)) {
			t.Errorf("%s: received %x", name, got)
		}
	}
}

// receiveAll reads n datagrams and puts them together again.
func receiveAll(t *testing.T, s *socket, n int) (all []byte) {
	t.Helper()
	_ = s.conn.SetReadDeadline(time.Now().Add(patience))
	for n > 0 {
		rows, err := s.receive()
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			n -= (len(r.data) + r.size - 1) / r.size
			all = append(all, r.data...)
		}
	}
	return all
}

func TestPayloadIn(t *testing.T) {
	at := netip.MustParseAddrPort("198.18.1.2:50000")
	send := func(attrs ...stun.Setter) []byte {
		return stun.MustBuild(append([]stun.Setter{stun.TransactionID, stun.NewType(stun.MethodSend, stun.ClassIndication)}, attrs...)...).Raw
	}
	data := attack.Attr(stun.AttrData, attack.DTLS("x")...)
	cut := send(attack.PeerAddress(at), data)
	cut = cut[:len(cut)-4]
	for name, c := range map[string]struct {
		frame         []byte
		carries, good bool
	}{
		"send":                       {send(attack.PeerAddress(at), data), true, true},
		"other order, with software": {send(stun.NewSoftware("x"), data, attack.PeerAddress(at)), true, true},
		"don't fragment":             {send(attack.PeerAddress(at), data, attack.Attr(stun.AttrDontFragment)), true, true},
		"fingerprint":                {send(attack.PeerAddress(at), data, stun.Fingerprint), true, true},
		"no data":                    {send(attack.PeerAddress(at)), true, false}, "no peer": {send(data), true, false},
		"IPv6 peer":       {send(attack.PeerAddress(netip.MustParseAddrPort("[::1]:1")), data), true, false},
		"must understand": {send(attack.PeerAddress(at), data, attack.Attr(0x7fff, 1)), true, false},
		"cut short":       {cut, true, false},
		"channel":         {attack.ChannelData(0x4000, attack.DTLS("x")), true, true}, "unpadded": {[]byte{0x40, 0, 0, 1, 22}, true, true},
		"empty channel": {[]byte{0x40, 0, 0, 0}, true, true}, "longer than said": {[]byte{0x40, 0, 0, 1, 22, 0, 0, 0, 0}, true, false},
		"shorter than said": {[]byte{0x40, 0, 0, 2, 22}, true, false}, "reserved channel": {[]byte{0x50, 0, 0, 0}, false, false},
		"binding": {stun.MustBuild(stun.TransactionID, stun.BindingRequest).Raw, false, false}, "nothing": {nil, false, false},
	} {
		p, carries, good := payloadIn(c.frame)
		if carries != c.carries || good != c.good {
			t.Errorf("%s: %v, %v", name, carries, good)
		}
		if good && len(p.data) > 0 && !bytes.HasPrefix(p.data, []byte{22}) {
			t.Errorf("%s: payload %x", name, p.data)
		}
		if good && p.channel == 0 && p.peer != at {
			t.Errorf("%s: peer %v", name, p.peer)
		}
	}
}

// FuzzPayload: what is read from any frame is part of that frame, and what is
// written of it the library reads as the same.
func FuzzPayload(f *testing.F) {
	at := netip.MustParseAddrPort("198.18.1.2:50000")
	f.Add(stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodSend, stun.ClassIndication), attack.PeerAddress(at), attack.Attr(stun.AttrData, 22, 1)).Raw)
	f.Add(attack.ChannelData(0x4000, attack.DTLS("x")))
	f.Add([]byte{0x40, 0, 0, 2, 22})
	f.Fuzz(func(t *testing.T, frame []byte) {
		p, _, good := payloadIn(frame)
		if !good {
			return
		}
		if !bytes.Contains(frame, p.data) {
			t.Fatalf("%x is not in %x", p.data, frame)
		}
		m := &stun.Message{Raw: appendDataIndication(nil, at, p.data)}
		var from stun.XORMappedAddress
		if err := m.Decode(); err != nil || from.GetFromAs(m, stun.AttrXORPeerAddress) != nil || from.String() != at.String() {
			t.Fatalf("%v, %v", err, from)
		}
		if data, err := m.Get(stun.AttrData); err != nil || !bytes.Equal(data, p.data) {
			t.Fatalf("%v, %x", err, data)
		}
		again, _, good := payloadIn(appendChannelData(nil, 0x4000, p.data, rand.IntN(2) == 0))
		if !good || !bytes.Equal(again.data, p.data) {
			t.Fatalf("by channel: %x", again.data)
		}
	})
}

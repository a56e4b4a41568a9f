package relay

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net/netip"
	"testing"
	"time"

	"github.com/pion/stun/v4"

	"tasuke/internal/relay/attack"
)

// seeds are messages of every kind, whole and broken.
func seeds(p *peer, to netip.AddrPort) [][]byte {
	allocate := p.Signed(stun.MethodAllocate, attack.UDPTransport(), attack.LifetimeOf(3599)).Raw
	return [][]byte{
		allocate, allocate[:len(allocate)-5],
		stun.MustBuild(stun.TransactionID, stun.BindingRequest, stun.Fingerprint).Raw,
		p.Signed(stun.MethodRefresh, attack.LifetimeOf(1<<31)).Raw,
		p.Signed(stun.MethodCreatePermission, attack.PeerAddress(to), attack.PeerAddress(to)).Raw,
		p.Signed(stun.MethodChannelBind, attack.Attr(stun.AttrChannelNumber, 0x40, 1, 0, 0), attack.PeerAddress(to)).Raw,
		stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodSend, stun.ClassIndication), attack.PeerAddress(to), attack.Attr(stun.AttrData, 22, 1)).Raw,
		attack.ChannelData(0x4000, attack.DTLS("x")), {0x40, 0, 0xff, 0xff}, {0, 3, 0, 0}, {}, {0x16, 3, 1, 2},
		append(attack.ChannelData(0x4001, attack.DTLS("padding")), allocate...),
	}
}

// FuzzTurnDatagram sends anything at all to a relay that has two seats joined,
// from the address of one of them. The relay must stay, and relay to no third.
func FuzzTurnDatagram(f *testing.F) {
	w := newWorld(f, func(_ *Options, l *limits) { l.refusedPeers = 1 << 30 })
	a, b := w.join(f, "udp", "s1", "helper"), w.join(f, "udp", "s1", "sharer")
	stranger := w.join(f, "udp", "s2", "sharer")
	connect(f, a, b)
	if code := a.Bind(0x4000, b.Relayed); code != 0 {
		f.Fatal(code)
	}
	for _, s := range append(seeds(a, b.Relayed), seeds(a, stranger.Relayed)...) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, datagram []byte) {
		a.t = t
		a.Send(datagram)
		if code, lifetime := a.Refresh(600); code != 0 || lifetime != maxLifetime {
			t.Fatalf("refresh afterwards: %d, %v", code, lifetime)
		}
		// What was sent has been passed on by now: one reader, one after the other.
		if b, ok := stranger.Receive(200 * time.Microsecond); ok {
			t.Fatalf("the other session received %x", b)
		}
	})
}

// FuzzStunStream reads anything at all as a TCP connection would, and shows
// the frames to the gate.
func FuzzStunStream(f *testing.F) {
	w := newWorld(f, nil)
	p := w.join(f, "tcp", "s1", "helper")
	from := clientOf(p.Conn.LocalAddr())
	all := []byte{}
	for _, s := range seeds(p, p.Relayed) {
		f.Add(s)
		all = append(all, s...)
	}
	f.Add(all)
	f.Fuzz(func(t *testing.T, stream []byte) {
		slow, quick := newFramer(dribble{bytes.NewReader(stream)}), newFramer(bytes.NewReader(stream))
		rest := stream
		for {
			data, err := slow.next()
			if same, e := quick.next(); !bytes.Equal(same, data) || !errors.Is(e, err) {
				t.Fatalf("at once %x, %v; byte by byte %x, %v", same, e, data, err)
			}
			if err != nil {
				return
			}
			if len(data) < 4 || len(data) >= inboundMTU || len(data)%4 != 0 || !bytes.HasPrefix(rest, data) {
				t.Fatalf("frame %x at the head of %x", data, rest)
			}
			rest = rest[len(data):]
			v := w.tcp.gate.inspect(data, from)
			if v.frame == nil && v.answer == nil {
				t.Fatalf("frame %x came to nothing", data)
			}
			if l, ok := lifetimeAsked(v.frame); ok && bytes.Equal(v.frame, data) && l > 600 && signedBy(p, data) {
				t.Fatalf("lifetime %d passed", l)
			}
		}
	})
}

// dribble gives one byte at a time, the worst that TCP can do.
type dribble struct{ io.Reader }

func (r dribble) Read(b []byte) (int, error) { return r.Reader.Read(b[:min(1, len(b))]) }

func lifetimeAsked(b []byte) (uint32, bool) {
	m := &stun.Message{Raw: bytes.Clone(b)}
	if m.Decode() != nil {
		return 0, false
	}
	v, err := m.Get(stun.AttrLifetime)
	if err != nil || len(v) != 4 {
		return 0, false
	}
	return binary.BigEndian.Uint32(v), true
}

func signedBy(p *peer, b []byte) bool {
	m := &stun.Message{Raw: bytes.Clone(b)}
	return m.Decode() == nil && stun.NewLongTermIntegrity(p.Username, realm, p.Password).Check(m) == nil
}

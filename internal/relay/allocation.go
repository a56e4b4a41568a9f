package relay

import (
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/turn/v5"
	"golang.org/x/time/rate"
)

const (
	// maxPayload is what the engine can forward, in bytes; WebRTC stays under 1500.
	maxPayload = 1600
	// queueLength is how many packets wait for the engine to send them on, a
	// third of a second at the permitted rate. A full queue drops.
	queueLength = 256
	// magicCookie is at byte 4 of every STUN message (RFC 8489 section 5).
	magicCookie = 0x2112A442
)

var (
	errFull    = errors.New("relay: quota of allocations reached")
	errEnded   = errors.New("relay: the session has ended")
	errRefused = errors.New("relay: only UDP relaying of IPv4 to the other seat is offered")
)

// packet is one payload between two allocations.
type packet struct {
	from *allocation
	n    int
	data [maxPayload]byte
}

// allocation is one relayed address: the PacketConn that the engine believes to
// be a socket. What is written goes to the queue of another allocation of the
// same session, or nowhere.
type allocation struct {
	// static
	hub      *hub
	session  *session
	seat     string
	username string
	key      []byte // integrity key, kept because minting keys rotate
	at       netip.AddrPort
	created  time.Time
	tcp      bool // its client came over TCP
	queue    chan *packet
	done     chan struct{} // closed on release
	bucket   *rate.Limiter
	left     sync.Once // the engine's reader has gone

	heard atomic.Int64 // when the client last sent payload, Unix ns; 0: never
	sent  atomic.Int64 // payload bytes from the client that were passed on

	// guarded by hub.mu
	closed   bool
	client   client
	granted  map[netip.Addr]struct{}
	refused  map[netip.Addr]struct{}
	channels map[netip.AddrPort]struct{}
}

func newAllocation(h *hub, s *session, seat, username string, key []byte, at netip.AddrPort) *allocation {
	return &allocation{
		hub: h, session: s, seat: seat, username: username, key: key, at: at, created: time.Now(),
		queue: make(chan *packet, queueLength), done: make(chan struct{}),
		bucket:  rate.NewLimiter(rate.Limit(h.lim.bytesPerSecond), h.lim.burst),
		granted: map[netip.Addr]struct{}{}, refused: map[netip.Addr]struct{}{},
		channels: map[netip.AddrPort]struct{}{},
	}
}

// ReadFrom gives the engine the next packet from the other seat.
func (a *allocation) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		select {
		case <-a.done:
			a.left.Do(a.hub.readers.Done)
			return 0, nil, net.ErrClosed
		case p := <-a.queue:
			from := p.from
			n := copy(b, p.data[:p.n])
			a.hub.packets.Put(p)
			// Asked again: the sender may have been released since.
			if a.hub.peer(a, from.at) == from {
				return n, net.UDPAddrFromAddrPort(from.at), nil
			}
		}
	}
}

// WriteTo passes a packet of the client on. As on a real socket, what may not
// or cannot be delivered is lost without error.
func (a *allocation) WriteTo(b []byte, to net.Addr) (int, error) {
	now := time.Now()
	a.heard.Store(now.UnixNano())
	count := &a.hub.count
	other := a.hub.peer(a, clientOf(to).addr)
	if other == nil {
		count.refusedPeers.Add(1)
		return len(b), nil
	}
	if !relayable(b) || !a.bucket.AllowN(now, len(b)) || !a.hub.charge(a, len(b)) || !other.deliver(a, b) {
		count.dropped.Add(1)
		return len(b), nil
	}
	a.sent.Add(int64(len(b)))
	count.packets.Add(1)
	count.bytes.Add(int64(len(b)))
	return len(b), nil
}

// deliver never waits: the seat that cannot keep up loses packets.
func (a *allocation) deliver(from *allocation, b []byte) bool {
	p := a.hub.packets.Get().(*packet)
	p.from, p.n = from, copy(p.data[:], b)
	select {
	case a.queue <- p:
		return true
	default:
		a.hub.packets.Put(p)
		return false
	}
}

// relayable tells by the first byte (RFC 7983 section 7) whether a payload is
// part of a WebRTC connection; anything else would make the relay a tunnel.
func relayable(b []byte) bool {
	if len(b) == 0 || len(b) > maxPayload {
		return false
	}
	switch first := b[0]; {
	case first <= 3: // STUN
		return len(b) >= 20 && binary.BigEndian.Uint32(b[4:]) == magicCookie
	case first >= 20 && first <= 63: // DTLS
		return true
	default: // RTP and RTCP, RTP version 2
		return first >= 128 && first <= 191
	}
}

// Close is the engine's: the allocation expired, or its client gave it up.
func (a *allocation) Close() error {
	a.hub.release(a)
	return nil
}

// LocalAddr is the relayed address.
func (a *allocation) LocalAddr() net.Addr { return net.UDPAddrFromAddrPort(a.at) }

// SetDeadline does nothing: the engine never asks for it.
func (*allocation) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing, like SetDeadline.
func (*allocation) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing, like SetDeadline: writing never waits.
func (*allocation) SetWriteDeadline(time.Time) error { return nil }

// mayReachLocked is the one rule of the closed relay.
func (a *allocation) mayReachLocked(other *allocation) bool {
	return !a.closed && !other.closed && a.session == other.session && a.seat != other.seat
}

func (a *allocation) grantLocked(ip netip.Addr, most int) bool {
	if _, ok := a.granted[ip]; !ok && len(a.granted) >= most {
		return false
	}
	a.granted[ip] = struct{}{}
	return true
}

// refuseLocked notes a refused peer; true: there were too many different ones.
// ICE honestly asks for every candidate of the other side, so some are normal.
func (a *allocation) refuseLocked(ip netip.Addr, most int) bool {
	a.refused[ip] = struct{}{}
	return len(a.refused) > most
}

func (a *allocation) lastHeard() time.Time {
	if ns := a.heard.Load(); ns != 0 {
		return time.Unix(0, ns)
	}
	return a.created
}

// idle says whether the allocation may make room for another of its seat.
func (a *allocation) idle(now time.Time) bool {
	if a.heard.Load() == 0 {
		return now.Sub(a.created) >= unusedAfter
	}
	return now.Sub(a.lastHeard()) >= silentAfter
}

// generator makes allocations for the engine; it opens no socket, ever.
type generator struct {
	relay *Relay
	tcp   bool // for clients that come over TCP
}

// Validate has nothing to find wrong.
func (generator) Validate() error { return nil }

// AllocatePacketConn reserves a relayed address. The engine also calls it
// without a user to serve EVEN-PORT, which is refused.
func (g generator) AllocatePacketConn(conf turn.AllocateListenerConfig) (net.PacketConn, net.Addr, error) {
	c, key := g.relay.longTermKey(conf.UserID)
	if key == nil || conf.Network != "udp4" {
		return nil, nil, errRefused
	}
	a, err := g.relay.hub.allocate(c, g.tcp, conf.UserID, key)
	if err != nil {
		return nil, nil, err
	}
	return a, a.LocalAddr(), nil
}

// AllocateListener refuses RFC 6062.
func (generator) AllocateListener(turn.AllocateListenerConfig) (net.Listener, net.Addr, error) {
	return nil, nil, errRefused
}

// AllocateConn refuses RFC 6062.
func (generator) AllocateConn(turn.AllocateConnConfig) (net.Conn, error) {
	return nil, errRefused
}

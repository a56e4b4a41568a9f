package relay

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/turn/v5"
	"golang.org/x/time/rate"
)

// maxPayload is what is passed on, in bytes; WebRTC stays under 1500.
const maxPayload = 1600

var (
	errFull    = errors.New("relay: quota of allocations reached")
	errEnded   = errors.New("relay: the session has ended")
	errRefused = errors.New("relay: only UDP relaying of IPv4 to the other seat is offered")
)

// allocation is one relayed address: the PacketConn that the engine believes to
// be a socket. Nothing ever comes out of it: payload goes by the forwarder.
type allocation struct {
	// static
	hub      *hub
	session  *session
	seat     string
	username string
	key      []byte // integrity key, kept because minting keys rotate
	at       netip.AddrPort
	created  time.Time
	tcp      bool          // its client came over TCP
	done     chan struct{} // closed on release
	bucket   *rate.Limiter
	left     sync.Once // the engine's reader has gone

	heard   atomic.Int64 // when the client last sent payload, Unix ns; 0: never
	reached atomic.Int64 // when payload of the other seat last went to it, likewise
	sent    atomic.Int64 // payload bytes from the client that were passed on

	// guarded by hub.mu
	closed   bool
	client   client
	granted  map[netip.Addr]bool // false: asked for, and not yet in force
	refused  map[netip.Addr]struct{}
	channels map[netip.AddrPort]uint16
	peers    map[uint16]netip.AddrPort // channels, by number
}

func newAllocation(h *hub, s *session, seat, username string, key []byte, at netip.AddrPort) *allocation {
	return &allocation{
		hub: h, session: s, seat: seat, username: username, key: key, at: at, created: time.Now(),
		done:    make(chan struct{}),
		bucket:  rate.NewLimiter(rate.Limit(h.lim.bytesPerSecond), h.lim.burst),
		granted: map[netip.Addr]bool{}, refused: map[netip.Addr]struct{}{},
		channels: map[netip.AddrPort]uint16{}, peers: map[uint16]netip.AddrPort{},
	}
}

// ReadFrom tells the engine when the allocation has ended.
func (a *allocation) ReadFrom([]byte) (int, net.Addr, error) {
	<-a.done
	a.left.Do(a.hub.readers.Done)
	return 0, nil, net.ErrClosed
}

// WriteTo loses what the engine writes: it is shown no payload.
func (a *allocation) WriteTo(b []byte, _ net.Addr) (int, error) { return len(b), nil }

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
	if _, ok := a.granted[ip]; ok {
		return true
	}
	if len(a.granted) >= most {
		return false
	}
	a.granted[ip] = false
	return true
}

// refuseLocked notes a refused peer; true: there were too many different ones.
// ICE honestly asks for every candidate of the other side, so some are normal.
func (a *allocation) refuseLocked(ip netip.Addr, most int) bool {
	a.refused[ip] = struct{}{}
	return len(a.refused) > most
}

// lastUsed is when it was last in use both ways: no picture passes where only one
// side speaks. Before that it is when it was made.
func (a *allocation) lastUsed() time.Time {
	if ns := min(a.heard.Load(), a.reached.Load()); ns != 0 {
		return time.Unix(0, ns)
	}
	return a.created
}

// idle says whether the allocation may make room for another of its seat.
func (a *allocation) idle(now time.Time) bool {
	return now.Sub(a.created) >= unusedAfter && now.Sub(a.lastUsed()) >= silentAfter
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

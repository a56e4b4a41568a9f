// Package relay is the embedded TURN server (RFC 8656) on UDP and TCP, and on
// connections that package port hands to it. It is closed: a relayed address exists only inside the process, so
// a seat of a help session can reach the other seat of the same session and
// nothing else, and no packet ever goes to an address that a client names.
//
// It owns credentials, quotas and allocations. It does not know what a help
// session is or who may have one: it is told by Options.Live and End. The
// server package starts it, the desk's callers hand out its credentials.
package relay

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/logging"
	"github.com/pion/turn/v5"
)

// realm is short on purpose: it is part of every challenge, and a challenge
// must stay small to be useless for reflection (72 bytes for 20 received).
const realm = "tasuke"

// inboundMTU bounds one datagram or frame that the TURN engine sees, in bytes.
const inboundMTU = 2048

// Options say how the relay runs.
type Options struct {
	// Listen is host:port for UDP and TCP alike; port 0 picks one that is free
	// on both. Required. With a wildcard, UDP answers leave from the address
	// that the kernel's route prefers; a machine with several addresses had
	// better name the advertised one, or its UDP clients may not know the answer.
	Listen string
	// UDPOnly opens no TCP listener: connections come by ServeConn alone.
	UDPOnly bool
	// URLs are what browsers are told. Zero: the address listened on, which is
	// an error when that is a wildcard. On loopback say "localhost": Firefox, as
	// people have it, takes no TURN server by a loopback address.
	URLs []string
	// Live says whether a session may be relayed at this moment (connecting,
	// sharing, paused). It is asked for every Allocate request that carries
	// good credentials, from many goroutines, and may take its time (only that
	// request waits), but must return. Required.
	Live func(session string) bool
	// CredentialTTL is how long credentials may be used to allocate. Zero: ten
	// minutes. What was allocated lives on until the session ends.
	CredentialTTL time.Duration
	// Megabits is how much payload all clients together may send in a second, in
	// Mbit. Zero: 1000.
	Megabits int
	// Now is the clock that credentials are judged by. Zero: time.Now.
	Now func() time.Time
	// Observe hears what happened, one event after the other, on a goroutine of
	// its own; when it is more than 256 events behind, events are lost. It must
	// not call Close. Zero: nobody is told.
	Observe func(Event)
	// Log gets faults of the machinery, never names or passwords. Zero: no log.
	Log *slog.Logger
}

// Relay is a running TURN server. All methods may be called at any time from
// any goroutine.
type Relay struct {
	// static after Start
	opts Options
	urls []string
	port int
	hub  *hub
	keys *keyring
	udp  *udpFront
	tcp  *tcpFront
	turn *turn.Server

	closing sync.Once
	closed  chan struct{} // closed when Close has finished
}

// Stats are counters since Start, but for the two that say now.
type Stats struct {
	Allocations        int   // now
	Connections        int   // TCP connections now
	RefusedPeers       int64 // attempts to reach anything but the other seat
	RefusedCredentials int64 // requests whose credentials were not accepted
	SilencedAnswers    int64 // unauthenticated answers over the rate of their source
	DroppedPackets     int64 // over a rate, a full queue, or not of a relayed protocol
	RelayedPackets     int64
	RelayedBytes       int64 // payload
}

// counters are the running numbers behind Stats.
type counters struct {
	refusedPeers, refusedCredentials, silenced, dropped, packets, bytes atomic.Int64
}

// Start listens on UDP and TCP and serves until Close. It fails when Options
// are incomplete or the address cannot be listened on.
func Start(opts Options) (*Relay, error) { return start(opts, defaultLimits()) }

func start(opts Options, lim limits) (*Relay, error) {
	if opts.Live == nil {
		return nil, errors.New("relay: Options.Live is required")
	}
	if opts.CredentialTTL == 0 {
		opts.CredentialTTL = 10 * time.Minute
	}
	if opts.Now == nil {
		opts.Now = time.Now
	}
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	if opts.Megabits > 0 {
		lim.nodeBytesPerSecond = opts.Megabits * 1_000_000 / 8
		lim.nodeBurst = lim.nodeBytesPerSecond / 4
	}
	sockets, streams, err := listen(opts.Listen, opts.UDPOnly)
	if err != nil {
		return nil, err
	}
	r := &Relay{opts: opts, closed: make(chan struct{})}
	if err := r.serve(sockets, streams, lim); err != nil {
		err = errors.Join(err, closeSockets(sockets))
		if streams != nil {
			err = errors.Join(err, streams.Close())
		}
		return nil, err
	}
	return r, nil
}

func (r *Relay) serve(sockets []*socket, streams net.Listener, lim limits) (err error) {
	bound := sockets[0].conn.LocalAddr().(*net.UDPAddr).AddrPort()
	r.port = int(bound.Port())
	if r.urls = r.opts.URLs; len(r.urls) == 0 {
		if r.urls, err = urls(bound); err != nil {
			return err
		}
	}
	if r.keys, err = newKeyring(r.opts.Now()); err != nil {
		return err
	}
	r.hub = newHub(lim, r.opts.Now, r.opts.Observe)
	g := &gate{relay: r}
	r.udp = newUDPFront(sockets, g)
	r.tcp = newTCPFront(streams, net.TCPAddrFromAddrPort(bound), g, sockets[0])
	r.hub.onAllocated, r.hub.onReleased = r.tcp.allocated, r.tcp.released
	r.turn, err = turn.NewServer(turn.ServerConfig{
		Realm:              realm,
		AuthHandler:        r.authenticate,
		QuotaHandler:       func(user, _ string, from net.Addr) bool { return r.hub.hasRoom(user, clientOf(from).tcp) },
		EventHandler:       r.hub.events(),
		AllocationLifetime: maxLifetime,
		PermissionTimeout:  permissionLifetime,
		ChannelBindTimeout: channelLifetime,
		InboundMTU:         inboundMTU,
		// Relayed addresses are IPv4 for everybody, or two seats on different
		// networks would have none in common.
		StrictAddressFamily: true,
		// The engine's log quotes user names and can be filled from outside.
		LoggerFactory: &logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled},
		PacketConnConfigs: []turn.PacketConnConfig{
			{PacketConn: r.udp, RelayAddressGenerator: generator{relay: r}, PermissionHandler: r.hub.permit},
			{PacketConn: r.tcp, RelayAddressGenerator: generator{relay: r, tcp: true}, PermissionHandler: r.hub.permit},
		},
	})
	if err != nil {
		r.hub.close()
		r.hub.wait()
		return fmt.Errorf("start TURN: %w", err)
	}
	r.udp.start(r.tcp)
	r.tcp.start()
	return nil
}

// Port is the one listened on, UDP and TCP.
func (r *Relay) Port() int { return r.port }

// URLs are the STUN and TURN addresses for a browser's iceServers.
func (r *Relay) URLs() []string { return append([]string(nil), r.urls...) }

// End closes what a session has allocated and refuses its credentials from now
// on. It does not wait. Ending twice, or a session never heard of, is fine.
func (r *Relay) End(session string) { r.hub.end(session, r.opts.CredentialTTL) }

// ServeConn takes over a connection that somebody else accepted, in clear or
// inside TLS, whose address must be a *net.TCPAddr and whose Close must not wait
// for the other side. Until is when it must have allocated. It does not wait.
func (r *Relay) ServeConn(c net.Conn, until time.Time) { r.tcp.admit(c, until) }

// Stats tells what the relay is doing.
func (r *Relay) Stats() Stats {
	c := &r.hub.count
	return Stats{
		Allocations:        r.hub.allocations(),
		Connections:        r.tcp.connections(),
		RefusedPeers:       c.refusedPeers.Load(),
		RefusedCredentials: c.refusedCredentials.Load(),
		SilencedAnswers:    c.silenced.Load(),
		DroppedPackets:     c.dropped.Load(),
		RelayedPackets:     c.packets.Load(),
		RelayedBytes:       c.bytes.Load(),
	}
}

// Close ends every allocation and connection, and returns when all of it has
// ended. Calling it again waits as well.
func (r *Relay) Close() error {
	var err error
	r.closing.Do(func() {
		r.hub.close()
		err = r.turn.Close()
		r.udp.wait()
		r.tcp.wait()
		r.hub.wait()
		close(r.closed)
	})
	<-r.closed
	return err
}

// urls are those of an address that is listened on.
func urls(bound netip.AddrPort) ([]string, error) {
	if bound.Addr().IsUnspecified() {
		return nil, errors.New("relay: Options.URLs are required when listening on every address")
	}
	at := unmap(bound).String()
	return []string{"stun:" + at, "turn:" + at + "?transport=udp", "turn:" + at + "?transport=tcp"}, nil
}

// Package attack is a TURN client that misbehaves, and the abuses that a closed
// relay must survive: a range scan, bad credentials, floods, reflection, broken
// frames, lying lengths. It attacks loopback only, whatever it is told. The relay's
// tests and the doctor use it; the server does not.
package attack

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"slices"
	"time"
)

// Credentials are what one seat of one session allocates with.
type Credentials struct{ Username, Password string }

// Target is a running relay on this machine.
type Target struct {
	// Servers are addresses by network: "udp", "tcp", "tls". All must be loopback.
	Servers map[string]string
	// Secure is for "tls".
	Secure *tls.Config
	// Mint gives credentials as if they had been given out at a time. Every session
	// that Finish was not told of must count as live. Required.
	Mint func(session, seat string, at time.Time) (Credentials, error)
	// TTL is how long credentials may be used to allocate. Required.
	TTL time.Duration
	// Finish ends a session. Required.
	Finish func(session string)
	// Tell hears of each finding as soon as it is known. Zero: nobody does.
	Tell func(Finding)
}

// Finding is what one abuse over one network came to.
type Finding struct {
	Abuse   string   `json:"abuse"`
	What    string   `json:"what"` // is tried, in a few words
	Network string   `json:"network"`
	Tried   int      `json:"tried"`
	Faults  []string `json:"faults"` // empty: withstood
}

// errNotLoopback refuses to attack anybody else.
var errNotLoopback = errors.New("only a relay on a loopback address of this machine may be attacked")

// run is one abuse under way.
type run struct {
	Target
	network string
	found   *Finding
	nonce   string // good for every client: the relay answers a source only so often
}

// Run plays every abuse over every network that is offered.
func Run(t Target) ([]Finding, error) {
	for _, server := range t.Servers {
		at, err := netip.ParseAddrPort(server)
		if err != nil || !at.Addr().Unmap().IsLoopback() {
			return nil, fmt.Errorf("%s: %w", server, errNotLoopback)
		}
	}
	abuses := []struct {
		name, what string
		play       func(*run) error
		on         []string
	}{
		{"range scan", "every kind of address but the other seat's", (*run).rangeScan, []string{"udp", "tcp", "tls"}},
		{"credentials", "credentials that are expired, altered, made up or another session's", (*run).credentials, []string{"udp", "tcp", "tls"}},
		{"flood of allocations", "more allocations than a session may have", (*run).allocations, []string{"udp", "tcp", "tls"}},
		{"channels, permissions and lifetimes", "more channels, permissions, time and protocols than a seat may have", (*run).caps, []string{"udp", "tcp", "tls"}},
		{"flood of packets", "more than 8 Mbit/s, and what is no part of WebRTC", (*run).packets, []string{"udp", "tcp", "tls"}},
		{"lying lengths", "messages that claim more bytes than they have", (*run).lengths, []string{"udp", "tcp", "tls"}},
		{"end of a session", "going on after the session has ended", (*run).end, []string{"udp", "tcp", "tls"}},
		{"broken frames", "streams of what is no TURN, or half of it", (*run).frames, []string{"tcp", "tls"}},
		{"reflection", "answers to forged addresses", (*run).reflection, []string{"udp"}}, // last: it uses up the answers
	}
	var out []Finding
	for _, a := range abuses {
		for _, network := range a.on {
			if t.Servers[network] == "" {
				continue
			}
			f := Finding{Abuse: a.name, What: a.what, Network: network, Faults: []string{}}
			r := &run{Target: t, network: network, found: &f}
			if err := a.play(r); err != nil {
				return out, fmt.Errorf("%s over %s: %w", a.name, network, err)
			}
			out = append(out, f)
			if t.Tell != nil {
				t.Tell(f)
			}
		}
	}
	return out, nil
}

// fault notes what the relay should not have done, each kind once.
func (r *run) fault(format string, args ...any) {
	const most = 10
	if text := fmt.Sprintf(format, args...); len(r.found.Faults) < most && !slices.Contains(r.found.Faults, text) {
		r.found.Faults = append(r.found.Faults, text)
	}
}

// named makes sessions of one network strangers to those of another.
func (r *run) named(session string) string { return session + "-" + r.network }

func (r *run) mint(session, seat string, at time.Time) (Credentials, error) {
	return r.Mint(r.named(session), seat, at)
}

// dial connects with credentials for a seat.
func (r *run) dial(session, seat string) (*Client, error) {
	cred, err := r.mint(session, seat, time.Now())
	if err != nil {
		return nil, err
	}
	c, err := Dial(r.network, r.Servers[r.network], r.Secure)
	if err != nil {
		return nil, err
	}
	c.Username, c.Password, c.Nonce = cred.Username, cred.Password, r.nonce
	return c, nil
}

// join dials and allocates, as somebody may who was let in.
func (r *run) join(session, seat string) (*Client, error) {
	c, err := r.dial(session, seat)
	if err != nil {
		return nil, err
	}
	if code := c.Allocate(); code != 0 {
		c.Close()
		return nil, fmt.Errorf("the relay does not serve an honest seat: %d", code)
	}
	r.nonce = c.Nonce
	return c, nil
}

// pair joins both seats and gives them permission for each other.
func (r *run) pair(session string) (a, b *Client, err error) {
	if a, err = r.join(session, "helper"); err != nil {
		return nil, nil, err
	}
	if b, err = r.join(session, "sharer"); err != nil {
		a.Close()
		return nil, nil, err
	}
	if x, y := a.Permit(b.Relayed), b.Permit(a.Relayed); x != 0 || y != 0 {
		a.Close()
		b.Close()
		return nil, nil, fmt.Errorf("the relay does not let honest seats reach each other: %d, %d", x, y)
	}
	return a, b, nil
}

// canary listens where no relayed packet may ever arrive.
type canary struct {
	at      []netip.AddrPort
	packets []net.PacketConn
	streams []net.Listener
}

// newCanary listens on both families; one that this machine lacks is left out.
func newCanary() (*canary, error) {
	c := &canary{}
	for _, host := range []string{"127.0.0.1:0", "[::1]:0"} {
		u, err := net.ListenPacket("udp", host)
		if err != nil {
			continue
		}
		c.packets = append(c.packets, u)
		c.at = append(c.at, u.LocalAddr().(*net.UDPAddr).AddrPort())
		if l, err := net.Listen("tcp", u.LocalAddr().String()); err == nil {
			c.streams = append(c.streams, l)
		}
	}
	if len(c.at) == 0 {
		return nil, errors.New("this machine has no loopback address to listen on")
	}
	return c, nil
}

// heard tells what came, after a short while for what is on its way. It proves
// that it would have heard by hearing its own voice.
func (c *canary) heard() (out []string) {
	for i, u := range c.packets {
		_, _ = u.WriteTo([]byte("own voice"), u.LocalAddr())
		b := make([]byte, 2048)
		_ = u.SetReadDeadline(time.Now().Add(Patience))
		if n, _, err := u.ReadFrom(b); err != nil || string(b[:n]) != "own voice" {
			out = append(out, fmt.Sprintf("a packet at %v: %.40q", c.at[i], b[:max(n, 0)]))
		}
	}
	for _, l := range c.streams {
		_ = l.(*net.TCPListener).SetDeadline(time.Now().Add(time.Millisecond))
		if s, err := l.Accept(); err == nil {
			out = append(out, "a connection from "+s.RemoteAddr().String())
			_ = s.Close()
		}
	}
	return out
}

func (c *canary) close() {
	for _, u := range c.packets {
		_ = u.Close()
	}
	for _, l := range c.streams {
		_ = l.Close()
	}
}

package relay

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"testing"
	"time"

	"github.com/pion/stun/v4"
	"go.uber.org/goleak"

	"tasuke/internal/relay/attack"
)

// patience is how long a test waits for what must happen.
const patience = attack.Patience

// clock is a clock that stands where it is put.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// world is a relay with a clock, a list of live sessions and heard events.
type world struct {
	*Relay
	clock *clock

	mu     sync.Mutex
	dead   map[string]bool
	events []Event
}

func (w *world) setLive(session string, live bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.dead[session] = !live
}

func (w *world) live(session string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return !w.dead[session]
}

func (w *world) heard(kind EventKind) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range w.events {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

func newWorld(t testing.TB, change func(*Options, *limits)) *world {
	t.Helper()
	before := goleak.IgnoreCurrent()
	w := &world{clock: &clock{now: time.Now()}, dead: map[string]bool{}}
	opts := Options{Listen: "127.0.0.1:0", Live: w.live, Now: w.clock.Now, Observe: func(e Event) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.events = append(w.events, e)
	}}
	lim := defaultLimits()
	if change != nil {
		change(&opts, &lim)
	}
	r, err := start(opts, lim)
	if err != nil {
		t.Fatal(err)
	}
	w.Relay = r
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		goleak.VerifyNone(t, before)
	})
	return w
}

func (w *world) credentials(t testing.TB, session, seat string) Credentials {
	t.Helper()
	c, err := w.Credentials(session, seat, w.clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// eventually waits for a condition.
func eventually(t testing.TB, what string, ok func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	timeout := time.After(patience)
	for !ok() {
		select {
		case <-tick.C:
		case <-timeout:
			t.Fatalf("%s: did not happen", what)
		}
	}
}

// peer is a client in a test.
type peer struct {
	*attack.Client
	t testing.TB
}

func (w *world) server(network string) net.Addr {
	if network == "tcp" {
		return w.tcp.LocalAddr()
	}
	return w.udp.LocalAddr()
}

func (w *world) dial(t testing.TB, network string) *peer {
	t.Helper()
	return w.dialAt(t, network, w.server(network))
}

func (w *world) dialAt(t testing.TB, network string, server net.Addr) *peer {
	t.Helper()
	c, err := attack.Dial(network, server.String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return &peer{c, t}
}

func (p *peer) as(c Credentials) { p.Username, p.Password = c.Username, c.Password }

// join dials, allocates, and fails the test if that is refused.
func (w *world) join(t testing.TB, network, session, seat string) *peer {
	t.Helper()
	p := w.dial(t, network)
	p.as(w.credentials(t, session, seat))
	if code := p.Allocate(); code != 0 {
		t.Fatalf("%s of %s: allocate answered %d", seat, session, code)
	}
	return p
}

// connect gives both sides permission for each other.
func connect(t testing.TB, a, b *peer) {
	t.Helper()
	if x, y := a.Permit(b.Relayed), b.Permit(a.Relayed); x != 0 || y != 0 {
		t.Fatalf("permissions between the seats: %d and %d", x, y)
	}
}

// relayBlock is where all relayed addresses are.
var relayBlock = netip.MustParsePrefix("198.18.0.0/15")

func isTimeout(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

// challenge asks without credentials, for the nonce.
func (p *peer) challenge() string {
	p.t.Helper()
	res := p.Exchange(stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodAllocate, stun.ClassRequest), attack.UDPTransport()), patience)
	var nonce stun.Nonce
	if res == nil || nonce.GetFrom(res) != nil {
		p.t.Fatalf("no challenge: %v", res)
	}
	return nonce.String()
}

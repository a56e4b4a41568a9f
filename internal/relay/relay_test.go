package relay

import (
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pion/stun/v4"
	"github.com/pion/turn/v5"
	"go.uber.org/goleak"
)

// patience is how long a test waits for what must happen.
const patience = 5 * time.Second

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

// peer is a TURN client that can also misbehave.
type peer struct {
	t        testing.TB
	conn     net.PacketConn
	raw      net.Conn // under conn when TCP
	server   net.Addr
	cred     Credentials
	nonce    string
	relayed  netip.AddrPort
	lifetime time.Duration
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
	p := &peer{t: t, server: server}
	var err error
	if network == "tcp" {
		if p.raw, err = net.Dial("tcp", p.server.String()); err == nil {
			p.conn = turn.NewSTUNConn(p.raw)
		}
	} else {
		host, _, _ := net.SplitHostPort(p.server.String())
		p.conn, err = net.ListenPacket("udp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.conn.Close() })
	return p
}

// join dials, allocates, and fails the test if that is refused.
func (w *world) join(t testing.TB, network, session, seat string) *peer {
	t.Helper()
	p := w.dial(t, network)
	p.cred = w.credentials(t, session, seat)
	if code := p.allocate(); code != 0 {
		t.Fatalf("%s of %s: allocate answered %d", seat, session, code)
	}
	return p
}

func (p *peer) send(b []byte) {
	if _, err := p.conn.WriteTo(b, p.server); err != nil && !errors.Is(err, net.ErrClosed) {
		p.t.Logf("send: %v", err)
	}
}

// receive returns the next message, or false after a while.
func (p *peer) receive(wait time.Duration) ([]byte, bool) {
	buf := make([]byte, 4096)
	_ = p.conn.SetReadDeadline(time.Now().Add(wait))
	n, _, err := p.conn.ReadFrom(buf)
	return buf[:max(n, 0)], err == nil
}

// exchange sends a request until it is answered; nil: it was not.
func (p *peer) exchange(m *stun.Message, wait time.Duration) *stun.Message {
	end := time.Now().Add(wait)
	for time.Now().Before(end) {
		p.send(m.Raw)
		again := time.Now().Add(300 * time.Millisecond)
		if p.raw != nil {
			again = end // TCP needs no repetition
		}
		for time.Now().Before(again) {
			b, ok := p.receive(time.Until(again))
			if !ok {
				break
			}
			res := &stun.Message{Raw: append([]byte(nil), b...)}
			if res.Decode() == nil && res.TransactionID == m.TransactionID {
				return res
			}
		}
		if p.raw != nil {
			return nil
		}
	}
	return nil
}

func (p *peer) signed(method stun.Method, attrs ...stun.Setter) *stun.Message {
	p.t.Helper()
	parts := append([]stun.Setter{stun.TransactionID, stun.NewType(method, stun.ClassRequest)}, attrs...)
	parts = append(parts, stun.NewUsername(p.cred.Username), stun.NewRealm(realm), stun.NewNonce(p.nonce),
		stun.NewLongTermIntegrity(p.cred.Username, realm, p.cred.Password))
	m, err := stun.Build(parts...)
	if err != nil {
		p.t.Fatal(err)
	}
	return m
}

const noAnswer = -1

// request asks with credentials and returns the error code, 0 for success.
func (p *peer) request(method stun.Method, attrs ...stun.Setter) (int, *stun.Message) {
	p.t.Helper()
	code := noAnswer
	var res *stun.Message
	for range 2 { // the first try may only bring the nonce
		had := p.nonce
		res = p.exchange(p.signed(method, attrs...), patience)
		if res == nil {
			return noAnswer, nil
		}
		code = codeOf(res)
		var nonce stun.Nonce
		if nonce.GetFrom(res) == nil {
			p.nonce = nonce.String()
		}
		if code != 438 && (code != 401 || had != "") {
			break
		}
	}
	return code, res
}

func codeOf(m *stun.Message) int {
	var code stun.ErrorCodeAttribute
	if code.GetFrom(m) == nil {
		return int(code.Code)
	}
	return 0
}

// raw is an attribute by its bytes.
func raw(t stun.AttrType, v ...byte) stun.Setter { return stun.RawAttribute{Type: t, Value: v} }

func udpTransport() stun.Setter { return raw(stun.AttrRequestedTransport, 17, 0, 0, 0) }

func lifetimeOf(seconds uint32) stun.Setter {
	return raw(stun.AttrLifetime, binary.BigEndian.AppendUint32(nil, seconds)...)
}

type peerAddress netip.AddrPort

func (a peerAddress) AddTo(m *stun.Message) error {
	at := netip.AddrPort(a)
	x := stun.XORMappedAddress{IP: at.Addr().AsSlice(), Port: int(at.Port())}
	return x.AddToAs(m, stun.AttrXORPeerAddress)
}

func (p *peer) allocate(attrs ...stun.Setter) int {
	p.t.Helper()
	code, res := p.request(stun.MethodAllocate, append([]stun.Setter{udpTransport()}, attrs...)...)
	if code != 0 {
		return code
	}
	var at stun.XORMappedAddress
	if err := at.GetFromAs(res, stun.AttrXORRelayedAddress); err != nil {
		p.t.Fatal(err)
	}
	addr, _ := netip.AddrFromSlice(at.IP)
	p.relayed = netip.AddrPortFrom(addr.Unmap(), uint16(at.Port))
	p.lifetime = lifetimeIn(res)
	return 0
}

func lifetimeIn(m *stun.Message) time.Duration {
	v, err := m.Get(stun.AttrLifetime)
	if err != nil {
		return 0
	}
	return time.Duration(binary.BigEndian.Uint32(v)) * time.Second
}

func (p *peer) permit(to netip.AddrPort) int {
	p.t.Helper()
	code, _ := p.request(stun.MethodCreatePermission, peerAddress(to))
	return code
}

func (p *peer) bind(number uint16, to netip.AddrPort) int {
	p.t.Helper()
	code, _ := p.request(stun.MethodChannelBind, raw(stun.AttrChannelNumber, byte(number>>8), byte(number), 0, 0), peerAddress(to))
	return code
}

func (p *peer) refresh(seconds uint32) (int, time.Duration) {
	p.t.Helper()
	code, res := p.request(stun.MethodRefresh, lifetimeOf(seconds))
	if res == nil {
		return code, 0
	}
	return code, lifetimeIn(res)
}

func (p *peer) indicate(to netip.AddrPort, payload []byte) {
	m, err := stun.Build(stun.TransactionID, stun.NewType(stun.MethodSend, stun.ClassIndication),
		peerAddress(to), raw(stun.AttrData, payload...))
	if err != nil {
		p.t.Fatal(err)
	}
	p.send(m.Raw)
}

func channelData(number uint16, payload []byte) []byte {
	b := binary.BigEndian.AppendUint16(nil, number)
	b = binary.BigEndian.AppendUint16(b, uint16(len(payload)))
	b = append(b, payload...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

// arrives waits for a payload in a Data indication or ChannelData.
func (p *peer) arrives(payload string, wait time.Duration) bool {
	end := time.Now().Add(wait)
	for time.Now().Before(end) {
		b, ok := p.receive(time.Until(end))
		if ok && strings.Contains(string(b), payload) {
			return true
		}
	}
	return false
}

// connect gives both sides permission for each other.
func connect(t testing.TB, a, b *peer) {
	t.Helper()
	if x, y := a.permit(b.relayed), b.permit(a.relayed); x != 0 || y != 0 {
		t.Fatalf("permissions between the seats: %d and %d", x, y)
	}
}

// dtls is a payload that the relay lets through.
func dtls(text string) []byte { return append([]byte{22}, text...) }

// relayBlock is where all relayed addresses are.
var relayBlock = netip.MustParsePrefix("198.18.0.0/15")

func isTimeout(err error) bool {
	var e net.Error
	return errors.As(err, &e) && e.Timeout()
}

// challenge asks without credentials, for the nonce.
func (p *peer) challenge() string {
	p.t.Helper()
	res := p.exchange(stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodAllocate, stun.ClassRequest), udpTransport()), patience)
	var nonce stun.Nonce
	if res == nil || nonce.GetFrom(res) != nil {
		p.t.Fatalf("no challenge: %v", res)
	}
	return nonce.String()
}

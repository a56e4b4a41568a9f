package port

import (
	"net"
	"net/netip"
	"sync"
	"time"

	"tasuke/internal/httpx"
)

// limits are on strangers: connections that have shown neither a whole request
// nor, for TURN, what they speak. Tests use smaller ones.
type limits struct {
	total, perPlace int
	patience        time.Duration
}

// A stranger has ten seconds in all, however it spreads its bytes, which is a
// minimum rate as well: a TLS handshake needs some 30 bytes a second to be in time.
func defaultLimits() limits { return limits{total: 2000, perPlace: 64, patience: 10 * time.Second} }

// guest is a connection that was let in.
type guest struct {
	// static
	conn  net.Conn // as accepted
	until time.Time
	place netip.Prefix
	timer *time.Timer // hangs up at until
}

// guests knows all strangers.
type guests struct {
	lim limits

	// guarded by mu
	mu      sync.Mutex
	over    bool
	all     map[net.Conn]*guest // by the connection as accepted or as handed on
	byPlace map[netip.Prefix]int
}

func newGuests(lim limits) *guests {
	return &guests{lim: lim, all: map[net.Conn]*guest{}, byPlace: map[netip.Prefix]int{}}
}

// admit lets a connection in, or closes it when there are too many strangers.
// Loopback is not one place: a proxy on this machine speaks for everybody.
func (s *guests) admit(c net.Conn) *guest {
	s.mu.Lock()
	defer s.mu.Unlock()
	from := addressOf(c)
	g := &guest{conn: c, until: time.Now().Add(s.lim.patience), place: httpx.Place(from)}
	if s.over || len(s.all) >= s.lim.total || (s.byPlace[g.place] >= s.lim.perPlace && !from.IsLoopback()) {
		_ = c.Close()
		return nil
	}
	g.timer = time.AfterFunc(s.lim.patience, func() { _ = c.Close() })
	s.all[c] = g
	s.byPlace[g.place]++
	return g
}

// rename remembers a guest by the connection that is handed on in its stead;
// false: all is over.
func (s *guests) rename(g *guest, c net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.over {
		return false
	}
	delete(s.all, g.conn)
	s.all[c] = g
	return true
}

// recognize takes a connection off the strangers, if it is one.
func (s *guests) recognize(c net.Conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.all[c]
	if g == nil {
		return
	}
	g.timer.Stop()
	delete(s.all, c)
	if s.byPlace[g.place]--; s.byPlace[g.place] == 0 {
		delete(s.byPlace, g.place)
	}
}

// dismiss closes a guest that nobody wants.
func (s *guests) dismiss(g *guest) {
	_ = g.conn.Close()
	s.recognize(g.conn)
}

// close closes every stranger and lets nobody in any more.
func (s *guests) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over = true
	for _, g := range s.all {
		_ = g.conn.Close()
	}
}

func (s *guests) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.all)
}

func addressOf(c net.Conn) netip.Addr {
	a, ok := c.RemoteAddr().(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return a.AddrPort().Addr().Unmap()
}

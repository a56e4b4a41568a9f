package relay

import (
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/turn/v5"
	"golang.org/x/time/rate"
)

// limits are the quotas; tests use smaller ones.
type limits struct {
	perSeat, perSession, total int // allocations
	permissions, channels      int // per allocation
	refusedPeers               int // distinct, per allocation, before it is closed
	bytesPerSecond, burst      int // payload a client sends through one allocation
	nodeBytesPerSecond         int // payload of all clients together
	nodeBurst                  int
	sessionBytes               int64 // payload of a session, both directions
}

func defaultLimits() limits {
	return limits{
		perSeat: 2, perSession: 4, total: 10_000,
		permissions: 8, channels: 8, refusedPeers: 64,
		bytesPerSecond: 8_000_000 / 8, burst: 12_000_000 / 8,
		nodeBytesPerSecond: 1_000_000_000 / 8, nodeBurst: 250_000_000 / 8,
		sessionBytes: 8 << 30,
	}
}

const (
	maxSeats = 2 // a relay joins two seats, not a crowd

	maxLifetime        = 600 * time.Second // of an allocation between refreshes
	permissionLifetime = 300 * time.Second // RFC 8656 section 9
	channelLifetime    = 600 * time.Second // RFC 8656 section 12

	// An allocation makes room for a new one of its seat when it is not in use
	// both ways any more (pages say something to each other twice a second), or
	// was not in time after it was made. Without this a seat that changed network,
	// or whose first try came to nothing, would be locked out until its old
	// allocations expire: an old one goes on asking for an answer. Pages look for a
	// new way 2 s after the last word, and every 4 s.
	silentAfter = 1500 * time.Millisecond
	unusedAfter = 3 * time.Second

	// forgetAfter is when the byte count of a session without allocations goes.
	forgetAfter = time.Hour
	sweepEvery  = time.Minute
)

// client is where requests come from: one per 5-tuple, as the server side is fixed.
type client struct {
	tcp  bool
	addr netip.AddrPort
}

func clientOf(a net.Addr) client {
	switch a := a.(type) {
	case *net.UDPAddr:
		return client{false, unmap(a.AddrPort())}
	case *net.TCPAddr:
		return client{true, unmap(a.AddrPort())}
	}
	return client{}
}

func unmap(a netip.AddrPort) netip.AddrPort {
	return netip.AddrPortFrom(a.Addr().Unmap(), a.Port())
}

// session is what the relay keeps of a help session.
type session struct {
	id      string
	seats   map[string][]*allocation
	bytes   atomic.Int64
	spent   bool // over its bytes: nothing is relayed or allocated any more
	touched time.Time
}

func (s *session) size() (n int) {
	for _, list := range s.seats {
		n += len(list)
	}
	return n
}

// hub knows every allocation and which may reach which.
type hub struct {
	// static
	lim         limits
	now         func() time.Time
	news        *news
	onAllocated func(client) bool // false: the client has gone
	onReleased  func(client)      // both are called without the lock

	count   counters
	bucket  *rate.Limiter // of all payload
	runs    sync.Pool
	readers sync.WaitGroup // the engine's goroutine of each allocation

	mu       sync.RWMutex // guards all below, and the marked fields of allocation
	closed   bool
	sessions map[string]*session
	ended    map[string]time.Time // until when its credentials might be tried
	relays   map[netip.Addr]*allocation
	clients  map[client]*allocation
	swept    time.Time
}

func newHub(lim limits, now func() time.Time, observe func(Event)) *hub {
	return &hub{
		lim: lim, now: now, news: newNews(observe),
		bucket:   rate.NewLimiter(rate.Limit(lim.nodeBytesPerSecond), lim.nodeBurst),
		runs:     sync.Pool{New: func() any { return &run{buf: make([]byte, 0, runBytes)} }},
		sessions: map[string]*session{}, ended: map[string]time.Time{},
		relays: map[netip.Addr]*allocation{}, clients: map[client]*allocation{},
		swept: now(),
	}
}

// allocate reserves a relayed address under all quotas, in one step. tcp is how
// the client reached the relay.
func (h *hub) allocate(c claim, tcp bool, username string, key []byte) (*allocation, error) {
	h.mu.Lock()
	if h.closed || len(h.relays) >= h.lim.total {
		h.mu.Unlock()
		return nil, errFull
	}
	if _, gone := h.ended[c.session]; gone {
		h.mu.Unlock()
		return nil, errEnded
	}
	h.sweepLocked()
	s := h.sessionLocked(c.session)
	victim, ok := h.roomLocked(s, c.seat, tcp)
	if !ok {
		h.mu.Unlock()
		return nil, errFull
	}
	if victim != nil {
		h.removeLocked(victim)
	}
	a := newAllocation(h, s, c.seat, username, key, h.addressLocked())
	a.tcp = tcp
	s.seats[c.seat] = append(s.seats[c.seat], a)
	h.relays[a.at.Addr()] = a
	h.readers.Add(1)
	h.mu.Unlock()
	if victim != nil {
		h.finish(victim)
	}
	return a, nil
}

// hasRoom lets the engine answer 486 instead of 508. allocate decides.
func (h *hub) hasRoom(username string, tcp bool) bool {
	c, ok := parseClaim(username)
	if !ok {
		return false
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.sessions[c.session]
	if s == nil {
		return true
	}
	_, ok = h.roomLocked(s, c.seat, tcp)
	return ok
}

// roomLocked says whether a seat may have one more allocation, and which of its
// own has to go for that (nil: none). The last place of a seat is never given to
// TCP: a browser asks on every network and over both at once, TCP can answer
// first, and the picture would then be stuck with it although UDP works.
func (h *hub) roomLocked(s *session, seat string, tcp bool) (victim *allocation, ok bool) {
	if s.spent || (len(s.seats) >= maxSeats && s.seats[seat] == nil) {
		return nil, false
	}
	mine := s.seats[seat]
	reserved := tcp && overTCP(mine) >= h.lim.perSeat-1
	if !reserved && len(mine) < h.lim.perSeat && s.size() < h.lim.perSession {
		return nil, true
	}
	now := time.Now()
	for _, a := range mine {
		if reserved && !a.tcp {
			continue // would leave nothing but TCP
		}
		if a.idle(now) && (victim == nil || a.lastUsed().Before(victim.lastUsed())) {
			victim = a
		}
	}
	return victim, victim != nil
}

func overTCP(list []*allocation) (n int) {
	for _, a := range list {
		if a.tcp {
			n++
		}
	}
	return n
}

func (h *hub) sessionLocked(id string) *session {
	s := h.sessions[id]
	if s == nil {
		s = &session{id: id, seats: map[string][]*allocation{}}
		h.sessions[id] = s
	}
	s.touched = h.now()
	return s
}

// addressLocked picks an unused address of 198.18.0.0/15, the block of RFC 2544
// that is routed nowhere. Each allocation has an address of its own because
// TURN permissions are per address, not per port.
func (h *hub) addressLocked() netip.AddrPort {
	const hosts, firstPort, ports = 1 << 17, 49152, 16384
	for {
		n := 1 + rand.IntN(hosts-2)
		addr := netip.AddrFrom4([4]byte{198, 18 + byte(n>>16), byte(n >> 8), byte(n)})
		if h.relays[addr] == nil {
			return netip.AddrPortFrom(addr, uint16(firstPort+rand.IntN(ports)))
		}
	}
}

// sweepLocked forgets sessions that nobody ended and endings nobody can abuse.
func (h *hub) sweepLocked() {
	now := h.now()
	if now.Sub(h.swept) < sweepEvery {
		return
	}
	h.swept = now
	for id, s := range h.sessions {
		if s.size() == 0 && now.Sub(s.touched) >= forgetAfter {
			delete(h.sessions, id)
		}
	}
	for id, until := range h.ended {
		if now.After(until) {
			delete(h.ended, id)
		}
	}
}

// removeLocked takes an allocation out of every table; false: it was out.
func (h *hub) removeLocked(a *allocation) bool {
	if a.closed {
		return false
	}
	a.closed = true
	delete(h.relays, a.at.Addr())
	if h.clients[a.client] == a {
		delete(h.clients, a.client)
	}
	list := a.session.seats[a.seat]
	for i := range list {
		if list[i] == a {
			a.session.seats[a.seat] = append(list[:i:i], list[i+1:]...)
			break
		}
	}
	a.session.touched = h.now()
	return true
}

// finish tells those who depend on an allocation that was just removed. The
// engine notices by its reader.
func (h *hub) finish(a *allocation) {
	close(a.done)
	if a.client != (client{}) {
		h.onReleased(a.client)
		h.news.tell(Event{Kind: Released, Session: a.session.id, Seat: a.seat, Bytes: a.sent.Load()})
	}
}

func (h *hub) release(a *allocation) {
	h.mu.Lock()
	ok := h.removeLocked(a)
	h.mu.Unlock()
	if ok {
		h.finish(a)
	}
}

// closeSessionAndUnlock removes all allocations of a session; the lock must be held and
// is given back.
func (h *hub) closeSessionAndUnlock(s *session) {
	var gone []*allocation
	for _, list := range s.seats {
		for _, a := range append([]*allocation(nil), list...) {
			if h.removeLocked(a) {
				gone = append(gone, a)
			}
		}
	}
	h.mu.Unlock()
	for _, a := range gone {
		h.finish(a)
	}
}

// end closes a session and remembers it for as long as credentials that were
// minted before may still be tried.
func (h *hub) end(id string, ttl time.Duration) {
	h.mu.Lock()
	h.ended[id] = h.now().Add(ttl + time.Minute)
	s := h.sessions[id]
	if s == nil {
		h.mu.Unlock()
		return
	}
	delete(h.sessions, id)
	h.closeSessionAndUnlock(s)
}

func (h *hub) hasEnded(id string) bool {
	h.mu.RLock()
	defer h.mu.RUnlock()
	_, gone := h.ended[id]
	return gone
}

// permit is the engine's question before every permission and channel.
func (h *hub) permit(from net.Addr, ip net.IP) bool {
	addr, ok := netip.AddrFromSlice(ip)
	return ok && h.mayAsk(clientOf(from), addr.Unmap())
}

// mayAsk grants a client permission for a peer's address, or notes the refusal.
func (h *hub) mayAsk(from client, ip netip.Addr) bool {
	h.mu.Lock()
	a := h.clients[from]
	if a == nil {
		h.mu.Unlock()
		return false
	}
	if other := h.relays[ip]; other != nil && a.mayReachLocked(other) {
		ok := a.grantLocked(ip, h.lim.permissions)
		h.mu.Unlock()
		return ok
	}
	flooded := a.refuseLocked(ip, h.lim.refusedPeers) && h.removeLocked(a)
	h.mu.Unlock()
	h.count.refusedPeers.Add(1)
	if flooded {
		h.finish(a)
		h.news.tell(Event{Kind: PeerFlood, Session: a.session.id, Seat: a.seat, Peers: h.lim.refusedPeers + 1})
	}
	return false
}

// mayBind is the rule for channels: the engine counts none and asks for the
// address only, so that one address would be good for a channel per port.
func (h *hub) mayBind(from client, peer netip.AddrPort) bool {
	if !h.mayAsk(from, peer.Addr()) {
		return false
	}
	h.mu.RLock()
	defer h.mu.RUnlock()
	a, other := h.clients[from], h.relays[peer.Addr()]
	if a == nil || other == nil || other.at != peer {
		return false
	}
	_, bound := a.channels[peer]
	return bound || len(a.channels) < h.lim.channels
}

// keyOf returns the integrity key of the allocation of a client, or nil.
func (h *hub) keyOf(from client, username string) []byte {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if a := h.clients[from]; a != nil && a.username == username {
		return a.key
	}
	return nil
}

func (h *hub) allocations() int {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return len(h.relays)
}

// close releases everything and refuses what comes after.
func (h *hub) close() {
	h.mu.Lock()
	h.closed = true
	for _, s := range h.sessions {
		h.closeSessionAndUnlock(s)
		h.mu.Lock()
	}
	h.mu.Unlock()
}

// wait returns when the engine has let go of every allocation and the last
// event was told.
func (h *hub) wait() {
	h.readers.Wait()
	h.news.close()
}

// events are the engine's callbacks. They run while the engine holds locks of
// its own; nothing here calls back into it.
func (h *hub) events() turn.EventHandler {
	return turn.EventHandler{
		OnAuth: func(_, _ net.Addr, _, _, _, _ string, ok bool) {
			if !ok { // a known name with a wrong password; others never come here
				h.count.refusedCredentials.Add(1)
			}
		},
		OnAllocationCreated: func(src, _ net.Addr, _, _, _ string, relayed net.Addr, _ int) {
			h.attach(relayed, clientOf(src))
		},
		OnPermissionCreated: func(_, _ net.Addr, _, _, _ string, relayed net.Addr, ip net.IP) {
			addr, _ := netip.AddrFromSlice(ip)
			h.update(relayed, func(a *allocation) { a.granted[addr.Unmap()] = true })
		},
		OnPermissionDeleted: func(_, _ net.Addr, _, _, _ string, relayed net.Addr, ip net.IP) {
			addr, _ := netip.AddrFromSlice(ip)
			h.update(relayed, func(a *allocation) { delete(a.granted, addr.Unmap()) })
		},
		OnChannelCreated: func(_, _ net.Addr, _, _, _ string, relayed, peer net.Addr, number uint16) {
			h.update(relayed, func(a *allocation) { a.channels[clientOf(peer).addr], a.peers[number] = number, clientOf(peer).addr })
		},
		OnChannelDeleted: func(_, _ net.Addr, _, _, _ string, relayed, peer net.Addr, number uint16) {
			h.update(relayed, func(a *allocation) { delete(a.channels, clientOf(peer).addr); delete(a.peers, number) })
		},
	}
}

// attach learns from which client an allocation is used.
func (h *hub) attach(relayed net.Addr, from client) {
	var a *allocation
	h.update(relayed, func(found *allocation) {
		a = found
		a.client = from
		h.clients[from] = a
	})
	if a == nil {
		return // ended in the meantime
	}
	h.news.tell(Event{Kind: Allocated, Session: a.session.id, Seat: a.seat, TCP: from.tcp})
	if !h.onAllocated(from) {
		h.release(a)
	}
}

func (h *hub) update(relayed net.Addr, change func(*allocation)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	at := clientOf(relayed).addr
	if a := h.relays[at.Addr()]; a != nil && a.at == at {
		change(a)
	}
}

// releaseOf releases what a client that has gone had allocated.
func (h *hub) releaseOf(c client) {
	h.mu.RLock()
	a := h.clients[c]
	h.mu.RUnlock()
	if a != nil {
		h.release(a)
	}
}

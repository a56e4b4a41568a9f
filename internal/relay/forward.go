package relay

import "time"

const (
	// mostRuns is how many clients one reader collects frames for at a time.
	mostRuns = 16
	// runBytes and runFrames bound what goes to one client in one system call:
	// what an IP packet can hold, and UDP_MAX_SEGMENTS of older kernels.
	runBytes  = 60_000
	runFrames = 64
)

// way is where the payload of a client goes.
type way struct {
	from, to *allocation
	client   client  // of to
	stream   *stream // of to, when its client came by TCP
	channel  uint16  // that the client of to bound to from; 0: none
}

// run is a row of frames for one client: to be sent as one, in their order.
type run struct {
	way   way
	buf   []byte
	size  int  // of each frame but the last, when they are datagrams
	last  bool // a shorter one is in it
	count int
	bytes int // of payload
}

// forwarder passes on what the clients of one reader send each other. It belongs
// to its reader. The engine sees none of that: it makes and ends allocations,
// permissions and channels, and the hub mirrors them.
type forwarder struct {
	hub  *hub
	tcp  *tcpFront
	sock *socket // to send datagrams by

	now  time.Time // of this read; zero: not looked at yet
	runs []*run
	// The way found last, for as long as the frames of one read take.
	known     bool
	knownFrom client
	knownSaid payload // without data
	knownWay  way
}

// take passes on what a frame carries; false: it is for the engine. What may not
// or cannot be delivered is lost, as on any network.
func (f *forwarder) take(from client, frame []byte) bool {
	p, carries, good := payloadIn(frame)
	if !carries {
		return false
	}
	if f.now.IsZero() {
		f.now = time.Now()
	}
	w := way{}
	if good {
		w = f.way(from, p)
	}
	if w.from != nil {
		w.from.heard.Store(f.now.UnixNano())
	}
	if w.to == nil || !relayable(p.data) || !f.hub.admit(w.from, f.now, len(p.data)) {
		f.hub.count.dropped.Add(1)
		return true
	}
	w.to.reached.Store(f.now.UnixNano())
	f.add(&w, p.data)
	return true
}

// way finds where a client's payload goes.
func (f *forwarder) way(from client, p payload) way {
	p.data = nil
	if f.known && f.knownFrom == from && f.knownSaid.channel == p.channel && f.knownSaid.peer == p.peer {
		return f.knownWay
	}
	w := f.hub.way(from, p)
	if w.to != nil && w.client.tcp {
		if w.stream = f.tcp.stream(w.client.addr); w.stream == nil {
			w.to = nil // about to be released
		}
	}
	f.known, f.knownFrom, f.knownSaid, f.knownWay = true, from, p, w
	return w
}

// add frames a payload and puts it behind what already waits for its client.
func (f *forwarder) add(w *way, data []byte) {
	r := f.runFor(w, len(data))
	before := len(r.buf)
	if w.channel != 0 {
		r.buf = appendChannelData(r.buf, w.channel, data, w.client.tcp)
	} else {
		r.buf = appendDataIndication(r.buf, w.from.at, data)
	}
	size := len(r.buf) - before
	if r.count == 0 {
		r.size = size
	}
	r.last = size < r.size
	r.count++
	r.bytes += len(data)
}

// runFor returns the run that a payload of n bytes may join. Datagrams of one
// run are cut apart by the kernel, so that only the last may be shorter.
func (f *forwarder) runFor(w *way, n int) *run {
	size := channelHeader + n
	if w.channel == 0 {
		size = dataOverhead + padded(n)
	}
	for _, r := range f.runs {
		if r.way.client != w.client {
			continue
		}
		joins := r.way == *w && r.count < runFrames && len(r.buf)+padded(size) <= runBytes
		if !joins || (!w.client.tcp && (r.last || size > r.size)) {
			f.send(r)
			r.way = *w
		}
		return r
	}
	if len(f.runs) == mostRuns {
		f.flush()
	}
	r := f.hub.runs.Get().(*run)
	r.way = *w
	f.runs = append(f.runs, r)
	return r
}

// send lets a run go and empties it.
func (f *forwarder) send(r *run) {
	if r.count > 0 {
		f.account(r, f.deliver(r))
	}
	r.buf, r.size, r.count, r.bytes, r.last = r.buf[:0], 0, 0, 0, false
}

func (f *forwarder) deliver(r *run) bool {
	if r.way.client.tcp {
		return r.way.stream.queue(r.buf)
	}
	return f.sock.send(r.buf, r.size, r.way.client.addr) == nil
}

func (f *forwarder) account(r *run, delivered bool) {
	count := &f.hub.count
	if !delivered {
		count.dropped.Add(int64(r.count))
		return
	}
	r.way.from.sent.Add(int64(r.bytes))
	count.packets.Add(int64(r.count))
	count.bytes.Add(int64(r.bytes))
}

// flush sends all that waits and forgets what it knows: permissions, channels
// and sessions may end before the next read.
func (f *forwarder) flush() {
	for _, r := range f.runs {
		f.send(r)
		r.way = way{}
		f.hub.runs.Put(r)
	}
	f.runs = f.runs[:0]
	f.known, f.knownWay = false, way{}
	f.now = time.Time{}
}

// way finds where a payload goes: to the other seat's allocation, if the client
// may send there and the other's client wants to receive from here.
func (h *hub) way(from client, p payload) way {
	h.mu.RLock()
	defer h.mu.RUnlock()
	a := h.clients[from]
	if a == nil {
		return way{}
	}
	at := p.peer
	if p.channel != 0 {
		at = a.peers[p.channel]
	}
	other := h.relays[at.Addr()]
	if other == nil || other.at != at || !a.mayReachLocked(other) {
		if p.channel == 0 {
			h.count.refusedPeers.Add(1)
		}
		return way{from: a}
	}
	w := way{from: a, client: other.client, channel: other.channels[a.at]}
	maySend := p.channel != 0 || a.granted[at.Addr()]
	wanted := w.channel != 0 || other.granted[a.at.Addr()]
	if maySend && wanted && other.client != (client{}) {
		w.to = other
	}
	return w
}

// admit books a payload on the rates of its allocation and of the node, and on
// the bytes of its session.
func (h *hub) admit(a *allocation, now time.Time, n int) bool {
	return a.bucket.AllowN(now, n) && h.bucket.AllowN(now, n) && h.charge(a, n)
}

// charge books payload on a session; false: it has used up its bytes.
func (h *hub) charge(a *allocation, n int) bool {
	s := a.session
	if s.bytes.Add(int64(n)) <= h.lim.sessionBytes {
		return true
	}
	h.mu.Lock()
	if s.spent {
		h.mu.Unlock()
		return false
	}
	s.spent = true
	h.closeSessionAndUnlock(s)
	h.news.tell(Event{Kind: BytesSpent, Session: s.id, Seat: a.seat, Bytes: h.lim.sessionBytes})
	return false
}

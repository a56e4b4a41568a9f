package relay

import (
	"bytes"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// writeStall is how long a client may take none of what it is sent.
	writeStall = 10 * time.Second
	// mostWaiting is how much waits for a slow client before it loses frames, in
	// bytes: a quarter of a second at the permitted rate.
	mostWaiting = 256 << 10
	// keptRoom is what an idle connection keeps of its buffer, in bytes.
	keptRoom = 16 << 10
	// strangerAnswers is how many unauthenticated answers a connection gets.
	// TCP cannot be forged, so this is against guessing, not reflection.
	strangerAnswers = 32
)

// stream is one TCP connection: a goroutine reads, a goroutine writes.
type stream struct {
	// static
	front  *tcpFront
	conn   net.Conn
	from   net.Addr
	peer   netip.AddrPort
	prefix netip.Prefix
	wake   chan struct{} // something waits
	done   chan struct{} // closed by close

	closing sync.Once
	answers atomic.Int32 // unauthenticated ones so far
	known   bool         // has allocated, or ended; guarded by front.mu

	mu      sync.Mutex
	waiting []byte // for the client; guarded by mu
}

func newStream(f *tcpFront, c net.Conn) *stream {
	peer := clientOf(c.RemoteAddr()).addr
	return &stream{
		front: f, conn: c, from: c.RemoteAddr(), peer: peer, prefix: network(peer.Addr(), 24, 56),
		wake: make(chan struct{}, 1), done: make(chan struct{}),
	}
}

// close ends both goroutines.
func (s *stream) close() {
	s.closing.Do(func() {
		close(s.done)
		_ = s.conn.Close()
	})
}

func (s *stream) read() {
	defer s.leave() // last: an allocation made meanwhile looks for the stream first
	defer s.front.forget(s)
	defer s.close()
	hub := s.front.gate.relay.hub
	fw := &forwarder{hub: hub, tcp: s.front, sock: s.front.sock}
	frames := newFramer(s.conn)
	for {
		frame, err := frames.next()
		if err != nil {
			return
		}
		if !fw.take(client{true, s.peer}, frame) && !s.pass(frame) {
			return
		}
		if !frames.ready() {
			fw.flush()
		}
	}
}

// leave takes the allocation along: the client has no way back to it.
func (s *stream) leave() { s.front.gate.relay.hub.releaseOf(client{true, s.peer}) }

// pass brings a frame through the gate to the engine; false: all is over.
func (s *stream) pass(data []byte) bool {
	v := s.front.gate.inspect(data, client{true, s.peer})
	if v.session != "" {
		if s.front.gate.relay.opts.Live(v.session) {
			v.answer = nil
		} else {
			v.frame = nil
		}
	}
	if v.answer != nil {
		s.send(v.answer)
	}
	if v.frame == nil {
		return true
	}
	select {
	case s.front.frames <- frame{bytes.Clone(v.frame), s.from}:
		return true
	case <-s.done:
		return false
	}
}

// send answers the client, or cuts off one that is answered too often.
func (s *stream) send(b []byte) {
	if unauthenticated(b) && s.answers.Add(1) > strangerAnswers {
		s.close()
		return
	}
	if !s.queue(b) {
		s.front.gate.relay.hub.count.dropped.Add(1)
	}
}

// queue puts a copy of frames behind what waits for the client; false: there is
// too much already, and they are lost.
func (s *stream) queue(b []byte) bool {
	s.mu.Lock()
	fits := len(s.waiting)+len(b) <= mostWaiting
	if fits {
		s.waiting = append(s.waiting, b...)
	}
	s.mu.Unlock()
	select {
	case s.wake <- struct{}{}:
	default:
	}
	return fits
}

// write sends what waits, with as few system calls as possible.
func (s *stream) write() {
	defer s.close()
	var b []byte
	for {
		select {
		case <-s.done:
			return
		case <-s.wake:
		}
		if cap(b) > keptRoom {
			b = nil
		}
		s.mu.Lock()
		b, s.waiting = s.waiting, b[:0]
		s.mu.Unlock()
		if len(b) == 0 {
			continue
		}
		if s.conn.SetWriteDeadline(time.Now().Add(writeStall)) != nil {
			return
		}
		if _, err := s.conn.Write(b); err != nil {
			return
		}
	}
}

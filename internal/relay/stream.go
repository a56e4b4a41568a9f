package relay

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// writeStall is how long a client may take none of what it is sent.
	writeStall = 10 * time.Second
	// outgoing is how many frames wait for a slow client before it loses some.
	outgoing = 256
	// strangerAnswers is how many unauthenticated answers a connection gets.
	// TCP cannot be forged, so this is against guessing, not reflection.
	strangerAnswers = 32
)

var errFrame = errors.New("relay: not a TURN frame")

// stream is one TCP connection: a goroutine reads, a goroutine writes.
type stream struct {
	// static
	front  *tcpFront
	conn   net.Conn
	from   net.Addr
	peer   netip.AddrPort
	prefix netip.Prefix
	out    chan []byte
	done   chan struct{} // closed by close

	closing sync.Once
	answers atomic.Int32 // unauthenticated ones so far
	known   bool         // has allocated, or ended; guarded by front.mu
}

func newStream(f *tcpFront, c net.Conn) *stream {
	peer := clientOf(c.RemoteAddr()).addr
	return &stream{
		front: f, conn: c, from: c.RemoteAddr(), peer: peer, prefix: network(peer.Addr(), 24, 56),
		out: make(chan []byte, outgoing), done: make(chan struct{}),
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
	r := bufio.NewReaderSize(s.conn, 2*inboundMTU)
	for {
		data, err := readFrame(r)
		if err != nil || !s.pass(data) {
			return
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
	case s.front.frames <- frame{v.frame, s.from}:
		return true
	case <-s.done:
		return false
	}
}

// readFrame reads one STUN message or one ChannelData with its padding
// (RFC 8656 section 12.5).
func readFrame(r *bufio.Reader) ([]byte, error) {
	head, err := r.Peek(4)
	if err != nil {
		return nil, err
	}
	if !welcome(head) {
		return nil, errFrame
	}
	size := int(binary.BigEndian.Uint16(head[2:]))
	if head[0] <= 3 {
		if head, err = r.Peek(8); err != nil {
			return nil, err
		}
		if size%4 != 0 || binary.BigEndian.Uint32(head[4:]) != magicCookie {
			return nil, errFrame
		}
		size += 20
	} else {
		size = 4 + (size+3)&^3
	}
	if size >= inboundMTU {
		return nil, errFrame
	}
	data := make([]byte, size)
	_, err = io.ReadFull(r, data)
	return data, err
}

// send queues a copy of a frame, or drops it.
func (s *stream) send(b []byte) {
	if unauthenticated(b) && s.answers.Add(1) > strangerAnswers {
		s.close()
		return
	}
	select {
	case s.out <- append([]byte(nil), b...):
	default:
		s.front.gate.relay.hub.count.dropped.Add(1)
	}
}

func (s *stream) write() {
	defer s.close()
	w := bufio.NewWriterSize(s.conn, 16<<10)
	for {
		select {
		case <-s.done:
			return
		case b := <-s.out:
			if s.drain(w, b) != nil {
				return
			}
		}
	}
}

// drain writes what is queued with as few system calls as possible.
func (s *stream) drain(w *bufio.Writer, b []byte) error {
	if err := s.conn.SetWriteDeadline(time.Now().Add(writeStall)); err != nil {
		return err
	}
	for {
		if _, err := w.Write(b); err != nil {
			return err
		}
		select {
		case b = <-s.out:
		default:
			return w.Flush()
		}
	}
}

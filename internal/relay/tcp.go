package relay

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"
)

const (
	strangersTotal  = 2000 // connections that have not allocated
	strangersPrefix = 64   // of one network (/24, /56)
	// strangerFor is how long a connection may stay without an allocation.
	strangerFor = 10 * time.Second
	// lingerFor lets the last answers out after an allocation ended.
	lingerFor = 500 * time.Millisecond
)

// frame is one TURN message from a connection.
type frame struct {
	data []byte
	from net.Addr
}

// tcpFront shows all TCP connections to the engine as one PacketConn, whose
// addresses tell them apart. So framing, deadlines and queues are ours, every
// goroutine can be waited for, and the engine treats TCP like UDP.
type tcpFront struct {
	// static
	listener net.Listener // nil: connections come by ServeConn alone
	local    net.Addr
	gate     *gate
	sock     *socket // by which seats that came over UDP are sent to
	frames   chan frame
	closed   chan struct{} // closed by Close
	gone     chan struct{} // closed when the engine has seen the end
	closing  sync.Once
	leaving  sync.Once
	running  sync.WaitGroup

	mu        sync.Mutex // guards all below, and stream.known
	over      bool
	streams   map[netip.AddrPort]*stream
	strangers map[netip.Prefix]int
	unknown   int // sum of strangers
}

func newTCPFront(l net.Listener, local net.Addr, g *gate, sock *socket) *tcpFront {
	return &tcpFront{
		listener: l, local: local, gate: g, sock: sock, frames: make(chan frame),
		closed: make(chan struct{}), gone: make(chan struct{}),
		streams: map[netip.AddrPort]*stream{}, strangers: map[netip.Prefix]int{},
	}
}

func (f *tcpFront) start() {
	if f.listener != nil {
		f.running.Go(f.accept)
	}
}

func (f *tcpFront) accept() {
	for {
		c, err := f.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // out of file descriptors, most likely
			f.gate.relay.opts.Log.Error("relay: accept", "error", err)
			select {
			case <-f.closed:
			case <-time.After(afterError):
			}
			continue
		}
		// The clock starts before anything is expected of the client.
		f.admit(c, time.Now().Add(strangerFor))
	}
}

// admit takes a connection in that must allocate in time, or closes it when there
// are too many strangers. Two connections from one address and port, which came
// to different listeners, cannot be told apart: the second is closed.
func (f *tcpFront) admit(c net.Conn, until time.Time) {
	s := newStream(f, c)
	err := c.SetReadDeadline(until)
	f.mu.Lock()
	defer f.mu.Unlock()
	if err != nil || f.over || f.streams[s.peer] != nil || f.unknown >= strangersTotal || f.strangers[s.prefix] >= strangersPrefix {
		_ = c.Close()
		return
	}
	f.streams[s.peer] = s
	f.strangers[s.prefix]++
	f.unknown++
	f.running.Go(s.read)
	f.running.Go(s.write)
}

// forget removes a connection that has ended.
func (f *tcpFront) forget(s *stream) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.streams, s.peer)
	f.recognizeLocked(s)
}

// recognizeLocked takes a connection off the count of strangers.
func (f *tcpFront) recognizeLocked(s *stream) {
	if s.known {
		return
	}
	s.known = true
	f.unknown--
	if f.strangers[s.prefix]--; f.strangers[s.prefix] == 0 {
		delete(f.strangers, s.prefix)
	}
}

// allocated lets a connection stay; false: it has gone.
func (f *tcpFront) allocated(c client) bool {
	if !c.tcp {
		return true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	s := f.streams[c.addr]
	if s == nil {
		return false
	}
	f.recognizeLocked(s)
	return s.conn.SetReadDeadline(time.Time{}) == nil
}

// released lets a connection without allocation end by itself.
func (f *tcpFront) released(c client) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.streams[c.addr]; c.tcp && s != nil {
		_ = s.conn.SetReadDeadline(time.Now().Add(lingerFor))
	}
}

func (f *tcpFront) connections() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.streams)
}

// ReadFrom gives the engine its next frame.
func (f *tcpFront) ReadFrom(b []byte) (int, net.Addr, error) {
	select {
	case fr := <-f.frames:
		return copy(b, fr.data), fr.from, nil
	case <-f.closed:
		f.leaving.Do(func() { close(f.gone) })
		return 0, nil, net.ErrClosed
	}
}

// WriteTo queues a frame for a connection. It never waits: a client that does
// not read loses frames, and the connection when writing stalls.
func (f *tcpFront) WriteTo(b []byte, to net.Addr) (int, error) {
	if s := f.stream(clientOf(to).addr); s != nil {
		s.send(b)
	}
	return len(b), nil
}

// stream finds the connection of a client, or nil.
func (f *tcpFront) stream(at netip.AddrPort) *stream {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.streams[at]
}

// LocalAddr is the server's side of every 5-tuple.
func (f *tcpFront) LocalAddr() net.Addr { return f.local }

// Close stops accepting and closes every connection.
func (f *tcpFront) Close() error {
	f.closing.Do(func() { close(f.closed) })
	f.mu.Lock()
	defer f.mu.Unlock()
	f.over = true
	for _, s := range f.streams {
		s.close()
	}
	if f.listener == nil {
		return nil
	}
	return f.listener.Close()
}

// wait returns when the engine has left and every goroutine has ended.
func (f *tcpFront) wait() {
	<-f.gone
	f.running.Wait()
}

// SetDeadline does nothing: the engine never asks for it.
func (*tcpFront) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing, like SetDeadline.
func (*tcpFront) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing, like SetDeadline.
func (*tcpFront) SetWriteDeadline(time.Time) error { return nil }

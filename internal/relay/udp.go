package relay

import (
	"bytes"
	"errors"
	"net"
	"sync"
	"time"
)

const (
	// heldAtOnce bounds Allocate requests that wait for Options.Live. Their
	// clients repeat them, so one more that is dropped is only late.
	heldAtOnce = 256
	// unread bounds datagrams that wait for the engine, likewise.
	unread = 512
	// afterError is a pause after a fault of the socket, against spinning.
	afterError = 10 * time.Millisecond
)

// datagram is one for the engine.
type datagram struct {
	frame []byte
	from  client
	asked bool // it went through the gate, and Options.Live said yes
}

// udpFront shows the sockets to the engine as one, without payload: what comes
// in went through the gate, what goes out unauthenticated is rationed.
type udpFront struct {
	// static
	sockets []*socket
	gate    *gate
	answers *answerLimiter
	frames  chan datagram
	slots   chan struct{}
	closed  chan struct{} // closed by Close
	gone    chan struct{} // closed when the engine has seen the end
	closing sync.Once
	leaving sync.Once

	reading, asking sync.WaitGroup
}

func newUDPFront(sockets []*socket, g *gate) *udpFront {
	return &udpFront{
		sockets: sockets, gate: g, answers: newAnswerLimiter(), frames: make(chan datagram, unread), slots: make(chan struct{}, heldAtOnce),
		closed: make(chan struct{}), gone: make(chan struct{}),
	}
}

func (f *udpFront) start(tcp *tcpFront) {
	for _, s := range f.sockets {
		f.reading.Go(func() { f.read(s, &forwarder{hub: f.gate.relay.hub, tcp: tcp, sock: s}) })
	}
}

// read takes datagrams from a socket: payload goes on at once, the rest waits for
// the engine.
func (f *udpFront) read(s *socket, fw *forwarder) {
	for {
		rows, err := s.receive()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			f.gate.relay.opts.Log.Error("relay: receive", "error", err)
			select {
			case <-f.closed:
			case <-time.After(afterError):
			}
			continue
		}
		for _, row := range rows {
			f.take(row, fw)
		}
		fw.flush()
	}
}

func (f *udpFront) take(row received, fw *forwarder) {
	from := client{addr: row.from}
	for rest := row.data; len(rest) > 0; {
		frame := rest[:min(row.size, len(rest))]
		rest = rest[len(frame):]
		if len(frame) >= inboundMTU || !welcome(frame) || fw.take(from, frame) {
			continue
		}
		select {
		case f.frames <- datagram{frame: bytes.Clone(frame), from: from}:
		default: // its client will ask again
		}
	}
}

// ReadFrom gives the engine its next datagram.
func (f *udpFront) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		select {
		case <-f.closed:
			f.leaving.Do(func() { close(f.gone) })
			return 0, nil, net.ErrClosed
		case d := <-f.frames:
			frame := d.frame
			if !d.asked {
				frame = f.screen(d)
			}
			if frame != nil {
				return copy(b, frame), net.UDPAddrFromAddrPort(d.from.addr), nil
			}
		}
	}
}

// screen returns what the engine may see now.
func (f *udpFront) screen(d datagram) []byte {
	v := f.gate.inspect(d.frame, d.from)
	if v.session == "" {
		f.send(v.answer, d.from)
		return v.frame
	}
	select {
	case f.slots <- struct{}{}:
		f.asking.Go(func() { f.ask(v, d.from) })
	default:
	}
	return nil
}

// ask waits for Options.Live beside the flow of requests.
func (f *udpFront) ask(v verdict, from client) {
	defer func() { <-f.slots }()
	if !f.gate.relay.opts.Live(v.session) {
		f.send(v.answer, from)
		return
	}
	select {
	case f.frames <- datagram{v.frame, from, true}:
	case <-f.closed:
	}
}

// WriteTo sends what the engine says, unless it answers a stranger too often.
func (f *udpFront) WriteTo(b []byte, to net.Addr) (int, error) {
	c := clientOf(to)
	if unauthenticated(b) && !f.answers.allow(c.addr.Addr(), time.Now()) {
		f.gate.relay.hub.count.silenced.Add(1)
		return len(b), nil
	}
	f.send(b, c)
	return len(b), nil
}

// send is best effort, as all of UDP.
func (f *udpFront) send(b []byte, to client) {
	if len(b) > 0 {
		_ = f.sockets[0].send(b, len(b), to.addr)
	}
}

// LocalAddr is the server's side of every 5-tuple.
func (f *udpFront) LocalAddr() net.Addr { return f.sockets[0].conn.LocalAddr() }

// Close stops receiving.
func (f *udpFront) Close() error {
	f.closing.Do(func() { close(f.closed) })
	return closeSockets(f.sockets)
}

// wait returns when the engine has left and nobody reads or asks any more.
func (f *udpFront) wait() {
	<-f.gone
	f.reading.Wait()
	f.asking.Wait()
}

// SetDeadline does nothing: the engine never asks for it.
func (*udpFront) SetDeadline(time.Time) error { return nil }

// SetReadDeadline does nothing, like SetDeadline.
func (*udpFront) SetReadDeadline(time.Time) error { return nil }

// SetWriteDeadline does nothing, like SetDeadline.
func (*udpFront) SetWriteDeadline(time.Time) error { return nil }

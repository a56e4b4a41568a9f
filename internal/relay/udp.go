package relay

import (
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

const (
	// heldAtOnce bounds Allocate requests that wait for Options.Live. Their
	// clients repeat them, so one more that is dropped is only late.
	heldAtOnce = 256
	// afterError is a pause after a fault of the socket, against spinning.
	afterError = 10 * time.Millisecond
)

// datagram is a request that has waited for Options.Live.
type datagram struct {
	frame []byte
	from  net.Addr
}

// udpFront is the socket as the engine sees it: what comes in went through the
// gate, what goes out unauthenticated is rationed.
type udpFront struct {
	net.PacketConn
	gate    *gate
	answers *answerLimiter

	asking  sync.WaitGroup
	slots   chan struct{}
	closed  chan struct{} // closed by Close
	gone    chan struct{} // closed when the engine has seen the end
	closing sync.Once
	leaving sync.Once

	mu    sync.Mutex // guards ready, and the socket's read deadline
	ready []datagram
}

func newUDPFront(c net.PacketConn, g *gate) *udpFront {
	return &udpFront{
		PacketConn: c, gate: g, answers: newAnswerLimiter(), slots: make(chan struct{}, heldAtOnce),
		closed: make(chan struct{}), gone: make(chan struct{}),
	}
}

// ReadFrom gives the engine its next datagram.
func (f *udpFront) ReadFrom(b []byte) (int, net.Addr, error) {
	for {
		if d, ok := f.takeReady(); ok {
			return copy(b, d.frame), d.from, nil
		}
		n, from, err := f.PacketConn.ReadFrom(b)
		if err != nil {
			if f.over(err) {
				return 0, nil, net.ErrClosed
			}
			continue
		}
		// A datagram that fills the buffer was cut short.
		if n == len(b) || !welcome(b[:n]) {
			continue
		}
		if frame := f.screen(b[:n], from); frame != nil {
			return copy(b, frame), from, nil
		}
	}
}

// over tells the end from what passes: the engine gives up at the first error.
func (f *udpFront) over(err error) bool {
	if errors.Is(err, net.ErrClosed) {
		f.leaving.Do(func() { close(f.gone) })
		return true
	}
	if !errors.Is(err, os.ErrDeadlineExceeded) { // that is announce calling
		f.gate.relay.opts.Log.Error("relay: receive", "error", err)
		select {
		case <-f.closed:
		case <-time.After(afterError):
		}
	}
	return false
}

// screen returns what the engine may see now.
func (f *udpFront) screen(b []byte, from net.Addr) []byte {
	v := f.gate.inspect(b, clientOf(from))
	if v.session == "" {
		f.send(v.answer, from)
		return v.frame
	}
	if &v.frame[0] == &b[0] { // the buffer is the engine's and will be reused
		v.frame = append([]byte(nil), v.frame...)
	}
	select {
	case f.slots <- struct{}{}:
		f.asking.Go(func() { f.ask(v, from) })
	default:
	}
	return nil
}

// ask waits for Options.Live beside the flow of packets.
func (f *udpFront) ask(v verdict, from net.Addr) {
	defer func() { <-f.slots }()
	if !f.gate.relay.opts.Live(v.session) {
		f.send(v.answer, from)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ready = append(f.ready, datagram{v.frame, from})
	// Wakes ReadFrom; takeReady takes the deadline back.
	_ = f.SetReadDeadline(time.Unix(1, 0))
}

func (f *udpFront) takeReady() (datagram, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.ready) == 0 {
		return datagram{}, false
	}
	d := f.ready[0]
	if f.ready = f.ready[1:]; len(f.ready) == 0 {
		f.ready = nil
		_ = f.SetReadDeadline(time.Time{}) // fails only on a closed socket
	}
	return d, true
}

// WriteTo sends what the engine says, unless it answers a stranger too often.
func (f *udpFront) WriteTo(b []byte, to net.Addr) (int, error) {
	if unauthenticated(b) && !f.answers.allow(clientOf(to).addr.Addr(), time.Now()) {
		f.gate.relay.hub.count.silenced.Add(1)
		return len(b), nil
	}
	return f.PacketConn.WriteTo(b, to)
}

// send is best effort, as all of UDP.
func (f *udpFront) send(b []byte, to net.Addr) {
	if len(b) > 0 {
		_, _ = f.PacketConn.WriteTo(b, to)
	}
}

// Close stops receiving.
func (f *udpFront) Close() error {
	f.closing.Do(func() { close(f.closed) })
	return f.PacketConn.Close()
}

// wait returns when the engine has left and nobody asks any more.
func (f *udpFront) wait() {
	<-f.gone
	f.asking.Wait()
}

package relay

import (
	"io"
	"net"
	"testing"
	"time"

	"tasuke/internal/relay/attack"
)

// accepts hands the relay connections that it did not accept itself.
func accepts(t *testing.T, w *world, until func() time.Time) net.Addr {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			w.ServeConn(c, until())
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return l.Addr()
}

func TestConnectionsThatOthersAcceptedAreServed(t *testing.T) {
	w := newWorld(t, func(o *Options, _ *limits) { o.UDPOnly = true })
	if c, err := net.Dial("tcp", w.server("udp").String()); err == nil {
		t.Error("it listens on TCP", c.Close())
	}
	at := accepts(t, w, func() time.Time { return time.Now().Add(patience) })
	join := func(seat string) *peer {
		p := w.dialAt(t, "tcp", at)
		p.as(w.credentials(t, "s1", seat))
		if code := p.Allocate(); code != 0 {
			t.Fatalf("%s: allocate answered %d", seat, code)
		}
		return p
	}
	a, b := join("helper"), join("sharer")
	connect(t, a, b)
	a.Indicate(b.Relayed, attack.DTLS("handed over"))
	if !b.Arrives("handed over", patience) {
		t.Error("nothing arrived")
	}
	if n := w.Stats().Connections; n != 2 {
		t.Errorf("%d connections", n)
	}
}

func TestTimeThatWasSpentBeforeCounts(t *testing.T) {
	w := newWorld(t, func(o *Options, _ *limits) { o.UDPOnly = true })
	at := accepts(t, w, func() time.Time { return time.Now().Add(-time.Second) })
	c, err := net.Dial("tcp", at.String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	_ = c.SetReadDeadline(time.Now().Add(patience))
	if _, err := io.Copy(io.Discard, c); isTimeout(err) {
		t.Error("a connection whose time was over stays")
	}
}

func TestAnAddressThatIsTakenIsNotServedTwice(t *testing.T) {
	w := newWorld(t, nil)
	p := w.join(t, "tcp", "s1", "helper")
	here, there := net.Pipe()
	w.ServeConn(twin{there, p.Conn.LocalAddr()}, time.Now().Add(patience))
	if _, err := here.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("the second connection: %v", err)
	}
	if code, _ := p.Refresh(60); code != 0 {
		t.Errorf("the first connection: refresh answered %d", code)
	}
}

// twin is a connection that says it comes from an address.
type twin struct {
	net.Conn
	addr net.Addr
}

func (c twin) RemoteAddr() net.Addr { return c.addr }

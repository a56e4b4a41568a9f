package port

import (
	"crypto/tls"
	"io"
	"net"
	"sync"
)

// peeked is a connection whose first byte was read already.
type peeked struct {
	net.Conn
	first []byte // not yet read again; owned by the reader
}

// peek waits for the first byte.
func peek(c net.Conn) (*peeked, byte, error) {
	first := make([]byte, 1)
	if _, err := io.ReadFull(c, first); err != nil {
		return nil, 0, err
	}
	return &peeked{c, first}, first[0], nil
}

// Read gives the first byte, then what follows.
func (c *peeked) Read(b []byte) (int, error) {
	if len(c.first) == 0 || len(b) == 0 {
		return c.Conn.Read(b)
	}
	n := copy(b, c.first)
	c.first = c.first[n:]
	return n, nil
}

// CloseWrite is what net/http asks of a connection, so that a last answer is not
// lost to a reset.
func (c *peeked) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

// encrypted is HTTP/1.1 of a client that offered no ALPN. net/http learns from
// ConnectionState that it is over TLS.
type encrypted struct {
	*peeked
	tls *tls.Conn
}

// ConnectionState is that of the TLS connection underneath.
func (c encrypted) ConnectionState() tls.ConnectionState { return c.tls.ConnectionState() }

// hangsUp closes the connection under TLS at once: saying goodbye in TLS waits
// seconds for somebody who does not read.
type hangsUp struct {
	net.Conn
	raw net.Conn
}

// Close does not wait.
func (c hangsUp) Close() error { return c.raw.Close() }

// queue is a listener whose connections come from a Port.
type queue struct {
	addr    net.Addr
	guests  *guests
	ready   chan net.Conn
	closed  chan struct{}
	closing sync.Once
}

func newQueue(addr net.Addr, g *guests) *queue {
	return &queue{addr: addr, guests: g, ready: make(chan net.Conn), closed: make(chan struct{})}
}

// put hands a guest on; it stays a stranger until it is recognized.
func (q *queue) put(g *guest, c net.Conn) {
	if !q.guests.rename(g, c) {
		q.guests.dismiss(g)
		return
	}
	select {
	case q.ready <- c:
	case <-q.closed:
		_ = g.conn.Close()
		q.guests.recognize(c)
	}
}

// Accept implements net.Listener.
func (q *queue) Accept() (net.Conn, error) {
	select {
	case c := <-q.ready:
		return c, nil
	case <-q.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (q *queue) Close() error {
	q.closing.Do(func() { close(q.closed) })
	return nil
}

// Addr implements net.Listener.
func (q *queue) Addr() net.Addr { return q.addr }

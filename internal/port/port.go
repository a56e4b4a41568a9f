// Package port sorts what comes to one TCP address: pages, API and WebSocket over
// TLS (HTTP/1.1 and HTTP/2) or in clear, TURN over TLS and in clear, questions of
// a certificate authority, and plain http that has gone astray. It owns accepting,
// TLS handshakes, and the limits on whoever has not yet shown what they want.
//
// It knows neither HTTP nor TURN beyond their first byte: package server gives
// the pages' connections to net/http and the others to package relay.
package port

import (
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"slices"
	"sync"
	"time"
)

const (
	// protocolTURN is the ALPN name of TURN (RFC 7443). Browsers do not send it:
	// they offer no ALPN for turns:, so that TURN is told by its first byte.
	protocolTURN = "stun.turn"
	// protocolACME is the ALPN name of a certificate authority's question (RFC
	// 8737). The configuration with the certificate offers it when it has answers.
	protocolACME = "acme-tls/1"
)

// Options say what is spoken at an address.
type Options struct {
	// Listener accepts. Required; closed by Close.
	Listener net.Listener
	// TLS has the certificate. Zero: nothing is encrypted here.
	TLS *tls.Config
	// ByName gives another configuration to clients that ask for this name; nil:
	// the usual one. Zero: there is but one.
	ByName func(name string, usual *tls.Config) *tls.Config
	// TURN takes over a connection that wants to speak TURN and must have shown
	// its right to it by then. Closing that connection never waits for the other
	// side. Zero: no TURN here.
	TURN func(c net.Conn, until time.Time)
	// TURNOnly serves no pages.
	TURNOnly bool
	// Log gets faults of the machinery. Zero: no log.
	Log *slog.Logger
}

// Port is an address that is listened on. All methods may be called at any time
// from any goroutine.
type Port struct {
	// static after New
	opts   Options
	tls    *tls.Config // nil: clear
	pages  *queue
	astray *queue
	guests *guests

	running sync.WaitGroup
	closing sync.Once
	closed  chan struct{} // closed by Close
}

// New listens and sorts until Close.
func New(opts Options) *Port { return start(opts, defaultLimits()) }

func start(opts Options, lim limits) *Port {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	p := &Port{opts: opts, guests: newGuests(lim), closed: make(chan struct{})}
	p.pages, p.astray = newQueue(opts.Listener.Addr(), p.guests), newQueue(opts.Listener.Addr(), p.guests)
	if opts.TLS != nil {
		p.tls = negotiable(opts)
	}
	p.running.Go(p.accept)
	return p
}

// Pages are the connections for HTTP: over TLS when there is TLS, else in clear.
// net/http must be the only one to read from it.
func (p *Port) Pages() net.Listener { return p.pages }

// Astray are the connections that speak HTTP in clear where pages are over TLS.
func (p *Port) Astray() net.Listener { return p.astray }

// Recognize says of a connection from Pages or Astray that a whole request has
// come over it, or that it has ended: it is no stranger any more.
func (p *Port) Recognize(c net.Conn) { p.guests.recognize(c) }

// Close stops listening and closes whoever is still a stranger. It returns when
// every goroutine has ended; connections that were handed on are not its own.
func (p *Port) Close() error {
	err := error(nil)
	p.closing.Do(func() {
		close(p.closed)
		err = p.opts.Listener.Close()
		p.guests.close()
		_, _ = p.pages.Close(), p.astray.Close()
	})
	p.running.Wait()
	return err
}

func (p *Port) accept() {
	const afterError = 10 * time.Millisecond // against spinning
	for {
		c, err := p.opts.Listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // out of file descriptors, most likely
			p.opts.Log.Error("port: accept", "err", err)
			select {
			case <-p.closed:
			case <-time.After(afterError):
			}
			continue
		}
		if g := p.guests.admit(c); g != nil {
			p.running.Go(func() { p.receive(g) })
		}
	}
}

// receive finds out what a guest wants and hands it on.
func (p *Port) receive(g *guest) {
	c, want := p.sort(g.conn)
	switch {
	case want == turn && p.opts.TURN != nil:
		p.guests.recognize(g.conn)
		p.opts.TURN(hangsUp{c, g.conn}, g.until)
	case want == pages && !p.opts.TURNOnly:
		p.pages.put(g, c)
	case want == astray && !p.opts.TURNOnly:
		p.astray.put(g, c)
	default:
		p.guests.dismiss(g)
	}
}

// wish is what a connection is for.
type wish int

const (
	nothing wish = iota // or nothing that is offered
	pages
	turn
	astray
)

// sort tells by the first byte, as RFC 7983 does for datagrams, and inside TLS by
// ALPN and then again by the first byte. It returns when that has come, or the
// guest's time is over.
func (p *Port) sort(raw net.Conn) (net.Conn, wish) {
	c, first, err := peek(raw)
	switch {
	case err != nil:
		return nil, nothing
	case first == tlsHandshake && p.tls != nil:
		return p.sortTLS(tls.Server(c, p.tls))
	case isTURN(first):
		return c, turn
	case isHTTP(first) && p.tls != nil:
		return c, astray
	case isHTTP(first):
		return c, pages
	}
	return nil, nothing
}

func (p *Port) sortTLS(c *tls.Conn) (net.Conn, wish) {
	if err := c.Handshake(); err != nil {
		p.opts.Log.Debug("port: TLS handshake", "err", err)
		return nil, nothing
	}
	switch c.ConnectionState().NegotiatedProtocol {
	case "h2", "http/1.1":
		return c, pages // untouched: net/http speaks HTTP/2 on a *tls.Conn only
	case protocolTURN:
		return c, turn
	case protocolACME:
		return nil, nothing // the handshake was the answer (RFC 8737 section 3)
	}
	plain, first, err := peek(c)
	switch {
	case err != nil:
		return nil, nothing
	case isTURN(first):
		return plain, turn
	case isHTTP(first):
		return encrypted{plain, c}, pages
	}
	return nil, nothing
}

const tlsHandshake = 0x16 // RFC 8446 section 5.1

// isTURN: STUN messages begin with two zero bits and a type below 0x0400
// (RFC 7983). The magic cookie that must follow is package relay's to check.
func isTURN(first byte) bool { return first <= 3 }

// isHTTP: a method is a token (RFC 9110 section 9.1), and all of them are letters.
func isHTTP(first byte) bool {
	return first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z'
}

// negotiable completes a TLS configuration: which protocols are spoken here, and
// that a client that offers others only gets no ALPN instead of an alert.
func negotiable(opts Options) *tls.Config {
	c := opts.TLS.Clone()
	if !opts.TURNOnly {
		c.NextProtos = append(c.NextProtos, "h2", "http/1.1")
	}
	if opts.TURN != nil {
		c.NextProtos = append(c.NextProtos, protocolTURN)
	}
	silent := c.Clone()
	silent.NextProtos = nil
	usual := c.Clone()
	c.GetConfigForClient = func(h *tls.ClientHelloInfo) (*tls.Config, error) {
		if opts.ByName != nil && !slices.Contains(h.SupportedProtos, protocolACME) {
			if other := opts.ByName(h.ServerName, usual); other != nil {
				return other, nil
			}
		}
		for _, offered := range h.SupportedProtos {
			if slices.Contains(c.NextProtos, offered) {
				return nil, nil
			}
		}
		return silent, nil
	}
	return c
}

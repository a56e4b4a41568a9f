package relay

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"syscall"
)

// socketBuffer is asked for on every UDP socket, in bytes: about a quarter of a
// second of twenty screens. The kernel may grant less.
const socketBuffer = 4 << 20

// received is what one sender sent in a row: datagrams of a size, one behind the
// other; the last may be shorter. It is good until the next receive.
type received struct {
	from netip.AddrPort
	data []byte
	size int
}

// openSockets opens UDP sockets on one address, so that the kernel spreads
// clients over as many readers.
func openSockets(address string) ([]*socket, error) {
	config := net.ListenConfig{}
	n := readers()
	if n > 1 {
		config.Control = func(_, _ string, c syscall.RawConn) error { return shareAddress(c) }
	}
	var sockets []*socket
	for len(sockets) < n {
		c, err := config.ListenPacket(context.Background(), "udp", address)
		if err != nil {
			return nil, errors.Join(err, closeSockets(sockets))
		}
		u := c.(*net.UDPConn)
		// Best effort: a kernel that says no still relays.
		_ = u.SetReadBuffer(socketBuffer)
		_ = u.SetWriteBuffer(socketBuffer)
		s, err := newSocket(u)
		if err != nil {
			return nil, errors.Join(err, u.Close(), closeSockets(sockets))
		}
		sockets = append(sockets, s)
		address = u.LocalAddr().String() // the port that was chosen
	}
	return sockets, nil
}

func closeSockets(sockets []*socket) error {
	var err error
	for _, s := range sockets {
		err = errors.Join(err, s.conn.Close())
	}
	return err
}

// listen opens UDP and, unless udpOnly, TCP on the same port; the listener is nil
// then.
func listen(address string, udpOnly bool) ([]*socket, net.Listener, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, nil, fmt.Errorf("relay address: %w", err)
	}
	if udpOnly {
		sockets, err := openSockets(address)
		return sockets, nil, err
	}
	// A port that is free for TCP may be taken for UDP; only with port 0 does
	// another try help.
	const tries = 16
	for try := 1; ; try++ {
		streams, err := net.Listen("tcp", address)
		if err != nil {
			return nil, nil, fmt.Errorf("listen for TURN over TCP: %w", err)
		}
		chosen := streams.Addr().(*net.TCPAddr)
		sockets, err := openSockets(net.JoinHostPort(host, strconv.Itoa(chosen.Port)))
		if err == nil {
			return sockets, streams, nil
		}
		err = errors.Join(err, streams.Close())
		if port != "0" || try == tries {
			return nil, nil, fmt.Errorf("listen for TURN over UDP: %w", err)
		}
	}
}

// sendEach sends a row of datagrams one by one.
func sendEach(c *net.UDPConn, row []byte, size int, to netip.AddrPort) error {
	for len(row) > 0 {
		n := min(size, len(row))
		if _, err := c.WriteToUDPAddrPort(row[:n], to); err != nil {
			return err
		}
		row = row[n:]
	}
	return nil
}

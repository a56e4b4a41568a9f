//go:build !linux

package relay

import (
	"net"
	"net/netip"
	"syscall"
)

// socket is a UDP socket that receives and sends one datagram at a time, as any
// system can. It has one reader; anybody may send.
type socket struct {
	conn *net.UDPConn
	room [64 << 10]byte // more than can come: a datagram cut short is an error on some systems
	out  [1]received
}

// readers is how many sockets share the address: not every system spreads
// datagrams by their sender.
func readers() int { return 1 }

func shareAddress(syscall.RawConn) error { return nil }

func newSocket(c *net.UDPConn) (*socket, error) { return &socket{conn: c}, nil }

func (s *socket) receive() ([]received, error) {
	n, from, err := s.conn.ReadFromUDPAddrPort(s.room[:])
	if err != nil {
		return nil, err
	}
	s.out[0] = received{from: unmap(from), data: s.room[:n], size: max(n, 1)}
	return s.out[:], nil
}

func (s *socket) send(row []byte, size int, to netip.AddrPort) error {
	return sendEach(s.conn, row, size, to)
}

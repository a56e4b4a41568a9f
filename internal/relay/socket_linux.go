package relay

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"runtime"
	"strconv"
	"sync/atomic"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	// batch is how many messages one system call receives at most.
	batch = 32
	// message is the room for one: what the kernel joins to one (UDP_GRO) is no
	// longer than an IP packet. Pages that nothing was written to cost nothing.
	message = 64 << 10
	// mostReaders bounds goroutines and their buffers on big machines.
	mostReaders = 16
)

// socket is a UDP socket that receives and sends many datagrams in one system
// call: recvmmsg(2), and UDP_GRO and UDP_SEGMENT of udp(7) where the kernel has
// them. It has one reader; anybody may send.
type socket struct {
	conn *net.UDPConn
	raw  syscall.RawConn

	cut atomic.Bool // the kernel cuts rows of datagrams apart

	// owned by the reader
	heads   []unix.Mmsghdr
	names   []unix.RawSockaddrInet6
	control [][]byte
	out     []received
	read    func(fd uintptr) bool // made once: it would be an allocation for each call
	got     int
	errno   unix.Errno
}

// readers is how many sockets share the address.
func readers() int { return min(runtime.GOMAXPROCS(0), mostReaders) }

func shareAddress(c syscall.RawConn) error {
	var err error
	if e := c.Control(func(fd uintptr) { err = unix.SetsockoptInt(int(fd), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1) }); e != nil {
		return e
	}
	return err
}

func newSocket(c *net.UDPConn) (*socket, error) {
	raw, err := c.SyscallConn()
	if err != nil {
		return nil, fmt.Errorf("relay socket: %w", err)
	}
	s := &socket{
		conn: c, raw: raw, heads: make([]unix.Mmsghdr, batch), names: make([]unix.RawSockaddrInet6, batch),
		control: make([][]byte, batch), out: make([]received, 0, batch),
	}
	// Kernels before 4.18 and 5.0 know neither; nothing else is lost without.
	err = raw.Control(func(fd uintptr) {
		_ = unix.SetsockoptInt(int(fd), unix.IPPROTO_UDP, unix.UDP_GRO, 1)
		_, e := unix.GetsockoptInt(int(fd), unix.IPPROTO_UDP, unix.UDP_SEGMENT)
		s.cut.Store(e == nil)
	})
	if err != nil {
		return nil, fmt.Errorf("relay socket: %w", err)
	}
	for i := range s.heads {
		room := make([]byte, message)
		s.control[i] = make([]byte, unix.CmsgSpace(4))
		h := &s.heads[i].Hdr
		h.Name = (*byte)(unsafe.Pointer(&s.names[i]))
		h.Iov = &unix.Iovec{Base: &room[0]}
		h.Iov.SetLen(len(room))
		h.SetIovlen(1)
		h.Control = &s.control[i][0]
	}
	s.read = func(fd uintptr) bool {
		n, _, errno := unix.Syscall6(unix.SYS_RECVMMSG, fd, uintptr(unsafe.Pointer(&s.heads[0])), batch, unix.MSG_DONTWAIT, 0, 0)
		s.got, s.errno = int(n), errno
		return errno != unix.EAGAIN && errno != unix.EINTR
	}
	return s, nil
}

// receive waits for datagrams.
func (s *socket) receive() ([]received, error) {
	for i := range s.heads {
		s.heads[i].Hdr.Namelen = unix.SizeofSockaddrInet6
		s.heads[i].Hdr.SetControllen(len(s.control[i]))
	}
	if err := s.raw.Read(s.read); err != nil {
		return nil, err
	}
	if s.errno != 0 {
		return nil, s.errno
	}
	s.out = s.out[:0]
	for i := range s.got {
		h := &s.heads[i]
		if h.Hdr.Flags&unix.MSG_TRUNC != 0 || h.Len == 0 {
			continue
		}
		data := unsafe.Slice(h.Hdr.Iov.Base, h.Len)
		s.out = append(s.out, received{from: addressIn(&s.names[i]), data: data, size: joinedSize(s.control[i][:h.Hdr.Controllen], len(data))})
	}
	return s.out, nil
}

// addressIn reads what the kernel wrote for either family.
func addressIn(name *unix.RawSockaddrInet6) netip.AddrPort {
	port := binary.BigEndian.Uint16((*[2]byte)(unsafe.Pointer(&name.Port))[:])
	if name.Family == unix.AF_INET {
		return netip.AddrPortFrom(netip.AddrFrom4((*unix.RawSockaddrInet4)(unsafe.Pointer(name)).Addr), port)
	}
	addr := netip.AddrFrom16(name.Addr).Unmap()
	if name.Scope_id != 0 && addr.Is6() {
		addr = addr.WithZone(strconv.Itoa(int(name.Scope_id))) // its number is as good as its name
	}
	return netip.AddrPortFrom(addr, port)
}

// joinedSize reads how long each of the datagrams is that the kernel joined.
func joinedSize(control []byte, otherwise int) int {
	if len(control) < unix.CmsgLen(4) {
		return otherwise
	}
	h := (*unix.Cmsghdr)(unsafe.Pointer(&control[0]))
	if h.Level != unix.IPPROTO_UDP || h.Type != unix.UDP_GRO {
		return otherwise
	}
	if n := int(binary.NativeEndian.Uint32(control[unix.CmsgLen(0):])); n > 0 && n < otherwise {
		return n
	}
	return otherwise
}

// send sends a row of datagrams, in one system call where that is possible.
func (s *socket) send(row []byte, size int, to netip.AddrPort) error {
	if len(row) <= size {
		_, err := s.conn.WriteToUDPAddrPort(row, to)
		return err
	}
	if !s.cut.Load() {
		return sendEach(s.conn, row, size, to)
	}
	_, _, err := s.conn.WriteMsgUDPAddrPort(row, cutInto(size), to)
	if err == nil || errors.Is(err, net.ErrClosed) {
		return err
	}
	// A network device that cannot (EIO) never will; anything else is about this
	// row, such as datagrams that are too long for the way to this client.
	if errors.Is(err, unix.EIO) {
		s.cut.Store(false)
	}
	return sendEach(s.conn, row, size, to)
}

// cutInto is the control message that asks for datagrams of a size.
func cutInto(size int) []byte {
	b := make([]byte, unix.CmsgSpace(2))
	h := (*unix.Cmsghdr)(unsafe.Pointer(&b[0]))
	h.Level, h.Type = unix.IPPROTO_UDP, unix.UDP_SEGMENT
	h.SetLen(unix.CmsgLen(2))
	binary.NativeEndian.PutUint16(b[unix.CmsgLen(0):], uint16(size))
	return b
}

package relay

import (
	"encoding/binary"
	"errors"
	"io"
)

// mostBuffered bounds what one connection has read and not yet looked at, bytes.
const mostBuffered = 64 << 10

var errFrame = errors.New("relay: not a TURN frame")

// framer cuts a stream into TURN frames. It reads as much as there is, so that
// many frames cost one system call, and grows only for a stream that is busy.
type framer struct {
	r          io.Reader
	buf        []byte
	begin, end int // of what is not yet given out
}

func newFramer(r io.Reader) *framer { return &framer{r: r, buf: make([]byte, 2*inboundMTU)} }

// next returns one STUN message or one ChannelData with its padding (RFC 8656
// section 12.5). It is good until the next call.
func (f *framer) next() ([]byte, error) {
	for {
		size, err := frameSize(f.buf[f.begin:f.end])
		if err != nil {
			return nil, err
		}
		if size > 0 && size <= f.end-f.begin {
			frame := f.buf[f.begin : f.begin+size]
			f.begin += size
			return frame, nil
		}
		if err := f.fill(); err != nil {
			return nil, err
		}
	}
}

// ready says whether next would return without reading.
func (f *framer) ready() bool {
	size, err := frameSize(f.buf[f.begin:f.end])
	return err != nil || (size > 0 && size <= f.end-f.begin)
}

func (f *framer) fill() error {
	full := f.end == len(f.buf)
	f.end = copy(f.buf, f.buf[f.begin:f.end])
	f.begin = 0
	if full && len(f.buf) < mostBuffered {
		f.buf = append(f.buf, make([]byte, len(f.buf))...)
	}
	n, err := f.r.Read(f.buf[f.end:])
	f.end += n
	if n > 0 {
		return nil // an error comes again
	}
	return err
}

// frameSize is the size of the frame that begins with b; 0: too early to tell.
func frameSize(b []byte) (int, error) {
	if len(b) < channelHeader {
		return 0, nil
	}
	if !welcome(b) {
		return 0, errFrame
	}
	size := int(binary.BigEndian.Uint16(b[2:]))
	if b[0] > 3 {
		size = channelHeader + padded(size)
	} else {
		if size%4 != 0 || (len(b) >= 8 && binary.BigEndian.Uint32(b[4:]) != magicCookie) {
			return 0, errFrame
		}
		size += stunHeader
	}
	if size >= inboundMTU {
		return 0, errFrame
	}
	return size, nil
}

package live

import (
	"encoding/binary"

	"tasuke/internal/fault"
	"tasuke/internal/wire"
)

// The head of a picture, a binary message, in bytes (numbers are big-endian):
// version, format, 1 when it stands alone, 0, number (4), width (2), height (2).
const (
	headBytes      = 12
	sealBytes      = 16 // the tag of AES-GCM behind the picture
	headVersion    = 1
	maxPictureSide = 8192      // pixels
	maxPicture     = 512 << 10 // bytes, head included
	maxWants       = 1024      // bytes of a text message
)

// format is how a picture is coded.
type format byte

// The formats, by the names that wire.Want has for them.
const (
	jpeg format = 1
	webp format = 2
	vp8  format = 3 // a frame of a VP8 stream (RFC 6386): one that does not stand alone builds on the one before
)

// picture is what is read of a picture's head.
type picture struct {
	format        format
	whole         bool
	number        uint32
	width, height int
}

// errPicture refuses what is no picture.
var errPicture = fault.New(fault.Invalid, "picture_refused", "The browser sent something that is not a picture.", "Reload the page; if it happens again, try another browser.")

// parsePicture reads and checks a picture's head. What follows is encrypted from
// browser to browser.
func parsePicture(b []byte) (p picture, err error) {
	if len(b) <= headBytes+sealBytes || len(b) > maxPicture || b[0] != headVersion || b[2] > 1 || b[3] != 0 {
		return p, errPicture
	}
	p = picture{
		format: format(b[1]), whole: b[2] == 1, number: binary.BigEndian.Uint32(b[4:]),
		width: int(binary.BigEndian.Uint16(b[8:])), height: int(binary.BigEndian.Uint16(b[10:])),
	}
	sized := p.width > 0 && p.height > 0 && p.width <= maxPictureSide && p.height <= maxPictureSide
	still := p.format == jpeg || p.format == webp
	if p.number == 0 || !sized || (!still && p.format != vp8) || (still && !p.whole) {
		return p, errPicture
	}
	return p, nil
}

// checkWant lets through what a sharer's page can answer.
func checkWant(w wire.Want) bool {
	if w.After < 0 || w.After > 1<<32-1 || len(w.Formats) == 0 || len(w.Formats) > 3 {
		return false
	}
	for _, f := range w.Formats {
		if f != "jpeg" && f != "webp" && f != "vp8" {
			return false
		}
	}
	return true
}

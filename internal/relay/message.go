package relay

import (
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
)

const (
	// magicCookie is at byte 4 of every STUN message (RFC 8489 section 5).
	magicCookie = 0x2112A442

	stunHeader    = 20 // bytes (RFC 8489 section 5)
	channelHeader = 4  // bytes (RFC 8656 section 12.4)
	attrHeader    = 4  // bytes (RFC 8489 section 14)

	typeSend = 0x0016 // Send indication (RFC 8656 section 17)
	typeData = 0x0017 // Data indication

	attrXORPeerAddress = 0x0012 // RFC 8656 section 18
	attrData           = 0x0013
	attrDontFragment   = 0x001A // nothing to do: what is relayed never becomes an IP packet
	firstOptional      = 0x8000 // attributes from here on may be ignored (RFC 8489 section 14)

	dataOverhead = stunHeader + attrHeader + 8 + attrHeader // of a Data indication with an IPv4 peer
)

// payload is what a client wants to be passed on, and how it named the peer.
type payload struct {
	channel uint16         // 0: by peer
	peer    netip.AddrPort // unless by channel
	data    []byte         // part of the frame it came in
}

// payloadIn reads ChannelData or a Send indication; carries tells whether the
// frame is one of them, and good whether it is a sound one.
func payloadIn(frame []byte) (p payload, carries, good bool) {
	if len(frame) < channelHeader {
		return p, false, false
	}
	kind, size := binary.BigEndian.Uint16(frame), int(binary.BigEndian.Uint16(frame[2:]))
	switch {
	case kind >= firstChannel && kind <= lastChannel:
		// Padding is for streams, but datagrams may have it (section 12.5).
		if rest := len(frame) - channelHeader; rest != size && rest != padded(size) {
			return p, true, false
		}
		return payload{channel: kind, data: frame[channelHeader : channelHeader+size]}, true, true
	case kind == typeSend:
		p, good = sendIn(frame)
		return p, true, good
	}
	return p, false, false
}

// sendIn reads the two attributes of a Send indication (RFC 8656 section 11.1).
func sendIn(frame []byte) (p payload, good bool) {
	if len(frame) < stunHeader || binary.BigEndian.Uint32(frame[4:]) != magicCookie ||
		int(binary.BigEndian.Uint16(frame[2:])) != len(frame)-stunHeader {
		return p, false
	}
	for rest := frame[stunHeader:]; len(rest) > 0; {
		if len(rest) < attrHeader {
			return p, false
		}
		kind, size := binary.BigEndian.Uint16(rest), int(binary.BigEndian.Uint16(rest[2:]))
		if len(rest) < attrHeader+padded(size) {
			return p, false
		}
		value := rest[attrHeader : attrHeader+size]
		rest = rest[attrHeader+padded(size):]
		switch { // of an attribute that comes twice the first counts (RFC 8489 section 14)
		case kind == attrXORPeerAddress && !p.peer.IsValid():
			if p.peer = xorAddress(value); !p.peer.IsValid() {
				return p, false
			}
		case kind == attrData && p.data == nil:
			p.data = value
		case kind < firstOptional && kind != attrXORPeerAddress && kind != attrData && kind != attrDontFragment:
			return p, false
		}
	}
	return p, p.peer.IsValid() && p.data != nil
}

// xorAddress reads an IPv4 XOR-PEER-ADDRESS, the only family that is relayed.
func xorAddress(v []byte) netip.AddrPort {
	if len(v) != 8 || v[1] != familyIPv4 {
		return netip.AddrPort{}
	}
	var ip [4]byte
	binary.BigEndian.PutUint32(ip[:], binary.BigEndian.Uint32(v[4:])^magicCookie)
	return netip.AddrPortFrom(netip.AddrFrom4(ip), binary.BigEndian.Uint16(v[2:])^uint16(magicCookie>>16))
}

// appendChannelData frames a payload for a client that bound a channel.
func appendChannelData(b []byte, channel uint16, data []byte, pad bool) []byte {
	b = binary.BigEndian.AppendUint16(b, channel)
	b = binary.BigEndian.AppendUint16(b, uint16(len(data)))
	b = append(b, data...)
	if pad {
		b = appendPadding(b, len(data))
	}
	return b
}

// appendDataIndication frames a payload for a client that did not.
func appendDataIndication(b []byte, from netip.AddrPort, data []byte) []byte {
	b = binary.BigEndian.AppendUint16(b, typeData)
	b = binary.BigEndian.AppendUint16(b, uint16(dataOverhead-stunHeader+padded(len(data))))
	b = binary.BigEndian.AppendUint32(b, magicCookie)
	b = binary.BigEndian.AppendUint64(b, rand.Uint64()) // transaction: an indication has no answer
	b = binary.BigEndian.AppendUint32(b, rand.Uint32())
	ip := from.Addr().As4()
	b = append(b, 0, attrXORPeerAddress, 0, 8, 0, familyIPv4)
	b = binary.BigEndian.AppendUint16(b, from.Port()^uint16(magicCookie>>16))
	b = binary.BigEndian.AppendUint32(b, binary.BigEndian.Uint32(ip[:])^magicCookie)
	b = append(b, 0, attrData)
	b = binary.BigEndian.AppendUint16(b, uint16(len(data)))
	return appendPadding(append(b, data...), len(data))
}

// padded is a size with what fills it up to four bytes.
func padded(size int) int { return (size + 3) &^ 3 }

func appendPadding(b []byte, size int) []byte {
	return append(b, make([]byte, padded(size)-size)...)
}

// relayable tells by the first byte (RFC 7983 section 7) whether a payload is
// part of a WebRTC connection; anything else would make the relay a tunnel.
func relayable(b []byte) bool {
	if len(b) == 0 || len(b) > maxPayload {
		return false
	}
	switch first := b[0]; {
	case first <= 3: // STUN
		return len(b) >= stunHeader && binary.BigEndian.Uint32(b[4:]) == magicCookie
	case first >= 20 && first <= 63: // DTLS
		return true
	default: // RTP and RTCP, RTP version 2
		return first >= 128 && first <= 191
	}
}

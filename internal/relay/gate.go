package relay

import (
	"encoding/binary"
	"net/netip"
	"slices"
	"time"

	"github.com/pion/stun/v4"
)

const (
	firstChannel = 0x4000 // RFC 8656 section 12; RFC 7983 gives TURN no more than this
	lastChannel  = 0x4FFF

	familyIPv4 = 1 // RFC 8656 section 18.6

	// The three requests that the gate looks into, as they begin on the wire.
	typeAllocate    = 0x0003
	typeRefresh     = 0x0004
	typeChannelBind = 0x0009
)

// gate stands before the TURN engine for what the engine cannot be told: it
// asks whether the session lives, shortens lifetimes, and guards channels.
// Requests that are not properly signed pass untouched: the engine refuses them.
type gate struct{ relay *Relay }

// verdict is what becomes of a request.
type verdict struct {
	frame   []byte // for the engine; nil: not for the engine
	answer  []byte // for the client, instead of the engine's
	session string // ask whether it is live: frame if so, else answer
}

// welcome is the first look at a datagram or frame, by RFC 7983's first byte.
func welcome(b []byte) bool {
	return len(b) >= 4 && (b[0] <= 3 || (b[0] >= firstChannel>>8 && b[0] <= lastChannel>>8))
}

func (g *gate) inspect(b []byte, from client) verdict {
	if len(b) < 20 || !slices.Contains([]uint16{typeAllocate, typeRefresh, typeChannelBind}, binary.BigEndian.Uint16(b)) {
		return verdict{frame: b}
	}
	m := &stun.Message{Raw: slices.Clone(b)}
	key := g.signer(m, from)
	if key == nil {
		return verdict{frame: b}
	}
	switch m.Type.Method {
	case stun.MethodAllocate:
		return g.allocate(m, b, key)
	case stun.MethodChannelBind:
		if !g.bindable(m, from) {
			return verdict{answer: refusal(m, stun.CodeForbidden, key)}
		}
	}
	return verdict{frame: shortened(m, b, key)}
}

// signer returns the key that a request is rightly signed with, or nil.
func (g *gate) signer(m *stun.Message, from client) stun.MessageIntegrity {
	var username stun.Username
	var inRealm stun.Realm
	if m.Decode() != nil || m.Parse(&username, &inRealm) != nil {
		return nil
	}
	key := stun.MessageIntegrity(g.relay.keyFor(username.String(), inRealm.String(), m.Type.Method, from))
	if key == nil || key.Check(m) != nil {
		return nil
	}
	return key
}

func (g *gate) allocate(m *stun.Message, b, key []byte) verdict {
	family, err := m.Get(stun.AttrRequestedAddressFamily)
	if err == nil && len(family) == 4 && family[0] != familyIPv4 {
		return verdict{answer: refusal(m, stun.CodeAddrFamilyNotSupported, key)}
	}
	username, _ := m.Get(stun.AttrUsername) // signer has read it
	c, _ := parseClaim(string(username))
	return verdict{
		frame:   shortened(m, b, key),
		answer:  refusal(m, stun.CodeForbidden, key),
		session: c.session,
	}
}

// bindable refuses channels outside the range, to a port that no other seat
// has, and more than the quota. The engine would look at the address only.
func (g *gate) bindable(m *stun.Message, from client) bool {
	number, err := m.Get(stun.AttrChannelNumber)
	if err != nil || len(number) != 4 {
		return true // malformed: the engine's 400
	}
	n := binary.BigEndian.Uint16(number)
	var peer stun.XORMappedAddress
	if n < firstChannel || n > lastChannel || peer.GetFromAs(m, stun.AttrXORPeerAddress) != nil {
		return false
	}
	addr, ok := netip.AddrFromSlice(peer.IP)
	if !ok {
		return false
	}
	at := netip.AddrPortFrom(addr.Unmap(), uint16(peer.Port))
	return g.relay.hub.mayBind(from, at)
}

// shortened asks for at most maxLifetime in the client's name: the engine grants
// up to an hour. What follows the signature is not the client's word and goes.
func shortened(m *stun.Message, b, key []byte) []byte {
	lifetime, err := m.Get(stun.AttrLifetime)
	longest := uint32(maxLifetime / time.Second)
	if err != nil || len(lifetime) != 4 || binary.BigEndian.Uint32(lifetime) <= longest {
		return b
	}
	out := stun.New()
	out.TransactionID = m.TransactionID
	out.Type = m.Type
	out.WriteHeader()
	for _, attr := range m.Attributes {
		if attr.Type == stun.AttrMessageIntegrity {
			break
		}
		value := attr.Value
		if attr.Type == stun.AttrLifetime {
			value = binary.BigEndian.AppendUint32(nil, longest)
		}
		out.Add(attr.Type, value)
	}
	if stun.MessageIntegrity(key).AddTo(out) != nil {
		return b
	}
	return out.Raw
}

// refusal builds a signed error response.
func refusal(m *stun.Message, code stun.ErrorCode, key []byte) []byte {
	out, err := stun.Build(
		&stun.Message{TransactionID: m.TransactionID},
		stun.NewType(m.Type.Method, stun.ClassErrorResponse),
		stun.ErrorCodeAttribute{Code: code},
		stun.MessageIntegrity(key),
	)
	if err != nil {
		return nil // cannot happen with these parts; no answer is an answer
	}
	return out.Raw
}

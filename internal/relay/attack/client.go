package attack

import (
	"bytes"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"time"

	"github.com/pion/stun/v4"
	"github.com/pion/turn/v5"
)

// Patience is how long an answer may take that must come.
const Patience = 5 * time.Second

// NoAnswer is the code of a request that was not answered.
const NoAnswer = -1

// realm is that of Tasuke's relay.
const realm = "tasuke"

// Client is a TURN client that can also misbehave. It belongs to one goroutine.
type Client struct {
	Username, Password string
	Nonce              string
	Relayed            netip.AddrPort // after Allocate
	Lifetime           time.Duration  // after Allocate
	Conn               net.PacketConn
	Raw                net.Conn // under Conn when it is a stream
	Server             net.Addr
}

// Dial reaches a server over "udp", "tcp" or "tls".
func Dial(network, server string, secure *tls.Config) (*Client, error) {
	c := &Client{}
	var err error
	switch network {
	case "udp":
		if c.Server, err = net.ResolveUDPAddr("udp", server); err != nil {
			return nil, err
		}
		host, _, _ := net.SplitHostPort(c.Server.String())
		c.Conn, err = net.ListenPacket("udp", net.JoinHostPort(host, "0"))
	case "tcp":
		c.Raw, err = net.Dial("tcp", server)
	case "tls":
		c.Raw, err = tls.DialWithDialer(&net.Dialer{Timeout: Patience}, "tcp", server, secure)
	default:
		err = fmt.Errorf("there is no network %q", network)
	}
	if err != nil {
		return nil, err
	}
	if c.Raw != nil {
		c.Server, c.Conn = c.Raw.RemoteAddr(), turn.NewSTUNConn(c.Raw)
	}
	return c, nil
}

// Close closes the connection.
func (c *Client) Close() { _ = c.Conn.Close() }

// Send sends a message as it is. It is lost when the server has hung up.
func (c *Client) Send(b []byte) { _, _ = c.Conn.WriteTo(b, c.Server) }

// Receive returns the next message, or false after a while.
func (c *Client) Receive(wait time.Duration) ([]byte, bool) {
	buf := make([]byte, 4096)
	_ = c.Conn.SetReadDeadline(time.Now().Add(wait))
	n, _, err := c.Conn.ReadFrom(buf)
	return buf[:max(n, 0)], err == nil
}

// Exchange sends a request until it is answered; nil: it was not.
func (c *Client) Exchange(m *stun.Message, wait time.Duration) *stun.Message {
	end := time.Now().Add(wait)
	for time.Now().Before(end) {
		c.Send(m.Raw)
		again := time.Now().Add(300 * time.Millisecond)
		if c.Raw != nil {
			again = end // a stream needs no repetition
		}
		for time.Now().Before(again) {
			b, ok := c.Receive(time.Until(again))
			if !ok {
				break
			}
			res := &stun.Message{Raw: bytes.Clone(b)}
			if res.Decode() == nil && res.TransactionID == m.TransactionID {
				return res
			}
		}
		if c.Raw != nil {
			return nil
		}
	}
	return nil
}

// Signed builds a request with the client's credentials.
func (c *Client) Signed(method stun.Method, attrs ...stun.Setter) *stun.Message {
	parts := append([]stun.Setter{stun.TransactionID, stun.NewType(method, stun.ClassRequest)}, attrs...)
	parts = append(parts, stun.NewUsername(c.Username), stun.NewRealm(realm), stun.NewNonce(c.Nonce),
		stun.NewLongTermIntegrity(c.Username, realm, c.Password))
	return stun.MustBuild(parts...)
}

// Request asks with credentials and returns the error code, 0 for success.
func (c *Client) Request(method stun.Method, attrs ...stun.Setter) (int, *stun.Message) {
	code := NoAnswer
	var res *stun.Message
	for range 2 { // the first try may only bring the nonce
		had := c.Nonce
		if res = c.Exchange(c.Signed(method, attrs...), Patience); res == nil {
			return NoAnswer, nil
		}
		code = CodeOf(res)
		var nonce stun.Nonce
		if nonce.GetFrom(res) == nil {
			c.Nonce = nonce.String()
		}
		if code != 438 && (code != 401 || had != "") {
			break
		}
	}
	return code, res
}

// Allocate asks for a relayed address.
func (c *Client) Allocate(attrs ...stun.Setter) int {
	code, res := c.Request(stun.MethodAllocate, append([]stun.Setter{UDPTransport()}, attrs...)...)
	if code != 0 {
		return code
	}
	var at stun.XORMappedAddress
	if at.GetFromAs(res, stun.AttrXORRelayedAddress) != nil {
		return NoAnswer
	}
	addr, _ := netip.AddrFromSlice(at.IP)
	c.Relayed = netip.AddrPortFrom(addr.Unmap(), uint16(at.Port))
	c.Lifetime = LifetimeIn(res)
	return 0
}

// Permit asks for permission for a peer.
func (c *Client) Permit(to netip.AddrPort) int {
	code, _ := c.Request(stun.MethodCreatePermission, PeerAddress(to))
	return code
}

// Bind asks for a channel to a peer.
func (c *Client) Bind(number uint16, to netip.AddrPort) int {
	code, _ := c.Request(stun.MethodChannelBind, Attr(stun.AttrChannelNumber, byte(number>>8), byte(number), 0, 0), PeerAddress(to))
	return code
}

// Refresh asks for a lifetime, and tells the one granted.
func (c *Client) Refresh(seconds uint32) (int, time.Duration) {
	code, res := c.Request(stun.MethodRefresh, LifetimeOf(seconds))
	if res == nil {
		return code, 0
	}
	return code, LifetimeIn(res)
}

// Indicate sends a payload to a peer by Send indication.
func (c *Client) Indicate(to netip.AddrPort, payload []byte) {
	c.Send(stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodSend, stun.ClassIndication), PeerAddress(to), Attr(stun.AttrData, payload...)).Raw)
}

// Arrives waits for a payload in a Data indication or ChannelData.
func (c *Client) Arrives(payload string, wait time.Duration) bool {
	end := time.Now().Add(wait)
	for time.Now().Before(end) {
		if b, ok := c.Receive(time.Until(end)); ok && bytes.Contains(b, []byte(payload)) {
			return true
		}
	}
	return false
}

// Closes reports whether the server closes the stream.
func (c *Client) Closes(within time.Duration) bool {
	_ = c.Raw.SetReadDeadline(time.Now().Add(within))
	b := make([]byte, 4096)
	for {
		if _, err := c.Raw.Read(b); err != nil {
			var timeout net.Error
			return !errors.As(err, &timeout) || !timeout.Timeout()
		}
	}
}

// CodeOf is the error code of an answer, 0 for success.
func CodeOf(m *stun.Message) int {
	var code stun.ErrorCodeAttribute
	if code.GetFrom(m) == nil {
		return int(code.Code)
	}
	return 0
}

// Attr is an attribute by its bytes.
func Attr(t stun.AttrType, v ...byte) stun.Setter { return stun.RawAttribute{Type: t, Value: v} }

// UDPTransport asks for relaying of UDP.
func UDPTransport() stun.Setter { return Attr(stun.AttrRequestedTransport, 17, 0, 0, 0) }

// LifetimeOf asks for a lifetime.
func LifetimeOf(seconds uint32) stun.Setter {
	return Attr(stun.AttrLifetime, binary.BigEndian.AppendUint32(nil, seconds)...)
}

// LifetimeIn is the lifetime that an answer grants, or 0.
func LifetimeIn(m *stun.Message) time.Duration {
	v, err := m.Get(stun.AttrLifetime)
	if err != nil || len(v) != 4 {
		return 0
	}
	return time.Duration(binary.BigEndian.Uint32(v)) * time.Second
}

// PeerAddress names a peer of either family.
type PeerAddress netip.AddrPort

// AddTo adds XOR-PEER-ADDRESS.
func (a PeerAddress) AddTo(m *stun.Message) error {
	at := netip.AddrPort(a)
	x := stun.XORMappedAddress{IP: at.Addr().AsSlice(), Port: int(at.Port())}
	return x.AddToAs(m, stun.AttrXORPeerAddress)
}

// ChannelData frames a payload, with padding.
func ChannelData(number uint16, payload []byte) []byte {
	b := binary.BigEndian.AppendUint16(nil, number)
	b = binary.BigEndian.AppendUint16(b, uint16(len(payload)))
	b = append(b, payload...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

// DTLS is a payload that the relay lets through.
func DTLS(text string) []byte { return append([]byte{22}, text...) }

package main

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"

	"github.com/pion/stun/v4"
)

const channel = 0x4000

// seat is a TURN client: control messages by the library, packets by hand.
type seat struct {
	account account
	conn    net.Conn
	frames  *bufio.Reader // nil: datagrams
	realm   stun.Realm
	nonce   stun.Nonce
	relayed stun.XORMappedAddress
}

// join brings both seats of a session in and binds a channel each way.
func join(s *server, network string, session int) (pair [2]*seat, err error) {
	for i, a := range s.accounts[session] {
		if pair[i], err = dial(s.addr[network], network, a); err != nil {
			return pair, err
		}
		// Our relay answers a source without credentials ten times a second, but a
		// nonce is good for all; coturn gives another one.
		pair[i].realm, pair[i].nonce = s.realm, s.nonce
		if err := pair[i].allocate(); err != nil {
			return pair, fmt.Errorf("allocate: %w", err)
		}
		s.realm, s.nonce = pair[i].realm, pair[i].nonce
	}
	for i, p := range pair {
		number := stun.RawAttribute{Type: stun.AttrChannelNumber, Value: []byte{channel >> 8, channel & 0xff, 0, 0}}
		if _, err := p.request(stun.MethodChannelBind, number, peer(pair[1-i].relayed)); err != nil {
			return pair, fmt.Errorf("bind a channel: %w", err)
		}
	}
	return pair, nil
}

func dial(addr, network string, a account) (*seat, error) {
	p := &seat{account: a}
	var err error
	switch network {
	case "udp":
		p.conn, err = net.Dial("udp", addr)
	case "tcp":
		p.conn, err = net.Dial("tcp", addr)
	case "tls":
		p.conn, err = tls.Dial("tcp", addr, &tls.Config{InsecureSkipVerify: true}) // made a moment ago, on loopback
	}
	if err != nil {
		return nil, err
	}
	if network != "udp" {
		p.frames = bufio.NewReaderSize(p.conn, 64<<10)
	}
	return p, nil
}

type peer stun.XORMappedAddress

func (a peer) AddTo(m *stun.Message) error {
	x := stun.XORMappedAddress(a)
	return x.AddToAs(m, stun.AttrXORPeerAddress)
}

func (p *seat) allocate() error {
	transport := stun.RawAttribute{Type: stun.AttrRequestedTransport, Value: []byte{17, 0, 0, 0}}
	res, err := p.request(stun.MethodAllocate, transport)
	if err != nil {
		return err
	}
	return p.relayed.GetFromAs(res, stun.AttrXORRelayedAddress)
}

// request asks, twice when the first answer only brings the nonce.
func (p *seat) request(method stun.Method, attrs ...stun.Setter) (*stun.Message, error) {
	for range 3 {
		parts := append([]stun.Setter{stun.TransactionID, stun.NewType(method, stun.ClassRequest)}, attrs...)
		if len(p.nonce) > 0 {
			parts = append(parts, stun.NewUsername(p.account.Username), p.realm, p.nonce,
				stun.NewLongTermIntegrity(p.account.Username, p.realm.String(), p.account.Password))
		}
		m, err := stun.Build(parts...)
		if err != nil {
			return nil, err
		}
		res, err := p.ask(m)
		if err != nil {
			return nil, err
		}
		var code stun.ErrorCodeAttribute
		if code.GetFrom(res) != nil {
			return res, nil
		}
		if code.Code != stun.CodeUnauthorized && code.Code != stun.CodeStaleNonce {
			return nil, fmt.Errorf("refused: %d", code.Code)
		}
		if err := errors.Join(p.nonce.GetFrom(res), p.realm.GetFrom(res)); err != nil {
			return nil, err
		}
	}
	return nil, errors.New("the credentials are not accepted")
}

func (p *seat) ask(m *stun.Message) (*stun.Message, error) {
	if err := p.conn.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return nil, err
	}
	defer p.conn.SetReadDeadline(time.Time{})
	if _, err := p.conn.Write(m.Raw); err != nil {
		return nil, err
	}
	buf := make([]byte, 4096)
	for {
		n, err := p.read(buf)
		if err != nil {
			return nil, err
		}
		res := &stun.Message{Raw: append([]byte(nil), buf[:n]...)}
		if res.Decode() == nil && res.TransactionID == m.TransactionID {
			return res, nil
		}
	}
}

// read reads one message or one ChannelData.
func (p *seat) read(b []byte) (int, error) {
	if p.frames == nil {
		return p.conn.Read(b)
	}
	head, err := p.frames.Peek(4)
	if err != nil {
		return 0, err
	}
	size := int(binary.BigEndian.Uint16(head[2:]))
	if head[0] < 0x40 {
		size += 20
	} else {
		size = 4 + (size+3)&^3
	}
	return io.ReadFull(p.frames, b[:size])
}

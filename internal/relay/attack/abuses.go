package attack

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/pion/stun/v4"
)

// allowed are the answers that refuse a peer: 403, 443 (family), and for Connect
// 400, 446 and 447.
func allowed(code int, connect bool) bool {
	switch code {
	case 403, 443:
		return true
	case 400, 446, 447:
		return connect
	}
	return false
}

// rangeScan asks for every hostile peer by every way that TURN has to name one.
func (r *run) rangeScan() error {
	c, err := newCanary()
	if err != nil {
		return err
	}
	defer c.close()
	stranger, other, err := r.pair("scan-stranger")
	if err != nil {
		return err
	}
	defer stranger.Close()
	defer other.Close()
	peers := append(c.at, stranger.Relayed, netip.AddrPortFrom(netip.AddrFrom16(stranger.Relayed.Addr().As16()), stranger.Relayed.Port()))
	for _, a := range HostileAddresses() {
		peers = append(peers, netip.AddrPortFrom(netip.MustParseAddr(a), 53))
	}
	// An allocation that asks for too many strangers is closed: a new one for each few.
	const few = 20
	for i := 0; i < len(peers); i += few {
		if err := r.scan(fmt.Sprintf("scan-%d", i), peers[i:min(i+few, len(peers))]); err != nil {
			return err
		}
	}
	for _, h := range c.heard() {
		r.fault("the canary heard %s", h)
	}
	if b, ok := stranger.Receive(50 * time.Millisecond); ok {
		r.fault("another session received %.40q", b)
	}
	return nil
}

func (r *run) scan(session string, peers []netip.AddrPort) error {
	a, b, err := r.pair(session)
	if err != nil {
		return err
	}
	defer a.Close()
	defer b.Close()
	peers = append(peers, a.Relayed, netip.AddrPortFrom(a.Relayed.Addr(), b.Relayed.Port()))
	for i, to := range peers {
		number := uint16(0x4000 + i)
		r.found.Tried += 5
		if code := a.Permit(to); !allowed(code, false) {
			r.fault("permission for %v answered %d", to, code)
		}
		if code := a.Bind(number, to); !allowed(code, false) {
			r.fault("a channel to %v answered %d", to, code)
		}
		a.Indicate(to, DTLS("by indication"))
		a.Send(ChannelData(number, DTLS("by channel")))
		if code, _ := a.Request(stun.MethodConnect, PeerAddress(to)); !allowed(code, true) {
			r.fault("connecting to %v answered %d", to, code)
		}
	}
	// Only now is it sure that all of it has been looked at.
	a.Indicate(b.Relayed, DTLS("permitted"))
	if !b.Arrives("permitted", Patience) {
		r.fault("the other seat is not reached any more")
	}
	return nil
}

// credentials tries what is not, or no longer, valid; and guesses beside an
// honest seat, which must still be served.
func (r *run) credentials() error {
	if _, err := r.warm("credentials-warm"); err != nil {
		return err
	}
	good, err := r.mint("credentials", "helper", time.Now())
	if err != nil {
		return err
	}
	old, err := r.mint("credentials", "helper", time.Now().Add(-r.TTL-time.Minute))
	if err != nil {
		return err
	}
	other, err := r.mint("credentials-other", "helper", time.Now())
	if err != nil {
		return err
	}
	for name, cred := range map[string]Credentials{
		"expired": old, "of another session": {other.Username, good.Password}, "none": {}, "made up": {"admin", "admin"},
		"altered": {good.Username, "A" + good.Password}, "one character more": {good.Username + "A", good.Password},
	} {
		c, err := r.dial("credentials", "helper")
		if err != nil {
			return err
		}
		c.Username, c.Password = cred.Username, cred.Password
		r.found.Tried++
		if code := c.Allocate(); code == 0 {
			r.fault("credentials that are %s were accepted", name)
		}
		c.Close()
	}
	return r.guess(good)
}

func (r *run) guess(good Credentials) error {
	c, err := r.dial("credentials", "helper")
	if err != nil {
		return err
	}
	defer c.Close()
	c.Password = "guess"
	for range 500 {
		r.found.Tried++
		c.Send(c.Signed(stun.MethodAllocate, UDPTransport()).Raw)
	}
	honest, err := r.dial("credentials", "helper")
	if err != nil {
		return err
	}
	defer honest.Close()
	honest.Username, honest.Password = good.Username, good.Password
	if code := honest.Allocate(); code != 0 {
		r.fault("an honest seat was answered %d while somebody guesses", code)
	}
	return nil
}

// warm joins once for the nonce.
func (r *run) warm(session string) (string, error) {
	c, err := r.join(session, "helper")
	if err != nil {
		return "", err
	}
	defer c.Close()
	return c.Nonce, nil
}

// allocations asks for two hundred at once in one session.
func (r *run) allocations() error {
	const atOnce, most = 60, 4 // more streams are not admitted from one network
	if _, err := r.warm("allocations-warm"); err != nil {
		return err
	}
	var granted atomic.Int64
	var all sync.WaitGroup
	var clients []*Client
	defer func() {
		for _, c := range clients {
			c.Close()
		}
	}()
	for i := range atOnce {
		c, err := r.dial("allocations", []string{"helper", "sharer", "third"}[i%3])
		if err != nil {
			return err
		}
		clients = append(clients, c)
	}
	for _, c := range clients {
		r.found.Tried++
		all.Go(func() {
			if c.Allocate() == 0 {
				granted.Add(1)
			}
		})
	}
	all.Wait()
	if n := granted.Load(); n == 0 || n > most {
		r.fault("%d allocations of one session were granted, at most %d may be", n, most)
	}
	return nil
}

// caps asks for more than one seat may have of everything.
func (r *run) caps() error {
	a, b, err := r.pair("caps")
	if err != nil {
		return err
	}
	defer a.Close()
	defer b.Close()
	bound := 0
	for i := range 60 { // each is a stranger but one: more would close the allocation
		r.found.Tried++
		if a.Bind(uint16(0x4000+i), netip.AddrPortFrom(b.Relayed.Addr(), b.Relayed.Port()+uint16(i))) == 0 {
			bound++
		}
	}
	if bound != 1 {
		r.fault("%d channels to one address, 1 may be", bound)
	}
	for _, number := range []uint16{0x3fff, 0x5000, 0x7fff} {
		r.found.Tried++
		if a.Bind(number, b.Relayed) == 0 {
			r.fault("channel %#x was bound", number)
		}
	}
	for _, seconds := range []uint32{601, 3600, 1 << 31} {
		r.found.Tried++
		if code, got := a.Refresh(seconds); code != 0 || got > 600*time.Second {
			r.fault("a lifetime of %d s was answered %d, %v", seconds, code, got)
		}
	}
	for name, transport := range map[string]byte{"TCP (RFC 6062)": 6, "SCTP": 132} {
		r.found.Tried++
		c, err := r.dial("caps-transport", "helper")
		if err != nil {
			return err
		}
		if code, _ := c.Request(stun.MethodAllocate, Attr(stun.AttrRequestedTransport, transport, 0, 0, 0)); code == 0 {
			r.fault("relaying of %s was granted", name)
		}
		c.Close()
	}
	return nil
}

// packets sends far more than one seat may.
func (r *run) packets() error {
	a, b, err := r.pair("packets")
	if err != nil {
		return err
	}
	defer a.Close()
	defer b.Close()
	var got atomic.Int64
	var reading sync.WaitGroup
	reading.Go(func() {
		for {
			m, ok := b.Receive(time.Second)
			if !ok {
				return
			}
			got.Add(int64(len(m)))
		}
	})
	payload := append(DTLS("flood"), make([]byte, 994)...)
	began := time.Now()
	for time.Since(began) < time.Second {
		for range 20 { // 20 Mbit/s and more
			r.found.Tried++
			a.Indicate(b.Relayed, payload)
		}
		time.Sleep(4 * time.Millisecond)
	}
	took := time.Since(began)
	reading.Wait()
	const burst, perSecond, framing = 1_500_000, 1_000_000, 1.1
	if most := framing * 1.1 * (burst + perSecond*took.Seconds()); float64(got.Load()) > most {
		r.fault("%d bytes came through in %v", got.Load(), took)
	}
	if got.Load() == 0 {
		r.fault("nothing came through")
	}
	a.Indicate(b.Relayed, []byte("GET / HTTP/1.1"))
	a.Indicate(b.Relayed, []byte{0xff, 0, 0, 0})
	if m, ok := b.Receive(50 * time.Millisecond); ok && bytes.Contains(m, []byte("GET")) {
		r.fault("what is no part of WebRTC was relayed")
	}
	return nil
}

// lengths claims more data than there is: memory of the server must not come out.
func (r *run) lengths() error {
	a, b, err := r.pair("lengths")
	if err != nil {
		return err
	}
	defer a.Close()
	defer b.Close()
	const claimed = 35_510
	r.found.Tried += 2
	if r.network == "udp" { // in a stream the first of them ends it
		m := stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodSend, stun.ClassIndication), PeerAddress(b.Relayed), Attr(stun.AttrData, make([]byte, 12)...))
		binary.BigEndian.PutUint16(m.Raw[len(m.Raw)-14:], claimed)
		a.Send(m.Raw)
	}
	over := ChannelData(0x4000, DTLS("x"))
	binary.BigEndian.PutUint16(over[2:], claimed)
	a.Send(over)
	if m, ok := b.Receive(100 * time.Millisecond); ok {
		r.fault("%d bytes were relayed", len(m))
	}
	return nil
}

// end finishes a session and goes on using it.
func (r *run) end() error {
	a, b, err := r.pair("end")
	if err != nil {
		return err
	}
	defer a.Close()
	defer b.Close()
	again, err := r.dial("end", "sharer") // credentials of before
	if err != nil {
		return err
	}
	defer again.Close()
	r.Finish(r.named("end"))
	r.found.Tried += 3
	a.Indicate(b.Relayed, DTLS("after the end"))
	if b.Arrives("after the end", 50*time.Millisecond) {
		r.fault("packets pass after the end")
	}
	// A stream may have been hung up by now, which is an answer.
	if code := again.Allocate(); code == 0 {
		r.fault("a session that has ended may allocate")
	}
	if r.network == "udp" {
		if code, _ := a.Refresh(600); code == 0 {
			r.fault("a session that has ended may refresh")
		}
	}
	return nil
}

// frames writes what is no TURN frame to a stream, which must be closed.
func (r *run) frames() error {
	header := func(kind, length uint16, cookie uint32) []byte {
		b := binary.BigEndian.AppendUint16(nil, kind)
		b = binary.BigEndian.AppendUint16(b, length)
		return append(binary.BigEndian.AppendUint32(b, cookie), make([]byte, 12)...)
	}
	const cookie = 0x2112A442
	const strangerFor = 10 * time.Second
	var all sync.WaitGroup
	var kept sync.Map
	for name, b := range map[string][]byte{
		"STUN length not of 4": header(1, 3, cookie), "STUN too long": header(1, 0xfffc, cookie), "no cookie": header(1, 0, 1),
		"channel too long": header(0x4000, 0xffff, 0), "half a header": {0, 1, 0, 8},
	} {
		c, err := Dial(r.network, r.Servers[r.network], r.Secure)
		if err != nil {
			return err
		}
		r.found.Tried++
		all.Go(func() {
			defer c.Close()
			if _, err := c.Raw.Write(b); err == nil && !c.Closes(strangerFor+Patience) {
				kept.Store(name, true)
			}
		})
	}
	all.Wait()
	kept.Range(func(name, _ any) bool {
		r.fault("%v: the connection stays", name)
		return true
	})
	return nil
}

// reflection asks five thousand times without credentials.
func (r *run) reflection() error {
	c, err := Dial(r.network, r.Servers[r.network], r.Secure)
	if err != nil {
		return err
	}
	defer c.Close()
	got, biggest := 0, 0
	count := func(wait time.Duration) bool {
		b, ok := c.Receive(wait)
		if ok {
			got, biggest = got+1, max(biggest, len(b))
		}
		return ok
	}
	began := time.Now()
	for i := range 5000 {
		r.found.Tried++
		m := stun.MustBuild(stun.TransactionID, stun.BindingRequest)
		if i%2 == 0 {
			m = stun.MustBuild(stun.TransactionID, stun.NewType(stun.MethodAllocate, stun.ClassRequest), UDPTransport())
		}
		c.Send(m.Raw)
		count(time.Microsecond)
	}
	for count(200 * time.Millisecond) {
	}
	if most := 10 + 10*int(time.Since(began).Seconds()+1); got > most {
		r.fault("%d answers to nobody in particular, at most %d may be", got, most)
	}
	if biggest > 72 {
		r.fault("an answer to a stranger has %d bytes, at most 72 may be", biggest)
	}
	return nil
}

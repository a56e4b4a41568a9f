// Package dnstest gives tests a real DNS server on loopback that says what they
// want, right or wrong.
package dnstest

import (
	"net"
	"sync"
	"testing"

	"github.com/miekg/dns"
)

// Serve answers questions by UDP and TCP on one port until the test ends, and
// returns its address.
func Serve(t testing.TB, answer dns.HandlerFunc) string {
	t.Helper()
	udp, tcp, err := listen()
	for range 20 {
		if err == nil {
			break
		}
		udp, tcp, err = listen()
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*dns.Server{{PacketConn: udp, Handler: answer}, {Listener: tcp, Handler: answer}} {
		ready, ended := make(chan struct{}), make(chan error, 1)
		s.NotifyStartedFunc = func() { close(ready) }
		go func() { ended <- s.ActivateAndServe() }()
		<-ready
		t.Cleanup(func() {
			if err := s.Shutdown(); err != nil {
				t.Error(err)
			}
			if err := <-ended; err != nil {
				t.Error(err)
			}
		})
	}
	return udp.LocalAddr().String()
}

// listen takes one port for both; somebody else may have the other half of it.
func listen() (net.PacketConn, net.Listener, error) {
	udp, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, err
	}
	tcp, err := net.Listen("tcp", udp.LocalAddr().String())
	if err != nil {
		_ = udp.Close()
		return nil, nil, err
	}
	return udp, tcp, nil
}

// Reply answers with a code and TXT records, each of several parts.
func Reply(code int, records ...[]string) dns.HandlerFunc {
	return func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg).SetRcode(q, code)
		m.RecursionAvailable = true
		for _, parts := range records {
			m.Answer = append(m.Answer, &dns.TXT{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeTXT, Class: dns.ClassINET}, Txt: parts})
		}
		_ = w.WriteMsg(m) // who asked may have gone
	}
}

// Zone is what a server knows; it may change while the server runs.
type Zone struct {
	mu      sync.Mutex
	failing bool
	texts   map[string][]string
}

// Set says what the TXT records of a name are; none: there is no such name.
func (z *Zone) Set(name string, texts ...string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	if z.texts == nil {
		z.texts = map[string][]string{}
	}
	z.texts[dns.Fqdn(name)] = texts
}

// Fail makes every answer an error, or stops doing so.
func (z *Zone) Fail(on bool) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.failing = on
}

// ServeDNS implements dns.Handler.
func (z *Zone) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	z.mu.Lock()
	texts, failing := z.texts[q.Question[0].Name], z.failing
	z.mu.Unlock()
	var records [][]string
	for _, t := range texts {
		records = append(records, []string{t})
	}
	code := dns.RcodeSuccess
	switch {
	case failing:
		code, records = dns.RcodeServerFailure, nil
	case records == nil:
		code = dns.RcodeNameError
	}
	Reply(code, records...)(w, q)
}

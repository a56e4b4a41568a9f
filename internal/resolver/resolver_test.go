package resolver_test

import (
	"context"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"tasuke/internal/identity"
	"tasuke/internal/resolver"
	"tasuke/internal/resolver/dnstest"
)

const name = "_tasuke.acme.example"

func ask(address string) ([]string, identity.DomainProblem) {
	return resolver.New(resolver.Options{Address: address, Timeout: 3 * time.Second}).Texts(context.Background(), name)
}

func TestTexts(t *testing.T) {
	long := strings.Repeat("x", 250)
	tests := []struct {
		name    string
		answer  dns.HandlerFunc
		texts   []string
		problem identity.DomainProblem
	}{
		{"one", dnstest.Reply(dns.RcodeSuccess, []string{"tasuke-verification=abc"}), []string{"tasuke-verification=abc"}, ""},
		{"several records", dnstest.Reply(dns.RcodeSuccess, []string{"v=spf1"}, []string{"b"}), []string{"v=spf1", "b"}, ""},
		{"parts joined", dnstest.Reply(dns.RcodeSuccess, []string{long, long, "end"}), []string{long + long + "end"}, ""},
		{"no record", dnstest.Reply(dns.RcodeSuccess), nil, identity.RecordMissing},
		{"no name", dnstest.Reply(dns.RcodeNameError), nil, identity.RecordMissing},
		{"server failure", dnstest.Reply(dns.RcodeServerFailure), nil, identity.ResolverFailed},
		{"refused", dnstest.Reply(dns.RcodeRefused), nil, identity.ResolverFailed},
		{"silence", func(dns.ResponseWriter, *dns.Msg) {}, nil, identity.ResolverTimeout},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			texts, problem := ask(dnstest.Serve(t, c.answer))
			if !slices.Equal(texts, c.texts) || problem != c.problem {
				t.Errorf("%q, %q; want %q, %q", texts, problem, c.texts, c.problem)
			}
		})
	}
}

// TestATruncatedAnswerIsAskedForByTCP: as RFC 1035 section 4.2.1 has it.
func TestATruncatedAnswerIsAskedForByTCP(t *testing.T) {
	long := strings.Repeat("y", 255)
	whole := dnstest.Reply(dns.RcodeSuccess, []string{long, long, long}, []string{long, long, long}, []string{"last"})
	texts, problem := ask(dnstest.Serve(t, func(w dns.ResponseWriter, q *dns.Msg) {
		if w.RemoteAddr().Network() == "tcp" {
			whole(w, q)
			return
		}
		m := new(dns.Msg).SetReply(q)
		m.Truncated = true
		w.WriteMsg(m)
	}))
	if len(texts) != 3 || texts[2] != "last" || problem != "" {
		t.Errorf("%q, %q", texts, problem)
	}
}

// TestNoSearchListAndOneName: the question is about the very name.
func TestNoSearchListAndOneName(t *testing.T) {
	asked := make(chan string, 10)
	ask(dnstest.Serve(t, func(w dns.ResponseWriter, q *dns.Msg) {
		asked <- q.Question[0].Name + " " + dns.TypeToString[q.Question[0].Qtype]
		dnstest.Reply(dns.RcodeNameError)(w, q)
	}))
	if got := <-asked; got != name+". TXT" || len(asked) != 0 {
		t.Errorf("asked for %s, and %d more", got, len(asked))
	}
}

func TestNobodyThere(t *testing.T) {
	free, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	free.Close()
	if _, problem := ask(free.LocalAddr().String()); problem != identity.ResolverUnreachable {
		t.Errorf("%q", problem)
	}
}

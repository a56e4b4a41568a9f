// Package resolver asks DNS for TXT records: the system's resolver, or one that
// the operator names. What a record must say, and what follows from it, is
// decided by identity and admin.
package resolver

import (
	"context"
	"errors"
	"net"
	"strings"
	"time"

	"tasuke/internal/identity"
)

// defaultTimeout bounds one question with all its repetitions.
const defaultTimeout = 8 * time.Second

// Options says whom to ask.
type Options struct {
	Address string        // HOST:PORT of a resolver; empty: the system's
	Timeout time.Duration // of one question; zero: eight seconds
}

// Resolver is safe for concurrent use.
type Resolver struct {
	dns     *net.Resolver
	timeout time.Duration
}

// New makes a resolver. It is Go's own and not the C library's: that one tells
// no error from another.
func New(o Options) *Resolver {
	r := &Resolver{dns: &net.Resolver{PreferGo: true}, timeout: o.Timeout}
	if r.timeout == 0 {
		r.timeout = defaultTimeout
	}
	if o.Address != "" {
		r.dns.Dial = func(ctx context.Context, network, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, network, o.Address)
		}
	}
	return r
}

// Texts gives the TXT records of a name, each joined from its parts, or what came
// in between.
func (r *Resolver) Texts(ctx context.Context, name string) ([]string, identity.DomainProblem) {
	ctx, cancel := context.WithTimeout(ctx, r.timeout)
	defer cancel()
	texts, err := r.dns.LookupTXT(ctx, name+".") // the dot: no search list
	if err != nil {
		return nil, problemOf(err)
	}
	return texts, ""
}

// problemOf reads an error of net.Resolver, which tells an answer that is an error
// from a connection that failed by its text alone: that of net.OpError begins with
// the operation. The tests hold it.
func problemOf(err error) identity.DomainProblem {
	var e *net.DNSError
	switch {
	case !errors.As(err, &e):
		return identity.ResolverFailed
	case e.IsNotFound:
		return identity.RecordMissing
	case e.IsTimeout:
		return identity.ResolverTimeout
	}
	for _, operation := range []string{"dial ", "read ", "write "} {
		if strings.HasPrefix(e.Err, operation) {
			return identity.ResolverUnreachable
		}
	}
	return identity.ResolverFailed
}

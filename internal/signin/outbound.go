package signin

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Limits on what a provider may send. Nothing legitimate comes near.
const (
	defaultTimeout   = 10 * time.Second
	maxAnswer        = 1 << 20 // bytes, after decompression
	maxAnswerHeaders = 64 << 10
)

var (
	errTooLarge = errors.New("the answer is too large")
	errAddress  = errors.New("the address is in a special-purpose network")
)

// newClient returns the only client with which this package calls out. It
// follows no redirects (ASVS 5.0, 15.3.2), looks at the address it really
// connects to, so that a name cannot be rebound to an inner network, and uses
// no proxy from the environment, which would connect in its place.
func newClient(o Options) *http.Client {
	timeout := o.Timeout
	if timeout == 0 {
		timeout = defaultTimeout
	}
	dialer := &net.Dialer{Timeout: timeout, Control: guard(o.Networks)}
	transport := &http.Transport{
		DialContext: dialer.DialContext, TLSHandshakeTimeout: timeout, ResponseHeaderTimeout: timeout,
		MaxResponseHeaderBytes: maxAnswerHeaders, MaxIdleConns: 16, IdleConnTimeout: 30 * time.Second,
		ForceAttemptHTTP2: true,
	}
	return &http.Client{
		Timeout:       timeout,
		Transport:     limited{local{base: o.BaseURL, handler: o.Local, next: transport}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// guard refuses connections into special-purpose networks that were not allowed.
func guard(allowed []netip.Prefix) func(network, address string, _ syscall.RawConn) error {
	return func(_, address string, _ syscall.RawConn) error {
		ap, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		addr := ap.Addr().Unmap().WithZone("")
		for _, p := range allowed {
			if p.Contains(addr) {
				return nil
			}
		}
		if special(addr) {
			return errAddress
		}
		return nil
	}
}

// special reports addresses that are not of the public Internet (RFC 6890 and
// the IANA special-purpose registries), and IPv6 forms that carry an IPv4
// address inside.
func special(a netip.Addr) bool {
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return true
	}
	for _, p := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "fec0::/10",
	} {
		if netip.MustParsePrefix(p).Contains(a) {
			return true
		}
	}
	return false
}

// limited ends bodies that are longer than maxAnswer with an error.
type limited struct{ next http.RoundTripper }

// RoundTrip implements http.RoundTripper.
func (l limited) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := l.next.RoundTrip(r)
	if err == nil {
		resp.Body = &limitedBody{resp.Body, maxAnswer}
	}
	return resp, err
}

type limitedBody struct {
	io.ReadCloser
	left int
}

// Read implements io.Reader.
func (b *limitedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errTooLarge
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.left+1)])
	if b.left -= n; b.left < 0 {
		return n, errTooLarge
	}
	return n, err
}

// local answers requests to the embedded provider from its handler, without a
// connection: the server need not be able to reach itself by its own name.
type local struct {
	base    string
	handler http.Handler // nil: no embedded provider
	next    http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (l local) RoundTrip(r *http.Request) (*http.Response, error) {
	if l.handler == nil || !l.serves(r) {
		return l.next.RoundTrip(r)
	}
	inner := r.Clone(r.Context())
	inner.RequestURI = r.URL.RequestURI()
	inner.Host = r.URL.Host
	if inner.Body == nil {
		inner.Body = http.NoBody
	}
	a := &answer{header: http.Header{}, status: http.StatusOK}
	l.handler.ServeHTTP(a, inner)
	return &http.Response{
		Status: strconv.Itoa(a.status) + " " + http.StatusText(a.status), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header, Body: io.NopCloser(&a.body), ContentLength: int64(a.body.Len()), Request: r,
	}, nil
}

func (l local) serves(r *http.Request) bool {
	return r.URL.Scheme+"://"+r.URL.Host == l.base && strings.HasPrefix(r.URL.Path, "/idp/")
}

// answer collects what a handler writes.
type answer struct {
	header http.Header
	status int
	wrote  bool
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	if !a.wrote {
		a.status, a.wrote = status, true
	}
}

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(p)
}

// get fetches an address, with a bearer token if there is one, and returns the
// body of a 200 answer.
func (s *Service) get(ctx context.Context, address, bearer, accept string) ([]byte, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, "", err
	}
	req.Header.Set("Accept", accept)
	if bearer != "" {
		req.Header.Set("Authorization", "Bearer "+bearer)
	}
	resp, err := s.web.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, "", err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, "", statusError(resp.StatusCode)
	}
	kind, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	return body, kind, err
}

// statusError is an answer other than 200; its body is not looked at.
type statusError int

// Error names the status.
func (e statusError) Error() string { return fmt.Sprintf("the answer has status %d", int(e)) }

// getClaims fetches a JSON object.
func (s *Service) getClaims(ctx context.Context, address, bearer string) (claims, error) {
	body, kind, err := s.get(ctx, address, bearer, "application/json")
	if err != nil {
		return nil, err
	}
	if kind != "application/json" {
		return nil, fmt.Errorf("the answer is %q, not application/json", kind)
	}
	return parseClaims(body)
}

// claims is a JSON object about a person.
type claims map[string]any

// parseClaims reads one JSON object in which no name is repeated, not even in
// another case: readers that differ in which one they take can be played off
// against each other.
func parseClaims(b []byte) (claims, error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := checkNames(d); err != nil {
		return nil, err
	}
	var c claims
	d = json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	err := d.Decode(&c)
	return c, err
}

func checkNames(d *json.Decoder) error {
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return errors.New("not a JSON object")
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		name, _ := t.(string)
		if name = strings.ToLower(name); seen[name] {
			return errors.New("a JSON object repeats a name")
		}
		seen[name] = true
		var skipped json.RawMessage
		if err := d.Decode(&skipped); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the JSON object")
	}
	return nil
}

// text returns a claim that is a string, else "".
func (c claims) text(name string) string {
	s, _ := c[name].(string)
	return s
}

// yes reports whether a claim is true; some providers send the word.
func (c claims) yes(name string) bool {
	switch v := c[name].(type) {
	case bool:
		return v
	case string:
		return v == "true"
	}
	return false
}

// seconds returns a claim that is a NumericDate (RFC 7519, 2).
func (c claims) seconds(name string) (time.Time, bool) {
	n, ok := c[name].(json.Number)
	if !ok {
		return time.Time{}, false
	}
	f, err := n.Float64()
	if err != nil || f < 0 || f > 1<<40 {
		return time.Time{}, false
	}
	return time.UnixMilli(int64(f * 1000)).UTC(), true
}

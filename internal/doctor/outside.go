package doctor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/coder/websocket"
	"golang.org/x/net/http/httpproxy"

	"tasuke/internal/config"
	"tasuke/internal/wire"
)

// Outside says which server is looked at, and from where.
type Outside struct {
	// Base is its public address. Required.
	Base string
	// Roots vouch for certificates. Zero: this machine's.
	Roots *x509.CertPool
	// Leaf is the certificate that the server has, DER. Zero: not known.
	Leaf []byte
	// Environ is where proxies are named, as os.Environ gives it. Zero: no proxy.
	Environ []string
	// Now is this machine's clock. Zero: time.Now.
	Now func() time.Time
}

// visit is one look from outside.
type visit struct {
	Outside
	tell  Tell
	base  *url.URL
	proxy func(*url.URL) (*url.URL, error)
	leaf  *x509.Certificate // shown to who asks for pages; nil: none was
}

// LookOutside tries everything that a help session needs of a server, as the
// pre-flight page does in a browser.
func LookOutside(ctx context.Context, o Outside, tell Tell) {
	if o.Now == nil {
		o.Now = time.Now
	}
	v := &visit{Outside: o, tell: tell}
	if !v.address() {
		return
	}
	v.proxies()
	direct := v.reach(ctx)
	check, ok := v.pages(ctx)
	if !ok {
		return
	}
	v.clock(check.answer.Now, check.began)
	for _, s := range []struct{ about, path string }{{"live", "/live"}, {"pictures", "/live/pictures"}} {
		v.socket(ctx, s.about, s.path)
	}
	v.ways(ctx, check.answer.Relay, direct)
}

func (v *visit) address() bool {
	u, err := url.Parse(strings.TrimSuffix(v.Base, "/"))
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.User != nil || u.Path != "" {
		v.tell.red("address", "Give the address as people open it, such as https://help.example.org.", "This is not the address of a server.")
		return false
	}
	v.base = u
	if u.Scheme == "http" && !config.IsLoopback(v.Base) {
		v.tell.red("address", "Give the server a certificate and an https address.", "%s is not https: browsers share no screen there.", u)
	} else {
		v.tell.green("address", "%s", u)
	}
	return true
}

// proxies names the proxies of the environment that browsers may use as well.
func (v *visit) proxies() {
	named := map[string]string{}
	for _, e := range v.Environ {
		name, value, _ := strings.Cut(e, "=")
		if name = strings.ToUpper(name); value != "" && (name == "HTTP_PROXY" || name == "HTTPS_PROXY" || name == "NO_PROXY") {
			named[name] = value
		}
	}
	c := httpproxy.Config{HTTPProxy: named["HTTP_PROXY"], HTTPSProxy: named["HTTPS_PROXY"], NoProxy: named["NO_PROXY"]}
	v.proxy = c.ProxyFunc()
	via, err := v.proxy(v.base)
	switch {
	case err != nil:
		v.tell.red("proxy", "Correct HTTP_PROXY and HTTPS_PROXY.", "The proxy named in the environment is not an address.")
		v.proxy = func(*url.URL) (*url.URL, error) { return nil, nil }
	case via != nil:
		v.tell.amber("proxy", "Let browsers reach the server directly if you can: UDP and TURN do not pass such a proxy.", "The environment names the proxy %s for this address.", via.Redacted())
	case len(named) > 0:
		v.tell.green("proxy", "The environment names a proxy, but not for this address.")
	default:
		v.tell.green("proxy", "The environment names no proxy.")
	}
}

// reach looks the name up and connects to each of its addresses; it tells whether
// that works without a proxy.
func (v *visit) reach(ctx context.Context) bool {
	via, _ := v.proxy(v.base)
	bad := v.tell.red
	if via != nil {
		bad = v.tell.amber // the proxy does it
	}
	host := v.base.Hostname()
	ctx, cancel := soon(ctx)
	defer cancel()
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil || len(found) == 0 {
		bad("dns", "Make a DNS record for the name, or ask the network's DNS server about it.", "The name %s is not found.", host)
		return false
	}
	v.tell.green("dns", "%s is %s", host, addresses(found))
	good := false
	for _, a := range found {
		at := netip.AddrPortFrom(a.Unmap(), v.port())
		began := time.Now()
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", at.String())
		if err != nil {
			bad("tcp", "See that the server runs and that no firewall is in the way of this port.", "%s does not answer: %s", at, plain(err))
			continue
		}
		good = true
		v.tell.green("tcp", "%s answers in %s", at, took(began))
		_ = c.Close()
	}
	return good
}

func (v *visit) port() uint16 {
	if p, err := net.LookupPort("tcp", v.base.Port()); err == nil && v.base.Port() != "" {
		return uint16(p)
	}
	if v.base.Scheme == "http" {
		return 80
	}
	return 443
}

// checked is what the server said of itself.
type checked struct {
	answer wire.Check
	began  time.Time
}

// pages asks what the pre-flight page asks, whatever the certificate is worth: what
// is wrong with it is said, and the rest looked at all the same.
func (v *visit) pages(ctx context.Context) (c checked, ok bool) {
	ctx, cancel := soon(ctx)
	defer cancel()
	client := &http.Client{Transport: v.transport(true), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, v.base.String()+"/api/v1/check", nil)
	if err != nil {
		v.tell.red("http", "", "The server was not asked: %s", plain(err))
		return c, false
	}
	c.began = time.Now()
	res, err := client.Do(req)
	if err != nil {
		v.noAnswer(err)
		return c, false
	}
	defer res.Body.Close()
	answered := took(c.began)
	if res.TLS != nil {
		v.leaf = res.TLS.PeerCertificates[0]
		v.certificate(res.TLS, res.Header.Get("Date"))
	}
	const most = 64 << 10
	b, err := io.ReadAll(io.LimitReader(res.Body, most))
	if err != nil || res.StatusCode != http.StatusOK || json.Unmarshal(b, &c.answer) != nil || c.answer.Now.IsZero() {
		v.tell.red("http", "See that the address is right, and that no proxy or sign-in page of the network answers in its place.", "What answers is not Tasuke: status %d over %s.", res.StatusCode, res.Proto)
		return c, false
	}
	v.tell.green("http", "answers over %s in %s", res.Proto, answered)
	return c, true
}

func (v *visit) noAnswer(err error) {
	var timeout net.Error
	var record tls.RecordHeaderError
	switch {
	case errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		v.tell.red("tls", "See what listens there: it must be the server, or a proxy that ends TLS.", "What answers at this port does not speak TLS.")
	case errors.As(err, &timeout) && timeout.Timeout():
		v.tell.red("http", "See that no firewall or proxy lets the connection hang.", "There was no answer within %s.", patience)
	default:
		v.tell.red("http", "See that the server runs and what its log says.", "There was no answer: %s", plain(err))
	}
}

// transport goes through the proxy if there is one. Certificates are judged
// afterwards, by certificate: nothing that is sent here is secret.
// WebSockets offer HTTP/1.1 by name, as browsers do and net/http does not: who shares a
// port with TURN sorts by that.
func (v *visit) transport(h2 bool) *http.Transport {
	t := &http.Transport{
		Proxy:             func(r *http.Request) (*url.URL, error) { return v.proxy(r.URL) },
		TLSClientConfig:   &tls.Config{InsecureSkipVerify: true},
		ForceAttemptHTTP2: h2,
	}
	if !h2 {
		named := &tls.Dialer{Config: &tls.Config{InsecureSkipVerify: true, NextProtos: []string{"http/1.1"}}}
		t.DialTLSContext = named.DialContext // not used through a proxy
	}
	return t
}

// skew is how wrong a clock may be before sign-in breaks, as on the pre-flight page.
const skew = 2 * time.Minute

// clock compares this machine's clock with the server's.
func (v *visit) clock(theirs, began time.Time) {
	half := time.Since(began) / 2
	off := v.Now().Add(-half).Sub(theirs).Round(time.Second)
	fix := "Let both machines follow a time server (NTP): codes, certificates and sign-in depend on it."
	switch {
	case off.Abs() <= skew:
		v.tell.green("clock", "This machine's clock and the server's differ by %s.", off.Abs())
	case off > 0:
		v.tell.amber("clock", fix, "This machine's clock is %s ahead of the server's.", off)
	default:
		v.tell.amber("clock", fix, "This machine's clock is %s behind the server's.", -off)
	}
}

// socket opens a WebSocket as a page does. Nobody is signed in: that the server says
// so, by its own close code, is what is looked for.
func (v *visit) socket(ctx context.Context, about, path string) {
	ctx, cancel := soon(ctx)
	defer cancel()
	client := &http.Client{Transport: v.transport(false)}
	defer client.CloseIdleConnections()
	address := "ws" + strings.TrimPrefix(v.base.String(), "http") + path
	began := time.Now()
	conn, res, err := websocket.Dial(ctx, address, &websocket.DialOptions{HTTPClient: client, HTTPHeader: http.Header{"Origin": {v.base.String()}}})
	const fix = "Let the proxy in front of the server, or of this network, upgrade WebSockets at %s as well."
	if err != nil {
		status := plain(err)
		if res != nil {
			status = fmt.Sprintf("status %d", res.StatusCode)
		}
		v.tell.red(about, fmt.Sprintf(fix, path), "No WebSocket opens at %s: %s.", path, status)
		return
	}
	defer conn.CloseNow()
	opened := took(began)
	_, _, err = conn.Read(ctx)
	if websocket.CloseStatus(err) != wire.CloseSignInRequired {
		v.tell.red(about, fmt.Sprintf(fix, path), "A WebSocket opens at %s, but nothing comes through: %s", path, plain(err))
		return
	}
	v.tell.green(about, "The WebSocket %s opens in %s.", path, opened)
}

func addresses(all []netip.Addr) string {
	var out []string
	for _, a := range all {
		out = append(out, a.Unmap().String())
	}
	return strings.Join(out, ", ")
}

package config

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
)

// transportFaults checks that nothing but loopback is ever spoken to in clear.
func (c *Config) transportFaults() (out []error) {
	add := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	u, err := url.Parse(c.BaseURL)
	switch {
	case c.BaseURL == "":
	case err != nil || u.Host == "" || strings.TrimSuffix(u.Path, "/") != "" || u.RawQuery != "" || (u.Scheme != "https" && u.Scheme != "http"):
		add("base_url must be https://HOST or https://HOST:PORT, not %q", c.BaseURL)
	case u.Scheme == "http" && !IsLoopback(c.BaseURL):
		add("base_url must be https: browsers share screens only over https, and plain http is for loopback")
	case u.Scheme == "http" && !LoopbackListen(c.Listen):
		add("listen must be a loopback address when base_url is plain http")
	case c.BehindProxy && !LoopbackListen(c.Listen):
		add("listen must be a loopback address behind a proxy: the last step is in clear")
	}
	if c.HTTPListen != "" && (c.BehindProxy || !c.https()) {
		add("http_listen sends plain http to https and is for a server that speaks https itself")
	}
	return out
}

// certificateFaults checks that there is exactly one way to the certificate.
func (c *Config) certificateFaults() (out []error) {
	add := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	if (c.TLSCert == "") != (c.TLSKey == "") {
		add("tls_certificate and tls_key go together")
	}
	var ways []string
	for _, w := range []struct {
		name string
		on   bool
	}{{"tls_certificate", c.TLSCert != "" && !c.BehindProxy}, {"acme", c.ACME}, {"self_signed", c.SelfSigned}, {"behind_proxy", c.BehindProxy}} {
		if w.on {
			ways = append(ways, w.name)
		}
	}
	switch {
	case len(ways) > 1:
		add("%s exclude each other", strings.Join(ways, " and "))
	case len(ways) == 0 && c.https():
		add("base_url is https, but nothing says where the certificate comes from: tls_certificate and tls_key, acme = true, self_signed = true (for trials), or behind_proxy = true when a proxy on this machine ends TLS")
	case len(ways) == 1 && c.BaseURL != "" && !c.https():
		add("%s has no meaning when base_url is plain http", ways[0])
	}
	if c.BehindProxy && c.TLSCert != "" && c.RelayTLSListen == "" {
		add("behind_proxy and tls_certificate exclude each other, unless relay_tls_listen uses the certificate")
	}
	if (c.ACME || c.SelfSigned) && c.Certificates() == "" {
		add("certificate_folder is missing: without a SQLite file there is no folder to put it beside")
	}
	return append(out, c.acmeFaults()...)
}

func (c *Config) acmeFaults() (out []error) {
	add := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	if !c.ACME {
		for _, f := range []struct{ key, value string }{{"acme_email", c.ACMEEmail}, {"acme_directory", c.ACMEDirectory}, {"acme_root", c.ACMERoot}} {
			if f.value != "" {
				add("%s has no meaning without acme = true", f.key)
			}
		}
		return out
	}
	for _, n := range c.Names() {
		if _, err := netip.ParseAddr(n); err == nil || !strings.Contains(n, ".") {
			add("acme needs a public DNS name, not %q", n)
		}
	}
	if u, err := url.Parse(c.ACMEDirectory); c.ACMEDirectory != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
		add("acme_directory must be an https address, not %q", c.ACMEDirectory)
	}
	return out
}

// What all sessions together may be limited to, in Mbit/s.
const (
	leastMegabits = 8
	mostMegabits  = 100_000
)

// relayFaults checks that browsers can be told where the relay is.
func (c *Config) relayFaults() (out []error) {
	add := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	if address, _ := c.RelayAt(); address != "" && !isHostPort(address, 1) {
		add("relay_listen must be HOST:PORT or HOST:PORT/udp with a port from 1 to 65535, not %q", c.RelayListen)
	}
	for _, f := range []struct{ key, value string }{{"relay_tls_listen", c.RelayTLSListen}, {"relay_tls_address", c.RelayTLSAddress}} {
		if f.value != "" && !isHostPort(f.value, 1) {
			add("%s must be HOST:PORT with a port from 1 to 65535, not %q", f.key, f.value)
		}
	}
	if strings.ContainsAny(c.RelayHost, "/ ") || (strings.Contains(c.RelayHost, ":") && !isIPv6(c.RelayHost)) {
		add("relay_host must be a name or an address without port, not %q", c.RelayHost)
	}
	if c.RelayMegabits != 0 && (c.RelayMegabits < leastMegabits || c.RelayMegabits > mostMegabits) {
		add("relay_megabits must be from %d, which one seat may send, to %d, not %d", leastMegabits, mostMegabits, c.RelayMegabits)
	}
	switch {
	case c.BehindProxy && c.RelayListen == "":
		add("relay_listen is missing: a proxy that ends TLS does not pass TURN on")
	case !c.BehindProxy && c.RelayTLSListen != "":
		add("relay_tls_listen is for behind_proxy = true: without a proxy the main port speaks TURN over TLS already")
	}
	if c.RelayTLSListen != "" && c.TLSCert == "" && !LoopbackListen(c.RelayTLSListen) {
		add("relay_tls_listen needs tls_certificate and tls_key, or a loopback address when a proxy ends this TLS as well")
	}
	if c.RelayTLSAddress != "" && c.RelayTLSListen == "" {
		add("relay_tls_address has no meaning without relay_tls_listen")
	}
	return out
}

// RelayAt reads RelayListen: its address, empty when the relay has no port of its
// own, and whether that is for UDP alone.
func (c *Config) RelayAt() (address string, udpOnly bool) {
	return strings.CutSuffix(c.RelayListen, "/udp")
}

// Names are the hosts that the certificate must be good for: the pages' and the
// relay's; behind a proxy, which has its own, the relay's alone.
func (c *Config) Names() []string {
	u, err := url.Parse(c.BaseURL)
	if err != nil {
		return nil
	}
	pages, relay := u.Hostname(), strings.Trim(c.RelayHost, "[]")
	if host, _, err := net.SplitHostPort(c.RelayTLSAddress); err == nil {
		relay = host
	}
	names := []string{pages}
	switch {
	case relay == "" || relay == pages:
	case c.BehindProxy:
		return []string{relay}
	default:
		names = append(names, relay)
	}
	if c.DeviceHost != "" {
		names = append(names, c.DeviceHost)
	}
	return names
}

// Certificates is the folder that ACME and SelfSigned use; empty: there is none.
func (c *Config) Certificates() string {
	if c.CertificateFolder != "" {
		return c.CertificateFolder
	}
	path, sqlite := strings.CutPrefix(c.Database, "sqlite:")
	if !sqlite {
		return ""
	}
	path, _, _ = strings.Cut(path, "?")
	return filepath.Join(filepath.Dir(path), "certificates")
}

func (c *Config) https() bool { return strings.HasPrefix(c.BaseURL, "https:") }

func isIPv6(host string) bool {
	a, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && a.Is6()
}

func isHostPort(s string, lowest uint64) bool {
	_, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n >= lowest
}

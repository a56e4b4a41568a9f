// Package config turns file, environment and flags into one checked value and
// reports every fault at once. It opens nothing and knows no other package.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// Config is everything the program can be told. The zero value of a field that
// is not required is its default.
type Config struct {
	BaseURL       string // public address, https://HOST[:PORT]; plain http only on loopback. Required
	Listen        string // HOST:PORT of everything: pages, API, WebSocket, and TURN by TCP, TLS and UDP. Required
	Database      string // sqlite:PATH or postgres://…. Required
	MasterKeyFile string // 64 hexadecimal digits, readable by nobody else; made when missing. Required

	// The certificate, one way of four: files, ACME, SelfSigned, BehindProxy.

	TLSCert           string // PEM file, read again when it changes; with TLSKey
	TLSKey            string // PEM file
	ACME              bool   // ask an authority for certificates, and agree to its terms
	ACMEEmail         string // for the authority's warnings; empty: none
	ACMEDirectory     string // URL of the authority; empty: Let's Encrypt
	ACMERoot          string // PEM file that vouches for the authority itself; empty: the system's roots
	SelfSigned        bool   // for trials
	CertificateFolder string // what ACME and SelfSigned keep; empty: "certificates" beside the SQLite file
	BehindProxy       bool   // a proxy on this machine ends TLS: serve plain http on a loopback address
	HTTPListen        string // HOST:PORT that sends plain http to https and answers HTTP-01; empty: none

	// RelayListen is HOST:PORT of a port of its own for TURN, UDP and TCP, or
	// HOST:PORT/udp for UDP alone; empty: Listen. Required behind a proxy.
	RelayListen     string
	RelayTLSListen  string // HOST:PORT of TURN over TLS behind a proxy; without TLSCert the proxy ends that TLS as well
	RelayTLSAddress string // HOST:PORT browsers find RelayTLSListen at; empty: RelayHost and its port
	RelayMegabits   int    // payload of all sessions together that is relayed in a second, in Mbit; 0: 1000
	RelayHost       string // name or address browsers find the relay at; empty: the host of BaseURL

	// DeviceHost is another name of this server, on the same port, at which browsers
	// are asked for a client certificate; empty: none is asked for.

	DeviceHost          string
	DeviceCAs           string // PEM files, separated by commas; read again when they change
	DeviceCRLs          string // revocation lists, PEM or DER; likewise
	DeviceName          string // where a certificate names the device; empty: common_name
	DeviceFirstSight    bool   // a good certificate that names an unknown device enrols it
	DeviceOrganisations string // ids of those for which the authorities vouch, separated by commas; empty: all

	// ProviderNetworks are the private networks, as CIDR separated by commas, in
	// which identity providers may be reached; empty: public addresses only.
	ProviderNetworks string
	DNSResolver      string // HOST:PORT of the resolver that domains' records are looked for at; empty: the system's
	AuditCheckpoints string // file that signed checkpoints of the audit chains are appended to, best on another disk; empty: none
	LogLevel         string // debug, info, warn or error; empty: info
}

// keys maps the names used in file, environment (TASUKE_…) and flags to fields.
func (c *Config) keys() map[string]any {
	return map[string]any{
		"base_url": &c.BaseURL, "listen": &c.Listen, "database": &c.Database, "master_key_file": &c.MasterKeyFile,
		"tls_certificate": &c.TLSCert, "tls_key": &c.TLSKey, "self_signed": &c.SelfSigned, "certificate_folder": &c.CertificateFolder,
		"acme": &c.ACME, "acme_email": &c.ACMEEmail, "acme_directory": &c.ACMEDirectory, "acme_root": &c.ACMERoot,
		"behind_proxy": &c.BehindProxy, "http_listen": &c.HTTPListen,
		"relay_listen": &c.RelayListen, "relay_tls_listen": &c.RelayTLSListen, "relay_tls_address": &c.RelayTLSAddress, "relay_host": &c.RelayHost, "relay_megabits": &c.RelayMegabits,
		"device_host": &c.DeviceHost, "device_cas": &c.DeviceCAs, "device_crls": &c.DeviceCRLs, "device_name": &c.DeviceName,
		"device_first_sight": &c.DeviceFirstSight, "device_organisations": &c.DeviceOrganisations,
		"provider_networks": &c.ProviderNetworks, "dns_resolver": &c.DNSResolver, "log_level": &c.LogLevel, "audit_checkpoints": &c.AuditCheckpoints,
	}
}

// Load reads the file (none when path is empty), then the environment, then
// overrides ("key=value"), and checks the result. The error joins every fault.
func Load(path string, environ, overrides []string) (Config, error) {
	var c Config
	var faults []error
	keys := c.keys()
	if path != "" {
		faults = append(faults, readFile(path, keys)...)
	}
	for _, e := range environ {
		name, value, _ := strings.Cut(e, "=")
		key, ours := strings.CutPrefix(name, "TASUKE_")
		if ours {
			faults = append(faults, set(keys, strings.ToLower(key), value, "environment variable "+name))
		}
	}
	for _, o := range overrides {
		key, value, _ := strings.Cut(o, "=")
		faults = append(faults, set(keys, key, value, "flag --set "+key))
	}
	if err := errors.Join(append(faults, c.faults()...)...); err != nil {
		return Config{}, err
	}
	return c, nil
}

func readFile(path string, keys map[string]any) (faults []error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return []error{fmt.Errorf("configuration file: %w", err)}
	}
	var file map[string]any
	if err := toml.NewDecoder(bytes.NewReader(b)).Decode(&file); err != nil {
		return []error{fmt.Errorf("configuration file %s: %w", path, err)}
	}
	for _, key := range slices.Sorted(maps.Keys(file)) {
		faults = append(faults, set(keys, key, fmt.Sprint(file[key]), "configuration file "+path))
	}
	return faults
}

func set(keys map[string]any, key, value, where string) error {
	switch field := keys[key].(type) {
	case *string:
		*field = value
	case *bool:
		v, err := strconv.ParseBool(value)
		if err != nil {
			return fmt.Errorf("%s: %s must be true or false, not %q", where, key, value)
		}
		*field = v
	case *int:
		v, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("%s: %s must be a whole number, not %q", where, key, value)
		}
		*field = v
	default:
		return fmt.Errorf("%s: there is no setting %q; there are %s", where, key, strings.Join(slices.Sorted(maps.Keys(keys)), ", "))
	}
	return nil
}

// faults names everything that is wrong with the values.
func (c *Config) faults() (out []error) {
	add := func(format string, args ...any) { out = append(out, fmt.Errorf(format, args...)) }
	for _, f := range []struct{ key, value string }{{"base_url", c.BaseURL}, {"listen", c.Listen}, {"database", c.Database}, {"master_key_file", c.MasterKeyFile}} {
		if f.value == "" {
			add("%s is missing", f.key)
		}
	}
	for _, f := range []struct{ key, value string }{{"listen", c.Listen}, {"http_listen", c.HTTPListen}} {
		if f.value != "" && !isHostPort(f.value, 0) {
			add("%s must be HOST:PORT with a port from 0 to 65535, not %q", f.key, f.value)
		}
	}
	if c.Database != "" && !strings.HasPrefix(c.Database, "sqlite:") && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		add("database must begin with sqlite: or postgres://")
	}
	if host, _, _ := net.SplitHostPort(c.DNSResolver); c.DNSResolver != "" && (!isHostPort(c.DNSResolver, 1) || host == "") {
		add("dns_resolver must be HOST:PORT with a port from 1 to 65535, not %q", c.DNSResolver)
	}
	if _, err := c.Networks(); err != nil {
		add("provider_networks: %w", err)
	}
	if !slices.Contains([]string{"", "debug", "info", "warn", "error"}, c.LogLevel) {
		add("log_level must be debug, info, warn or error, not %q", c.LogLevel)
	}
	return slices.Concat(out, c.transportFaults(), c.certificateFaults(), c.relayFaults(), c.deviceFaults())
}

// Networks reads ProviderNetworks.
func (c *Config) Networks() (out []netip.Prefix, err error) {
	for word := range strings.SplitSeq(c.ProviderNetworks, ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		p, err := netip.ParsePrefix(word)
		if err != nil {
			return nil, fmt.Errorf("%q is not a network such as 10.0.0.0/8", word)
		}
		out = append(out, p)
	}
	return out, nil
}

// IsLoopback reports whether a URL's host is this machine.
func IsLoopback(address string) bool {
	u, err := url.Parse(address)
	return err == nil && loopbackHost(u.Hostname())
}

// LoopbackListen reports whether a HOST:PORT can be reached from this machine only.
func LoopbackListen(hostPort string) bool {
	host, _, err := net.SplitHostPort(hostPort)
	return err == nil && loopbackHost(host)
}

func loopbackHost(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && ip.IsLoopback())
}

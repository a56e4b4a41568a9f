package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tasuke/internal/config"
)

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tasuke.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const good = `
base_url = "https://help.example.org"
listen = "0.0.0.0:443"
database = "sqlite:/var/lib/tasuke/tasuke.db"
master_key_file = "/var/lib/tasuke/master.key"
tls_certificate = "/etc/tasuke/cert.pem"
tls_key = "/etc/tasuke/key.pem"
`

func TestLoadLayers(t *testing.T) {
	c, err := config.Load(file(t, good), []string{"TASUKE_LOG_LEVEL=warn", "PATH=/bin", "TASUKE_LISTEN=0.0.0.0:8443"}, []string{"listen=[::]:9443"})
	if err != nil {
		t.Fatal(err)
	}
	if c.LogLevel != "warn" || c.Listen != "[::]:9443" || c.BaseURL != "https://help.example.org" {
		t.Errorf("layers in the wrong order: %+v", c)
	}
}

func TestLoadNamesEveryFault(t *testing.T) {
	tests := []struct {
		name, file string
		env, set   []string
		want       []string // every one must be named
	}{
		{"nothing", "", nil, nil, []string{"base_url is missing", "listen is missing", "database is missing", "master_key_file is missing"}},
		{"unknown keys", good + "colour = \"red\"\n", []string{"TASUKE_SHAPE=round"}, []string{"size=1"}, []string{`"colour"`, `"shape"`, `"size"`}},
		{"bad port", good, nil, []string{"listen=0.0.0.0:65536", "relay_listen=nothing"}, []string{"listen must be HOST:PORT", "relay_listen must be HOST:PORT"}},
		{"bad bool", good, nil, []string{"behind_proxy=perhaps"}, []string{"behind_proxy must be true or false"}},
		{"bad engine and level", good, nil, []string{"database=mysql://x", "log_level=loud"}, []string{"database must begin", "log_level must be"}},
		{"bad resolver", good, nil, []string{"dns_resolver=9.9.9.9"}, []string{"dns_resolver must be HOST:PORT"}},
		{"bad network", good, nil, []string{"provider_networks=10.0.0.0/8,intranet"}, []string{`"intranet" is not a network`}},
		{"plain http for the world", good, nil, []string{"base_url=http://help.example.org"}, []string{"base_url must be https"}},
		{"plain http on every address", good, nil, []string{"base_url=http://localhost:8080"}, []string{"listen must be a loopback address"}},
		{"https without certificate", good, nil, []string{"tls_certificate=", "tls_key="}, []string{"nothing says where the certificate comes from"}},
		{"half a certificate", good, nil, []string{"tls_key="}, []string{"go together"}},
		{"two certificates", good, nil, []string{"acme=true", "self_signed=true"}, []string{"tls_certificate and acme and self_signed exclude each other"}},
		{"a certificate for plain http", good, nil, []string{"base_url=http://localhost:8080", "listen=127.0.0.1:8080"}, []string{"tls_certificate has no meaning"}},
		{"proxy and certificate", good, nil, []string{"behind_proxy=true"}, []string{"exclude each other", "relay_listen is missing"}},
		{"proxy on every address", good, nil, []string{"behind_proxy=true", "tls_certificate=", "tls_key="}, []string{"listen must be a loopback address behind a proxy"}},
		{"proxy and plain http", good, nil, []string{"behind_proxy=true", "http_listen=:80"}, []string{"http_listen sends"}},
		{"ACME settings without ACME", good, nil, []string{"acme_email=a@example.org", "acme_directory=https://ca.example", "acme_root=/ca.pem"}, []string{"acme_email has", "acme_directory has", "acme_root has"}},
		{"ACME for no public name", good, nil, []string{"tls_certificate=", "tls_key=", "acme=true", "base_url=https://192.0.2.1", "relay_host=intranet", "acme_directory=http://ca"}, []string{`not "192.0.2.1"`, `not "intranet"`, "acme_directory must be"}},
		{"no folder for certificates", good, nil, []string{"tls_certificate=", "tls_key=", "acme=true", "database=postgres://x"}, []string{"certificate_folder is missing"}},
		{"odd limits", good, nil, []string{"relay_megabits=7"}, []string{"relay_megabits must be from 8"}},
		{"no number", good, nil, []string{"relay_megabits=much"}, []string{"relay_megabits must be a whole number"}},
		{"no port for the relay", good, nil, []string{"relay_listen=0.0.0.0:0/udp", "relay_host=a:443"}, []string{"relay_listen must be HOST:PORT or", "relay_host must be a name"}},
		{"a TURN/TLS port without proxy", good, nil, []string{"relay_tls_listen=0.0.0.0:5349"}, []string{"is for behind_proxy"}},
		{"TURN over TLS in clear", good, nil, []string{"behind_proxy=true", "tls_certificate=", "tls_key=", "relay_tls_listen=0.0.0.0:5349", "relay_tls_address=5349"}, []string{"relay_tls_listen needs", "relay_tls_address must be"}},
		{"an address of nothing", good, nil, []string{"relay_tls_address=turn.example.org:443"}, []string{"relay_tls_address has no meaning"}},
		{"address with a path", good, nil, []string{"base_url=https://x.example/help"}, []string{"base_url must be https://HOST"}},
		{"devices' certificates without their name", good, nil, []string{"device_cas=a.pem", "device_crls=a.crl", "device_name=uri", "device_organisations=acme"}, []string{"device_cas has no", "device_crls has no", "device_name has no", "device_organisations has no"}},
		{"devices' certificates of nobody", good, nil, []string{"device_host=help.example.org", "device_name=colour"}, []string{"device_host must be another", "device_cas is missing", "device_name must be"}},
		{"devices' certificates behind a proxy", good, nil, []string{"behind_proxy=true", "tls_certificate=", "tls_key=", "listen=127.0.0.1:80", "relay_listen=:3478", "device_host=d.example.org", "device_cas=a"}, []string{"device_host needs a server that ends TLS itself"}},
		{"broken file", "base_url = ", nil, nil, []string{"configuration file"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := ""
			if tt.file != "" {
				path = file(t, tt.file)
			}
			_, err := config.Load(path, tt.env, tt.set)
			if err == nil {
				t.Fatal("accepted")
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q is not named in:\n%v", want, err)
				}
			}
		})
	}
}

func TestLoadRefusesMissingFile(t *testing.T) {
	if _, err := config.Load(filepath.Join(t.TempDir(), "none.toml"), nil, nil); err == nil {
		t.Fatal("accepted a file that does not exist")
	}
}

func TestGoodOnesAreAccepted(t *testing.T) {
	for name, set := range map[string][]string{
		"files":                      nil,
		"ACME":                       {"tls_certificate=", "tls_key=", "acme=true", "acme_email=a@example.org", "http_listen=0.0.0.0:80"},
		"self-signed":                {"tls_certificate=", "tls_key=", "self_signed=true", "base_url=https://192.0.2.1:8443"},
		"a port for UDP":             {"relay_listen=0.0.0.0:3478/udp"},
		"behind a proxy":             {"tls_certificate=", "tls_key=", "behind_proxy=true", "listen=127.0.0.1:8080", "relay_listen=0.0.0.0:3478"},
		"and TURN over TLS here":     {"behind_proxy=true", "listen=127.0.0.1:8080", "relay_listen=0.0.0.0:443/udp", "relay_tls_listen=0.0.0.0:5349"},
		"and TURN over TLS there":    {"tls_certificate=", "tls_key=", "behind_proxy=true", "listen=127.0.0.1:8080", "relay_listen=0.0.0.0:443/udp", "relay_tls_listen=127.0.0.1:5349", "relay_tls_address=help.example.org:443"},
		"plain http, this machine":   {"tls_certificate=", "tls_key=", "base_url=http://localhost:8080", "listen=127.0.0.1:8080"},
		"a limit for all":            {"relay_megabits=200"},
		"certificates of devices":    {"device_host=device.example.org", "device_cas=a.pem, b.pem", "device_name=dns_name"},
		"a relay of its own name":    {"relay_host=turn.example.org", "relay_listen=[::]:3478"},
		"a relay at an IPv6 address": {"relay_host=[2001:db8::1]"},
	} {
		if _, err := config.Load(file(t, good), nil, set); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNamesAndFolderOfCertificates(t *testing.T) {
	for want, c := range map[string]config.Config{
		"help.example.org":                  {BaseURL: "https://help.example.org:8443"},
		"help.example.org turn.example.org": {BaseURL: "https://help.example.org", RelayHost: "turn.example.org"},
		"turn.example.org":                  {BaseURL: "https://help.example.org", RelayTLSAddress: "turn.example.org:443", BehindProxy: true},
		"help.example.org d.example.org":    {BaseURL: "https://help.example.org", DeviceHost: "d.example.org"},
		"2001:db8::1":                       {BaseURL: "https://[2001:db8::1]", RelayHost: "[2001:db8::1]"},
	} {
		if got := strings.Join(c.Names(), " "); got != want {
			t.Errorf("names %q, want %q", got, want)
		}
	}
	for database, want := range map[string]string{"sqlite:/var/lib/tasuke/tasuke.db": "/var/lib/tasuke/certificates", "postgres://x": ""} {
		c := config.Config{Database: database}
		if got := c.Certificates(); got != want {
			t.Errorf("beside %s: %q, want %q", database, got, want)
		}
	}
}

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
relay_listen = "0.0.0.0:3478"
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
		{"nothing", "", nil, nil, []string{"base_url is missing", "listen is missing", "database is missing", "master_key_file is missing", "relay_listen is missing"}},
		{"unknown keys", good + "colour = \"red\"\n", []string{"TASUKE_SHAPE=round"}, []string{"size=1"}, []string{`"colour"`, `"shape"`, `"size"`}},
		{"bad port", good, nil, []string{"listen=0.0.0.0:65536", "relay_listen=nothing"}, []string{"listen must be HOST:PORT", "relay_listen must be HOST:PORT"}},
		{"bad bool", good, nil, []string{"behind_proxy=perhaps"}, []string{"behind_proxy must be true or false"}},
		{"bad engine and level", good, nil, []string{"database=mysql://x", "log_level=loud"}, []string{"database must begin", "log_level must be"}},
		{"bad network", good, nil, []string{"provider_networks=10.0.0.0/8,intranet"}, []string{`"intranet" is not a network`}},
		{"plain http for the world", good, nil, []string{"base_url=http://help.example.org"}, []string{"base_url must be https"}},
		{"plain http on every address", good, nil, []string{"base_url=http://localhost:8080"}, []string{"listen must be a loopback address"}},
		{"https without certificate", good, nil, []string{"tls_certificate=", "tls_key="}, []string{"tls_certificate and tls_key are missing"}},
		{"half a certificate", good, nil, []string{"tls_key="}, []string{"go together"}},
		{"proxy and certificate", good, nil, []string{"behind_proxy=true"}, []string{"exclude each other"}},
		{"proxy on every address", good, nil, []string{"behind_proxy=true", "tls_certificate=", "tls_key="}, []string{"listen must be a loopback address behind a proxy"}},
		{"address with a path", good, nil, []string{"base_url=https://x.example/help"}, []string{"base_url must be https://HOST"}},
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

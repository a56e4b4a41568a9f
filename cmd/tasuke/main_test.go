package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"

	"tasuke/internal/api"
	"tasuke/internal/identity"
	"tasuke/internal/server"
)

func TestMain(m *testing.M) {
	api.Conventions()
	os.Exit(m.Run())
}

// run parses and runs a command line and gives what it printed.
func run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	var c cli
	var out bytes.Buffer
	parser, err := kong.New(&c, kong.Name("tasuke"), kong.Writers(&out, &out), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	k, err := parser.Parse(args)
	if err != nil {
		return out.String(), err
	}
	err = k.Run(&world{ctx: context.Background(), out: &out, errOut: &out})
	return out.String(), err
}

// settings are the flags of a server in an empty folder.
func settings(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	return []string{
		"--set", "base_url=http://localhost:8080", "--set", "listen=127.0.0.1:8080",
		"--set", "database=sqlite:" + filepath.Join(dir, "tasuke.db"), "--set", "master_key_file=" + filepath.Join(dir, "master.key"),
	}
}

func TestVersionAndDescription(t *testing.T) {
	if out, err := run(t, "version"); err != nil || !strings.HasPrefix(out, "tasuke ") {
		t.Errorf("%q, %v", out, err)
	}
	out, err := run(t, "openapi")
	var d struct{ Openapi string }
	if err != nil || json.Unmarshal([]byte(out), &d) != nil || !strings.HasPrefix(d.Openapi, "3.1") {
		t.Errorf("%.80q, %v", out, err)
	}
}

func TestDemoListensOnLoopbackOnly(t *testing.T) {
	for _, args := range [][]string{{"--listen", "0.0.0.0:0"}, {"--listen", ":0"}, {"--listen", "192.0.2.1:80"}, {"--listen", "example.org:80"}, {"--listen", "[::]:3478"}} {
		_, err := run(t, append([]string{"demo", "--data", t.TempDir()}, args...)...)
		if err == nil || !strings.Contains(err.Error(), "loopback only") {
			t.Errorf("%v: %v", args, err)
		}
	}
}

func TestConfigCheckNamesEveryFault(t *testing.T) {
	_, err := run(t, "config", "check", "--set", "listen=nothing", "--set", "colour=red")
	for _, want := range []string{"base_url is missing", "listen must be HOST:PORT", `"colour"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in %v", want, err)
		}
	}
	if out, err := run(t, append([]string{"config", "check"}, settings(t)...)...); err != nil || !strings.Contains(out, "is good") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestAnOrganisationBeginsWithALink(t *testing.T) {
	flags := settings(t)
	create := append([]string{"admin", "create-organisation", "--id", "acme", "--name", "Acme", "--admin-name", "Amelia Brandt", "--admin-user", "amelia"}, flags...)
	out, err := run(t, create...)
	if err != nil || !regexp.MustCompile(`http://localhost:8080/idp/acme/welcome#\S{20,}`).MatchString(out) {
		t.Fatalf("%q, %v", out, err)
	}
	if _, err := run(t, create...); err == nil {
		t.Error("the same organisation twice")
	}
	invite := append([]string{"admin", "invite", "--org", "acme", "--user", "hana", "--name", "Hana", "--role"}, "first_line_helper")
	if out, err := run(t, append(invite, flags...)...); err != nil || !strings.Contains(out, "/idp/acme/welcome#") {
		t.Errorf("%q, %v", out, err)
	}
	invite[len(invite)-1] = "fly"
	if _, err := run(t, append(invite, flags...)...); err == nil || !strings.Contains(err.Error(), "second_line_helper") {
		t.Errorf("an unknown role: %v", err)
	}
	if out, err := run(t, append([]string{"audit", "verify"}, flags...)...); err != nil || !strings.Contains(out, "acme: ") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestAnOrganisationWithItsOwnProvider(t *testing.T) {
	create := append([]string{"admin", "create-organisation", "--id", "corp", "--name", "Corp", "--issuer", "https://login.example.org", "--client-id", "tasuke"}, settings(t)...)
	out, err := run(t, create...)
	if err != nil || !strings.Contains(out, "http://localhost:8080/signin/callback/corp") || !strings.Contains(out, "/signin/first#") {
		t.Errorf("%q, %v", out, err)
	}
}

func TestAProviderThatNamesDevices(t *testing.T) {
	flags := settings(t)
	create := append([]string{"admin", "create-organisation", "--id", "corp", "--name", "Corp", "--issuer", "https://login.example.org", "--client-id", "tasuke"}, flags...)
	if out, err := run(t, create...); err != nil {
		t.Fatalf("%q, %v", out, err)
	}
	claims := func(args ...string) error {
		_, err := run(t, append(append([]string{"admin", "device-claims"}, args...), flags...)...)
		return err
	}
	for name, args := range map[string][]string{
		"no organisation":    {"--device", "deviceid"},
		"nobody's":           {"--org", "acme", "--device", "deviceid"},
		"compliant, no name": {"--org", "corp", "--compliant", "iscompliant"},
		"values, no name":    {"--org", "corp", "--value", "yes"},
	} {
		if err := claims(args...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	for _, want := range []identity.DeviceClaims{
		{ID: "deviceid", Compliant: "iscompliant", Values: []string{"yes", "managed"}},
		{}, // nothing is believed any more
	} {
		args := []string{"--org", "corp"}
		if want.ID != "" {
			args = append(args, "--device", want.ID, "--compliant", want.Compliant, "--value", want.Values[0], "--value", want.Values[1])
		}
		if err := claims(args...); err != nil {
			t.Fatal(err)
		}
		if got := providerOf(t, flags, "corp").Device; !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
}

// providerOf is what the server finds at its next start.
func providerOf(t *testing.T, flags []string, org identity.OrgID) (v identity.Provider) {
	t.Helper()
	set := configured{}
	for i := 1; i < len(flags); i += 2 {
		set.Set = append(set.Set, flags[i])
	}
	err := set.with(&world{ctx: context.Background(), out: io.Discard, errOut: io.Discard}, func(p *server.Parts, _ string) (err error) {
		v, err = p.Store.ProviderOf(context.Background(), org)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestWrongOrganisationsAreRefused(t *testing.T) {
	for name, args := range map[string][]string{
		"bad id":        {"--id", "A C", "--name", "x", "--admin-name", "a", "--admin-user", "b"},
		"reserved id":   {"--id", "assets", "--name", "x", "--admin-name", "a", "--admin-user", "b"},
		"nobody":        {"--id", "acme", "--name", "x"},
		"no client":     {"--id", "acme", "--name", "x", "--issuer", "https://login.example.org"},
		"unknown flags": {"--id", "acme", "--name", "x", "--colour", "red"},
	} {
		if _, err := run(t, append(append([]string{"admin", "create-organisation"}, args...), settings(t)...)...); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestTheDoctorPrintsAndFails(t *testing.T) {
	page := httptest.NewServer(http.NotFoundHandler())
	defer page.Close()
	out, err := run(t, "doctor", "--server", page.URL)
	if err == nil || !strings.Contains(err.Error(), "1 of 5 findings are red") || !regexp.MustCompile(`(?m)^red +http +What answers is not Tasuke.*\n +→ See that`).MatchString(out) {
		t.Errorf("%v\n%s", err, out)
	}
	out, err = run(t, "doctor", "--json", "--server", page.URL)
	var told struct {
		Mark     string
		Findings []struct{ About, Mark, Text, Fix string }
	}
	if json.Unmarshal([]byte(out), &told) != nil || err == nil || told.Mark != "red" || len(told.Findings) != 5 {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := run(t, "doctor"); err == nil {
		t.Error("it looks at nothing")
	}
}

func TestTheDoctorLooksAtOneThing(t *testing.T) {
	if out, err := run(t, append([]string{"doctor"}, settings(t)...)...); err == nil || !strings.Contains(out, "There is no master key") {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := run(t, append([]string{"doctor", "--server", "http://127.0.0.1:1"}, settings(t)...)...); err == nil || !strings.Contains(err.Error(), "say what to look at") {
		t.Errorf("both: %v", err)
	}
}

func TestTheDoctorAttacksNobodyElse(t *testing.T) {
	for _, args := range [][]string{{"--server", "https://help.example.org"}, {"--server", "http://127.0.0.1:8080"}, {"--listen", "0.0.0.0:3478"}} {
		if _, err := run(t, append([]string{"doctor", "--attack"}, args...)...); err == nil || !strings.Contains(err.Error(), "nothing else") {
			t.Errorf("%v: %v", args, err)
		}
	}
}

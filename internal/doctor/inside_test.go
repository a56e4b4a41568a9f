package doctor

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tasuke/internal/config"
	"tasuke/internal/identity"
	"tasuke/internal/idp"
	"tasuke/internal/server"
	"tasuke/internal/signin"
)

// found are the findings of a look from inside, several for some words.
type found []Finding

func (p place) look(t *testing.T, change func(*Inside)) (all found) {
	t.Helper()
	i := Inside{Overrides: p.set, Roots: p.roots}
	if change != nil {
		change(&i)
	}
	LookInside(context.Background(), i, func(f Finding) { all = append(all, f) })
	return all
}

func (all found) says(t *testing.T, about string, mark Mark, words string) {
	t.Helper()
	for _, f := range all {
		if f.About == about && f.Mark == mark && strings.Contains(f.Text+" "+f.Fix, words) {
			if mark != Green && f.Fix == "" {
				t.Errorf("no remedy: %+v", f)
			}
			return
		}
	}
	t.Errorf("no line %s, %s, %q in %+v", about, mark, words, all)
}

// with adds an organisation.
func (p place) with(t *testing.T, n server.NewOrganisation) {
	t.Helper()
	cfg, err := config.Load("", nil, p.set)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := server.OpenParts(context.Background(), cfg, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer parts.Close()
	if _, err := parts.CreateOrganisation(context.Background(), p.base, n); err != nil {
		t.Fatal(err)
	}
}

func embedded(id string) server.NewOrganisation {
	return server.NewOrganisation{ID: id, Name: id, AdminName: "Amelia Brandt", AdminUser: "amelia"}
}

// tree is every file of a folder with its size and time.
func tree(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		all = append(all, fmt.Sprint(path, info.Size(), info.ModTime()))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAHealthyServerFromInside(t *testing.T) {
	p := open(t, made{}, nil)
	p.with(t, embedded("acme"))
	got := p.look(t, nil)
	for about, words := range map[string]string{
		"config": "is good", "certificate": "89 days more", "master-key": "is whole", "database": "its schema is this program's", "provider": "embedded provider",
		"port": "The server listens at UDP", "tls": "89 days more", "http": "HTTP/2.0", "turn-udp": "UDP in", "disk": "free",
	} {
		got.says(t, about, Green, words)
	}
	got.says(t, "port", Green, "The server listens at TCP")
	got.says(t, "audit", Amber, "audit_checkpoints")
	for _, f := range got {
		if f.Mark == Red {
			t.Errorf("%+v", f)
		}
	}
}

// TestLookingBeforeTheFirstStart makes nothing.
func TestLookingBeforeTheFirstStart(t *testing.T) {
	dir := t.TempDir()
	p := place{set: []string{"base_url=http://localhost:1", "listen=127.0.0.1:1", "database=sqlite:" + filepath.Join(dir, "tasuke.db"), "master_key_file=" + filepath.Join(dir, "master.key")}}
	got := p.look(t, nil)
	got.says(t, "master-key", Amber, "There is no master key")
	got.says(t, "tcp", Red, "does not answer")
	if left := tree(t, dir); len(left) != 0 {
		t.Errorf("made %v", left)
	}
}

func TestAStoppedServerIsLeftAlone(t *testing.T) {
	p := place{base: "http://localhost:1", dir: t.TempDir()}
	l := free(t)
	p.set = []string{"base_url=" + p.base, "listen=" + l.Addr().String(), "database=sqlite:" + filepath.Join(p.dir, "tasuke.db"), "master_key_file=" + filepath.Join(p.dir, "master.key")}
	_ = l.Close()
	p.with(t, embedded("acme"))
	before := tree(t, p.dir)
	p.look(t, nil).says(t, "port", Amber, "does not run")
	if after := tree(t, p.dir); !slices.Equal(before, after) {
		t.Errorf("before %v\nafter  %v", before, after)
	}
}

func TestWhatIsWrongInsideIsNamed(t *testing.T) {
	p := open(t, made{}, nil)
	p.with(t, embedded("acme"))
	replaced := func(setting string) func(*Inside) {
		return func(i *Inside) { i.Overrides = append(slices.Clone(i.Overrides), setting) }
	}
	p.look(t, replaced("listen=nothing")).says(t, "config", Red, "listen must be HOST:PORT")
	p.look(t, replaced("listen=192.0.2.77:443")).says(t, "port", Red, "correct the setting listen")
	other := filepath.Join(p.dir, "other.key")
	if err := os.WriteFile(other, []byte(strings.Repeat("ab", 32)+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.look(t, replaced("master_key_file="+other)).says(t, "master-key", Red, "chmod 600")
	if err := os.Chmod(filepath.Join(p.dir, "tasuke.db"), 0o644); err != nil {
		t.Fatal(err)
	}
	p.look(t, nil).says(t, "database", Amber, "can be read by everybody")
	garbage := filepath.Join(p.dir, "garbage.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("garbage ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	p.look(t, replaced("database=sqlite:"+garbage)).says(t, "database", Red, "cannot be opened")
	got := p.look(t, replaced("database=postgres://eva:s3cret@127.0.0.1:1/tasuke"))
	got.says(t, "database", Red, "cannot be opened")
	if strings.Contains(fmt.Sprint(got), "s3cret") {
		t.Errorf("the password is told: %v", got)
	}
}

// TestSomebodyElseListens at the ports of the configuration.
func TestSomebodyElseListens(t *testing.T) {
	l := free(t)
	go func() { _ = http.Serve(l, http.NotFoundHandler()) }()
	defer l.Close()
	u, err := net.ListenPacket("udp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer u.Close()
	dir := t.TempDir()
	p := place{set: []string{"base_url=http://" + l.Addr().String(), "listen=" + l.Addr().String(), "database=sqlite:" + filepath.Join(dir, "tasuke.db"), "master_key_file=" + filepath.Join(dir, "master.key")}}
	got := p.look(t, nil)
	got.says(t, "port", Red, "Something else than this server listens at TCP")
	got.says(t, "port", Red, "Something else than this server listens at UDP")
}

// TestProvidersAreAsked: one that answers, one whose clock is wrong, one that is gone.
func TestProvidersAreAsked(t *testing.T) {
	var off time.Duration
	mux := http.NewServeMux()
	idp := httptest.NewServer(mux)
	defer idp.Close()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Date", time.Now().Add(off).UTC().Format(http.TimeFormat))
		fmt.Fprintf(w, `{"issuer": %[1]q, "authorization_endpoint": "%[1]s/a", "token_endpoint": "%[1]s/t", "jwks_uri": "%[1]s/k"}`, idp.URL)
	})
	var all found
	x := &examination{Inside: Inside{Now: time.Now}, tell: func(f Finding) { all = append(all, f) }}
	x.cfg.BaseURL = "http://localhost:1"
	ask := func(issuer string) { x.provider(context.Background(), "corp", identity.Provider{Issuer: issuer}) }
	ask(idp.URL)
	all.says(t, "provider", Green, "corp: "+idp.URL+" answers")
	off = time.Hour
	ask(idp.URL)
	all.says(t, "provider", Red, "what it signs is refused")
	ask(idp.URL + "/elsewhere")
	all.says(t, "provider", Red, "does not say what sign-in needs")
	if _, err := signin.Ask(context.Background(), signin.Options{BaseURL: "https://help.example.org"}, "https://127.0.0.1:1"); err == nil || !strings.Contains(err.Error(), "special-purpose") {
		t.Errorf("an inner address: %v", err)
	}
}

// TestARolledBackDatabase: a copy from before is put back under a server that has
// written checkpoints since.
func TestARolledBackDatabase(t *testing.T) {
	dir := t.TempDir()
	l := free(t)
	p := place{base: "http://localhost:" + fmt.Sprint(l.Addr().(*net.TCPAddr).Port), dir: dir}
	db := filepath.Join(dir, "tasuke.db")
	p.set = []string{"base_url=" + p.base, "listen=" + l.Addr().String(), "database=sqlite:" + db, "master_key_file=" + filepath.Join(dir, "master.key"), "audit_checkpoints=" + filepath.Join(dir, "checkpoints")}
	p.with(t, embedded("acme"))
	old, err := os.ReadFile(db)
	if err != nil {
		t.Fatal(err)
	}
	n := embedded("acme")
	cfg, err := config.Load("", nil, p.set)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.Start(context.Background(), cfg, server.Options{Log: slog.New(slog.DiscardHandler), Listener: l})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Invite(context.Background(), server.Invitation{Org: n.ID, Roles: []string{"first_line_helper"}, Account: idp.NewAccount{Username: "hana", Name: "Hana"}}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil { // writes a last checkpoint
		t.Fatal(err)
	}
	p.look(t, nil).says(t, "audit", Green, "checkpoints agree")
	if err := os.WriteFile(db, old, 0o600); err != nil {
		t.Fatal(err)
	}
	p.look(t, nil).says(t, "audit", Red, "rolled back")
}

func TestASelfSignedCertificateIsForTrials(t *testing.T) {
	dir, l := t.TempDir(), free(t)
	p := place{base: fmt.Sprintf("https://localhost:%d", l.Addr().(*net.TCPAddr).Port), dir: dir}
	p.set = []string{"base_url=" + p.base, "listen=" + l.Addr().String(), "database=sqlite:" + filepath.Join(dir, "tasuke.db"), "master_key_file=" + filepath.Join(dir, "master.key"), "self_signed=true"}
	p.serve(t, l, nil)
	got := p.look(t, nil)
	got.says(t, "certificate", Amber, "for trials")
	got.says(t, "tls", Green, "issued by itself")
	got.says(t, "turn-tls", Green, "TLS in")
	look(Outside{Base: p.base}).says(t, "tls", Red, "issued by itself")
}

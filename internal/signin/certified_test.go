package signin_test

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"tasuke/internal/identity"
)

const (
	certifiedDir    = "testdata/oidc-provider"
	certifiedSecret = "a-client-secret-of-at-least-32-characters"
)

// installCertified installs the pinned provider once. A missing npm or node
// fails the test: this proof is never skipped.
var installCertified = sync.OnceValues(func() ([]byte, error) {
	if _, err := os.Stat(filepath.Join(certifiedDir, "node_modules", "oidc-provider", "package.json")); err == nil {
		return nil, nil
	}
	cmd := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	cmd.Dir = certifiedDir
	return cmd.CombinedOutput()
})

// certified starts the certified provider for a world and makes it acme's.
func certified(t *testing.T, w *world, alg string) identity.Provider {
	t.Helper()
	if out, err := installCertified(); err != nil {
		t.Fatalf("npm and node are needed: %v\n%s", err, out)
	}
	p := identity.Provider{ID: "acme-certified", Org: "acme", ClientID: "tasuke-client", ClientSecret: certifiedSecret, Source: identity.FromClaims}
	cmd := exec.Command("node", "provider.mjs")
	cmd.Dir = certifiedDir
	cmd.Env = append(os.Environ(), "ALG="+alg, "CLIENT_SECRET="+certifiedSecret, "REDIRECT_URI="+identity.CallbackURL(w.base, p.ID), "POST_LOGOUT_URI="+w.base+"/")
	stdin := must(cmd.StdinPipe())
	stdout := must(cmd.StdoutPipe())
	log := &syncBuffer{}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		t.Fatalf("node is needed: %v", err)
	}
	drained := make(chan struct{})
	t.Cleanup(func() {
		_ = stdin.Close() // it ends with its input
		<-drained
		_ = cmd.Wait()
	})
	lines := bufio.NewReader(stdout)
	issuer, err := lines.ReadString('\n')
	go func() {
		defer close(drained)
		_, _ = io.Copy(log, lines)
	}()
	if err != nil {
		t.Fatalf("the provider did not start: %v\n%s", err, log)
	}
	p.Issuer = strings.TrimSpace(issuer)
	w.organisation(t, "acme", "certified.example")
	w.provider(t, p)
	return p
}

// certifiedSignIn goes through the provider's own pages: sign-in, consent.
func certifiedSignIn(b *browser, path, name string) page {
	b.t.Helper()
	p := b.get(path)
	for range 2 {
		if !strings.Contains(p.url.Path, "/interaction/") {
			break
		}
		p = b.submit(p, url.Values{"login": {name}, "password": {"any"}})
	}
	return p
}

func TestCertifiedProvider(t *testing.T) {
	for _, alg := range []string{"RS256", "PS256", "ES256", "EdDSA"} {
		t.Run(alg, func(t *testing.T) {
			w := newWorld(t, slowly)
			provider := certified(t, w, alg)
			b := w.browser(t)
			if p := certifiedSignIn(b, "/signin?return=/join", "mio"); p.url.Path != "/join" {
				t.Fatalf("ended at %s (%d) %.500s\n%s", p.url, p.status, p.body, w.log)
			}
			a := b.me()
			if p := a.Person; p.Issuer != provider.Issuer || p.Subject != "mio" || p.Name != "Person mio" || p.Title != "Engineer" || p.Company != "Certified Ltd" || p.Domain != "certified.example" || p.Locale != "ja" {
				t.Fatalf("%+v", p)
			}
			if p := certifiedSignIn(b, "/signin?prompt=login&return=/check", "mio"); p.url.Path != "/check" {
				t.Fatalf("fresh sign-in: %s (%d) %.500s\n%s", p.url, p.status, p.body, w.log)
			}
			rotate(t, b, provider)
			w.clock.advance(61 * time.Second) // an unknown key is looked for at most once a minute
			if p := certifiedSignIn(b, "/signin?return=/help", "mio"); p.url.Path != "/help" {
				t.Fatalf("after key rotation: %s (%d) %.500s\n%s", p.url, p.status, p.body, w.log)
			}
			if again := b.me(); again.Person.ID != a.Person.ID {
				t.Fatalf("%+v", again)
			}
		})
	}
}

func rotate(t *testing.T, b *browser, p identity.Provider) {
	t.Helper()
	resp, err := b.client.Post(p.Issuer+"/test/rotate", "text/plain", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status, err)
	}
}

func TestCertifiedProviderSignOut(t *testing.T) {
	w := newWorld(t, slowly)
	provider := certified(t, w, "RS256")
	b := w.browser(t)
	certifiedSignIn(b, "/signin", "mio")
	if p := b.get("/signin?return=/help"); p.url.Path != "/help" { // single sign-on
		t.Fatalf("%s\n%s", p.url, w.log)
	}
	to := location(t, b.post("/signin/out", map[string]bool{}))
	if !strings.HasPrefix(to, provider.Issuer+"/session/end?") {
		t.Fatalf("%s", to)
	}
	p := b.get(to)
	if p = b.submit(p, url.Values{"logout": {"yes"}}); p.url.String() != w.base+"/" {
		t.Fatalf("ended at %s (%d) %.500s", p.url, p.status, p.body)
	}
	if b.me() != nil {
		t.Fatal("still signed in")
	}
	if p := b.get("/signin"); !strings.Contains(p.url.Path, "/interaction/") {
		t.Fatalf("the provider still knew the browser: %s", p.url)
	}
}

func TestCertifiedProviderRefusal(t *testing.T) {
	w := newWorld(t, slowly)
	certified(t, w, "RS256")
	b := w.browser(t)
	p := b.get("/signin")
	wantError(t, b.get(p.url.String()+"/abort"), "provider_denied")
}

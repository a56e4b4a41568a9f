package signin_test

import (
	"bytes"
	"compress/gzip"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/signin"
)

// TestCorrectProvidersAreAccepted keeps the hostile suite honest: without the
// change of each case the sign-in works.
func TestCorrectProvidersAreAccepted(t *testing.T) {
	for alg, key := range map[string]any{
		"RS256": rsaKey(), "PS256": rsaKey(), "ES256": ecKey(), "EdDSA": must2(ed25519.GenerateKey(rand.Reader)),
	} {
		t.Run(alg, func(t *testing.T) {
			w, f := fakeWorld(t)
			f.alg, f.key = alg, key
			b := w.browser(t)
			if p := f.back(b, f.begin(w, b), nil); p.url.Path != "/join" || b.me() == nil {
				t.Fatalf("%s\n%s", p.url, w.log)
			}
			a := b.me()
			if a.Person.Name != "Userinfo Name" || a.Person.Domain != "acme.example" || a.SignIn.ACR != "high" || a.SignIn.AMR[0] != "mfa" {
				t.Fatalf("%+v", a)
			}
		})
	}
}

func must2(_ ed25519.PublicKey, k ed25519.PrivateKey, err error) ed25519.PrivateKey {
	return must(k, err)
}

// hostile is one way to attack the relying party through a provider's answers.
type hostile struct {
	name string
	set  func(f *fake)      // makes the provider hostile
	back func(q url.Values) // changes the answer in the address
	wait time.Duration      // the browser comes back later
}

func claim(name string, v any) func(*fake) {
	return func(f *fake) {
		f.claims = func(c map[string]any) {
			if v == nil {
				delete(c, name)
				return
			}
			c[name] = v
		}
	}
}

func headerIs(name string, v any) func(*fake) {
	return func(f *fake) { f.header = func(h map[string]any) { h[name] = v } }
}

func metaIs(name string, v any) func(*fake) {
	return func(f *fake) { f.meta = func(m map[string]any) { m[name] = v } }
}

func answerIs(name string, v any) func(*fake) {
	return func(f *fake) { f.answer = func(a map[string]any) { a[name] = v } }
}

func infoIs(name string, v any) func(*fake) {
	return func(f *fake) { f.info = func(c map[string]any) { c[name] = v } }
}

func serves(path string, h http.HandlerFunc) func(*fake) {
	return func(f *fake) { f.serve[path] = h }
}

func text(kind, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		_, _ = w.Write([]byte(body))
	}
}

func status(code int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
}

// hang sends nothing until the caller gives up, which a server notices only
// when it has read the request.
func hang(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// drip sends a byte now and then until the caller gives up.
func drip(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/json")
	for r.Context().Err() == nil {
		if _, err := w.Write([]byte(" ")); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-time.After(50 * time.Millisecond):
		case <-r.Context().Done():
		}
	}
}

// bomb is 20 MB of spaces in 20 kB.
func bomb(w http.ResponseWriter, _ *http.Request) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(bytes.Repeat([]byte(" "), 20<<20))
	_ = z.Close()
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write(b.Bytes())
}

func huge(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(bytes.Repeat([]byte(" "), 10<<20))
}

// moved redirects to the same thing elsewhere; following would find the canary.
func moved(f *fake) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, f.issuer+"/canary", http.StatusTemporaryRedirect)
	}
}

func signedBy(alg string, key func(f *fake) any) func(*fake) {
	return func(f *fake) {
		f.token = func(token string) string {
			payload := strings.Split(token, ".")[1]
			h := map[string]any{"alg": alg, "kid": f.kid, "typ": "JWT"}
			return signToken(h, must(b64Decode(payload)), alg, key(f))
		}
	}
}

func rawPayload(change func(p []byte) []byte) func(*fake) {
	return func(f *fake) { f.payload = change }
}

func publicPEM(f *fake) any {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: must(x509.MarshalPKIXPublicKey(&rsaKey().PublicKey))})
}

func query(name, value string) func(url.Values) {
	return func(q url.Values) { q.Set(name, value) }
}

func headerCases() []hostile {
	attacker := func(*fake) any { return attackerKey() }
	stolen := func(name string, v func(f *fake) any) func(*fake) {
		return func(f *fake) {
			f.token = func(token string) string {
				h := map[string]any{"alg": "RS256", "kid": "attacker", "typ": "JWT", name: v(f)}
				return signToken(h, must(b64Decode(strings.Split(token, ".")[1])), "RS256", attackerKey())
			}
		}
	}
	return []hostile{
		{name: "alg none", set: signedBy("none", attacker)},
		{name: "alg None", set: func(f *fake) { f.header = func(h map[string]any) { h["alg"] = "None" }; f.alg = "none" }},
		{name: "HS256 with the public key as PEM", set: signedBy("HS256", publicPEM)},
		{name: "HS256 with the published key", set: signedBy("HS256", func(f *fake) any { return must(json.Marshal(jwk(f.key, f.kid))) })},
		{name: "HS256 with the client secret", set: signedBy("HS256", func(*fake) any { return []byte("client-secret") })},
		{name: "another key under the known kid", set: signedBy("RS256", attacker)},
		{name: "jwk header brings a key", set: stolen("jwk", func(*fake) any { return jwk(attackerKey(), "attacker") })},
		{name: "jku header points to a key set", set: stolen("jku", func(f *fake) any { return f.issuer + "/canary" })},
		{name: "x5u header points to a certificate", set: stolen("x5u", func(f *fake) any { return f.issuer + "/canary" })},
		{name: "x5c header", set: headerIs("x5c", []string{"AAAA"})},
		{name: "jku header on a good token", set: headerIs("jku", "https://evil.example/keys")},
		{name: "unknown kid", set: headerIs("kid", "unknown")},
		{name: "kid as a path", set: headerIs("kid", "../../../../dev/null")},
		{name: "kid as SQL", set: headerIs("kid", "' OR 1=1 --")},
		{name: "kid is not text", set: headerIs("kid", 7)},
		{name: "RS512", set: func(f *fake) { f.alg = "RS512" }},
		{name: "RS256 named PS256", set: headerIs("alg", "PS256")},
		{name: "typ at+jwt", set: headerIs("typ", "at+jwt")},
		{name: "typ logout+jwt", set: headerIs("typ", "logout+jwt")},
		{name: "unknown crit", set: headerIs("crit", []string{"exp"})},
		{name: "b64 false", set: headerIs("b64", false)},
		{name: "no signature", set: func(f *fake) { f.token = func(s string) string { return s[:strings.LastIndexByte(s, '.')+1] } }},
		{name: "two parts", set: func(f *fake) { f.token = func(s string) string { return s[:strings.LastIndexByte(s, '.')] } }},
		{name: "payload swapped", set: func(f *fake) {
			f.token = func(s string) string {
				p := strings.Split(s, ".")
				return p[0] + "." + b64(bytes.Replace(must(b64Decode(p[1])), []byte("subject-1"), []byte("subject-2"), 1)) + "." + p[2]
			}
		}},
		{name: "JSON serialisation", set: func(f *fake) {
			f.token = func(s string) string {
				p := strings.Split(s, ".")
				return fmt.Sprintf(`{"payload":%q,"signatures":[{"protected":%q,"signature":%q}]}`, p[1], p[0], p[2])
			}
		}},
		{name: "five parts", set: func(f *fake) { f.token = func(s string) string { return s + ".a.b" } }},
		{name: "a million dots", set: func(f *fake) { f.token = func(string) string { return strings.Repeat(".", 1_000_000) } }},
		{name: "16 kB and more", set: claim("padding", strings.Repeat("x", 16<<10))},
		{name: "header is not JSON", set: func(f *fake) { f.token = func(s string) string { return "e30x" + s } }},
		{name: "empty token", set: func(f *fake) { f.token = func(string) string { return "" } }},
	}
}

func claimCases() []hostile {
	now := time.Now()
	appendRaw := func(text string) func([]byte) []byte {
		return func(p []byte) []byte { return append(bytes.TrimSuffix(p, []byte("}")), text...) }
	}
	return []hostile{
		{name: "sub twice", set: rawPayload(appendRaw(`,"sub":"subject-2"}`))},
		{name: "sub in two cases", set: rawPayload(appendRaw(`,"SUB":"subject-2"}`))},
		{name: "nonce twice", set: rawPayload(appendRaw(`,"nonce":"x"}`))},
		{name: "something after the claims", set: rawPayload(func(p []byte) []byte { return append(p, `{"sub":"x"}`...) })},
		{name: "claims are an array", set: rawPayload(func([]byte) []byte { return []byte(`[]`) })},
		{name: "claims are null", set: rawPayload(func([]byte) []byte { return []byte(`null`) })},
		{name: "iss with a slash", set: func(f *fake) { claim("iss", f.issuer+"/")(f) }},
		{name: "iss in capitals", set: func(f *fake) { claim("iss", strings.ToUpper(f.issuer))(f) }},
		{name: "iss of another tenant", set: func(f *fake) { claim("iss", f.issuer+"/other")(f) }},
		{name: "no iss", set: claim("iss", nil)},
		{name: "aud of another client", set: claim("aud", "client-2")},
		{name: "no aud", set: claim("aud", nil)},
		{name: "aud with a stranger", set: claim("aud", []string{fakeClient, "client-2"})},
		{name: "aud with a stranger and azp", set: func(f *fake) {
			f.claims = func(c map[string]any) { c["aud"], c["azp"] = []string{fakeClient, "client-2"}, fakeClient }
		}},
		{name: "azp of another client", set: claim("azp", "client-2")},
		{name: "azp is not text", set: claim("azp", []string{fakeClient})},
		{name: "exp past", set: claim("exp", now.Add(-2*time.Minute).Unix())},
		{name: "no exp", set: claim("exp", nil)},
		{name: "exp as text", set: claim("exp", "9999999999")},
		{name: "iat in ten minutes", set: claim("iat", now.Add(10*time.Minute).Unix())},
		{name: "no iat", set: claim("iat", nil)},
		{name: "iat as text", set: claim("iat", "now")},
		{name: "nbf in four minutes", set: claim("nbf", now.Add(4*time.Minute).Unix())},
		{name: "nbf as text", set: claim("nbf", "later")},
		{name: "auth_time in ten minutes", set: claim("auth_time", now.Add(10*time.Minute).Unix())},
		{name: "no nonce", set: claim("nonce", nil)},
		{name: "old nonce", set: claim("nonce", "n-0S6_WzA2Mj")},
		{name: "nonce is a list", set: claim("nonce", []string{"x"})},
		{name: "no sub", set: claim("sub", nil)},
		{name: "empty sub", set: claim("sub", "")},
		{name: "sub of 256 characters", set: claim("sub", strings.Repeat("s", 256))},
		{name: "sub is a number", set: claim("sub", 1)},
		{name: "sub with NUL", set: claim("sub", "subject-1\x00")},
		{name: "wrong at_hash", set: claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA")},
		{name: "tid of another tenant", set: func(f *fake) { f.config.Tenant = "ours"; claim("tid", "theirs")(f) }},
		{name: "no tid", set: func(f *fake) { f.config.Tenant = "ours" }},
	}
}

func answerCases() []hostile {
	return []hostile{
		{name: "no state", back: func(q url.Values) { q.Del("state") }},
		{name: "made-up state", back: query("state", strings.Repeat("A", 43))},
		{name: "long state", back: query("state", strings.Repeat("A", 4000))},
		{name: "no code", back: func(q url.Values) { q.Del("code") }},
		{name: "empty code", back: query("code", "")},
		{name: "long code", back: query("code", strings.Repeat("c", 9000))},
		{name: "somebody else's code", back: query("code", "injected")},
		{name: "two codes", back: func(q url.Values) { q.Add("code", "other") }},
		{name: "two states", back: func(q url.Values) { q.Add("state", "other") }},
		{name: "two issuers", back: func(q url.Values) { q["iss"] = []string{"a", "b"} }},
		{name: "iss of another provider", back: query("iss", "https://evil.example")},
		{name: "promised iss is missing", set: metaIs("authorization_response_iss_parameter_supported", true)},
		{name: "access denied with script", back: func(q url.Values) {
			q.Del("code")
			q.Set("error", "access_denied")
			q.Set("error_description", "<script>alert(1)</script>")
		}},
		{name: "error with script", back: query("error", "<script>alert(1)</script>")},
		{name: "error and code", back: query("error", "server_error")},
		{name: "after eleven minutes", wait: 11 * time.Minute},

		{name: "token endpoint 500", set: serves("/token", status(500))},
		{name: "token endpoint hangs", set: serves("/token", hang)},
		{name: "token endpoint drips", set: serves("/token", drip)},
		{name: "token endpoint HTML", set: serves("/token", text("text/html", "<p>hello"))},
		{name: "token endpoint bomb", set: serves("/token", bomb)},
		{name: "token endpoint 10 MB", set: serves("/token", huge)},
		{name: "token endpoint moved", set: func(f *fake) { f.serve["/token"] = moved(f) }},
		{name: "no id token", set: answerIs("id_token", nil)},
		{name: "id token is a number", set: answerIs("id_token", 7)},
		{name: "no access token", set: answerIs("access_token", "")},
		{name: "token type mac", set: answerIs("token_type", "mac")},
		{name: "endless access token", set: answerIs("access_token", strings.Repeat("a", 17<<10))},

		{name: "userinfo of somebody else", set: infoIs("sub", "subject-2")},
		{name: "userinfo of nobody", set: infoIs("sub", nil)},
		{name: "userinfo as JWT", set: serves("/userinfo", text("application/jwt", "a.b.c"))},
		{name: "userinfo HTML", set: serves("/userinfo", text("text/html", "<p>hello"))},
		{name: "userinfo 500", set: serves("/userinfo", status(500))},
		{name: "userinfo with two subs", set: serves("/userinfo", text("application/json", `{"sub":"subject-1","sub":"subject-2"}`))},
		{name: "userinfo 10 MB", set: serves("/userinfo", huge)},
		{name: "userinfo moved", set: func(f *fake) { f.serve["/userinfo"] = moved(f) }},
	}
}

func metadataCases() []hostile {
	const discovery = "/.well-known/openid-configuration"
	manyKeys := func(n int, kid string) func(*fake) {
		return func(f *fake) {
			f.jwks = func(set map[string]any) {
				keys := []any{jwk(f.key, f.kid)}
				for i := range n {
					keys = append(keys, jwk(attackerKey(), fmt.Sprintf(kid, i)))
				}
				set["keys"] = keys
			}
		}
	}
	return []hostile{
		{name: "metadata of another issuer", set: metaIs("issuer", "https://evil.example")},
		{name: "metadata with a slash", set: func(f *fake) { metaIs("issuer", f.issuer+"/")(f) }},
		{name: "metadata names the issuer twice", set: func(f *fake) {
			f.serve[discovery] = text("application/json", fmt.Sprintf(`{"issuer":%q,"Issuer":"https://evil.example","authorization_endpoint":%q}`, f.issuer, f.issuer))
		}},
		{name: "metadata moved", set: func(f *fake) { f.serve[discovery] = moved(f) }},
		{name: "metadata 10 MB", set: serves(discovery, huge)},
		{name: "metadata HTML", set: serves(discovery, text("text/html", "<p>"))},
		{name: "metadata hangs", set: serves(discovery, hang)},
		{name: "metadata bomb", set: serves(discovery, bomb)},
		{name: "no token endpoint", set: metaIs("token_endpoint", "")},
		{name: "authorize is a script", set: metaIs("authorization_endpoint", "javascript:alert(1)")},
		{name: "token endpoint is a file", set: metaIs("token_endpoint", "file:///etc/passwd")},
		{name: "userinfo is a file", set: metaIs("userinfo_endpoint", "file:///etc/passwd")},
		{name: "end session is a script", set: metaIs("end_session_endpoint", "javascript:alert(1)")},
		{name: "key set with a password in its address", set: metaIs("jwks_uri", "http://a:b@127.0.0.1/keys")},
		{name: "key set in the cloud's metadata service", set: metaIs("jwks_uri", "http://169.254.169.254/latest")},
		{name: "token endpoint in a private network", set: metaIs("token_endpoint", "http://10.0.0.1/token")},
		{name: "userinfo at an IPv6 form of a private address", set: metaIs("userinfo_endpoint", "http://[::ffff:10.0.0.1]/userinfo")},
		{name: "key set 10 MB", set: serves("/keys", huge)},
		{name: "10 000 keys", set: manyKeys(10_000, "k%d")},
		{name: "two keys of one kid", set: manyKeys(1, "key-1%.0d")},
		{name: "key set drips", set: serves("/keys", drip)},
		{name: "key set moved", set: func(f *fake) { f.serve["/keys"] = moved(f) }},
		{name: "key set 500", set: serves("/keys", status(500))},
		{name: "key set empty", set: func(f *fake) { f.jwks = func(s map[string]any) { s["keys"] = []any{} } }},
		{name: "key set null", set: serves("/keys", text("application/json", "null"))},
		{name: "key for encryption", set: func(f *fake) {
			f.jwks = func(s map[string]any) { s["keys"].([]any)[0].(map[string]any)["use"] = "enc" }
		}},
		{name: "key for another algorithm", set: func(f *fake) {
			f.jwks = func(s map[string]any) { s["keys"].([]any)[0].(map[string]any)["alg"] = "PS256" }
		}},
		{name: "symmetric key published", set: func(f *fake) {
			f.jwks = func(s map[string]any) {
				s["keys"] = []any{map[string]any{"kty": "oct", "kid": "key-1", "k": b64([]byte("secret"))}}
			}
			signedBy("HS256", func(*fake) any { return []byte("secret") })(f)
		}},
	}
}

// TestHostileProviders: none of these answers signs anybody in, and each leads
// to the error page with a code of ours.
func TestHostileProviders(t *testing.T) {
	cases := append(append(append(headerCases(), claimCases()...), answerCases()...), metadataCases()...)
	if len(cases) < 60 {
		t.Fatalf("only %d cases", len(cases))
	}
	w := newWorld(t, func(o *signin.Options) {
		o.Timeout = 700 * time.Millisecond
		o.ClientAddr = manyPlaces()
	})
	all := t
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := newFake(all) // to the end: another one at its port would be known already
			org := identity.OrgID(fmt.Sprintf("org-%d", i))
			f.config.ID, f.config.Org = string(org), org
			w.organisation(t, org)
			w.log.reset()
			if c.set != nil {
				c.set(f)
			}
			b := w.browser(t)
			asked := f.begin(w, b)
			if code := asked.Get("refused"); code != "" { // not even sent to the provider
				if code != "provider_unreachable" {
					t.Fatalf("refused with %s", code)
				}
			} else {
				w.clock.advance(c.wait)
				defer w.clock.advance(-c.wait)
				p := f.back(b, asked, c.back)
				if code := p.url.Query().Get("code"); p.url.Path != "/signin/error" || code == "" || code == "internal_error" || len(p.url.RawQuery) > 100 {
					t.Fatalf("ended at %s\n%s", p.url, w.log)
				}
			}
			if a := b.me(); a != nil {
				t.Fatalf("accepted %+v", a)
			}
			if f.canary.Load() != 0 {
				t.Fatal("a redirect or a header's address was followed")
			}
			for _, secret := range []string{fakeAccess, "client-secret", asked.Get("state"), asked.Get("nonce"), "<script>"} {
				if secret != "" && strings.Contains(w.log.String(), secret) {
					t.Fatalf("the log holds %q:\n%s", secret, w.log)
				}
			}
		})
	}
}

// manyPlaces says that every request comes from another network, so that the
// limit on starts stays out of the way.
func manyPlaces() func(*http.Request) netip.Addr {
	var n atomic.Uint32
	return func(*http.Request) netip.Addr {
		i := n.Add(1)
		return netip.AddrFrom4([4]byte{10, byte(i >> 8), byte(i), 1})
	}
}

func b64Decode(s string) ([]byte, error) { return base64.RawURLEncoding.DecodeString(s) }

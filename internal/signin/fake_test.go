package signin_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/signin"
)

// fake is a provider on loopback that tests make misbehave. As built it is
// correct; every field may be replaced before the sign-in begins.
type fake struct {
	t      testing.TB
	server *httptest.Server
	issuer string

	alg     string                      // of the id token
	key     any                         // signs
	kid     string                      // in the id token and the key set
	header  func(h map[string]any)      // changes the id token's header
	claims  func(c map[string]any)      // changes the id token's claims
	payload func(p []byte) []byte       // changes the encoded claims
	token   func(token string) string   // changes the finished id token
	answer  func(a map[string]any)      // changes the token endpoint's answer
	meta    func(m map[string]any)      // changes the metadata
	jwks    func(set map[string]any)    // changes the key set
	info    func(c map[string]any)      // changes userinfo
	serve   map[string]http.HandlerFunc // replaces whole endpoints
	config  identity.Provider           // as the organisation configured it

	keyFetches atomic.Int32
	canary     atomic.Int32 // requests that must never be made

	mu        sync.Mutex
	nonce     string // guarded by mu
	challenge string // guarded by mu
}

const (
	fakeClient = "client-1"
	fakeAccess = "access-token-of-the-fake"
	fakeCode   = "code-of-the-fake"
)

// keys that are slow to make are made once.
var rsaKey = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
})

var attackerKey = sync.OnceValue(func() *rsa.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return k
})

func newFake(t testing.TB) *fake {
	f := &fake{t: t, alg: "RS256", key: rsaKey(), kid: "key-1", serve: map[string]http.HandlerFunc{}}
	f.server = httptest.NewServer(http.HandlerFunc(f.ServeHTTP))
	f.issuer = f.server.URL
	f.config = identity.Provider{ID: "acme-fake", Org: "acme", Issuer: f.issuer, ClientID: fakeClient, ClientSecret: "client-secret", Source: identity.FromClaims}
	t.Cleanup(f.server.Close)
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h, ok := f.serve[r.URL.Path]; ok {
		h(w, r)
		return
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		m := map[string]any{
			"issuer": f.issuer, "authorization_endpoint": f.issuer + "/authorize", "token_endpoint": f.issuer + "/token",
			"jwks_uri": f.issuer + "/keys", "userinfo_endpoint": f.issuer + "/userinfo", "end_session_endpoint": f.issuer + "/end",
		}
		change(f.meta, m)
		reply(w, m)
	case "/keys":
		f.keyFetches.Add(1)
		set := map[string]any{"keys": []any{jwk(f.key, f.kid)}}
		change(f.jwks, set)
		reply(w, set)
	case "/token":
		f.tokenEndpoint(w, r)
	case "/userinfo":
		if r.Header.Get("Authorization") != "Bearer "+fakeAccess {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		c := map[string]any{"sub": "subject-1", "name": "Userinfo Name", "email": "mio@acme.example", "email_verified": true}
		change(f.info, c)
		reply(w, c)
	default:
		f.canary.Add(1)
		w.WriteHeader(http.StatusNotFound)
	}
}

// tokenEndpoint answers like a correct provider: it checks the client, the
// code, the redirect URI and PKCE.
func (f *fake) tokenEndpoint(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	challenge := f.challenge
	f.mu.Unlock()
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	id, secret, _ := r.BasicAuth()
	if r.PostFormValue("code") != fakeCode || id != fakeClient || secret != "client-secret" || base64.RawURLEncoding.EncodeToString(sum[:]) != challenge || r.PostFormValue("redirect_uri") == "" {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
		return
	}
	a := map[string]any{"access_token": fakeAccess, "token_type": "Bearer", "expires_in": 300, "id_token": f.idToken()}
	change(f.answer, a)
	reply(w, a)
}

func change(f func(map[string]any), m map[string]any) {
	if f != nil {
		f(m)
	}
}

func reply(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}

func (f *fake) idToken() string {
	f.mu.Lock()
	nonce := f.nonce
	f.mu.Unlock()
	now := time.Now()
	c := map[string]any{
		"iss": f.issuer, "sub": "subject-1", "aud": fakeClient, "exp": now.Add(5 * time.Minute).Unix(), "iat": now.Unix(),
		"auth_time": now.Unix(), "nonce": nonce, "name": "Token Name", "amr": []string{"mfa"}, "acr": "high",
	}
	change(f.claims, c)
	h := map[string]any{"alg": f.alg, "kid": f.kid, "typ": "JWT"}
	change(f.header, h)
	payload := must(json.Marshal(c))
	if f.payload != nil {
		payload = f.payload(payload)
	}
	token := signToken(h, payload, f.alg, f.key)
	if f.token != nil {
		token = f.token(token)
	}
	return token
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// signToken signs whatever it is given.
func signToken(header map[string]any, payload []byte, alg string, key any) string {
	text := b64(must(json.Marshal(header))) + "." + b64(payload)
	return text + "." + b64(signature(text, alg, key))
}

func signature(text, alg string, key any) []byte {
	sum := sha256.Sum256([]byte(text))
	switch alg {
	case "RS256":
		return must(rsa.SignPKCS1v15(rand.Reader, key.(*rsa.PrivateKey), crypto.SHA256, sum[:]))
	case "RS512":
		h := crypto.SHA512.New()
		h.Write([]byte(text))
		return must(rsa.SignPKCS1v15(rand.Reader, key.(*rsa.PrivateKey), crypto.SHA512, h.Sum(nil)))
	case "PS256":
		return must(rsa.SignPSS(rand.Reader, key.(*rsa.PrivateKey), crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash}))
	case "ES256":
		r, s, err := ecdsa.Sign(rand.Reader, key.(*ecdsa.PrivateKey), sum[:])
		must(0, err)
		return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
	case "EdDSA":
		return ed25519.Sign(key.(ed25519.PrivateKey), []byte(text))
	case "HS256":
		m := hmac.New(sha256.New, key.([]byte))
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	return nil // none
}

// jwk is the public half of a key, as a key set publishes it.
func jwk(key any, kid string) map[string]any {
	k := map[string]any{"kid": kid, "use": "sig"}
	switch key := key.(type) {
	case *rsa.PrivateKey:
		k["kty"], k["n"], k["e"] = "RSA", b64(key.N.Bytes()), "AQAB"
	case *ecdsa.PrivateKey:
		k["kty"], k["crv"] = "EC", "P-256"
		k["x"], k["y"] = b64(key.X.FillBytes(make([]byte, 32))), b64(key.Y.FillBytes(make([]byte, 32)))
	case ed25519.PrivateKey:
		k["kty"], k["crv"], k["x"] = "OKP", "Ed25519", b64(key.Public().(ed25519.PublicKey))
	}
	return k
}

func ecKey() *ecdsa.PrivateKey { return must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)) }

// fakeWorld is a world whose only organisation trusts a fake provider.
func fakeWorld(t testing.TB, change ...func(*signin.Options)) (*world, *fake) {
	w := newWorld(t, change...)
	w.organisation(t, "acme", "acme.example")
	return w, newFake(t)
}

// begin starts a sign-in and returns where the browser was sent.
func (f *fake) begin(w *world, b *browser) url.Values {
	f.t.Helper()
	w.provider(f.t, f.config)
	return f.resume(b, "/signin?return=/join&org="+string(f.config.Org))
}

// resume starts a sign-in at a path; the browser does not follow redirects any more.
func (f *fake) resume(b *browser, path string) url.Values {
	f.t.Helper()
	b.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	to := must(url.Parse(b.get(path).header.Get("Location")))
	q := to.Query()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nonce, f.challenge = q.Get("nonce"), q.Get("code_challenge")
	if q.Get("state") == "" {
		q.Set("refused", to.Query().Get("code"))
	}
	return q
}

// back returns the browser to the callback with the provider's answer.
func (f *fake) back(b *browser, asked url.Values, change func(q url.Values)) page {
	f.t.Helper()
	q := url.Values{"code": {fakeCode}, "state": {asked.Get("state")}}
	if change != nil {
		change(q)
	}
	b.client.CheckRedirect = nil
	return b.get("/signin/callback/" + f.config.ID + "?" + q.Encode())
}

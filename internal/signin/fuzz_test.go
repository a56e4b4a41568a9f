package signin

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// fuzzToken is a correct token, its provider, and what it was asked for with.
func fuzzToken(f *testing.F) (s *Service, e *endpoints, p identity.Provider, pending identity.PendingSignIn, token string) {
	f.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: &jose.JSONWebKey{Key: private, KeyID: "k"}}, nil)
	if err != nil {
		f.Fatal(err)
	}
	now := time.Now()
	p = identity.Provider{ID: "p", Org: "acme", Issuer: "https://idp.example", ClientID: "client"}
	pending = identity.PendingSignIn{Nonce: "nonce", Created: now}
	payload, err := json.Marshal(map[string]any{"iss": p.Issuer, "sub": "subject", "aud": "client", "nonce": "nonce", "iat": now.Unix(), "exp": now.Add(24 * time.Hour).Unix()})
	if err != nil {
		f.Fatal(err)
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		f.Fatal(err)
	}
	if token, err = jws.CompactSerialize(); err != nil {
		f.Fatal(err)
	}
	keys := newKeySet(nil, "", time.Now)
	keys.keys = []jose.JSONWebKey{{Key: private.Public(), KeyID: "k", Algorithm: "ES256", Use: "sig"}}
	keys.fetched, keys.asked = now, now.Add(24*time.Hour) // it has what it needs and does not ask
	return &Service{now: time.Now}, &endpoints{Issuer: p.Issuer, keys: keys}, p, pending, token
}

// FuzzIDToken: whatever comes, only what the provider signed is believed.
func FuzzIDToken(f *testing.F) {
	s, e, p, pending, token := fuzzToken(f)
	if _, err := s.verifyIDToken(context.Background(), p, e, pending, token, "access"); err != nil {
		f.Fatalf("the correct token is refused: %v", err)
	}
	part := strings.Split(token, ".")
	for _, seed := range []string{
		token, "", "..", "...", strings.Repeat(".", 1000), part[0] + "..", part[0] + "." + part[1] + ".",
		"eyJhbGciOiJub25lIn0." + part[1] + ".", "eyJhbGciOiJFUzI1NiIsImp3ayI6e319." + part[1] + "." + part[2], "{}", `{"payload":"","signatures":[]}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		v, err := s.verifyIDToken(context.Background(), p, e, pending, raw, "access")
		if err != nil {
			return
		}
		got := strings.Split(raw, ".")
		if v.subject != "subject" || got[0] != part[0] || got[1] != part[1] {
			t.Fatalf("accepted %q as %q", raw, v.subject)
		}
	})
}

// FuzzProviderDocuments: key sets, userinfo and metadata from outside never
// break anything, and no private or symmetric key is taken.
func FuzzProviderDocuments(f *testing.F) {
	for _, seed := range []string{
		`{"keys":[{"kty":"EC","crv":"P-256","x":"","y":""}]}`, `{"keys":[{"kty":"oct","k":"AAAA"}]}`, `{"keys":null}`, `null`, `[]`,
		`{"sub":"a","SUB":"b"}`, `{"sub":"a"}{}`, `{"a":{"a":1,"a":2}}`, strings.Repeat("[", 10000), `{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"AQAB"}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		keys, err := parseKeys(b)
		for _, k := range keys {
			if err != nil || !k.IsPublic() || !k.Valid() {
				t.Fatalf("took %+v from %q (%v)", k, b, err)
			}
		}
		c, err := parseClaims(b)
		if err != nil {
			return
		}
		for name := range c {
			if other := strings.ToLower(name); other != name && c[other] != nil {
				t.Fatalf("took %q in two cases from %q", name, b)
			}
		}
		_, _ = c.methods(), c.strength()
	})
}

// oneToken knows one API token and fails on whatever else it is asked for.
type oneToken struct {
	Store
	hash []byte
}

// TokenActor implements Tokens.
func (o oneToken) TokenActor(_ context.Context, hash []byte, _ time.Time) (identity.Actor, error) {
	if bytes.Equal(hash, o.hash) {
		return identity.Actor{Person: identity.Person{ID: "owner"}}, nil
	}
	return identity.Actor{}, fault.ErrNotFound
}

// FuzzAPIToken: whatever stands in the header, only the secret itself is somebody,
// and who shows a header is nobody else by a cookie.
func FuzzAPIToken(f *testing.F) {
	const secret = "c2VjcmV0"
	s := &Service{store: oneToken{hash: httpx.HashSecret(secret)}, now: time.Now, address: func(*http.Request) netip.Addr { return netip.Addr{} }}
	good := "Bearer " + TokenPrefix + secret
	for _, seed := range []string{good, "bearer  " + TokenPrefix + secret + " ", "Bearer " + secret, "Basic " + TokenPrefix + secret, "Bearer", "", "Bearer " + TokenPrefix, good + "\x00", good + "," + good} {
		f.Add(seed, "")
		f.Add(good, seed)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/me", nil)
		r.Header["Authorization"] = []string{first}
		if second != "" {
			r.Header["Authorization"] = append(r.Header["Authorization"], second)
		}
		r.AddCookie(&http.Cookie{Name: "tasuke", Value: strings.Repeat("a", secretLength)})
		a, err := s.Caller(r)
		scheme, rest, _ := strings.Cut(first, " ")
		good := second == "" && strings.EqualFold(scheme, "bearer") && strings.TrimSpace(rest) == TokenPrefix+secret
		if good != (err == nil) || good != (a.Person.ID == "owner") || !good && !errors.Is(err, ErrToken) {
			t.Fatalf("%q, %q: %+v, %v", first, second, a.Person, err)
		}
	})
}

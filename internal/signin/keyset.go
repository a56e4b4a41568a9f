package signin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	jose "github.com/go-jose/go-jose/v4"
)

// Limits on a provider's key set.
const (
	keysEvery = time.Minute    // an unknown kid asks at most this often
	keysStale = 24 * time.Hour // older keys are not believed
	maxKeys   = 100
)

var errUnknownKey = errors.New("the token is signed with a key that the provider does not publish")

// algorithms are the signatures we accept: asymmetric, current, and what
// providers use. None and the MAC family are not among them.
func algorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.RS256, jose.PS256, jose.ES256, jose.EdDSA}
}

// keySet is a provider's published keys. It implements oidc.KeySet and, unlike
// the library's own, asks at most once a minute and runs no goroutine.
type keySet struct {
	web     *http.Client
	address string
	now     func() time.Time

	asking  chan struct{}     // holds one token
	keys    []jose.JSONWebKey // guarded by asking
	fetched time.Time         // guarded by asking; last success
	asked   time.Time         // guarded by asking; last try
	failure error             // guarded by asking; of the last try
}

func newKeySet(web *http.Client, address string, now func() time.Time) *keySet {
	return &keySet{web: web, address: address, now: now, asking: make(chan struct{}, 1)}
}

// VerifySignature returns the payload of a token signed with one of the keys.
func (k *keySet) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	jws, err := jose.ParseSigned(token, algorithms())
	if err != nil {
		return nil, err
	}
	if len(jws.Signatures) != 1 {
		return nil, errors.New("a token has exactly one signature")
	}
	header := jws.Signatures[0].Header
	key, err := k.find(ctx, header.KeyID, header.Algorithm)
	if err != nil {
		return nil, err
	}
	return jws.Verify(key.Key)
}

// find returns the key for a kid, asking the provider when it is unknown.
func (k *keySet) find(ctx context.Context, kid, alg string) (*jose.JSONWebKey, error) {
	select {
	case k.asking <- struct{}{}:
		defer func() { <-k.asking }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	now := k.now()
	if now.Sub(k.fetched) < keysStale {
		if key := k.matchLocked(kid, alg); key != nil {
			return key, nil
		}
	}
	if !k.asked.IsZero() && now.Sub(k.asked) < keysEvery {
		return nil, errors.Join(errUnknownKey, k.failure)
	}
	keys, err := k.fetch(ctx)
	k.asked, k.failure = now, err
	if err != nil {
		return nil, err
	}
	k.keys, k.fetched = keys, now
	if key := k.matchLocked(kid, alg); key != nil {
		return key, nil
	}
	return nil, errUnknownKey
}

// matchLocked returns the one key with this kid that may make such signatures.
// A token without kid is accepted when there is only one candidate
// (OpenID Connect Core 1.0, 10.1).
func (k *keySet) matchLocked(kid, alg string) *jose.JSONWebKey {
	var found *jose.JSONWebKey
	for i := range k.keys {
		key := &k.keys[i]
		if kid != "" && key.KeyID != kid || key.Algorithm != "" && key.Algorithm != alg {
			continue
		}
		if found != nil {
			return nil
		}
		found = key
	}
	return found
}

// fetch reads the published keys and keeps those that verify signatures.
func (k *keySet) fetch(ctx context.Context) ([]jose.JSONWebKey, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, k.address, nil)
	if err != nil {
		return nil, err
	}
	resp, err := k.web.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetch keys: %w", err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, fmt.Errorf("fetch keys: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch keys: %w", statusError(resp.StatusCode))
	}
	return parseKeys(body)
}

func parseKeys(body []byte) ([]jose.JSONWebKey, error) {
	var set struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := json.Unmarshal(body, &set); err != nil {
		return nil, fmt.Errorf("read keys: %w", err)
	}
	if len(set.Keys) > maxKeys {
		return nil, fmt.Errorf("the provider publishes %d keys, more than %d", len(set.Keys), maxKeys)
	}
	var keys []jose.JSONWebKey
	for _, raw := range set.Keys {
		var key jose.JSONWebKey
		// Kinds of key we do not know are skipped (RFC 7517, 5).
		if key.UnmarshalJSON(raw) == nil && key.IsPublic() && key.Valid() && (key.Use == "" || key.Use == "sig") {
			keys = append(keys, key)
		}
	}
	return keys, nil
}

package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"tasuke/internal/identity"
)

// What a provider says of itself is believed for an hour, and for a day when it
// cannot be asked again. After a failure it is left alone for a moment.
const (
	metadataFresh = time.Hour
	metadataStale = 24 * time.Hour
	metadataRetry = 5 * time.Second
)

// endpoints is what we use of a provider's metadata (OpenID Connect Discovery 1.0).
type endpoints struct {
	Issuer       string   `json:"issuer"`
	Authorize    string   `json:"authorization_endpoint"`
	Token        string   `json:"token_endpoint"`
	Userinfo     string   `json:"userinfo_endpoint"`
	EndSession   string   `json:"end_session_endpoint"`
	JWKS         string   `json:"jwks_uri"`
	AuthMethods  []string `json:"token_endpoint_auth_methods_supported"`
	IssParameter bool     `json:"authorization_response_iss_parameter_supported"` // RFC 9207

	keys *keySet
}

// authStyle is how the client proves itself: by the basic scheme unless the
// provider only knows the form; a public client only names itself.
func (e *endpoints) authStyle(p identity.Provider) oauth2.AuthStyle {
	basic := len(e.AuthMethods) == 0 || slices.Contains(e.AuthMethods, "client_secret_basic")
	if p.ClientSecret != "" && basic {
		return oauth2.AuthStyleInHeader
	}
	return oauth2.AuthStyleInParams
}

// providerCache keeps what issuers say of themselves, by issuer.
type providerCache struct {
	web    *http.Client
	secure func(address string) bool
	now    func() time.Time

	mu      sync.Mutex
	issuers map[string]*issuer // guarded by mu; bounded by the providers configured
}

// issuer is one issuer's place in the cache.
type issuer struct {
	asking    chan struct{} // holds one token: one question at a time
	known     *endpoints    // guarded by asking
	fetched   time.Time     // guarded by asking
	failure   error         // guarded by asking
	failureAt time.Time     // guarded by asking
}

func newProviderCache(web *http.Client, secure func(string) bool, now func() time.Time) *providerCache {
	return &providerCache{web: web, secure: secure, now: now, issuers: map[string]*issuer{}}
}

// endpoints returns the metadata of an issuer; the first caller asks for it.
func (c *providerCache) endpoints(ctx context.Context, name string) (*endpoints, error) {
	i := c.issuer(name)
	select {
	case i.asking <- struct{}{}:
		defer func() { <-i.asking }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	now := c.now()
	if i.known != nil && now.Sub(i.fetched) < metadataFresh {
		return i.known, nil
	}
	if i.failure == nil || now.Sub(i.failureAt) >= metadataRetry {
		c.refreshLocked(ctx, i, name)
	}
	if i.known != nil && now.Sub(i.fetched) < metadataStale {
		return i.known, nil
	}
	return nil, i.failure
}

func (c *providerCache) issuer(name string) *issuer {
	c.mu.Lock()
	defer c.mu.Unlock()
	i, ok := c.issuers[name]
	if !ok {
		i = &issuer{asking: make(chan struct{}, 1)}
		c.issuers[name] = i
	}
	return i
}

// refreshLocked asks the issuer; the caller holds i.asking.
func (c *providerCache) refreshLocked(ctx context.Context, i *issuer, name string) {
	e, err := c.discover(ctx, name)
	if err != nil {
		i.failure, i.failureAt = err, c.now()
		return
	}
	e.keys = newKeySet(c.web, e.JWKS, c.now)
	if i.known != nil && i.known.JWKS == e.JWKS {
		e.keys = i.known.keys // it knows when it last asked
	}
	i.known, i.fetched, i.failure = e, c.now(), nil
}

func (c *providerCache) discover(ctx context.Context, name string) (*endpoints, error) {
	if !c.secure(name) {
		return nil, errors.New("the issuer is not an https address")
	}
	p, err := oidc.NewProvider(oidc.ClientContext(ctx, c.web), name)
	if err != nil {
		return nil, fmt.Errorf("discover provider: %w", err)
	}
	e := new(endpoints)
	if err := p.Claims(e); err != nil {
		return nil, fmt.Errorf("read metadata: %w", err)
	}
	if e.Issuer != name {
		return nil, errors.New("the metadata is of another issuer")
	}
	for _, address := range []string{e.Authorize, e.Token, e.JWKS} {
		if !c.secure(address) {
			return nil, errors.New("the metadata lacks an endpoint or has one that is not https")
		}
	}
	for _, address := range []string{e.Userinfo, e.EndSession} {
		if address != "" && !c.secure(address) {
			return nil, errors.New("the metadata has an endpoint that is not https")
		}
	}
	return e, nil
}

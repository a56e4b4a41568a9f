// Package signin is the OpenID Connect relying party: it sends browsers to the
// provider of their organisation, verifies what comes back, keeps sign-ins
// behind an opaque cookie, and turns a request into an identity.Actor. It
// knows no password, no permission's meaning and no help session; the embedded
// provider (package idp) is one provider like any other, reached in process.
// Pages belong to the front end: errors are redirects to /signin/error.
package signin

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// Providers knows which provider an organisation trusts. Methods answer
// fault.ErrNotFound when there is none.
type Providers interface {
	Provider(ctx context.Context, id string) (identity.Provider, error)
	ProviderOf(ctx context.Context, org identity.OrgID) (identity.Provider, error)
	ProviderByDomain(ctx context.Context, domain string) (identity.Provider, error)
	SoleProvider(ctx context.Context) (identity.Provider, error)
}

// Pending keeps sign-ins that wait for their provider's answer.
type Pending interface {
	SavePending(ctx context.Context, p identity.PendingSignIn) error
	TakePending(ctx context.Context, stateHash []byte, now time.Time) (identity.PendingSignIn, error)
}

// SignIns keeps sign-ins.
type SignIns interface {
	SaveSignIn(ctx context.Context, n identity.NewSignIn) (identity.Person, error)
	Actor(ctx context.Context, tokenHash []byte, now time.Time) (identity.Actor, time.Time, error)
	TouchSignIn(ctx context.Context, in identity.SignIn, now time.Time) error
	SignInsOf(ctx context.Context, org identity.OrgID, person identity.PersonID, now time.Time) ([]identity.LiveSignIn, error)
	EndSignIn(ctx context.Context, org identity.OrgID, person identity.PersonID, id identity.SignInID, now time.Time) (identity.EndedSignIn, error)
	EndSignIns(ctx context.Context, org identity.OrgID, person identity.PersonID, now time.Time) error
}

// People keeps who people are and the right to become the first administrator.
type People interface {
	Picture(ctx context.Context, org identity.OrgID, person identity.PersonID) (png []byte, hash string, err error)
	Provision(ctx context.Context, org identity.OrgID, id identity.PersonID, f identity.Profile, roles []identity.RoleID, now time.Time) (identity.Person, error)
	SaveFirstAdministrator(ctx context.Context, org identity.OrgID, tokenHash []byte, expires time.Time) error
	UseFirstAdministrator(ctx context.Context, org identity.OrgID, person identity.PersonID, tokenHash []byte, now time.Time) error
}

// Tokens keeps what programs call the API with.
type Tokens interface {
	TokenActor(ctx context.Context, hash []byte, now time.Time) (identity.Actor, error)
}

// Store is everything this package keeps.
type Store interface {
	Tokens
	Providers
	Pending
	SignIns
	People
}

// Options says how to build a Service.
type Options struct {
	// BaseURL is the address of the server without trailing slash. With http,
	// which only the loopback demo and tests use, providers may use http too,
	// and cookies lack Secure and the __Host- prefix. Required.
	BaseURL string
	// Store keeps everything. Required.
	Store Store
	// Local answers BASE/idp/, in process; nil: there is no embedded provider.
	Local http.Handler
	// Log is for our own mistakes and refused sign-ins. Required.
	Log *slog.Logger
	// Now is the clock; nil: time.Now.
	Now func() time.Time
	// Networks are those special-purpose networks (private, loopback …) that
	// providers and pictures may be in; nil: none.
	Networks []netip.Prefix
	// Timeout bounds each call to a provider; zero: 10 s.
	Timeout time.Duration
	// ClientAddr says where a request comes from, for throttling; nil: its
	// RemoteAddr.
	ClientAddr func(*http.Request) netip.Addr
}

// Service signs people in and out. Safe for concurrent use; it starts no
// goroutine that outlives a call.
type Service struct {
	base    string
	store   Store
	log     *slog.Logger
	now     func() time.Time
	address func(*http.Request) netip.Addr

	web       *http.Client
	providers *providerCache
	starts    *httpx.PlaceLimit
	decoding  chan struct{} // holds a token for each picture being decoded
}

// New builds the service. It connects to nothing: providers are discovered
// when somebody first signs in.
func New(o Options) (*Service, error) {
	u, err := url.Parse(o.BaseURL)
	if err != nil || u.Host == "" || u.Path != "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, fmt.Errorf("base address %q must be scheme://host without a path", o.BaseURL)
	}
	s := &Service{
		base: o.BaseURL, store: o.Store, log: o.Log, now: o.Now, address: o.ClientAddr,
		starts: httpx.NewPlaceLimit(startsPerSecond, startsBurst), decoding: make(chan struct{}, maxDecoding),
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.address == nil {
		s.address = remoteAddr
	}
	s.web = newClient(o)
	s.providers = newProviderCache(s.web, s.secureURL, s.now)
	return s, nil
}

// Close gives idle connections to providers back.
func (s *Service) Close() { s.web.CloseIdleConnections() }

// Mount adds the relying party's routes. GETs are what browsers navigate to;
// POSTs rely on the server's cross-origin protection.
func (s *Service) Mount(mux *http.ServeMux) {
	a := httpx.Adapter{Log: s.log}
	mux.Handle("GET /signin", s.page(s.start))
	mux.Handle("POST /signin", a.Handle(s.startByScript))
	mux.Handle("GET /signin/callback/{provider}", s.page(s.callback))
	mux.Handle("POST /signin/out", a.Handle(s.signOut))
	mux.Handle("POST /signin/first", a.Handle(s.becomeFirst))
}

// https reports whether the server is reached by https, as it is everywhere
// but in the loopback demo and in tests.
func (s *Service) https() bool { return strings.HasPrefix(s.base, "https:") }

// secureURL reports whether the server may call an address, or send a browser
// there: https always, http when the server itself has nothing better.
func (s *Service) secureURL(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && !s.https()
}

// page adapts a handler that a browser navigated to: a refusal becomes a
// redirect to the error page, which knows the code and nothing else.
func (s *Service) page(h httpx.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		err := h(w, r)
		if err == nil {
			return
		}
		httpx.LogFault(s.log, r, err)
		q := url.Values{"code": {fault.Of(err).Code}}
		if to := r.URL.Query().Get("return"); localPath(to) && to != "/" {
			q.Set("return", to)
		}
		http.Redirect(w, r, "/signin/error?"+q.Encode(), http.StatusSeeOther)
	})
}

// remoteAddr is the address at the other end of the connection.
func remoteAddr(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap()
}

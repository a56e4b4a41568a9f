// Package idp is the embedded OpenID provider: one issuer per organisation at
// BASE/idp/ORG, for people who have no other provider. It owns local accounts,
// their passwords, passkeys, authenticator apps and one-time links, its signing keys, its sign-in pages and
// its own browser sign-in (single sign-on). It knows nothing of the
// application's sign-ins, permissions or help sessions: package signin is its
// only client and speaks OpenID Connect with it like with any other provider.
// What it keeps goes through the interfaces that make up Store.
package idp

import (
	"context"
	"crypto/rand"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/zitadel/oidc/v3/pkg/op"

	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
)

// Accounts keeps local accounts.
type Accounts interface {
	CreateLocalAccount(ctx context.Context, a identity.LocalAccount, picture []byte, by identity.Author) error
	LocalAccount(ctx context.Context, org identity.OrgID, id string) (identity.LocalAccount, error)
	LocalAccountByUsername(ctx context.Context, org identity.OrgID, username string) (identity.LocalAccount, error)
	SetLocalPassword(ctx context.Context, org identity.OrgID, id, hash string, everywhere bool, now time.Time) error
	PostponeLocalOffer(ctx context.Context, org identity.OrgID, id string, until time.Time) error
	PictureByHash(ctx context.Context, org identity.OrgID, hash string) ([]byte, error)
	OrganisationName(ctx context.Context, org identity.OrgID) (string, error)
}

// People is what administrators change of local accounts.
type People interface {
	LocalPeople(ctx context.Context, org identity.OrgID, now time.Time) ([]identity.LocalPerson, error)
	ChangeLocalAccount(ctx context.Context, a identity.LocalAccount, f identity.Profile, by identity.Author, now time.Time) error
	ResetLocalPassword(ctx context.Context, l identity.LocalLink, by identity.Author, now time.Time) error
	ResetLocalFactors(ctx context.Context, org identity.OrgID, id string, by identity.Author, now time.Time) error
	SetLocalAccountDisabled(ctx context.Context, org identity.OrgID, id string, disabled bool, by identity.Author, now time.Time) error
	Provision(ctx context.Context, org identity.OrgID, id identity.PersonID, f identity.Profile, roles []identity.RoleID, now time.Time) (identity.Person, error)
	ProviderOf(ctx context.Context, org identity.OrgID) (identity.Provider, error)
}

// Passkeys keeps passkeys and finds all second factors of an account.
type Passkeys interface {
	LocalFactors(ctx context.Context, org identity.OrgID, account string) (identity.LocalFactors, error)
	LocalPasskey(ctx context.Context, org identity.OrgID, id string) (identity.LocalPasskey, error)
	AddLocalPasskey(ctx context.Context, k identity.LocalPasskey) error
	UseLocalPasskey(ctx context.Context, k identity.LocalPasskey, now time.Time) error
	RemoveLocalPasskey(ctx context.Context, org identity.OrgID, account, id string, now time.Time) error
}

// Codes keeps authenticator apps and recovery codes.
type Codes interface {
	BeginLocalTOTP(ctx context.Context, org identity.OrgID, account string, secret []byte) error
	UseLocalTOTP(ctx context.Context, org identity.OrgID, account string, step int64, now time.Time) error
	RemoveLocalTOTP(ctx context.Context, org identity.OrgID, account string, now time.Time) error
	SaveRecoveryCodes(ctx context.Context, org identity.OrgID, account string, codes []string, now time.Time) error
	UseRecoveryCode(ctx context.Context, org identity.OrgID, account, code string, now time.Time) error
}

// Flows keeps authorization requests and what is handed out for them.
type Flows interface {
	SaveLocalRequest(ctx context.Context, r identity.LocalRequest, now time.Time) error
	LocalRequest(ctx context.Context, org identity.OrgID, id string, now time.Time) (identity.LocalRequest, error)
	AnswerLocalRequest(ctx context.Context, r identity.LocalRequest) error
	TakeLocalRequest(ctx context.Context, org identity.OrgID, codeHash []byte, now time.Time) (identity.LocalRequest, error)
	SaveLocalToken(ctx context.Context, org identity.OrgID, account string, tokenHash []byte, expires time.Time) error
	LocalTokenAccount(ctx context.Context, org identity.OrgID, tokenHash []byte, now time.Time) (identity.LocalAccount, error)
}

// Browsers keeps the provider's own browser sign-ins.
type Browsers interface {
	SaveLocalBrowser(ctx context.Context, b identity.LocalBrowser) error
	LocalBrowser(ctx context.Context, org identity.OrgID, tokenHash []byte, now time.Time) (identity.LocalBrowser, error)
	EndLocalBrowser(ctx context.Context, org identity.OrgID, tokenHash []byte) error
}

// Keys keeps one-time links and signing keys.
type Keys interface {
	SaveLocalLink(ctx context.Context, l identity.LocalLink, by identity.Author, now time.Time) error
	LocalLinkAccount(ctx context.Context, org identity.OrgID, tokenHash []byte, now time.Time) (identity.LocalAccount, error)
	UseLocalLink(ctx context.Context, org identity.OrgID, tokenHash []byte, passwordHash string, now time.Time) error
	LocalKeys(ctx context.Context, org identity.OrgID) ([]identity.LocalKey, error)
	AddLocalKey(ctx context.Context, k identity.LocalKey, forget time.Time) error
}

// Store is everything the provider keeps.
type Store interface {
	Accounts
	People
	Passkeys
	Codes
	Flows
	Browsers
	Keys
}

// Options says how to build a Provider.
type Options struct {
	// BaseURL is the address of the server without trailing slash. http only
	// for the loopback demo and tests. Required.
	BaseURL string
	// Store keeps everything. Required.
	Store Store
	// Log is for our own mistakes and refused requests. Required.
	Log *slog.Logger
	// Now is the clock; nil: time.Now.
	Now func() time.Time
	// ClientAddr says where a request comes from, for throttling; nil: its
	// RemoteAddr.
	ClientAddr func(*http.Request) netip.Addr
}

// Provider answers everything below BASE/idp/. Safe for concurrent use.
type Provider struct {
	base    string
	store   Store
	log     *slog.Logger
	now     func() time.Time
	address func(*http.Request) netip.Addr

	mux      *http.ServeMux
	op       *op.Provider
	pages    *template.Template
	hasher   *hasher
	common   []string           // sorted; see commonPasswords
	passkeys *webauthn.WebAuthn // nil: browsers know no passkeys for this address
	throttle *throttle
	requests *httpx.PlaceLimit
	creating chan struct{} // holds one token: only one signing key is made at a time
}

// New builds the provider. It opens nothing and starts nothing: keys are made
// when an issuer is first used.
func New(o Options) (*Provider, error) {
	p := &Provider{
		base: o.BaseURL, store: o.Store, log: o.Log, now: o.Now, address: o.ClientAddr,
		hasher: newHasher(), throttle: newThrottle(),
		requests: httpx.NewPlaceLimit(requestsPerSecond, requestsBurst), creating: make(chan struct{}, 1),
	}
	if p.now == nil {
		p.now = time.Now
	}
	if p.address == nil {
		p.address = remoteAddr
	}
	var err error
	if p.pages, err = parsePages(); err != nil {
		return nil, err
	}
	if p.common, err = commonPasswords(); err != nil {
		return nil, err
	}
	if p.passkeys, err = newPasskeys(p.base); err != nil {
		return nil, err
	}
	if p.op, err = p.library(); err != nil {
		return nil, err
	}
	p.mux = p.routes()
	return p, nil
}

// library sets zitadel's provider up. Its router is not used: this package
// mounts only what it needs. Bearer tokens are sealed under a key of this
// process, because they live minutes and are used by the node that made them.
func (p *Provider) library() (*op.Provider, error) {
	var key [32]byte
	if _, err := rand.Read(key[:]); err != nil {
		return nil, err
	}
	issuer := func(bool) (op.IssuerFromRequest, error) {
		return func(r *http.Request) string { return op.IssuerFromContext(r.Context()) }, nil
	}
	config := &op.Config{CodeMethodS256: true, DefaultLogoutRedirectURI: p.base + "/"}
	return op.NewProvider(config, &library{p}, issuer,
		op.WithCrypto(op.NewAES256GCMCrypto(key, "1")),
		op.WithIDTokenHintVerifierOpts(op.WithSupportedIDTokenHintSigningAlgorithms(string(signingAlgorithm))),
	)
}

// Issuer is the address that names an organisation's embedded provider.
func (p *Provider) Issuer(org identity.OrgID) string {
	return identity.EmbeddedProvider(p.base, org).Issuer
}

// routes is the whole list of what the provider answers. The issuer's endpoints
// are those of the discovery document.
func (p *Provider) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for pattern, h := range map[string]orgHandler{
		"GET /idp/{org}/.well-known/openid-configuration": p.discovery,
		"GET /idp/{org}/keys":                             p.keys,
		"GET /idp/{org}/authorize":                        p.authorize,
		"POST /idp/{org}/oauth/token":                     p.token,
		"GET /idp/{org}/userinfo":                         p.userinfo,
		"GET /idp/{org}/end_session":                      p.endSession,
		"POST /idp/{org}/end_session":                     p.endSessionConfirmed,
		"GET /idp/{org}/login":                            p.loginPage,
		"POST /idp/{org}/login":                           p.login,
		"POST /idp/{org}/factor":                          p.factor,
		"POST /idp/{org}/offer":                           p.decline,
		"GET /idp/{org}/account":                          p.accountPage,
		"POST /idp/{org}/account/{act}":                   p.accountAct,
		"GET /idp/{org}/welcome":                          p.welcomePage,
		"POST /idp/{org}/welcome":                         p.welcome,
		"GET /idp/{org}/picture/{hash}":                   p.picture,
	} {
		mux.Handle(pattern, httpx.Adapter{Log: p.log}.Handle(p.forOrg(h)))
	}
	return mux
}

// maxBody bounds every form that is sent to the provider, in bytes.
const maxBody = 64 << 10

// ServeHTTP answers requests below /idp/.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, assetsPath) {
		p.asset(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	p.mux.ServeHTTP(w, r)
}

// Mount adds the provider to the server's routes.
func (p *Provider) Mount(mux *http.ServeMux) {
	mux.Handle("GET /idp/", p)
	mux.Handle("POST /idp/", p)
}

// tenant is the organisation that a request is about.
type tenant struct {
	id   identity.OrgID
	name string
}

type orgHandler func(w http.ResponseWriter, r *http.Request, t tenant) error

// forOrg finds the organisation in the path and makes its issuer known to the
// library.
func (p *Provider) forOrg(h orgHandler) httpx.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) error {
		t := tenant{id: identity.OrgID(r.PathValue("org"))}
		name, err := p.store.OrganisationName(r.Context(), t.id)
		if errors.Is(err, fault.ErrNotFound) {
			return fault.ErrNotFound
		}
		if err != nil {
			return err
		}
		t.name = name
		w.Header().Set("Cache-Control", "no-store")
		return h(w, r.WithContext(op.ContextWithIssuer(r.Context(), p.Issuer(t.id))), t)
	}
}

// remoteAddr is the address at the other end of the connection.
func remoteAddr(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap()
}

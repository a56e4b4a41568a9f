// Package api is the REST door: commands and queries over HTTP, described by
// OpenAPI 3.1. An operation finds out who is asking, hands the input to a use
// case, and maps the result to wire; faults become problem details in one place.
// Help sessions' news and chat go through live.
package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/bus"
	"tasuke/internal/desk"
	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
	"tasuke/internal/wire"
)

// Prefix is the path of the first version of the API.
const Prefix = "/api/v1"

// maxBody bounds every request body, in bytes; unless the operation says more.
const maxBody = 64 << 10

// People is what this door needs of sign-in.
type People interface {
	// Caller tells who is asking, by cookie or token; fault.ErrSignInRequired when
	// nobody is signed in.
	Caller(r *http.Request) (identity.Actor, error)
	// SignIns gives the person's own sign-ins, newest first.
	SignIns(ctx context.Context, a identity.Actor) ([]identity.LiveSignIn, error)
	// EndSignIn ends one of the person's own; fault.ErrNotFound for any other.
	EndSignIn(ctx context.Context, a identity.Actor, id identity.SignInID) error
	// Picture loads the picture of somebody in the same organisation as PNG.
	Picture(ctx context.Context, a identity.Actor, p identity.PersonID) (png []byte, hash string, err error)
}

// Options says what the door opens to. Every field but Now is required.
type Options struct {
	Desk      *desk.Desk
	Admin     *admin.Admin
	Local     *admin.Local
	Inventory *inventory.Inventory
	People    People
	// Link says how a seat reaches the other browser; nil while it must not.
	Link func(sc assist.Scene, seat assist.Seat) *wire.Link
	// Relay gives the relay's addresses, which are no secret.
	Relay   func() []string
	Log     *slog.Logger
	Base    string           // public address without trailing slash, for session links
	Version string           // of the program, for the description
	Now     func() time.Time // nil: time.Now
	// News tells when anything changed that a live list of the organisation shows.
	News func(org identity.OrgID) (bus.Subscription, error)
	// Stopping is closed when the server stops: streams end. Nil: they never have to.
	Stopping <-chan struct{}
}

// API is the door.
type API struct {
	Options
	huma huma.API
}

// New mounts every operation on mux and returns the door, which can describe itself.
func New(mux *http.ServeMux, o Options) *API {
	if o.Now == nil {
		o.Now = time.Now
	}
	c := huma.DefaultConfig("Tasuke", o.Version)
	c.Info.Description = "Remote help for organisations. Everything the pages do is here; who may do what is decided by the server. " +
		"Every refusal is problem details (RFC 9457) with a stable code; programs key on the code, not on the sentence."
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "/api/openapi", "", "/api/schemas"
	c.CreateHooks = nil // no $schema member in bodies
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		cookieScheme: {Type: "apiKey", In: "cookie", Name: "__Host-tasuke", Description: "Set by signing in at /signin"},
		bearerScheme: {Type: "http", Scheme: "bearer", Description: "An API token; it acts on behalf of who made it and takes no seat in a help session"},
	}
	a := &API{Options: o, huma: humago.New(mux, c)}
	a.sessions()
	a.people()
	a.local()
	a.devices()
	a.administration()
	a.live()
	a.reports()
	a.configuration()
	a.tokens()
	a.domains()
	a.explanations()
	a.check()
	a.messages()
	a.illustrate()
	mux.HandleFunc(Prefix+"/", unknown(mux))
	return a
}

// unknown answers for what is no operation: a refusal like all others, which names
// the methods when the address is one's (RFC 9110 section 15.5.6).
func unknown(mux *http.ServeMux) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var allowed []string
		for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete} {
			if _, pattern := mux.Handler(&http.Request{Method: method, URL: r.URL, Host: r.Host}); strings.HasPrefix(pattern, method+" ") {
				allowed = append(allowed, method)
			}
		}
		if allowed == nil {
			httpx.WriteProblem(w, fault.ErrNotFound)
			return
		}
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		httpx.WriteProblem(w, fault.ErrWrongMethod)
	}
}

// OpenAPI gives the description.
func (a *API) OpenAPI() *huma.OpenAPI { return a.huma.OpenAPI() }

// Conventions sets huma's two package variables; call it once, before New. Faults
// that huma itself finds (bodies that do not fit their schema) become our problem
// details, and lists are never null.
func Conventions() {
	huma.NewError = newError
	huma.DefaultArrayNullable = false
}

func newError(status int, message string, errs ...error) huma.StatusError {
	f := fault.ErrInvalid.WithText("%s", message)
	if status == http.StatusRequestEntityTooLarge {
		f = fault.ErrTooLarge
	}
	if status >= http.StatusInternalServerError {
		f = fault.ErrInternal
	}
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			f = f.WithReasons(append(f.Reasons, fault.Reason{Code: d.ErrorDetail().Message, Subject: d.ErrorDetail().Location})...)
		}
	}
	p := httpx.ProblemOf(f)
	p.Status, p.Title = status, http.StatusText(status)
	return p
}

// needs declares in the description which permission an operation asks for; a
// test refuses operations that declare none.
const needs = "x-permission"

// SignedIn is declared by operations that everybody who is signed in may call;
// what they see is their own.
const SignedIn = "signed_in"

// Public is declared by the few operations that need no sign-in; a test lists them.
const Public = "public"

// body is a JSON answer.
type body[T any] struct {
	CacheControl string `header:"Cache-Control"`
	Body         T
}

func ok[T any](v T) *body[T] { return &body[T]{CacheControl: "no-store", Body: v} }

// What operations can be called with.
const (
	cookieScheme = "cookie"
	bearerScheme = "bearer"
)

// byPeople is the security of operations that only people at browsers call,
// byPrograms of those that programs call too.
func byPeople() []map[string][]string { return []map[string][]string{{cookieScheme: {}}} }

func byPrograms() []map[string][]string {
	return append(byPeople(), map[string][]string{bearerScheme: {}})
}

type actorKey struct{}

// operation registers one operation. permission is what the use case will ask
// for, or SignedIn; the operation itself finds out who is asking. refusals are
// those beyond what every operation of its kind may answer with.
func operation[I, O any](a *API, op huma.Operation, permission string, fn func(ctx context.Context, who identity.Actor, in *I) (*O, error), refusals ...*fault.Fault) {
	if op.Security == nil && (permission == SignedIn || permission == string(identity.OfferRemoteAssistance)) {
		op.Security = byPeople() // one's own seats and sign-ins
	}
	if op.Security == nil {
		op.Security = byPrograms()
	}
	op.Middlewares = huma.Middlewares{a.authenticate}
	enter(a, op, permission, func(ctx context.Context, in *I) (*O, error) {
		who, _ := ctx.Value(actorKey{}).(identity.Actor)
		return fn(ctx, who, in)
	}, refusals)
}

// public registers an operation that anybody may call: it must tell nothing that
// is not on the pages.
func public[I, O any](a *API, op huma.Operation, fn func(ctx context.Context, in *I) (*O, error)) {
	enter(a, op, Public, fn, nil)
}

// enter hands an operation to huma; faults become problem details.
func enter[I, O any](a *API, op huma.Operation, permission string, fn func(ctx context.Context, in *I) (*O, error), refusals []*fault.Fault) {
	op.Path = Prefix + op.Path
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = maxBody
	}
	op.Extensions = map[string]any{needs: permission}
	op.Description = strings.TrimSpace(op.Description + " " + needed(permission, op.Security))
	op.Errors = []int{http.StatusInternalServerError}
	op.Metadata = map[string]any{refusalsOf: refusals}
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := fn(ctx, in)
		if err != nil {
			return nil, httpx.ProblemOf(a.logged(op, err))
		}
		return out, nil
	})
}

// logged writes our own mistakes to the log; refusals are ordinary.
func (a *API) logged(op huma.Operation, err error) error {
	if f := fault.Of(err); f.Kind == fault.Internal {
		a.Log.Error("operation failed", "operation", op.OperationID, "err", f.Error())
	}
	return err
}

// authenticate finds out who is asking, and whether they may at all, before
// anything of the input is looked at.
func (a *API) authenticate(ctx huma.Context, next func(huma.Context)) {
	r, w := humago.Unwrap(ctx)
	who, err := a.People.Caller(r)
	if err == nil && who.Program() && len(ctx.Operation().Security) < len(byPrograms()) {
		err = admin.ErrProgram
	}
	if permission := declared(ctx); err == nil && permission != "" {
		err = who.Require(permission) // the use case asks again, about the very thing
	}
	if err != nil {
		if r.Header.Get("Authorization") != "" {
			w.Header().Set("WWW-Authenticate", "Bearer") // RFC 6750 section 3
		}
		httpx.LogFault(a.Log, r, err)
		httpx.WriteProblem(w, err)
		return
	}
	next(huma.WithValue(ctx, actorKey{}, who))
}

// declared is the permission that an operation asks for before everything else.
// Helping is asked for by access, together with everything else that it needs.
func declared(ctx huma.Context) identity.Permission {
	p, _ := ctx.Operation().Extensions[needs].(string)
	if p == SignedIn || p == string(identity.OfferRemoteAssistance) {
		return ""
	}
	return identity.Permission(p)
}

// messages adds the socket's messages to the description, so that the front
// end's types come from the same source.
func (a *API) messages() {
	r := a.huma.OpenAPI().Components.Schemas
	r.Schema(typeOf[wire.FromBrowser](), true, "FromBrowser")
	r.Schema(typeOf[wire.FromServer](), true, "FromServer")
	r.Schema(typeOf[wire.PictureMessage](), true, "PictureMessage")
}

// Describe gives the description as indented JSON, without a running server.
func Describe(version string) ([]byte, error) {
	a := New(http.NewServeMux(), Options{Version: version})
	return json.MarshalIndent(a.OpenAPI(), "", "  ")
}

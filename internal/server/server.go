// Package server builds the whole machine from a configuration in one readable
// function, starts it, and stops it. It decides nothing that another package
// could; what it knows is who needs whom.
package server

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/api"
	"tasuke/internal/bus"
	"tasuke/internal/config"
	"tasuke/internal/desk"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/live"
	"tasuke/internal/relay"
)

// Options is what a program adds to the configuration.
type Options struct {
	Log      *slog.Logger     // required
	Version  string           // of the program; empty: dev
	Pages    fs.FS            // the built front end; nil: no pages
	Listener net.Listener     // nil: listen on the configured address
	Now      func() time.Time // nil: time.Now
}

// Server is a running machine.
type Server struct {
	Parts

	cfg   config.Config
	log   *slog.Logger
	bus   *bus.Memory
	desk  *desk.Desk
	relay *relay.Relay
	live  *live.Live
	http  *http.Server

	stop   context.CancelFunc // ends the background work
	wg     sync.WaitGroup     // the background work
	served chan error         // how serving ended
}

// Start builds and starts everything. When it returns, the server answers.
func Start(ctx context.Context, cfg config.Config, o Options) (*Server, error) {
	s := &Server{cfg: cfg, log: o.Log, bus: &bus.Memory{}, served: make(chan error, 1)}
	if err := s.build(ctx, o); err != nil {
		return nil, errors.Join(err, s.release())
	}
	listener := o.Listener
	if listener == nil {
		var err error
		if listener, err = net.Listen("tcp", cfg.Listen); err != nil {
			return nil, errors.Join(fmt.Errorf("listen: %w", err), s.release())
		}
	}
	s.background()
	go func() { s.served <- s.serve(listener) }()
	return s, nil
}

// build is the one list of who needs whom.
func (s *Server) build(ctx context.Context, o Options) (err error) {
	master, err := s.openParts(ctx, o)
	if err != nil {
		return err
	}
	codeKey, err := hkdf.Key(sha256.New, master, nil, "tasuke security code v1", 32)
	if err != nil {
		return err
	}
	if err := s.Store.DetachAll(ctx, time.Now()); err != nil {
		return fmt.Errorf("take sessions up again: %w", err)
	}
	s.desk = desk.New(desk.Options{Sessions: s.Store, Guesses: s.Store, Thread: s.Store, Bus: s.bus, Log: s.log, CodeKey: codeKey, Now: o.Now})
	if s.relay, err = relay.Start(relay.Options{Listen: s.cfg.RelayListen, Advertise: s.relayHost(), Live: s.linked, Now: o.Now, Log: s.log}); err != nil {
		return err
	}
	s.live = live.New(live.Options{
		Desk: s.desk, Bus: s.bus, Topic: desk.Topic, Actor: s.Sign.Actor, Link: s.link, Origins: []string{s.base()}, Log: s.log, Now: o.Now,
		Touch: func(ctx context.Context, a identity.Actor) error { return s.Sign.Touch(ctx, a.SignIn) },
	})
	s.http = s.newHTTP(s.routes(o))
	return nil
}

// routes is the one list of doors.
func (s *Server) routes(o Options) http.Handler {
	mux := http.NewServeMux()
	ad := admin.New(s.Store, o.Now)
	api.New(mux, api.Options{Desk: s.desk, Admin: ad, Local: admin.NewLocal(ad, s.IDP), People: s.Sign, Link: s.link, Log: s.log, Base: s.base(), Version: o.Version, Now: o.Now})
	s.Sign.Mount(mux)
	s.IDP.Mount(mux)
	mux.Handle("GET /live", s.live)
	mux.HandleFunc("GET /live/pictures", s.live.ServePictures)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.Handle("GET /readyz", httpx.Adapter{Log: s.log}.Handle(s.ready))
	if o.Pages != nil {
		mountPages(mux, o.Pages)
	}
	guarded := http.NewCrossOriginProtection()
	guarded.SetDenyHandler(http.HandlerFunc(denyCrossOrigin))
	return httpx.Recover(s.log, httpx.SecurityHeaders(s.https(), guarded.Handler(mux)))
}

// Limits of HTTP connections.
const (
	headersWithin = 10 * time.Second
	writeWithin   = 60 * time.Second // does not touch WebSockets, which are hijacked
	idleFor       = 2 * time.Minute
	maxHeaders    = 32 << 10 // bytes
)

func (s *Server) newHTTP(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: headersWithin, ReadTimeout: writeWithin, WriteTimeout: writeWithin, IdleTimeout: idleFor, MaxHeaderBytes: maxHeaders,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug), TLSConfig: &tls.Config{MinVersion: tls.VersionTLS12},
	}
}

func (s *Server) serve(l net.Listener) error {
	serve := func() error { return s.http.Serve(l) }
	if s.cfg.TLSCert != "" {
		serve = func() error { return s.http.ServeTLS(l, s.cfg.TLSCert, s.cfg.TLSKey) }
	}
	if err := serve(); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// background starts what goes on by itself.
func (s *Server) background() {
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	s.wg.Go(func() { s.desk.Run(ctx) })
	s.wg.Go(func() { s.endRelays(ctx) })
	s.wg.Go(func() { s.retire(ctx) })
}

// Wait returns when serving has ended, or ctx is done.
func (s *Server) Wait(ctx context.Context) error {
	select {
	case err := <-s.served:
		return err
	case <-ctx.Done():
		return nil
	}
}

// Close tells pages to come back later, lets running requests finish, and
// returns when everything has ended.
func (s *Server) Close() error {
	const patience = 5 * time.Second
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := s.live.Close()
	err = errors.Join(err, s.http.Shutdown(ctx))
	s.stop()
	s.wg.Wait()
	return errors.Join(err, s.release())
}

// release closes whatever was opened, in reverse order.
func (s *Server) release() (err error) {
	if s.relay != nil {
		err = errors.Join(err, s.relay.Close())
	}
	return errors.Join(err, s.bus.Close(), s.Parts.Close())
}

func (s *Server) base() string { return strings.TrimSuffix(s.cfg.BaseURL, "/") }

func (s *Server) https() bool { return strings.HasPrefix(s.cfg.BaseURL, "https:") }

// relayHost is the name browsers find the relay at. On loopback it is localhost:
// Firefox refuses TURN servers at 127.0.0.1.
func (s *Server) relayHost() string {
	if s.cfg.RelayHost != "" {
		return s.cfg.RelayHost
	}
	if config.IsLoopback(s.cfg.BaseURL) {
		return "localhost"
	}
	u, err := url.Parse(s.cfg.BaseURL)
	if err != nil {
		return "" // cannot be: the configuration was checked
	}
	return u.Hostname()
}

// networks are the special-purpose networks that providers may be in: those that
// the operator named, and this machine's own when everything is on it.
func (s *Server) networks() []netip.Prefix {
	named, _ := s.cfg.Networks() // checked with the configuration
	if config.IsLoopback(s.cfg.BaseURL) {
		named = append(named, netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128"))
	}
	return named
}

// clientAddr is where a request comes from: behind a proxy, what that proxy says
// it heard from, which is the last entry of the list.
func (s *Server) clientAddr(r *http.Request) netip.Addr {
	if s.cfg.BehindProxy {
		list := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if a, err := netip.ParseAddr(strings.TrimSpace(list[len(list)-1])); err == nil {
			return a.Unmap()
		}
	}
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return a.Addr().Unmap()
}

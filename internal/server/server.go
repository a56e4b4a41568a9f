// Package server builds the whole machine from a configuration in one readable
// function, starts it, and stops it. It decides nothing that another package
// could; what it knows is who needs whom.
package server

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/api"
	"tasuke/internal/bus"
	"tasuke/internal/cert"
	"tasuke/internal/clientcert"
	"tasuke/internal/config"
	"tasuke/internal/desk"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
	"tasuke/internal/live"
	"tasuke/internal/port"
	"tasuke/internal/relay"
	"tasuke/internal/resolver"
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

	cfg     config.Config
	log     *slog.Logger
	bus     *bus.Memory
	desk    *desk.Desk
	devices *inventory.Inventory
	admin   *admin.Admin
	relay   *relay.Relay
	live    *live.Live
	cert    *cert.Keeper       // nil: TLS is not ended here
	clients *clientcert.Keeper // nil: nobody is asked for a certificate
	ports   []*port.Port       // the main one first
	web     *http.Server
	astray  *http.Server // sends plain http to https

	stopping chan struct{}      // closed when streams must end
	stop     context.CancelFunc // ends the background work
	wg       sync.WaitGroup     // the background work
	serving  sync.WaitGroup
	served   chan error // how serving ended
}

// Start builds and starts everything. When it returns, the server answers.
func Start(ctx context.Context, cfg config.Config, o Options) (*Server, error) {
	s := &Server{cfg: cfg, log: o.Log, bus: &bus.Memory{}, stopping: make(chan struct{})}
	if err := s.build(ctx, o); err != nil {
		return nil, errors.Join(err, s.release())
	}
	s.background()
	s.serve()
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
	assertionKey, err := hkdf.Key(sha256.New, master, nil, "tasuke device assertion v1", 32)
	if err != nil {
		return err
	}
	if err := s.Store.DetachAll(ctx, time.Now()); err != nil {
		return fmt.Errorf("take sessions up again: %w", err)
	}
	s.desk = desk.New(desk.Options{Sessions: s.Store, Parties: s.Store, Guesses: s.Store, Thread: s.Store, Bus: s.bus, Log: s.log, CodeKey: codeKey, Now: o.Now})
	s.devices = inventory.New(inventory.Options{Devices: s.Store, Keys: s.Store, Party: inventory.NewParty(s.base()), Certificates: s.certificates(assertionKey), Log: s.log, Now: o.Now})
	s.admin = admin.New(s.Store, resolver.New(resolver.Options{Address: s.cfg.DNSResolver}), o.Now)
	if err := s.openPorts(o); err != nil {
		return err
	}
	s.live = live.New(live.Options{
		Desk: s.desk, Bus: s.bus, Topic: desk.Topic, Actor: s.Sign.Actor, Link: s.link, Origins: []string{s.base()}, Log: s.log, Now: o.Now,
		Touch: func(ctx context.Context, a identity.Actor) error { return s.Sign.Touch(ctx, a.SignIn) },
	})
	s.web, s.astray = s.newHTTP(s.routes(o)), s.newHTTP(s.toHTTPS())
	return nil
}

// routes is the one list of doors.
func (s *Server) routes(o Options) http.Handler {
	mux := http.NewServeMux()
	api.New(mux, api.Options{Desk: s.desk, Admin: s.admin, Local: admin.NewLocal(s.admin, s.IDP), Inventory: s.devices, People: s.Sign, Link: s.link, Relay: s.relay.URLs, Log: s.log, Base: s.base(), Version: o.Version, Now: o.Now,
		News: func(org identity.OrgID) (bus.Subscription, error) { return s.bus.Subscribe(desk.TopicOrg(org), 1) }, Stopping: s.stopping})
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
	h := guarded.Handler(mux)
	if s.clients != nil {
		h = s.clients.Split(h)
	}
	return httpx.Recover(s.log, httpx.SecurityHeaders(s.https(), h, s.deviceOrigin()))
}

// certificates is what inventory believes of client certificates.
func (s *Server) certificates(key []byte) inventory.Certificates {
	c := inventory.Certificates{Key: key, FirstSight: s.cfg.DeviceFirstSight}
	if origin := s.deviceOrigin(); origin != "" {
		c.At = origin + "/assertion"
	}
	for _, id := range config.List(s.cfg.DeviceOrganisations) {
		c.Organisations = append(c.Organisations, identity.OrgID(id))
	}
	return c
}

// background starts what goes on by itself.
func (s *Server) background() {
	ctx, cancel := context.WithCancel(context.Background())
	s.stop = cancel
	s.wg.Go(func() { s.desk.Run(ctx) })
	s.wg.Go(func() { s.devices.Run(ctx) })
	s.wg.Go(func() { s.admin.WatchDomains(ctx, s.log) })
	s.wg.Go(func() { s.endRelays(ctx) })
	s.wg.Go(func() { s.retire(ctx) })
	if s.cert != nil {
		s.wg.Go(func() { s.cert.Run(ctx) })
	}
	if s.clients != nil {
		s.wg.Go(func() { s.clients.Run(ctx) })
	}
	if s.cfg.AuditCheckpoints != "" {
		s.wg.Go(func() { s.witness(ctx) })
	}
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
	close(s.stopping)
	err := s.live.Close()
	err = errors.Join(err, drain(ctx, s.web), drain(ctx, s.astray))
	s.serving.Wait()
	s.stop()
	s.wg.Wait()
	return errors.Join(err, s.release())
}

// drain lets running requests finish until ctx is done. What is left then is cut off:
// a peer whose network has gone never reads the rest.
func drain(ctx context.Context, s *http.Server) error {
	err := s.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return s.Close()
	}
	return err
}

// release closes whatever was opened, in reverse order.
func (s *Server) release() (err error) {
	for _, p := range s.ports {
		err = errors.Join(err, p.Close())
	}
	if s.relay != nil {
		err = errors.Join(err, s.relay.Close())
	}
	if s.cert != nil {
		s.cert.Close()
	}
	return errors.Join(err, s.bus.Close(), s.Parts.Close())
}

func (s *Server) base() string { return strings.TrimSuffix(s.cfg.BaseURL, "/") }

func (s *Server) https() bool { return strings.HasPrefix(s.cfg.BaseURL, "https:") }

// ProviderNetworks are the special-purpose networks that providers may be in: those
// that the operator named, and this machine's own when everything is on it.
func ProviderNetworks(cfg config.Config) []netip.Prefix {
	named, _ := cfg.Networks() // checked with the configuration
	if config.IsLoopback(cfg.BaseURL) {
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

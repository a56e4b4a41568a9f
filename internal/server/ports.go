package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"tasuke/internal/cert"
	"tasuke/internal/clientcert"
	"tasuke/internal/config"
	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/port"
	"tasuke/internal/relay"
)

// listeners are the TCP addresses of a server; all but main may be nil.
type listeners struct{ main, http, relayTLS net.Listener }

// listen opens them; main may be open already.
func (s *Server) listen(main net.Listener) (l listeners, err error) {
	l.main = main
	for _, v := range []struct {
		key, address string
		to           *net.Listener
	}{{"listen", s.cfg.Listen, &l.main}, {"http_listen", s.cfg.HTTPListen, &l.http}, {"relay_tls_listen", s.cfg.RelayTLSListen, &l.relayTLS}} {
		if v.address == "" || *v.to != nil {
			continue
		}
		opened, err := net.Listen("tcp", v.address)
		if err != nil {
			return l, fmt.Errorf("%s: %w", v.key, err)
		}
		*v.to = opened
	}
	return l, nil
}

func (l listeners) close() (err error) {
	for _, v := range []net.Listener{l.main, l.http, l.relayTLS} {
		if v != nil {
			err = errors.Join(err, v.Close())
		}
	}
	return err
}

// openPorts opens every address, and gives each what is spoken there.
func (s *Server) openPorts(o Options) error {
	l, err := s.listen(o.Listener)
	if err == nil {
		err = s.openCertificate(l, o)
	}
	if err == nil {
		err = s.openDeviceCertificates(o)
	}
	if err == nil {
		err = s.openRelay(l, o)
	}
	if err != nil {
		return errors.Join(err, l.close())
	}
	main := port.Options{Listener: l.main, Log: s.log, TURN: s.relay.ServeConn}
	if s.cfg.BehindProxy {
		main.TURN = nil
	} else if s.cert != nil {
		main.TLS = s.cert.TLS()
	}
	if s.clients != nil {
		main.ByName = s.clients.TLS
	}
	s.ports = append(s.ports, port.New(main))
	if l.http != nil {
		s.ports = append(s.ports, port.New(port.Options{Listener: l.http, Log: s.log}))
	}
	if l.relayTLS != nil {
		only := port.Options{Listener: l.relayTLS, Log: s.log, TURN: s.relay.ServeConn, TURNOnly: true}
		if s.cert != nil {
			only.TLS = s.cert.TLS()
		}
		s.ports = append(s.ports, port.New(only))
	}
	return nil
}

// openCertificate opens the certificate of whatever speaks TLS here, if anything does.
func (s *Server) openCertificate(l listeners, o Options) (err error) {
	options := cert.Options{
		Names: s.cfg.Names(), CertFile: s.cfg.TLSCert, KeyFile: s.cfg.TLSKey, SelfSigned: s.cfg.SelfSigned, Folder: s.cfg.Certificates(), Now: o.Now, Log: s.log,
	}
	switch {
	case s.cfg.ACME:
		options.ACME = &cert.ACME{Directory: s.cfg.ACMEDirectory, Email: s.cfg.ACMEEmail, RootFile: s.cfg.ACMERoot, TLSPort: portOf(l.main)}
		if l.http != nil {
			options.ACME.HTTPPort = portOf(l.http)
		}
	case s.cfg.TLSCert == "" && !s.cfg.SelfSigned:
		return nil
	}
	s.cert, err = cert.Open(options)
	return err
}

// openDeviceCertificates opens what the certificates of devices are held against,
// when they are asked for.
func (s *Server) openDeviceCertificates(o Options) (err error) {
	if s.cfg.DeviceHost == "" {
		return nil
	}
	s.clients, err = clientcert.Open(clientcert.Options{
		CAFiles: config.List(s.cfg.DeviceCAs), CRLFiles: config.List(s.cfg.DeviceCRLs), Field: clientcert.Field(s.cfg.DeviceName),
		Host: s.cfg.DeviceHost, Origin: s.base(), Key: s.devices.Certificates.Key, Now: o.Now, Log: s.log,
	})
	return err
}

// deviceOrigin is the name at which certificates are asked for, as browsers
// write it; empty: there is none.
func (s *Server) deviceOrigin() string {
	if s.cfg.DeviceHost == "" {
		return ""
	}
	return strings.TrimSuffix("https://"+net.JoinHostPort(s.cfg.DeviceHost, s.publicPort()), ":443")
}

// CheckCertificate says what browsers would not accept of the certificate files
// that a configuration names.
func CheckCertificate(cfg config.Config) error {
	if cfg.TLSCert == "" {
		return nil
	}
	return cert.CheckFiles(cfg.TLSCert, cfg.TLSKey, cfg.Names(), time.Now())
}

// SelfSigned is the SHA-256 fingerprint of a certificate that nobody vouches for;
// empty: there is none such.
func (s *Server) SelfSigned() string {
	if !s.cfg.SelfSigned {
		return ""
	}
	return s.cert.Fingerprint()
}

// openRelay starts TURN at the main address, or at a port of its own.
func (s *Server) openRelay(l listeners, o Options) (err error) {
	address, udpOnly := s.cfg.RelayAt()
	if address == "" {
		address, udpOnly = l.main.Addr().String(), true
	}
	s.relay, err = relay.Start(relay.Options{Listen: address, UDPOnly: udpOnly, URLs: s.relayURLs(), Megabits: s.cfg.RelayMegabits, Live: s.linked, Now: o.Now, Log: s.log})
	return err
}

// relayURLs tell browsers where STUN and TURN are. TURN over TLS comes last: it
// costs most, and passes where nothing else does.
func (s *Server) relayURLs() []string {
	host, main := s.relayHost(), s.publicPort()
	udp, tcp, tls := main, main, ""
	if address, udpOnly := s.cfg.RelayAt(); address != "" {
		_, own, _ := net.SplitHostPort(address) // was checked
		udp = own
		if !udpOnly {
			tcp = own
		} else if s.cfg.BehindProxy {
			tcp = ""
		}
	}
	if s.https() && !s.cfg.BehindProxy {
		tls = net.JoinHostPort(host, main)
	}
	if _, own, err := net.SplitHostPort(s.cfg.RelayTLSListen); err == nil {
		tls = net.JoinHostPort(host, own)
	}
	if s.cfg.RelayTLSAddress != "" {
		tls = s.cfg.RelayTLSAddress
	}
	urls := []string{"stun:" + net.JoinHostPort(host, udp), "turn:" + net.JoinHostPort(host, udp) + "?transport=udp"}
	if tcp != "" {
		urls = append(urls, "turn:"+net.JoinHostPort(host, tcp)+"?transport=tcp")
	}
	if tls != "" {
		urls = append(urls, "turns:"+tls+"?transport=tcp")
	}
	return urls
}

// relayHost is the name browsers find the relay at. On loopback it is localhost:
// Firefox refuses TURN servers at 127.0.0.1.
func (s *Server) relayHost() string {
	host := s.cfg.RelayHost
	if host == "" && config.IsLoopback(s.cfg.BaseURL) {
		return "localhost"
	}
	if host == "" {
		u, _ := url.Parse(s.cfg.BaseURL) // was checked
		host = u.Hostname()
	}
	if len(host) > 2 && host[0] == '[' {
		return host[1 : len(host)-1]
	}
	return host
}

// publicPort is the one that browsers use for everything.
func (s *Server) publicPort() string {
	u, _ := url.Parse(s.cfg.BaseURL) // was checked
	switch {
	case u.Port() != "":
		return u.Port()
	case s.https():
		return "443"
	}
	return "80"
}

func portOf(l net.Listener) int { return l.Addr().(*net.TCPAddr).Port }

// Limits of HTTP connections, beside those that package port has on strangers.
const (
	headersWithin = 10 * time.Second
	writeWithin   = 60 * time.Second // does not touch WebSockets, which are hijacked
	idleFor       = 2 * time.Minute
	maxHeaders    = 32 << 10 // bytes
)

// connKey is where a request's context has its connection.
type connKey struct{}

func (s *Server) newHTTP(h http.Handler) *http.Server {
	return &http.Server{
		Handler: s.recognize(h), ReadHeaderTimeout: headersWithin, ReadTimeout: writeWithin, WriteTimeout: writeWithin, IdleTimeout: idleFor, MaxHeaderBytes: maxHeaders,
		ErrorLog:    slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context { return context.WithValue(ctx, connKey{}, c) },
		ConnState: func(c net.Conn, state http.ConnState) {
			if state == http.StateClosed {
				s.noStranger(c)
			}
		},
	}
}

// recognize tells the ports that a whole request has come over its connection.
func (s *Server) recognize(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, ok := r.Context().Value(connKey{}).(net.Conn); ok {
			s.noStranger(c)
		}
		next.ServeHTTP(w, r)
	})
}

func (s *Server) noStranger(c net.Conn) {
	for _, p := range s.ports {
		p.Recognize(c)
	}
}

// serve answers on every port until Close.
func (s *Server) serve() {
	s.served = make(chan error, 1+len(s.ports))
	s.serveOn(s.web, s.ports[0].Pages())
	s.serveOn(s.astray, s.ports[0].Astray())
	if s.cfg.HTTPListen != "" {
		s.serveOn(s.astray, s.ports[1].Pages())
	}
}

func (s *Server) serveOn(h *http.Server, l net.Listener) {
	s.serving.Go(func() {
		if err := h.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.served <- err
		}
	})
}

var errPlain = fault.New(fault.Forbidden, "https_only", "This address speaks https only.", "Use https.")

// toHTTPS sends whoever came by plain http on, and lets a certificate authority
// look. What was sent along has gone over the wire in clear already: only what
// reads may be repeated.
func (s *Server) toHTTPS() http.Handler {
	h := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			httpx.WriteProblem(w, errPlain)
			return
		}
		w.Header().Set("Location", s.base()+r.URL.RequestURI())
		w.WriteHeader(http.StatusPermanentRedirect)
	}))
	if s.cert != nil {
		h = s.cert.Challenges(h)
	}
	return httpx.Recover(s.log, httpx.SecurityHeaders(false, h))
}

package server

import (
	"context"
	"errors"
	"log/slog"

	"tasuke/internal/config"
	"tasuke/internal/idp"
	"tasuke/internal/signin"
	"tasuke/internal/store"
)

// Parts are what the operator's commands use beside a running server: the store
// and what knows people. Nothing listens.
type Parts struct {
	Store *store.Store
	IDP   *idp.Provider
	Sign  *signin.Service
}

// OpenParts opens the parts; Close them.
func OpenParts(ctx context.Context, cfg config.Config, log *slog.Logger) (*Parts, error) {
	s := &Server{cfg: cfg, log: log}
	if _, err := s.openParts(ctx, Options{Log: log}); err != nil {
		return nil, err
	}
	return &s.Parts, nil
}

// openParts fills in s.Parts and returns the master key.
func (s *Server) openParts(ctx context.Context, o Options) ([]byte, error) {
	master, err := masterKey(s.cfg.MasterKeyFile)
	if err != nil {
		return nil, err
	}
	if s.Store, err = store.Open(ctx, store.Options{DSN: s.cfg.Database, MasterKey: master, Now: o.Now}); err != nil {
		return nil, err
	}
	if s.IDP, err = idp.New(idp.Options{BaseURL: s.base(), Store: s.Store, Log: s.log, Now: o.Now, ClientAddr: s.clientAddr}); err != nil {
		return nil, errors.Join(err, s.Parts.Close())
	}
	s.Sign, err = signin.New(signin.Options{BaseURL: s.base(), Store: s.Store, Local: s.IDP, Log: s.log, Now: o.Now, Networks: ProviderNetworks(s.cfg), ClientAddr: s.clientAddr})
	if err != nil {
		return nil, errors.Join(err, s.Parts.Close())
	}
	return master, nil
}

// Close closes what was opened.
func (p *Parts) Close() error {
	if p.Sign != nil {
		p.Sign.Close()
	}
	if p.Store == nil {
		return nil
	}
	err := p.Store.Close()
	p.Store = nil
	return err
}

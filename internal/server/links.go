package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/desk"
	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/wire"
)

// lookup bounds a question to the store that no request waits for.
const lookup = 3 * time.Second

// link gives a seat what it needs to reach the other browser: from connecting
// on, never before both have said yes.
func (s *Server) link(sc assist.Scene, seat assist.Seat) *wire.Link {
	if !sc.Session.State.Linked() {
		return nil
	}
	name := desk.Key{Org: sc.Session.Org, ID: sc.Session.ID}.Name()
	c, err := s.relay.Credentials(name, string(seat), time.Now())
	if err != nil {
		s.log.Error("relay credentials were not made", "session", string(sc.Session.ID), "err", err)
		return &wire.Link{RelayOnly: sc.Org.Settings.RelayOnly}
	}
	var stun, turn []string
	for _, u := range c.URLs {
		if strings.HasPrefix(u, "stun:") {
			stun = append(stun, u)
		} else {
			turn = append(turn, u)
		}
	}
	return &wire.Link{RelayOnly: sc.Org.Settings.RelayOnly, ICEServers: []wire.ICEServer{{URLs: stun}, {URLs: turn, Username: c.Username, Credential: c.Password}}}
}

// linked tells the relay whether a session may be relayed now.
func (s *Server) linked(name string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), lookup)
	defer cancel()
	sc, err := s.Store.ReadSession(ctx, desk.KeyOf(name))
	return err == nil && sc.Session.State.Linked()
}

// endRelays takes the relay away from every session that ends.
func (s *Server) endRelays(ctx context.Context) {
	const queue = 1024
	ended, err := s.bus.Subscribe(desk.TopicEnded, queue)
	if err != nil {
		s.log.Error("ends are not heard", "err", err)
		return
	}
	defer ended.Close()
	for {
		select {
		case <-ctx.Done():
			return
		case name, open := <-ended.Messages():
			if !open {
				return
			}
			s.relay.End(string(name))
		}
	}
}

// retire deletes what the organisations no longer keep.
func (s *Server) retire(ctx context.Context) {
	const every = time.Minute // a destroyed chat key must be gone from the file as well within 60 s
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := s.Store.Retire(ctx, time.Now()); err != nil && ctx.Err() == nil {
			s.log.Error("old data was not deleted", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// ready answers whether the store does, and says how long the certificate is good
// for; a line with WARNING is for whoever watches.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), lookup)
	defer cancel()
	if err := s.Store.Ping(ctx); err != nil {
		return fault.ErrUnavailable.WithCause(err)
	}
	if _, err := fmt.Fprintln(w, "ready"); err != nil || s.cert == nil {
		return err
	}
	_, err := fmt.Fprintln(w, "certificate:", s.cert.Outlook())
	return err
}

var errCrossOrigin = fault.New(fault.Forbidden, "cross_origin", "This request comes from another site.", "Use the product's own pages.")

func denyCrossOrigin(w http.ResponseWriter, _ *http.Request) { httpx.WriteProblem(w, errCrossOrigin) }

package desk

import (
	"context"

	"tasuke/internal/assist"
	"tasuke/internal/identity"
)

// Attach gives the actor's seat to a page of theirs; seat and sign-in are filled
// in here. assist.ErrSeatTaken when another page holds it and takeover was not said.
func (d *Desk) Attach(ctx context.Context, a identity.Actor, id assist.SessionID, by assist.Seating) (assist.Seat, error) {
	now := d.Now()
	by.SignIn, by.From = a.SignIn.ID, a.From
	_, err := d.change(ctx, Key{Org: a.Person.Org, ID: id}, func(sc *assist.Scene) (log []identity.Entry, err error) {
		if by.Seat, err = seatOf(sc, a); err != nil {
			return nil, err
		}
		before := sc.Session.Party(by.Seat).Page
		if err := sc.Session.Attach(by, now); err != nil {
			return nil, err
		}
		if before != "" && before != by.Page && sc.Session.State != assist.Ended {
			log = append(log, entry(sc.Session, a.Author(), "seat_moved", map[string]string{"seat": string(by.Seat)}))
		}
		return log, nil
	})
	return by.Seat, err
}

// Detach notes that a socket of the actor's closed.
func (d *Desk) Detach(ctx context.Context, a identity.Actor, id assist.SessionID, socket string) error {
	return d.seated(ctx, a, id, func(s *assist.Session, seat assist.Seat) { s.Detach(seat, socket, d.Now()) })
}

// Bye notes that a page of the actor's said it goes away.
func (d *Desk) Bye(ctx context.Context, a identity.Actor, id assist.SessionID, page string) error {
	return d.seated(ctx, a, id, func(s *assist.Session, seat assist.Seat) { s.Bye(seat, page, d.Now()) })
}

// Report notes what the actor's page sees: the other page's heartbeat, and how
// the picture comes, which counts from the helper's page only. Empty and unknown
// values report nothing.
func (d *Desk) Report(ctx context.Context, a identity.Actor, id assist.SessionID, peer assist.Beat, connection assist.Connection) error {
	return d.seated(ctx, a, id, func(s *assist.Session, seat assist.Seat) {
		if peer != assist.BeatUnknown {
			s.Heartbeat(seat.Other(), peer, d.Now())
		}
		if connection.Known() && seat == assist.Helper && s.State.Linked() {
			s.Connection = connection
		}
	})
}

// seated runs a change that leaves no audit line.
func (d *Desk) seated(ctx context.Context, a identity.Actor, id assist.SessionID, fn func(s *assist.Session, seat assist.Seat)) error {
	_, err := d.change(ctx, Key{Org: a.Person.Org, ID: id}, func(sc *assist.Scene) ([]identity.Entry, error) {
		seat, err := seatOf(sc, a)
		if err != nil {
			return nil, err
		}
		fn(&sc.Session, seat)
		return nil, nil
	})
	return err
}

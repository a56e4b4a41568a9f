package store

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
)

// SaveTicket implements inventory.Keys.
func (s *Store) SaveTicket(ctx context.Context, t inventory.Ticket, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		now := s.now()
		if _, err := tx.ExecContext(ctx, `DELETE FROM device_ticket WHERE expires_at <= $1`, ms(now)); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO device_ticket (hash, org, owner, name, device, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			t.Hash, string(t.Org), string(t.Owner), t.Name, string(t.Device), ms(t.Expires)); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, log)
	})
}

// SaveChallenge implements inventory.Keys. A sign-in has at most one of each
// purpose: the newest.
func (s *Store) SaveChallenge(ctx context.Context, c inventory.Challenge) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM device_challenge WHERE expires_at <= $1 OR org = $2 AND sign_in = $3 AND purpose = $4`,
			ms(s.now()), string(c.Org), string(c.SignIn), string(c.Purpose)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO device_challenge (nonce, org, sign_in, purpose, expires_at) VALUES ($1, $2, $3, $4, $5)`,
			c.Nonce, string(c.Org), string(c.SignIn), string(c.Purpose), ms(c.Expires))
		return err
	})
}

// useChallenge uses a challenge up, whether what follows succeeds is another matter.
func useChallenge(ctx context.Context, tx *sql.Tx, a identity.Actor, nonce string, purpose device.Purpose, now time.Time) error {
	res, err := tx.ExecContext(ctx, `DELETE FROM device_challenge WHERE nonce = $1 AND org = $2 AND sign_in = $3 AND purpose = $4 AND expires_at > $5`,
		nonce, string(a.Person.Org), string(a.SignIn.ID), string(purpose), ms(now))
	return oneRow(res, err, inventory.ErrChallenge)
}

// Enrol implements inventory.Keys.
func (s *Store) Enrol(ctx context.Context, e inventory.Enrolment) (device.Device, error) {
	v := inventory.Detail{Device: e.Device, Facts: e.Facts}
	err := s.write(ctx, func(tx *sql.Tx) error {
		v = inventory.Detail{Device: e.Device, Facts: e.Facts, OwnerGroups: e.Actor.Groups}
		if err := s.mayEnrol(ctx, tx, &v, e); err != nil {
			return err
		}
		if err := s.keepDevice(ctx, tx, &v); err != nil {
			return err
		}
		if err := noteKey(ctx, tx, e.Actor, v.ID, e.Now); err != nil {
			return err
		}
		if err := writeProof(ctx, tx, e.Actor, v.ID, device.ProfileKey, e.Now); err != nil {
			return err
		}
		way := "link"
		if e.Ticket == nil {
			way = "self"
		}
		return appendAudit(ctx, tx, e.Now, identity.Entry{Org: v.Org, By: e.Actor.Author(), Action: "device.enrol", Object: string(v.ID),
			Details: map[string]string{"name": v.Name, "grade": string(v.Grade), "way": way}})
	})
	return v.Device, err
}

// mayEnrol uses up what the enrolment needs.
func (s *Store) mayEnrol(ctx context.Context, tx *sql.Tx, v *inventory.Detail, e inventory.Enrolment) error {
	if err := useChallenge(ctx, tx, e.Actor, e.Nonce, device.Enrol, e.Now); err != nil {
		return err
	}
	set, err := settingsOf(ctx, tx, v.Org)
	if err != nil {
		return err
	}
	if err := e.Settings(set); err != nil {
		return err
	}
	known, err := enrolAs(ctx, tx, v, e)
	if err != nil {
		return err
	}
	if err := becomeKnown(ctx, tx, v, known); err != nil {
		return err
	}
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM device WHERE org = $1 AND owner = $2 AND enrolment = 'enrolled' AND id <> $3`, string(v.Org), string(v.Owner), string(v.ID)).Scan(&n); err != nil {
		return err
	}
	if n >= device.MaxPerPerson {
		return inventory.ErrTooMany
	}
	return nil
}

// enrolAs uses the ticket up, if there is one, and names the device that is
// known already: the ticket's, or the one whose key this browser has lost.
func enrolAs(ctx context.Context, tx *sql.Tx, v *inventory.Detail, e inventory.Enrolment) (known identity.DeviceID, err error) {
	if e.Ticket == nil {
		err := tx.QueryRowContext(ctx, `SELECT s.device FROM sign_in s JOIN device d ON d.id = s.device AND d.owner = s.person AND d.enrolment = 'key_lost'
			WHERE s.org = $1 AND s.id = $2 AND s.device_lost`, string(v.Org), string(e.Actor.SignIn.ID)).Scan(&known)
		if errors.Is(err, sql.ErrNoRows) {
			return "", nil
		}
		return known, err
	}
	var name string
	row := tx.QueryRowContext(ctx, `DELETE FROM device_ticket WHERE hash = $1 AND org = $2 AND owner = $3 AND expires_at > $4 RETURNING name, device`,
		e.Ticket, string(v.Org), string(v.Owner), ms(e.Now))
	if err := row.Scan(&name, &known); errors.Is(err, sql.ErrNoRows) {
		return "", inventory.ErrTicket
	} else if err != nil {
		return "", err
	}
	if name != "" {
		v.Name = name
	}
	return known, nil
}

// becomeKnown makes the device that enrols the one that is known already.
func becomeKnown(ctx context.Context, tx *sql.Tx, v *inventory.Detail, id identity.DeviceID) error {
	if id == "" {
		return nil
	}
	d, err := deviceOf(ctx, tx, v.Org, id)
	if err != nil {
		return err
	}
	if d.Owner != "" && d.Owner != v.Owner {
		return inventory.ErrTicket
	}
	fresh := v.Device
	d.Owner, d.OwnerName, d.Enrolment, d.Grade, d.Key, d.Counter = fresh.Owner, fresh.OwnerName, fresh.Enrolment, fresh.Grade, fresh.Key, fresh.Counter
	d.Bound, d.Cloned, d.EnrolledAt, d.Seen = fresh.Bound, fresh.Cloned, fresh.EnrolledAt, fresh.Seen
	if d.Platform == "" {
		d.Platform = fresh.Platform
	}
	own := v.Facts
	if *v, err = detailOf(ctx, tx, d); err != nil {
		return err
	}
	v.Facts = append(v.Facts, own...)
	return nil
}

// writeProof writes on the sign-in which device it has proven, and how.
func writeProof(ctx context.Context, tx *sql.Tx, a identity.Actor, id identity.DeviceID, by device.Grade, now time.Time) error {
	res, err := tx.ExecContext(ctx, `UPDATE sign_in SET device = $1, device_at = $2, device_grade = $3, device_lost = FALSE WHERE org = $4 AND id = $5`,
		string(id), ms(now), string(by), string(a.Person.Org), string(a.SignIn.ID))
	return oneRow(res, err, fault.ErrSignInRequired)
}

// noteKey writes on the sign-in that the profile's key of a device signed for it.
func noteKey(ctx context.Context, tx *sql.Tx, a identity.Actor, id identity.DeviceID, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE sign_in SET key_device = $1, key_at = $2 WHERE org = $3 AND id = $4`,
		string(id), ms(now), string(a.Person.Org), string(a.SignIn.ID))
	return err
}

// holdsStronger reports whether the sign-in has proven a device by something
// stronger that is still believed: a weaker proof must not take its place.
func holdsStronger(ctx context.Context, tx *sql.Tx, a identity.Actor, than device.Grade, now time.Time) (bool, error) {
	held, err := proofOf(ctx, tx, a.Person.Org, a.Person.ID, a.SignIn.ID)
	return held.Device != "" && !held.Lost && now.Sub(held.At) < device.ProofFor && !than.AtLeast(device.Grade(held.Grade)), err
}

// Prove implements inventory.Keys. A challenge is used up by a wrong signature
// as well: it is taken in a transaction of its own.
func (s *Store) Prove(ctx context.Context, p inventory.Proof) (device.Device, error) {
	if err := s.write(ctx, func(tx *sql.Tx) error {
		return useChallenge(ctx, tx, p.Actor, p.Nonce, p.Purpose, p.Now)
	}); err != nil {
		return device.Device{}, err
	}
	d, err := s.proven(ctx, p)
	if p.Unknown != nil && s.dialect.duplicate(err) {
		d, err = s.proven(ctx, p) // another first sight of it came first, and it is known now
	}
	return d, err
}

func (s *Store) proven(ctx context.Context, p inventory.Proof) (device.Device, error) {
	var v inventory.Detail
	err := s.write(ctx, func(tx *sql.Tx) error {
		d, err := provable(ctx, tx, p)
		if err != nil {
			return err
		}
		if v, err = detailOf(ctx, tx, d); err != nil {
			return err
		}
		return s.prove(ctx, tx, &v, p)
	})
	return v.Device, err
}

// provable loads the device that is to be proven: the person's own, or the one
// that a certificate names, whosever it is.
func provable(ctx context.Context, tx *sql.Tx, p inventory.Proof) (device.Device, error) {
	if len(p.Names) == 0 {
		d, err := deviceOf(ctx, tx, p.Actor.Person.Org, p.Device)
		if err == nil && d.Owner != p.Actor.Person.ID {
			err = inventory.NotProven(d)
		}
		return d, err
	}
	for _, name := range p.Names {
		if d, err := deviceNamed(ctx, tx, p.Actor.Person.Org, name); !errors.Is(err, fault.ErrNotFound) {
			return d, err
		}
	}
	if p.Unknown == nil {
		return device.Device{}, inventory.ErrUnknown
	}
	return *p.Unknown, nil
}

// prove lets the proof be verified and keeps what it proves.
func (s *Store) prove(ctx context.Context, tx *sql.Tx, v *inventory.Detail, p inventory.Proof) error {
	flagged, was := !v.Cloned.IsZero(), v.Enrolment
	if err := p.Verify(&v.Device); err != nil {
		return err
	}
	if p.Grade == device.ProfileKey {
		if err := watchParallel(ctx, tx, &v.Device, p); err != nil {
			return err
		}
		if err := noteKey(ctx, tx, p.Actor, v.ID, p.Now); err != nil {
			return err
		}
	}
	if stronger, err := holdsStronger(ctx, tx, p.Actor, p.Grade, p.Now); err != nil {
		return err
	} else if !stronger {
		if err := writeProof(ctx, tx, p.Actor, v.ID, p.Grade, p.Now); err != nil {
			return err
		}
	}
	v.Facts = append(v.Facts, p.Facts...)
	if err := s.keepDevice(ctx, tx, v); err != nil {
		return err
	}
	line := func(action string) identity.Entry {
		return identity.Entry{Org: v.Org, By: p.Actor.Author(), Action: action, Object: string(v.ID), Details: map[string]string{"name": v.Name, "grade": string(p.Grade)}}
	}
	var log []identity.Entry
	if p.Purpose == device.Bind {
		log = append(log, line("device.bind"))
	}
	if p.Purpose == device.Show && was != device.Enrolled {
		enrolled := line("device.enrol")
		maps.Copy(enrolled.Details, p.Details)
		log = append(log, enrolled)
	}
	if !flagged && !v.Cloned.IsZero() {
		log = append(log, line("device.cloned"))
	}
	return appendAudit(ctx, tx, p.Now, log...)
}

// watchParallel flags a key that two sign-ins use in turn: this one proved the
// device, then another did, and now this one does again. One browser profile has
// one sign-in at a time.
func watchParallel(ctx context.Context, tx *sql.Tx, d *device.Device, p inventory.Proof) error {
	var between bool
	err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM sign_in mine JOIN sign_in other ON other.key_device = mine.key_device AND other.id <> mine.id AND other.key_at > mine.key_at
		WHERE mine.org = $1 AND mine.id = $2 AND mine.key_device = $3 AND NOT mine.device_lost)`, string(d.Org), string(p.Actor.SignIn.ID), string(d.ID)).Scan(&between)
	if between && d.Cloned.IsZero() {
		d.Cloned = p.Now
	}
	return err
}

// LoseKey implements inventory.Keys.
func (s *Store) LoseKey(ctx context.Context, a identity.Actor, id identity.DeviceID, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		d, err := deviceOf(ctx, tx, a.Person.Org, id)
		if err != nil {
			return err
		}
		if d.Owner != a.Person.ID || d.Enrolment != device.Enrolled && d.Enrolment != device.KeyLost {
			return fault.ErrNotFound
		}
		if stronger, err := holdsStronger(ctx, tx, a, device.ProfileKey, now); stronger || err != nil {
			return err
		}
		if err := writeProof(ctx, tx, a, id, "", now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE sign_in SET device_lost = TRUE WHERE org = $1 AND id = $2`, string(a.Person.Org), string(a.SignIn.ID)); err != nil {
			return err
		}
		if d.Enrolment == device.KeyLost {
			return wake(ctx, tx, a.Person.Org, a.Person.ID)
		}
		d.Enrolment = device.KeyLost
		if err := putDevice(ctx, tx, &d); err != nil {
			return err
		}
		if err := wake(ctx, tx, a.Person.Org, a.Person.ID); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, identity.Entry{Org: d.Org, By: a.Author(), Action: "device.key_lost", Object: string(id), Details: map[string]string{"name": d.Name}})
	})
}

package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// ErrPersonDisabled refuses a sign-in of somebody whom the organisation has disabled.
var ErrPersonDisabled = fault.New(fault.Forbidden, "person_disabled", "Your access to this service was switched off.", "Ask your administrator.")

// SaveSignIn keeps the person as the provider describes them and a new sign-in
// of theirs, and forgets dead ones: one transaction. Of the browser's previous
// sign-in nothing remains but, for the same person, its id: seats are held by
// it, and signing in again in a second tab must not end a help session.
func (s *Store) SaveSignIn(ctx context.Context, n identity.NewSignIn) (identity.Person, error) {
	var p identity.Person
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if p, err = upsertPerson(ctx, tx, n.SignIn.Org, n.PersonID, n.Profile, n.SignIn.Created); err != nil {
			return err
		}
		if p.Disabled {
			return ErrPersonDisabled
		}
		if err := replaceClaimGroups(ctx, tx, p, n.Profile.Groups, n.SignIn.Created); err != nil {
			return err
		}
		if err := s.placePerson(ctx, tx, p); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM sign_in WHERE absolute_at <= $1`, ms(n.SignIn.Created)); err != nil {
			return err
		}
		n := n // the id of this try
		if n.SignIn, err = replaceSignIn(ctx, tx, n, p); err != nil {
			return err
		}
		if err := s.insertSignIn(ctx, tx, n, p.ID); err != nil {
			return err
		}
		return s.claimDevice(ctx, tx, n, p)
	})
	return p, err
}

// replaceSignIn ends the browser's previous sign-in and returns the id of the
// new one. The same person in the same browser goes on under the same id, on the
// device that was proven.
func replaceSignIn(ctx context.Context, tx *sql.Tx, n identity.NewSignIn, p identity.Person) (identity.SignIn, error) {
	in := n.SignIn
	if n.Replaces == nil {
		return in, nil
	}
	var at, keyAt int64
	d := &in.Device
	err := tx.QueryRowContext(ctx, `DELETE FROM sign_in WHERE token_hash = $1 AND org = $2 AND person = $3 RETURNING id, device, device_at, device_grade, device_lost, key_device, key_at`,
		n.Replaces, string(p.Org), string(p.ID)).Scan(&in.ID, &d.Device, &at, &d.Grade, &d.Lost, &d.Keyed, &keyAt)
	if device.Grade(d.Grade) == device.ProviderClaim { // that was of the token before
		d.Device, at, d.Grade, d.Lost = "", 0, "", false
	}
	if d.At, d.KeyAt = fromMS(at), fromMS(keyAt); !errors.Is(err, sql.ErrNoRows) {
		return in, err
	}
	_, err = endSignIns(ctx, tx, n.SignIn.Created, `token_hash = $1`, n.Replaces) // somebody else's
	return n.SignIn, err
}

func (s *Store) insertSignIn(ctx context.Context, tx *sql.Tx, n identity.NewSignIn, person identity.PersonID) error {
	set, err := settingsOf(ctx, tx, n.SignIn.Org)
	if err != nil {
		return err
	}
	idToken, err := s.wrap("id token "+string(n.SignIn.ID), n.IDToken)
	if err != nil {
		return err
	}
	now, d := n.SignIn.Created, n.SignIn.Device
	if _, err = tx.ExecContext(ctx, `
		INSERT INTO sign_in (id, token_hash, org, person, created_at, seen_at, idle_at, absolute_at, auth_at, acr, strong_acr, amr, id_token, provider, user_agent,
			device, device_at, device_grade, device_lost, key_device, key_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)`,
		string(n.SignIn.ID), n.TokenHash, string(n.SignIn.Org), string(person), ms(now), ms(now),
		ms(now.Add(set.SignInIdle)), ms(now.Add(set.SignInAbsolute)), ms(n.SignIn.AuthTime),
		n.SignIn.ACR, n.SignIn.StrongACR, joinList(n.SignIn.AMR), idToken, n.Provider, n.UserAgent,
		string(d.Device), ms(d.At), d.Grade, d.Lost, string(d.Keyed), ms(d.KeyAt)); err != nil {
		return err
	}
	return appendAudit(ctx, tx, now, identity.Entry{
		Org: n.SignIn.Org, By: identity.InPerson(person), Action: "sign_in.begin", Object: string(n.SignIn.ID),
		Details: map[string]string{"provider": n.Provider, "acr": n.SignIn.ACR, "amr": joinList(n.SignIn.AMR)},
	})
}

// Actor returns whom the secret with this hash belongs to, with their groups and
// grants, and when they were last seen. Nobody, or a dead sign-in, is fault.ErrNotFound.
func (s *Store) Actor(ctx context.Context, tokenHash []byte, now time.Time) (identity.Actor, time.Time, error) {
	var a identity.Actor
	var created, auth, seen int64
	var amr string
	in := &a.SignIn
	dest := append([]any{&in.ID, &created, &auth, &in.ACR, &in.StrongACR, &amr, &seen}, personFields(&a.Person)...)
	err := s.reader.QueryRowContext(ctx, `
		SELECT s.id, s.created_at, s.auth_at, s.acr, s.strong_acr, s.amr, s.seen_at, `+personColumns+`
		FROM sign_in s JOIN person p ON p.org = s.org AND p.id = s.person
		WHERE s.token_hash = $1 AND s.idle_at > $2 AND s.absolute_at > $2`, tokenHash, ms(now)).Scan(dest...)
	if err != nil {
		return identity.Actor{}, time.Time{}, notFound(err)
	}
	in.Person, in.Org = a.Person.ID, a.Person.Org
	in.Created, in.AuthTime, in.AMR = fromMS(created), fromMS(auth), splitList(amr)
	return a, fromMS(seen), s.entitle(ctx, s.reader, &a, now)
}

// touchEvery is how exactly it is known when a sign-in was last used; it keeps
// the number of writes independent of the number of requests.
const touchEvery = time.Minute

// TouchSignIn moves the idle limit of a sign-in that is in use, at most once a
// minute. It returns fault.ErrNotFound when the sign-in has ended meanwhile.
func (s *Store) TouchSignIn(ctx context.Context, in identity.SignIn, now time.Time) error {
	var seen int64
	var settings string
	err := s.reader.QueryRowContext(ctx, `
		SELECT s.seen_at, o.settings FROM sign_in s JOIN organisation o ON o.id = s.org
		WHERE s.org = $1 AND s.id = $2 AND s.idle_at > $3 AND s.absolute_at > $3`,
		string(in.Org), string(in.ID), ms(now)).Scan(&seen, &settings)
	if err != nil {
		return notFound(err)
	}
	if now.Sub(fromMS(seen)) < touchEvery {
		return nil
	}
	set, err := decodeSettings(settings)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE sign_in SET seen_at = $1, idle_at = $2 WHERE org = $3 AND id = $4`,
			ms(now), ms(now.Add(set.SignInIdle)), string(in.Org), string(in.ID))
		return err
	})
}

// SignInsOf lists the living sign-ins of a person, the newest first.
func (s *Store) SignInsOf(ctx context.Context, org identity.OrgID, person identity.PersonID, now time.Time) ([]identity.LiveSignIn, error) {
	rows, err := s.reader.QueryContext(ctx, `
		SELECT id, created_at, auth_at, acr, strong_acr, amr, seen_at, idle_at, absolute_at, provider, user_agent FROM sign_in
		WHERE org = $1 AND person = $2 AND idle_at > $3 AND absolute_at > $3
		ORDER BY created_at DESC, id`, string(org), string(person), ms(now))
	return collect(rows, err, func(row scanner) (identity.LiveSignIn, error) {
		in := identity.LiveSignIn{SignIn: identity.SignIn{Org: org, Person: person}}
		var created, auth, seen, idle, absolute int64
		var amr string
		err := row.Scan(&in.ID, &created, &auth, &in.ACR, &in.StrongACR, &amr, &seen, &idle, &absolute, &in.Provider, &in.UserAgent)
		in.Created, in.AuthTime, in.AMR = fromMS(created), fromMS(auth), splitList(amr)
		in.Seen, in.Expires = fromMS(seen), fromMS(min(idle, absolute))
		return in, err
	})
}

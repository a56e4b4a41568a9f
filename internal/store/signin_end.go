package store

import (
	"context"
	"database/sql"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// EndSignIn ends one sign-in of a person and returns what its provider needs to
// know. fault.ErrNotFound: it is not theirs, or has ended before.
func (s *Store) EndSignIn(ctx context.Context, org identity.OrgID, person identity.PersonID, id identity.SignInID, now time.Time) (identity.EndedSignIn, error) {
	ended, err := s.end(ctx, now, `org = $1 AND person = $2 AND id = $3`, string(org), string(person), string(id))
	if err != nil {
		return identity.EndedSignIn{}, err
	}
	if len(ended) == 0 {
		return identity.EndedSignIn{}, fault.ErrNotFound
	}
	return ended[0], nil
}

// EndSignIns ends every sign-in of a person.
func (s *Store) EndSignIns(ctx context.Context, org identity.OrgID, person identity.PersonID, now time.Time) error {
	_, err := s.end(ctx, now, `org = $1 AND person = $2`, string(org), string(person))
	return err
}

func (s *Store) end(ctx context.Context, now time.Time, where string, args ...any) ([]identity.EndedSignIn, error) {
	var rows []endedRow
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		rows, err = endSignIns(ctx, tx, now, where, args...)
		return err
	})
	var out []identity.EndedSignIn
	for _, r := range rows {
		token, unwrapErr := s.unwrap("id token "+string(r.id), r.idToken)
		if unwrapErr != nil && err == nil {
			err = unwrapErr
		}
		out = append(out, identity.EndedSignIn{Provider: r.provider, IDToken: token})
	}
	return out, err
}

// endedRow is a sign-in that was deleted.
type endedRow struct {
	id       identity.SignInID
	org      identity.OrgID
	person   identity.PersonID
	provider string
	idToken  string
}

// endSignIns deletes sign-ins and lets their people's help sessions be
// examined again, in one transaction. where is one of this package's constants.
func endSignIns(ctx context.Context, tx *sql.Tx, now time.Time, where string, args ...any) ([]endedRow, error) {
	rows, err := tx.QueryContext(ctx, `DELETE FROM sign_in WHERE `+where+` RETURNING id, org, person, provider, id_token`, args...)
	ended, err := collect(rows, err, func(row scanner) (endedRow, error) {
		var r endedRow
		err := row.Scan(&r.id, &r.org, &r.person, &r.provider, &r.idToken)
		return r, err
	})
	if err != nil {
		return nil, err
	}
	for _, r := range ended {
		if err := wake(ctx, tx, r.org, r.person); err != nil {
			return nil, err
		}
		if err := appendAudit(ctx, tx, now, identity.Entry{Org: r.org, By: identity.InPerson(r.person), Action: "sign_in.end", Object: string(r.id)}); err != nil {
			return nil, err
		}
	}
	return ended, nil
}

// SaveFirstAdministrator keeps a one-time right to become the organisation's
// first administrator.
func (s *Store) SaveFirstAdministrator(ctx context.Context, org identity.OrgID, tokenHash []byte, expires time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO first_administrator (token_hash, org, expires_at) VALUES ($1, $2, $3)`, tokenHash, string(org), ms(expires))
		return err
	})
}

// UseFirstAdministrator grants a person everything in exchange for the
// one-time right. fault.ErrNotFound: unknown, used, expired, or of another
// organisation.
func (s *Store) UseFirstAdministrator(ctx context.Context, org identity.OrgID, person identity.PersonID, tokenHash []byte, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		n, err := affected(tx.ExecContext(ctx, `DELETE FROM first_administrator WHERE token_hash = $1 AND org = $2 AND expires_at > $3`, tokenHash, string(org), ms(now)))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.ErrNotFound
		}
		if err := s.joinRole(ctx, tx, identity.Person{ID: person, Org: org}, identity.Administrator, now); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, identity.Entry{Org: org, By: identity.InPerson(person), Action: "person.first_administrator", Person: person})
	})
}

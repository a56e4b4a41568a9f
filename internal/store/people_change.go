package store

import (
	"context"
	"database/sql"
	"strings"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// DisablePerson implements admin.PeopleStore.
func (s *Store) DisablePerson(ctx context.Context, org identity.OrgID, p identity.PersonID, disabled bool, now time.Time, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE person SET disabled = $1 WHERE org = $2 AND id = $3 AND name <> ''`, disabled, string(org), string(p))
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		if err := appendAudit(ctx, tx, now, log); err != nil || !disabled {
			return err
		}
		return s.shutOut(ctx, tx, org, p, now)
	})
}

// shutOut ends everything that a person, already disabled in tx, can do.
func (s *Store) shutOut(ctx context.Context, tx *sql.Tx, org identity.OrgID, p identity.PersonID, now time.Time) error {
	if err := s.keepAdministratorBut(ctx, tx, org, p); err != nil {
		return err
	}
	if _, err := endSignIns(ctx, tx, now, `org = $1 AND person = $2`, string(org), string(p)); err != nil {
		return err
	}
	if err := dropTokens(ctx, tx, org, p); err != nil {
		return err
	}
	return wake(ctx, tx, org, p)
}

// SignOutPerson implements admin.PeopleStore.
func (s *Store) SignOutPerson(ctx context.Context, org identity.OrgID, p identity.PersonID, now time.Time, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if err := appendAudit(ctx, tx, now, log); err != nil {
			return err
		}
		_, err := endSignIns(ctx, tx, now, `org = $1 AND person = $2`, string(org), string(p))
		return err
	})
}

// ErasePerson implements admin.PeopleStore. The row stays, so that the sessions
// of other people stay whole, but nothing in it tells who it was: the name under
// which the audit chain knows the person is destroyed with it.
func (s *Store) ErasePerson(ctx context.Context, org identity.OrgID, p identity.PersonID, now time.Time, log identity.Entry) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		before, err := personOf(ctx, tx, org, p)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE person SET disabled = $1 WHERE org = $2 AND id = $3`, true, string(org), string(p)); err != nil {
			return err
		}
		if err := s.shutOut(ctx, tx, org, p, now); err != nil {
			return err
		}
		if err := appendAudit(ctx, tx, now, log); err != nil {
			return err
		}
		return erase(ctx, tx, before)
	})
	if err != nil {
		return err
	}
	return s.dialect.tidy(ctx, s.writer)
}

func erase(ctx context.Context, tx *sql.Tx, p identity.Person) error {
	org, id := string(p.Org), string(p.ID)
	if _, err := tx.ExecContext(ctx, `UPDATE person SET issuer = '', subject = id, name = '', title = '', company = '', department = '', email = '', domain = '', picture = '', locale = '', search = $1
		WHERE org = $2 AND id = $3`, folded(), org, id); err != nil {
		return err
	}
	for _, statement := range []string{
		`DELETE FROM person_claim_group WHERE org = $1 AND person = $2`,
		`DELETE FROM group_member WHERE org = $1 AND member = $2`,
		`DELETE FROM wrong_code WHERE org = $1 AND person = $2`,
		`DELETE FROM pseudonym WHERE org = $1 AND person = $2`,
	} {
		if _, err := tx.ExecContext(ctx, statement, org, id); err != nil {
			return err
		}
	}
	if err := eraseAccount(ctx, tx, p); err != nil {
		return err
	}
	return dropPicture(ctx, tx, p.Org, p.Picture)
}

// eraseAccount forgets the local account behind a person of the embedded provider.
func eraseAccount(ctx context.Context, tx *sql.Tx, p identity.Person) error {
	if !strings.HasSuffix(p.Issuer, "/idp/"+string(p.Org)) {
		return nil
	}
	if err := revokeAccount(ctx, tx, p.Org, p.Subject); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM local_account WHERE org = $1 AND id = $2`, string(p.Org), p.Subject)
	return err
}

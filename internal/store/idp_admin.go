package store

import (
	"context"
	"database/sql"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// LocalOwner implements admin.PeopleStore.
func (s *Store) LocalOwner(ctx context.Context, org identity.OrgID, account string) (p identity.PersonID, err error) {
	err = s.reader.QueryRowContext(ctx, localPerson, string(org), account).Scan(&p)
	return p, notFound(err)
}

// LocalPeople lists the local accounts of an organisation, by name.
func (s *Store) LocalPeople(ctx context.Context, org identity.OrgID, now time.Time) ([]identity.LocalPerson, error) {
	rows, err := s.reader.QueryContext(ctx, `
		SELECT `+accountOf+`,
			COALESCE((SELECT MIN(p.id) FROM person p WHERE p.org = a.org AND p.subject = a.id AND p.issuer LIKE '%/idp/' || a.org), ''),
			(SELECT COUNT(*) FROM local_passkey k WHERE k.org = a.org AND k.account = a.id),
			(SELECT COUNT(*) FROM local_totp t WHERE t.org = a.org AND t.account = a.id AND t.confirmed),
			(SELECT COUNT(*) FROM local_recovery r WHERE r.org = a.org AND r.account = a.id),
			COALESCE((SELECT MAX(l.expires_at) FROM local_link l WHERE l.org = a.org AND l.account = a.id AND l.expires_at > $2), 0)
		FROM local_account a WHERE a.org = $1 ORDER BY a.name, a.id`, string(org), ms(now))
	return collect(rows, err, func(row scanner) (identity.LocalPerson, error) {
		var p identity.LocalPerson
		var created, again, link int64
		var totp int
		dest := append(accountFields(&p.LocalAccount), &created, &again, &p.Person, &p.Passkeys, &totp, &p.Recovery, &link)
		err := row.Scan(dest...)
		p.Created, p.AskAgain, p.Link, p.TOTP = fromMS(created), fromMS(again), fromMS(link), totp > 0
		return p, err
	})
}

// ChangeLocalAccount replaces how an account and its person are described.
// fault.ErrNotFound: no such account.
func (s *Store) ChangeLocalAccount(ctx context.Context, a identity.LocalAccount, f identity.Profile, by identity.Author, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE local_account SET name = $1, title = $2, department = $3, email = $4, email_verified = $5 WHERE org = $6 AND id = $7`,
			a.Name, a.Title, a.Department, a.Email, a.EmailVerified, string(a.Org), a.ID)
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		p, err := scanPerson(tx.QueryRowContext(ctx, `UPDATE person SET name = $1, title = $2, department = $3, email = $4, domain = $5 WHERE org = $6 AND issuer = $7 AND subject = $8 RETURNING `+returnedPerson,
			f.Name, f.Title, f.Department, f.Email, f.Domain, string(a.Org), f.Issuer, f.Subject))
		if err == nil {
			err = s.placePerson(ctx, tx, p)
		}
		if err := ignoreNotFound(err); err != nil { // nobody has signed in with the account yet
			return err
		}
		return appendAudit(ctx, tx, now, accountEntry(a.Org, a.ID, "account.change", by))
	})
}

// ResetLocalPassword takes an account's password away, ends everything it was
// used for, and keeps the one-time link by which its owner chooses another.
func (s *Store) ResetLocalPassword(ctx context.Context, l identity.LocalLink, by identity.Author, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE local_account SET password = '' WHERE org = $1 AND id = $2`, string(l.Org), l.Account)
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		if err := expel(ctx, tx, l.Org, l.Account, now); err != nil {
			return err
		}
		if err := appendAudit(ctx, tx, now, accountEntry(l.Org, l.Account, "account.password_reset", by)); err != nil {
			return err
		}
		return saveLink(ctx, tx, l, by, now)
	})
}

// ResetLocalFactors forgets every second factor of an account and ends
// everything they were used for.
func (s *Store) ResetLocalFactors(ctx context.Context, org identity.OrgID, id string, by identity.Author, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := scanAccount(tx.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM local_account WHERE org = $1 AND id = $2`, string(org), id)); err != nil {
			return err
		}
		for _, statement := range []string{
			`DELETE FROM local_passkey WHERE org = $1 AND account = $2`,
			`DELETE FROM local_totp WHERE org = $1 AND account = $2`,
			`DELETE FROM local_recovery WHERE org = $1 AND account = $2`,
			`UPDATE local_account SET ask_again_at = 0 WHERE org = $1 AND id = $2`,
		} {
			if _, err := tx.ExecContext(ctx, statement, string(org), id); err != nil {
				return err
			}
		}
		if err := expel(ctx, tx, org, id, now); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, accountEntry(org, id, "account.factors_reset", by))
	})
}

// SetLocalAccountDisabled disables a local account and its person, and ends
// everything handed out for them; or enables both again. The last administrator
// stays.
func (s *Store) SetLocalAccountDisabled(ctx context.Context, org identity.OrgID, id string, disabled bool, by identity.Author, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE local_account SET disabled = $1 WHERE org = $2 AND id = $3`, disabled, string(org), id)
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE person SET disabled = $3 WHERE org = $1 AND id IN (`+localPerson+`)`, string(org), id, disabled); err != nil {
			return err
		}
		if !disabled {
			return appendAudit(ctx, tx, now, accountEntry(org, id, "account.enable", by))
		}
		if err := s.keepAdministrators(ctx, tx, org, id); err != nil {
			return err
		}
		if err := expel(ctx, tx, org, id, now); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, accountEntry(org, id, "account.disable", by))
	})
}

// keepAdministrators refuses to do without the people of an account who were the
// last to administer the organisation.
func (s *Store) keepAdministrators(ctx context.Context, tx *sql.Tx, org identity.OrgID, account string) error {
	rows, err := tx.QueryContext(ctx, localPerson, string(org), account)
	people, err := collect(rows, err, scanText)
	for _, p := range people {
		if err := s.keepAdministratorBut(ctx, tx, org, identity.PersonID(p)); err != nil {
			return err
		}
	}
	return err
}

// expel ends an account's sign-ins at the embedded provider and its person's to
// the application, whose live help sessions are looked at again at once.
func expel(ctx context.Context, tx *sql.Tx, org identity.OrgID, id string, now time.Time) error {
	if err := revokeAccount(ctx, tx, org, id); err != nil {
		return err
	}
	if err := endLocalSignIns(ctx, tx, org, id, now); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE help_session SET due_at = 0 WHERE org = $1 AND state <> 'ended' AND (helper IN (`+localPerson+`) OR sharer IN (`+localPerson+`))`, string(org), id)
	return err
}

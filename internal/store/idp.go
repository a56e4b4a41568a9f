package store

import (
	"context"
	"database/sql"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// ErrUsernameTaken refuses a second account with the same user name.
var ErrUsernameTaken = fault.New(fault.Conflict, "username_taken", "This organisation already has an account with this user name.", "Choose another user name.")

const accountColumns = `id, org, username, password, name, title, company, department, email, email_verified, locale, picture, disabled, created_at`

func scanAccount(row scanner) (identity.LocalAccount, error) {
	var a identity.LocalAccount
	var created int64
	err := row.Scan(&a.ID, &a.Org, &a.Username, &a.PasswordHash, &a.Name, &a.Title, &a.Company, &a.Department,
		&a.Email, &a.EmailVerified, &a.Locale, &a.Picture, &a.Disabled, &created)
	a.Created = fromMS(created)
	return a, notFound(err)
}

// CreateLocalAccount keeps a new local account and its picture (nil: none).
func (s *Store) CreateLocalAccount(ctx context.Context, a identity.LocalAccount, picture []byte) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		hash, err := savePicture(ctx, tx, a.Org, picture)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `INSERT INTO local_account (`+accountColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
			a.ID, string(a.Org), a.Username, a.PasswordHash, a.Name, a.Title, a.Company, a.Department,
			a.Email, a.EmailVerified, a.Locale, hash, a.Disabled, ms(a.Created)); err != nil {
			return err
		}
		return appendAudit(ctx, tx, a.Created, accountEntry(a.Org, a.ID, "account.create"))
	})
	if s.dialect.duplicate(err) {
		return ErrUsernameTaken
	}
	return err
}

// accountEntry is the audit line of something done to a local account.
func accountEntry(org identity.OrgID, id, action string) identity.Entry {
	return identity.Entry{Org: org, Action: action, Object: id}
}

// LocalAccount returns the local account with this id, or fault.ErrNotFound.
func (s *Store) LocalAccount(ctx context.Context, org identity.OrgID, id string) (identity.LocalAccount, error) {
	return scanAccount(s.reader.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM local_account WHERE org = $1 AND id = $2`, string(org), id))
}

// LocalAccountByUsername returns the local account with this lower-case user name,
// or fault.ErrNotFound.
func (s *Store) LocalAccountByUsername(ctx context.Context, org identity.OrgID, username string) (identity.LocalAccount, error) {
	return scanAccount(s.reader.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM local_account WHERE org = $1 AND username = $2`, string(org), username))
}

// SetLocalPassword keeps a new password hash; every browser signed in with the old
// one, every open link and every access token of the account ends.
func (s *Store) SetLocalPassword(ctx context.Context, org identity.OrgID, id, hash string, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error { return setPassword(ctx, tx, org, id, hash, now) })
}

func setPassword(ctx context.Context, tx *sql.Tx, org identity.OrgID, id, hash string, now time.Time) error {
	n, err := affected(tx.ExecContext(ctx, `UPDATE local_account SET password = $1 WHERE org = $2 AND id = $3`, hash, string(org), id))
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.ErrNotFound
	}
	if err := revokeAccount(ctx, tx, org, id); err != nil {
		return err
	}
	return appendAudit(ctx, tx, now, accountEntry(org, id, "account.password"))
}

// revokeAccount forgets everything that was handed out for an account.
func revokeAccount(ctx context.Context, tx *sql.Tx, org identity.OrgID, id string) error {
	for _, statement := range []string{
		`DELETE FROM local_browser WHERE org = $1 AND account = $2`,
		`DELETE FROM local_link WHERE org = $1 AND account = $2`,
		`DELETE FROM local_token WHERE org = $1 AND account = $2`,
		`DELETE FROM local_request WHERE org = $1 AND account = $2`,
	} {
		if _, err := tx.ExecContext(ctx, statement, string(org), id); err != nil {
			return err
		}
	}
	return nil
}

// SetLocalAccountDisabled disables a local account and ends everything handed out
// for it and, under issuer, its person's sign-ins; or enables it again.
func (s *Store) SetLocalAccountDisabled(ctx context.Context, org identity.OrgID, id, issuer string, disabled bool, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		n, err := affected(tx.ExecContext(ctx, `UPDATE local_account SET disabled = $1 WHERE org = $2 AND id = $3`, disabled, string(org), id))
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.ErrNotFound
		}
		if !disabled {
			return appendAudit(ctx, tx, now, accountEntry(org, id, "account.enable"))
		}
		if err := revokeAccount(ctx, tx, org, id); err != nil {
			return err
		}
		if err := appendAudit(ctx, tx, now, accountEntry(org, id, "account.disable")); err != nil {
			return err
		}
		_, err = endSignIns(ctx, tx, now, `org = $1 AND person IN (SELECT id FROM person WHERE org = $1 AND issuer = $2 AND subject = $3)`, string(org), issuer, id)
		return err
	})
}

// SaveLocalLink keeps a one-time link in place of the account's earlier ones.
func (s *Store) SaveLocalLink(ctx context.Context, l identity.LocalLink, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM local_link WHERE org = $1 AND account = $2`, string(l.Org), l.Account); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO local_link (token_hash, org, account, expires_at) VALUES ($1, $2, $3, $4)`, l.TokenHash, string(l.Org), l.Account, ms(l.Expires)); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, accountEntry(l.Org, l.Account, "account.link"))
	})
}

const linkAccount = `SELECT a.id, a.org, a.username, a.password, a.name, a.title, a.company, a.department, a.email, a.email_verified, a.locale, a.picture, a.disabled, a.created_at
	FROM local_link l JOIN local_account a ON a.org = l.org AND a.id = l.account
	WHERE l.org = $1 AND l.token_hash = $2 AND l.expires_at > $3 AND a.disabled = $4`

// LocalLinkAccount returns whose password a link lets its holder choose. An
// unknown, used or expired link is fault.ErrNotFound.
func (s *Store) LocalLinkAccount(ctx context.Context, org identity.OrgID, tokenHash []byte, now time.Time) (identity.LocalAccount, error) {
	return scanAccount(s.reader.QueryRowContext(ctx, linkAccount, string(org), tokenHash, ms(now), false))
}

// UseLocalLink sets the password that the link's holder chose; the link is gone afterwards.
func (s *Store) UseLocalLink(ctx context.Context, org identity.OrgID, tokenHash []byte, passwordHash string, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		a, err := scanAccount(tx.QueryRowContext(ctx, linkAccount, string(org), tokenHash, ms(now), false))
		if err != nil {
			return err
		}
		n, err := affected(tx.ExecContext(ctx, `DELETE FROM local_link WHERE token_hash = $1`, tokenHash))
		if err != nil {
			return err
		}
		if n == 0 { // another request was first
			return fault.ErrNotFound
		}
		return setPassword(ctx, tx, org, a.ID, passwordHash, now)
	})
}

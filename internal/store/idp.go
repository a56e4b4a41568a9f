package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

const accountColumns = `id, org, username, password, name, title, company, department, email, email_verified, locale, picture, disabled, created_at, ask_again_at`

// accountOf are accountColumns of the table named a.
const accountOf = `a.id, a.org, a.username, a.password, a.name, a.title, a.company, a.department, a.email, a.email_verified, a.locale, a.picture, a.disabled, a.created_at, a.ask_again_at`

func scanAccount(row scanner) (identity.LocalAccount, error) {
	var a identity.LocalAccount
	var created, again int64
	err := row.Scan(append(accountFields(&a), &created, &again)...)
	a.Created, a.AskAgain = fromMS(created), fromMS(again)
	return a, notFound(err)
}

// accountFields are the destinations of accountColumns but the two times.
func accountFields(a *identity.LocalAccount) []any {
	return []any{&a.ID, &a.Org, &a.Username, &a.PasswordHash, &a.Name, &a.Title, &a.Company, &a.Department,
		&a.Email, &a.EmailVerified, &a.Locale, &a.Picture, &a.Disabled}
}

// CreateLocalAccount keeps a new local account and its picture (nil: none).
// by is the administrator who asked; empty: a tool.
func (s *Store) CreateLocalAccount(ctx context.Context, a identity.LocalAccount, picture []byte, by identity.Author) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		hash, err := savePicture(ctx, tx, a.Org, picture)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `INSERT INTO local_account (`+accountColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
			a.ID, string(a.Org), a.Username, a.PasswordHash, a.Name, a.Title, a.Company, a.Department,
			a.Email, a.EmailVerified, a.Locale, hash, a.Disabled, ms(a.Created), ms(a.AskAgain)); err != nil {
			return err
		}
		return appendAudit(ctx, tx, a.Created, accountEntry(a.Org, a.ID, "account.create", by))
	})
	if s.dialect.duplicate(err) {
		return identity.ErrUsernameTaken
	}
	return err
}

// accountEntry is the audit line of something done to a local account.
func accountEntry(org identity.OrgID, id, action string, by identity.Author) identity.Entry {
	return identity.Entry{Org: org, By: by, Action: action, Object: id}
}

// appendOwn writes the audit line of something that the owner of an account did.
func appendOwn(ctx context.Context, tx *sql.Tx, now time.Time, org identity.OrgID, id, action string) error {
	var owner identity.PersonID
	err := tx.QueryRowContext(ctx, localPerson, string(org), id).Scan(&owner)
	if err != nil && !errors.Is(err, sql.ErrNoRows) { // no row: never provisioned
		return err
	}
	return appendAudit(ctx, tx, now, accountEntry(org, id, action, identity.InPerson(owner)))
}

// localPerson finds the person of a local account: the subject is the account's
// id, and the issuer one of this server's.
const localPerson = `SELECT p.id FROM person p WHERE p.org = $1 AND p.subject = $2 AND p.issuer LIKE '%/idp/' || p.org`

// LocalAccount returns the local account with this id, or fault.ErrNotFound.
func (s *Store) LocalAccount(ctx context.Context, org identity.OrgID, id string) (identity.LocalAccount, error) {
	return scanAccount(s.reader.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM local_account WHERE org = $1 AND id = $2`, string(org), id))
}

// LocalAccountByUsername returns the local account with this lower-case user name,
// or fault.ErrNotFound.
func (s *Store) LocalAccountByUsername(ctx context.Context, org identity.OrgID, username string) (identity.LocalAccount, error) {
	return scanAccount(s.reader.QueryRowContext(ctx, `SELECT `+accountColumns+` FROM local_account WHERE org = $1 AND username = $2`, string(org), username))
}

// SetLocalPassword keeps a new password hash that the owner chose; every browser
// signed in with the old one, every open link and every access token ends, and
// with everywhere the person's sign-ins to the application too.
func (s *Store) SetLocalPassword(ctx context.Context, org identity.OrgID, id, hash string, everywhere bool, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if err := setPassword(ctx, tx, org, id, hash, now); err != nil || !everywhere {
			return err
		}
		return endLocalSignIns(ctx, tx, org, id, now)
	})
}

// endLocalSignIns ends the application's sign-ins of an account's person.
func endLocalSignIns(ctx context.Context, tx *sql.Tx, org identity.OrgID, id string, now time.Time) error {
	_, err := endSignIns(ctx, tx, now, `org = $1 AND person IN (`+localPerson+`)`, string(org), id)
	return err
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
	return appendOwn(ctx, tx, now, org, id, "account.password")
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

// SaveLocalLink keeps a one-time link in place of the account's earlier ones.
// by is the administrator who asked; empty: a tool.
func (s *Store) SaveLocalLink(ctx context.Context, l identity.LocalLink, by identity.Author, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error { return saveLink(ctx, tx, l, by, now) })
}

func saveLink(ctx context.Context, tx *sql.Tx, l identity.LocalLink, by identity.Author, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM local_link WHERE org = $1 AND account = $2`, string(l.Org), l.Account); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO local_link (token_hash, org, account, expires_at) VALUES ($1, $2, $3, $4)`, l.TokenHash, string(l.Org), l.Account, ms(l.Expires)); err != nil {
		return err
	}
	return appendAudit(ctx, tx, now, accountEntry(l.Org, l.Account, "account.link", by))
}

const linkAccount = `SELECT ` + accountOf + `
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

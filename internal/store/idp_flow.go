package store

import (
	"context"
	"database/sql"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// OrganisationName returns an organisation's name, or fault.ErrNotFound.
func (s *Store) OrganisationName(ctx context.Context, org identity.OrgID) (string, error) {
	var name string
	err := s.reader.QueryRowContext(ctx, `SELECT name FROM organisation WHERE id = $1`, string(org)).Scan(&name)
	return name, notFound(err)
}

// SaveLocalRequest keeps a new authorization request and forgets what has expired.
func (s *Store) SaveLocalRequest(ctx context.Context, r identity.LocalRequest, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		for _, statement := range []string{
			`DELETE FROM local_request WHERE expires_at <= $1`,
			`DELETE FROM local_browser WHERE expires_at <= $1`,
			`DELETE FROM local_token WHERE expires_at <= $1`,
		} {
			if _, err := tx.ExecContext(ctx, statement, ms(now)); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO local_request (id, org, request, account, auth_at, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			r.ID, string(r.Org), r.Request, r.Account, ms(r.AuthTime), ms(now), ms(r.Expires))
		return err
	})
}

const requestColumns = `id, org, request, account, auth_at, amr, created_at, expires_at`

func scanRequest(row scanner) (identity.LocalRequest, error) {
	var r identity.LocalRequest
	var auth, created, expires int64
	var amr string
	err := row.Scan(&r.ID, &r.Org, &r.Request, &r.Account, &auth, &amr, &created, &expires)
	r.AuthTime, r.Methods, r.Created, r.Expires = fromMS(auth), splitList(amr), fromMS(created), fromMS(expires)
	return r, notFound(err)
}

// LocalRequest returns an authorization request that nobody has answered yet, or
// fault.ErrNotFound.
func (s *Store) LocalRequest(ctx context.Context, org identity.OrgID, id string, now time.Time) (identity.LocalRequest, error) {
	return scanRequest(s.reader.QueryRowContext(ctx, `SELECT `+requestColumns+` FROM local_request
		WHERE org = $1 AND id = $2 AND code_hash IS NULL AND expires_at > $3`, string(org), id, ms(now)))
}

// AnswerLocalRequest keeps who signed in and the hash of the code that tells of it,
// once. fault.ErrNotFound: answered before, or unknown.
func (s *Store) AnswerLocalRequest(ctx context.Context, r identity.LocalRequest) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		n, err := affected(tx.ExecContext(ctx, `UPDATE local_request SET account = $1, auth_at = $2, amr = $3, code_hash = $4, expires_at = $5
			WHERE org = $6 AND id = $7 AND code_hash IS NULL`,
			r.Account, ms(r.AuthTime), joinList(r.Methods), r.CodeHash, ms(r.Expires), string(r.Org), r.ID))
		if err == nil && n == 0 {
			return fault.ErrNotFound
		}
		return err
	})
}

// TakeLocalRequest returns the request that a code answers and forgets it: a code
// is used once, whatever comes of it.
func (s *Store) TakeLocalRequest(ctx context.Context, org identity.OrgID, codeHash []byte, now time.Time) (identity.LocalRequest, error) {
	var r identity.LocalRequest
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		r, err = scanRequest(tx.QueryRowContext(ctx, `DELETE FROM local_request WHERE org = $1 AND code_hash = $2 AND expires_at > $3 RETURNING `+requestColumns,
			string(org), codeHash, ms(now)))
		return err
	})
	return r, err
}

// SaveLocalToken keeps the hash of an access token of an account.
func (s *Store) SaveLocalToken(ctx context.Context, org identity.OrgID, account string, tokenHash []byte, expires time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO local_token (token_hash, org, account, expires_at) VALUES ($1, $2, $3, $4)`, tokenHash, string(org), account, ms(expires))
		return err
	})
}

// LocalTokenAccount returns the account that a living access token speaks of, or
// fault.ErrNotFound.
func (s *Store) LocalTokenAccount(ctx context.Context, org identity.OrgID, tokenHash []byte, now time.Time) (identity.LocalAccount, error) {
	return scanAccount(s.reader.QueryRowContext(ctx, `
		SELECT `+accountOf+`
		FROM local_token t JOIN local_account a ON a.org = t.org AND a.id = t.account
		WHERE t.org = $1 AND t.token_hash = $2 AND t.expires_at > $3 AND a.disabled = $4`, string(org), tokenHash, ms(now), false))
}

// SaveLocalBrowser keeps a browser's sign-in at the embedded provider.
func (s *Store) SaveLocalBrowser(ctx context.Context, b identity.LocalBrowser) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO local_browser (token_hash, org, account, auth_at, amr, expires_at) VALUES ($1, $2, $3, $4, $5, $6)`,
			b.TokenHash, string(b.Org), b.Account, ms(b.AuthTime), joinList(b.Methods), ms(b.Expires))
		return err
	})
}

// LocalBrowser returns a browser's living sign-in at the embedded provider, or
// fault.ErrNotFound.
func (s *Store) LocalBrowser(ctx context.Context, org identity.OrgID, tokenHash []byte, now time.Time) (identity.LocalBrowser, error) {
	b := identity.LocalBrowser{TokenHash: tokenHash, Org: org}
	var auth, expires int64
	var amr string
	err := s.reader.QueryRowContext(ctx, `SELECT account, auth_at, amr, expires_at FROM local_browser WHERE org = $1 AND token_hash = $2 AND expires_at > $3`,
		string(org), tokenHash, ms(now)).Scan(&b.Account, &auth, &amr, &expires)
	b.AuthTime, b.Methods, b.Expires = fromMS(auth), splitList(amr), fromMS(expires)
	return b, notFound(err)
}

// EndLocalBrowser ends a browser's sign-in at the embedded provider; one that has
// ended before is no mistake.
func (s *Store) EndLocalBrowser(ctx context.Context, org identity.OrgID, tokenHash []byte) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM local_browser WHERE org = $1 AND token_hash = $2`, string(org), tokenHash)
		return err
	})
}

// LocalKeys returns the signing keys of an organisation's embedded issuer,
// the newest first.
func (s *Store) LocalKeys(ctx context.Context, org identity.OrgID) ([]identity.LocalKey, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT id, private, created_at FROM local_key WHERE org = $1 ORDER BY created_at DESC, id`, string(org))
	return collect(rows, err, func(row scanner) (identity.LocalKey, error) {
		k := identity.LocalKey{Org: org}
		var wrapped string
		var created int64
		if err := row.Scan(&k.ID, &wrapped, &created); err != nil {
			return k, err
		}
		private, err := s.unwrap("signing key "+string(org)+" "+k.ID, wrapped)
		k.Private, k.Created = []byte(private), fromMS(created)
		return k, err
	})
}

// AddLocalKey keeps a new signing key and forgets those created before the given time.
func (s *Store) AddLocalKey(ctx context.Context, k identity.LocalKey, forget time.Time) error {
	wrapped, err := s.wrap("signing key "+string(k.Org)+" "+k.ID, string(k.Private))
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM local_key WHERE org = $1 AND created_at < $2`, string(k.Org), ms(forget)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO local_key (org, id, private, created_at) VALUES ($1, $2, $3, $4)`, string(k.Org), k.ID, wrapped, ms(k.Created))
		return err
	})
}

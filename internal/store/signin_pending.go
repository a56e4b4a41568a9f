package store

import (
	"context"
	"database/sql"
	"time"

	"tasuke/internal/identity"
)

// SavePending keeps a sign-in that waits for its provider, and forgets those
// whose time has passed.
func (s *Store) SavePending(ctx context.Context, p identity.PendingSignIn) error {
	verifier, err := s.wrap("verifier", p.Verifier)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM sign_in_pending WHERE expires_at <= $1`, ms(p.Created)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO sign_in_pending (state_hash, browser_hash, provider, org, nonce, verifier, return_to, fresh, mfa, created_at, expires_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
			p.StateHash, p.BrowserHash, p.Provider, string(p.Org), p.Nonce, verifier, p.Return, p.Fresh, p.MFA, ms(p.Created), ms(p.Expires))
		return err
	})
}

// TakePending returns a waiting sign-in and forgets it, so that an answer can
// be used once. An unknown, used or expired state is fault.ErrNotFound.
func (s *Store) TakePending(ctx context.Context, stateHash []byte, now time.Time) (identity.PendingSignIn, error) {
	p := identity.PendingSignIn{StateHash: stateHash}
	var verifier string
	var created, expires int64
	err := s.write(ctx, func(tx *sql.Tx) error {
		return notFound(tx.QueryRowContext(ctx, `
			DELETE FROM sign_in_pending WHERE state_hash = $1 AND expires_at > $2
			RETURNING browser_hash, provider, org, nonce, verifier, return_to, fresh, mfa, created_at, expires_at`,
			stateHash, ms(now)).Scan(&p.BrowserHash, &p.Provider, &p.Org, &p.Nonce, &verifier, &p.Return, &p.Fresh, &p.MFA, &created, &expires))
	})
	if err != nil {
		return identity.PendingSignIn{}, err
	}
	p.Created, p.Expires = fromMS(created), fromMS(expires)
	p.Verifier, err = s.unwrap("verifier", verifier)
	return p, err
}

package store

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// ErrPasskeyTaken refuses a passkey that is registered already.
var ErrPasskeyTaken = fault.New(fault.Conflict, "passkey_taken", "This passkey is registered already.", "Use another device or security key.")

// LocalFactors returns an account's second factors.
func (s *Store) LocalFactors(ctx context.Context, org identity.OrgID, account string) (identity.LocalFactors, error) {
	var f identity.LocalFactors
	rows, err := s.reader.QueryContext(ctx, `SELECT `+passkeyColumns+` FROM local_passkey WHERE org = $1 AND account = $2 ORDER BY created_at, id`, string(org), account)
	if f.Passkeys, err = collect(rows, err, scanPasskey); err != nil {
		return f, err
	}
	var wrapped string
	err = s.reader.QueryRowContext(ctx, `SELECT secret, confirmed, used_step FROM local_totp WHERE org = $1 AND account = $2`, string(org), account).
		Scan(&wrapped, &f.TOTP.Confirmed, &f.TOTP.Step)
	if err != nil && err != sql.ErrNoRows {
		return f, err
	}
	secret, err := s.unwrap(totpPurpose(org, account), wrapped)
	if err != nil {
		return f, err
	}
	f.TOTP.Secret = []byte(secret)
	err = s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM local_recovery WHERE org = $1 AND account = $2`, string(org), account).Scan(&f.Recovery)
	return f, err
}

const passkeyColumns = `id, org, account, name, credential, created_at, used_at`

func scanPasskey(row scanner) (identity.LocalPasskey, error) {
	var k identity.LocalPasskey
	var credential string
	var created, used int64
	err := row.Scan(&k.ID, &k.Org, &k.Account, &k.Name, &credential, &created, &used)
	k.Credential, k.Created, k.Used = []byte(credential), fromMS(created), fromMS(used)
	return k, notFound(err)
}

// LocalPasskey returns the passkey with this credential id, or fault.ErrNotFound.
func (s *Store) LocalPasskey(ctx context.Context, org identity.OrgID, id string) (identity.LocalPasskey, error) {
	return scanPasskey(s.reader.QueryRowContext(ctx, `SELECT `+passkeyColumns+` FROM local_passkey WHERE org = $1 AND id = $2`, string(org), id))
}

// AddLocalPasskey keeps a new passkey; ErrPasskeyTaken.
func (s *Store) AddLocalPasskey(ctx context.Context, k identity.LocalPasskey) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO local_passkey (`+passkeyColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
			k.ID, string(k.Org), k.Account, k.Name, string(k.Credential), ms(k.Created), ms(k.Used)); err != nil {
			return err
		}
		return appendOwn(ctx, tx, k.Created, k.Org, k.Account, "account.passkey_add")
	})
	if s.dialect.duplicate(err) {
		return ErrPasskeyTaken
	}
	return err
}

// UseLocalPasskey keeps what a passkey's use changed: its counter and when.
func (s *Store) UseLocalPasskey(ctx context.Context, k identity.LocalPasskey, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE local_passkey SET credential = $1, used_at = $2 WHERE org = $3 AND id = $4`, string(k.Credential), ms(now), string(k.Org), k.ID)
		return oneRow(res, err, fault.ErrNotFound)
	})
}

// RemoveLocalPasskey forgets one passkey of an account.
func (s *Store) RemoveLocalPasskey(ctx context.Context, org identity.OrgID, account, id string, now time.Time) error {
	return s.removeFactor(ctx, org, account, now, "account.passkey_remove", `DELETE FROM local_passkey WHERE org = $1 AND account = $2 AND id = $3`, id)
}

// removeFactor deletes a factor and, with the last one, the recovery codes,
// which stand in for one.
func (s *Store) removeFactor(ctx context.Context, org identity.OrgID, account string, now time.Time, action, statement string, args ...any) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, statement, append([]any{string(org), account}, args...)...)
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM local_recovery WHERE org = $1 AND account = $2
			AND NOT EXISTS (SELECT 1 FROM local_passkey k WHERE k.org = $1 AND k.account = $2)
			AND NOT EXISTS (SELECT 1 FROM local_totp t WHERE t.org = $1 AND t.account = $2 AND t.confirmed)`, string(org), account); err != nil {
			return err
		}
		return appendOwn(ctx, tx, now, org, account, action)
	})
}

func totpPurpose(org identity.OrgID, account string) string {
	return "authenticator app " + string(org) + " " + account
}

// BeginLocalTOTP keeps the secret of an authenticator app that is being set up.
// fault.ErrConflict: there is one that works.
func (s *Store) BeginLocalTOTP(ctx context.Context, org identity.OrgID, account string, secret []byte) error {
	wrapped, err := s.wrap(totpPurpose(org, account), string(secret))
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `
			INSERT INTO local_totp AS t (org, account, secret, confirmed, used_step) VALUES ($1, $2, $3, $4, 0)
			ON CONFLICT (org, account) DO UPDATE SET secret = excluded.secret WHERE NOT t.confirmed`, string(org), account, wrapped, false)
		return oneRow(res, err, fault.ErrConflict)
	})
}

// UseLocalTOTP uses up the code of a time step, once, and confirms the app with
// the first. fault.ErrNotFound: that step, or a newer one, was used.
func (s *Store) UseLocalTOTP(ctx context.Context, org identity.OrgID, account string, step int64, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		confirmed, err := affected(tx.ExecContext(ctx, `UPDATE local_totp SET used_step = $3, confirmed = $4 WHERE org = $1 AND account = $2 AND NOT confirmed`, string(org), account, step, true))
		if err != nil {
			return err
		}
		if confirmed == 1 {
			return appendOwn(ctx, tx, now, org, account, "account.totp_add")
		}
		res, err := tx.ExecContext(ctx, `UPDATE local_totp SET used_step = $3 WHERE org = $1 AND account = $2 AND used_step < $3`, string(org), account, step)
		return oneRow(res, err, fault.ErrNotFound)
	})
}

// RemoveLocalTOTP forgets an account's authenticator app.
func (s *Store) RemoveLocalTOTP(ctx context.Context, org identity.OrgID, account string, now time.Time) error {
	return s.removeFactor(ctx, org, account, now, "account.totp_remove", `DELETE FROM local_totp WHERE org = $1 AND account = $2 AND confirmed`)
}

// recoveryHash is keyed: a code has 50 bits, which a plain hash would give away
// to whoever has the database.
func (s *Store) recoveryHash(org identity.OrgID, account, code string) []byte {
	h := hmac.New(sha256.New, s.keys.recovery)
	h.Write([]byte(string(org) + "\x00" + account + "\x00" + code))
	return h.Sum(nil)
}

// SaveRecoveryCodes replaces an account's recovery codes.
func (s *Store) SaveRecoveryCodes(ctx context.Context, org identity.OrgID, account string, codes []string, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM local_recovery WHERE org = $1 AND account = $2`, string(org), account); err != nil {
			return err
		}
		for _, code := range codes {
			if _, err := tx.ExecContext(ctx, `INSERT INTO local_recovery (org, account, code_hash) VALUES ($1, $2, $3)`, string(org), account, s.recoveryHash(org, account, code)); err != nil {
				return err
			}
		}
		return appendOwn(ctx, tx, now, org, account, "account.recovery_codes")
	})
}

// UseRecoveryCode uses a recovery code up. fault.ErrNotFound: unknown or used.
func (s *Store) UseRecoveryCode(ctx context.Context, org identity.OrgID, account, code string, now time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM local_recovery WHERE org = $1 AND account = $2 AND code_hash = $3`, string(org), account, s.recoveryHash(org, account, code))
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		return appendOwn(ctx, tx, now, org, account, "account.recovery_used")
	})
}

// PostponeLocalOffer keeps until when an account's owner wants no second factor
// to be offered.
func (s *Store) PostponeLocalOffer(ctx context.Context, org identity.OrgID, account string, until time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE local_account SET ask_again_at = $1 WHERE org = $2 AND id = $3`, ms(until), string(org), account)
		return err
	})
}

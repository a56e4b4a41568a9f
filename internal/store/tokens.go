package store

import (
	"context"
	"database/sql"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

const tokenColumns = `t.id, t.org, t.person, t.name, t.permissions, t.created_at, t.expires_at, t.used_at`

// tokenFields are the destinations of tokenColumns but the permissions.
func tokenFields(t *identity.Token, permissions *string) []any {
	return []any{&t.ID, &t.Org, &t.Owner, &t.Name, permissions, moment{&t.Created}, moment{&t.Expires}, moment{&t.Used}}
}

func permissionsOf(words string) (out []identity.Permission) {
	for _, w := range splitList(words) {
		out = append(out, identity.Permission(w))
	}
	return out
}

// Tokens implements admin.TokenStore.
func (s *Store) Tokens(ctx context.Context, org identity.OrgID) ([]identity.Token, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+tokenColumns+` FROM api_token t WHERE t.org = $1 ORDER BY t.name`, string(org))
	return collect(rows, err, func(r scanner) (t identity.Token, err error) {
		var words string
		err = r.Scan(tokenFields(&t, &words)...)
		t.Permissions = permissionsOf(words)
		return t, err
	})
}

// SaveToken implements admin.TokenStore.
func (s *Store) SaveToken(ctx context.Context, t identity.Token, hash []byte, most int, log identity.Entry) error {
	words := make([]string, 0, len(t.Permissions))
	for _, p := range t.Permissions {
		words = append(words, string(p))
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM api_token WHERE org = $1`, string(t.Org)).Scan(&n); err != nil {
			return err
		}
		if n >= most {
			return admin.ErrTooManyObjects
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO api_token (id, org, person, hash, name, permissions, created_at, expires_at, used_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)`,
			string(t.ID), string(t.Org), string(t.Owner), hash, t.Name, joinList(words), ms(t.Created), ms(t.Expires))
		if s.dialect.duplicate(err) {
			return admin.ErrNameTaken
		}
		if err != nil {
			return err
		}
		return appendAudit(ctx, tx, t.Created, log)
	})
}

// DeleteToken implements admin.TokenStore.
func (s *Store) DeleteToken(ctx context.Context, org identity.OrgID, id identity.TokenID, now time.Time, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		row := tx.QueryRowContext(ctx, `DELETE FROM api_token WHERE org = $1 AND id = $2 RETURNING name, person`, string(org), string(id))
		var name string
		if err := row.Scan(&name, &log.Person); err != nil {
			return notFound(err)
		}
		log.Details = map[string]string{"name": name}
		return appendAudit(ctx, tx, now, log)
	})
}

// TokenActor returns on whose behalf the token with this hash acts and with what
// rights now, and notes at most once a minute that it was used. fault.ErrNotFound:
// there is none, it has expired, or its owner is disabled.
func (s *Store) TokenActor(ctx context.Context, hash []byte, now time.Time) (identity.Actor, error) {
	var a identity.Actor
	var t identity.Token
	var words string
	err := s.reader.QueryRowContext(ctx, `SELECT `+tokenColumns+`, `+personColumns+` FROM api_token t JOIN person p ON p.org = t.org AND p.id = t.person
		WHERE t.hash = $1 AND t.expires_at > $2`, hash, ms(now)).Scan(append(tokenFields(&t, &words), personFields(&a.Person)...)...)
	if err != nil {
		return identity.Actor{}, notFound(err)
	}
	if a.Person.Disabled {
		return identity.Actor{}, fault.ErrNotFound
	}
	if err := s.entitle(ctx, s.reader, &a, now); err != nil {
		return identity.Actor{}, err
	}
	t.Permissions = permissionsOf(words)
	if now.Sub(t.Used) >= touchEvery {
		_, err = s.writer.ExecContext(ctx, `UPDATE api_token SET used_at = $1 WHERE org = $2 AND id = $3`, ms(now), string(t.Org), string(t.ID))
	}
	return a.Through(t), err
}

// dropTokens forgets the tokens of a person who was shut out: they do not come
// back to life when the person does.
func dropTokens(ctx context.Context, tx *sql.Tx, org identity.OrgID, p identity.PersonID) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM api_token WHERE org = $1 AND person = $2`, string(org), string(p))
	return err
}

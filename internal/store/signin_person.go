package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"time"

	"tasuke/internal/identity"
)

const personColumns = `p.id, p.org, p.issuer, p.subject, p.name, p.title, p.company, p.department, p.email, p.domain, p.picture, p.locale, p.disabled, p.suspended_at`

// returnedPerson is personColumns for RETURNING, where SQLite knows no alias.
const returnedPerson = `id, org, issuer, subject, name, title, company, department, email, domain, picture, locale, disabled, suspended_at`

// personFields are the destinations of personColumns, in their order.
func personFields(p *identity.Person) []any {
	return []any{&p.ID, &p.Org, &p.Issuer, &p.Subject, &p.Name, &p.Title, &p.Company, &p.Department, &p.Email, &p.Domain, &p.Picture, &p.Locale, &p.Disabled, moment{&p.Suspended}}
}

// upsertPerson keeps what the provider says of a person. A profile without a
// picture leaves the stored one alone: it may not have been reachable today.
func upsertPerson(ctx context.Context, tx *sql.Tx, org identity.OrgID, id identity.PersonID, f identity.Profile, now time.Time) (identity.Person, error) {
	hash, err := savePicture(ctx, tx, org, f.Picture)
	if err != nil {
		return identity.Person{}, err
	}
	before, err := pictureOf(ctx, tx, org, f.Issuer, f.Subject)
	if err != nil {
		return identity.Person{}, err
	}
	var p identity.Person
	err = tx.QueryRowContext(ctx, `
		INSERT INTO person AS p (id, org, issuer, subject, name, title, company, department, email, domain, picture, locale, disabled, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (org, issuer, subject) DO UPDATE SET name = excluded.name, title = excluded.title, company = excluded.company,
			department = excluded.department, email = excluded.email, domain = excluded.domain, locale = excluded.locale,
			picture = CASE WHEN excluded.picture = '' THEN p.picture ELSE excluded.picture END
		RETURNING `+returnedPerson,
		string(id), string(org), f.Issuer, f.Subject, f.Name, f.Title, f.Company, f.Department, f.Email, f.Domain, hash, f.Locale, false, ms(now),
	).Scan(personFields(&p)...)
	if err != nil {
		return identity.Person{}, err
	}
	if before != p.Picture {
		err = dropPicture(ctx, tx, org, before)
	}
	return p, err
}

func pictureOf(ctx context.Context, q querier, org identity.OrgID, issuer, subject string) (string, error) {
	var hash string
	err := q.QueryRowContext(ctx, `SELECT picture FROM person WHERE org = $1 AND issuer = $2 AND subject = $3`, string(org), issuer, subject).Scan(&hash)
	if err == sql.ErrNoRows {
		return "", nil
	}
	return hash, err
}

// savePicture keeps a PNG under its content hash and returns the hash; no picture, no hash.
func savePicture(ctx context.Context, tx *sql.Tx, org identity.OrgID, png []byte) (string, error) {
	if len(png) == 0 {
		return "", nil
	}
	sum := sha256.Sum256(png)
	hash := hex.EncodeToString(sum[:])
	_, err := tx.ExecContext(ctx, `INSERT INTO picture (org, hash, png) VALUES ($1, $2, $3) ON CONFLICT (org, hash) DO NOTHING`, string(org), hash, png)
	return hash, err
}

// dropPicture forgets a picture that nobody has any more.
func dropPicture(ctx context.Context, tx *sql.Tx, org identity.OrgID, hash string) error {
	_, err := tx.ExecContext(ctx, `
		DELETE FROM picture WHERE org = $1 AND hash = $2
		AND NOT EXISTS (SELECT 1 FROM person WHERE person.org = $1 AND person.picture = $2)
		AND NOT EXISTS (SELECT 1 FROM local_account WHERE local_account.org = $1 AND local_account.picture = $2)`,
		string(org), hash)
	return err
}

// Picture returns the PNG of a person of this organisation and its content
// hash, or fault.ErrNotFound.
func (s *Store) Picture(ctx context.Context, org identity.OrgID, person identity.PersonID) (png []byte, hash string, err error) {
	err = s.reader.QueryRowContext(ctx, `
		SELECT i.png, i.hash FROM picture i JOIN person p ON p.org = i.org AND p.picture = i.hash
		WHERE p.org = $1 AND p.id = $2`, string(org), string(person)).Scan(&png, &hash)
	return png, hash, notFound(err)
}

// PictureByHash returns a PNG of this organisation, or fault.ErrNotFound.
func (s *Store) PictureByHash(ctx context.Context, org identity.OrgID, hash string) (png []byte, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT png FROM picture WHERE org = $1 AND hash = $2`, string(org), hash).Scan(&png)
	return png, notFound(err)
}

// Provision keeps a person before their first sign-in and gives them built-in
// roles over everything. id is used when the person is new; giving a role twice
// is no mistake.
func (s *Store) Provision(ctx context.Context, org identity.OrgID, id identity.PersonID, f identity.Profile, roles []identity.RoleID, now time.Time) (identity.Person, error) {
	var p identity.Person
	err := s.write(ctx, func(tx *sql.Tx) (err error) {
		if p, err = upsertPerson(ctx, tx, org, id, f, now); err != nil {
			return err
		}
		if err := s.placePerson(ctx, tx, p); err != nil {
			return err
		}
		words := make([]string, 0, len(roles))
		for _, r := range roles {
			words = append(words, string(r))
			if err := s.joinRole(ctx, tx, p, r, now); err != nil {
				return err
			}
		}
		return appendAudit(ctx, tx, now, identity.Entry{Org: org, Action: "person.provision", Person: p.ID, Details: map[string]string{"roles": joinList(words)}})
	})
	return p, err
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

const domainColumns = `org, name, state, problem, found, token, created_at, checked_at, confirmed_at, lost_at, next_at`

func scanDomain(r scanner) (d identity.Domain, err error) {
	var found string
	if err := r.Scan(&d.Org, &d.Name, &d.State, &d.Problem, &found, &d.Token, moment{&d.Created}, moment{&d.Checked}, moment{&d.Confirmed}, moment{&d.Lost}, moment{&d.Next}); err != nil {
		return d, notFound(err)
	}
	if err := json.Unmarshal([]byte(found), &d.Found); err != nil {
		return d, fmt.Errorf("decode domain %s: %w", d.Name, err)
	}
	return d, nil
}

// putDomain keeps a domain, new or changed.
func (s *Store) putDomain(ctx context.Context, tx *sql.Tx, d identity.Domain) error {
	found, err := json.Marshal(d.Found)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO domain (`+domainColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (org, name) DO UPDATE SET state = excluded.state, problem = excluded.problem, found = excluded.found, checked_at = excluded.checked_at,
			confirmed_at = excluded.confirmed_at, lost_at = excluded.lost_at, next_at = excluded.next_at`,
		string(d.Org), d.Name, string(d.State), string(d.Problem), string(found), d.Token, ms(d.Created), ms(d.Checked), ms(d.Confirmed), ms(d.Lost), ms(d.Next))
	if s.dialect.duplicate(err) {
		return admin.ErrDomainTaken
	}
	return err
}

// Domains implements admin.DomainStore.
func (s *Store) Domains(ctx context.Context, org identity.OrgID) ([]identity.Domain, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+domainColumns+` FROM domain WHERE org = $1 ORDER BY name`, string(org))
	return collect(rows, err, scanDomain)
}

// Domain implements admin.DomainStore.
func (s *Store) Domain(ctx context.Context, org identity.OrgID, name string) (identity.Domain, error) {
	return domainOf(ctx, s.reader, org, name)
}

func domainOf(ctx context.Context, q querier, org identity.OrgID, name string) (identity.Domain, error) {
	return scanDomain(q.QueryRowContext(ctx, `SELECT `+domainColumns+` FROM domain WHERE org = $1 AND name = $2`, string(org), name))
}

// DueDomains implements admin.DomainStore.
func (s *Store) DueDomains(ctx context.Context, now time.Time, limit int) ([]identity.Domain, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+domainColumns+` FROM domain WHERE next_at > 0 AND next_at <= $1 ORDER BY next_at LIMIT $2`, ms(now), limit)
	return collect(rows, err, scanDomain)
}

// AddDomain implements admin.DomainStore.
func (s *Store) AddDomain(ctx context.Context, d identity.Domain, most int, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM domain WHERE org = $1`, string(d.Org)).Scan(&n); err != nil {
			return err
		}
		switch _, err := domainOf(ctx, tx, d.Org, d.Name); {
		case err == nil:
			return admin.ErrDomainExists
		case !errors.Is(err, fault.ErrNotFound):
			return err
		case n >= most:
			return admin.ErrTooManyObjects
		}
		if err := s.putDomain(ctx, tx, d); err != nil {
			return err
		}
		return appendAudit(ctx, tx, d.Created, log)
	})
}

// ChangeDomain implements admin.DomainStore.
func (s *Store) ChangeDomain(ctx context.Context, org identity.OrgID, name string, change admin.DomainChange) (d identity.Domain, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		if d, err = domainOf(ctx, tx, org, name); err != nil {
			return err
		}
		counted := d.Verified()
		log := change(&d)
		if err := s.putDomain(ctx, tx, d); err != nil {
			return err
		}
		if counted != d.Verified() {
			if err := wakeAll(ctx, tx, org); err != nil {
				return err
			}
		}
		if log == nil {
			return nil
		}
		return appendAudit(ctx, tx, d.Checked, *log)
	})
	return d, err
}

// DeleteDomain implements admin.DomainStore.
func (s *Store) DeleteDomain(ctx context.Context, org identity.OrgID, name string, now time.Time, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM domain WHERE org = $1 AND name = $2`, string(org), name)
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		if err := wakeAll(ctx, tx, org); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, log)
	})
}

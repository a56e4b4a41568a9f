package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// ErrOrgExists refuses a second organisation of the same id.
var ErrOrgExists = fault.New(fault.Conflict, "organisation_exists", "An organisation with this id exists already.", "Choose another id.")

// CreateOrganisation saves a new organisation, for whose domains the operator
// vouches; ErrOrgExists, admin.ErrDomainTaken.
func (s *Store) CreateOrganisation(ctx context.Context, o identity.Org, now time.Time) error {
	settings, err := json.Marshal(o.Settings)
	if err != nil {
		return fmt.Errorf("encode settings: %w", err)
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO organisation (id, name, settings, version, created_at) VALUES ($1, $2, $3, 1, $4)`,
			string(o.ID), o.Name, string(settings), ms(now))
		if s.dialect.duplicate(err) {
			return ErrOrgExists
		}
		if err != nil {
			return fmt.Errorf("insert organisation: %w", err)
		}
		for _, name := range o.VerifiedDomains {
			if err := s.putDomain(ctx, tx, identity.Domain{Org: o.ID, Name: name, State: identity.DomainVerified, Created: now}); err != nil {
				return err
			}
		}
		return appendAudit(ctx, tx, now, identity.Entry{Org: o.ID, Action: "organisation.create"})
	})
}

// Org loads an organisation.
func (s *Store) Org(ctx context.Context, id identity.OrgID) (identity.Org, error) {
	o, _, err := orgOf(ctx, s.reader, id)
	return o, err
}

// Orgs lists the ids of all organisations, in order.
func (s *Store) Orgs(ctx context.Context) ([]identity.OrgID, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT id FROM organisation ORDER BY id`)
	return collect(rows, err, func(r scanner) (id identity.OrgID, err error) {
		err = r.Scan(&id)
		return id, err
	})
}

func orgOf(ctx context.Context, q querier, id identity.OrgID) (identity.Org, int64, error) {
	o := identity.Org{ID: id}
	var domains, settings string
	var version int64
	row := q.QueryRowContext(ctx, `SELECT o.name, COALESCE((SELECT STRING_AGG(d.name, ' ') FROM domain d WHERE d.org = o.id AND d.state IN ('verified', 'warning')), ''), o.settings, o.version
		FROM organisation o WHERE o.id = $1`, string(id))
	if err := row.Scan(&o.Name, &domains, &settings, &version); err != nil {
		return identity.Org{}, 0, notFound(err)
	}
	o.VerifiedDomains = splitList(domains)
	var err error
	if o.Settings, err = decodeSettings(settings); err != nil {
		return identity.Org{}, 0, fmt.Errorf("decode settings of %s: %w", id, err)
	}
	return o, version, nil
}

// Settings loads an organisation's settings with their version.
func (s *Store) Settings(ctx context.Context, id identity.OrgID) (identity.Settings, int64, error) {
	o, version, err := orgOf(ctx, s.reader, id)
	return o.Settings, version, err
}

// SaveSettings replaces the settings, writes the audit line and makes every live
// session of the organisation due. fault.ErrConflict when version is not current.
func (s *Store) SaveSettings(ctx context.Context, id identity.OrgID, v identity.Settings, version int64, now time.Time, log identity.Entry) error {
	settings, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode settings: %w", err)
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE organisation SET settings = $1, version = version + 1 WHERE id = $2 AND version = $3`, string(settings), string(id), version)
		if err := oneRow(res, err, fault.ErrConflict); err != nil {
			return err
		}
		if err := wakeAll(ctx, tx, id); err != nil {
			return err
		}
		if err := evaluateAll(ctx, tx, id); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, log)
	})
}

// oneRow returns none when the statement touched no row.
func oneRow(res sql.Result, err, none error) error {
	if err != nil {
		return err
	}
	n, err := res.RowsAffected()
	if err == nil && n == 0 {
		return none
	}
	return err
}

func scanPerson(r scanner) (p identity.Person, err error) {
	err = r.Scan(personFields(&p)...)
	return p, notFound(err)
}

// Person loads somebody of the organisation.
func (s *Store) Person(ctx context.Context, org identity.OrgID, id identity.PersonID) (identity.Person, error) {
	return personOf(ctx, s.reader, org, id)
}

// Somebody implements admin.Directory.
func (s *Store) Somebody(ctx context.Context, org identity.OrgID, id identity.PersonID) (a identity.Actor, err error) {
	if a.Person, err = s.Person(ctx, org, id); err != nil {
		return a, err
	}
	return a, s.entitle(ctx, s.reader, &a, s.now())
}

func personOf(ctx context.Context, q querier, org identity.OrgID, id identity.PersonID) (identity.Person, error) {
	return scanPerson(q.QueryRowContext(ctx, `SELECT `+personColumns+` FROM person p WHERE p.org = $1 AND p.id = $2`, string(org), string(id)))
}

// wake makes the live sessions of a person due at once: what they rest
// on has changed.
func wake(ctx context.Context, tx *sql.Tx, org identity.OrgID, p identity.PersonID) error {
	_, err := tx.ExecContext(ctx, `UPDATE help_session SET due_at = 0 WHERE org = $1 AND state <> 'ended' AND (helper = $2 OR sharer = $2)`, string(org), string(p))
	return err
}

// memberOf loads a person with their grants and the named sign-in as they are now.
func (s *Store) memberOf(ctx context.Context, q querier, org identity.OrgID, p identity.PersonID, signIn identity.SignInID, now time.Time) (identity.Member, error) {
	person, err := personOf(ctx, q, org, p)
	if err != nil {
		return identity.Member{}, fmt.Errorf("load person %s: %w", p, err)
	}
	m := identity.Member{Actor: identity.Actor{Person: person}}
	if err := s.entitle(ctx, q, &m.Actor, now); err != nil {
		return identity.Member{}, fmt.Errorf("load grants of %s: %w", p, err)
	}
	var idle, absolute, created, auth int64
	var amr string
	row := q.QueryRowContext(ctx, `SELECT idle_at, absolute_at, created_at, auth_at, acr, strong_acr, amr FROM sign_in WHERE org = $1 AND person = $2 AND id = $3`, string(org), string(p), string(signIn))
	switch err := row.Scan(&idle, &absolute, &created, &auth, &m.SignIn.ACR, &m.SignIn.StrongACR, &amr); {
	case errors.Is(err, sql.ErrNoRows):
		return m, nil // signed out
	case err != nil:
		return identity.Member{}, fmt.Errorf("load sign-in: %w", err)
	}
	m.SignIn.ID, m.SignIn.Person, m.SignIn.Org, m.SignIn.AMR = signIn, p, org, splitList(amr)
	m.SignIn.Created, m.SignIn.AuthTime = fromMS(created), fromMS(auth)
	m.Until = fromMS(min(idle, absolute))
	m.Live = now.Before(m.Until)
	return m, nil
}

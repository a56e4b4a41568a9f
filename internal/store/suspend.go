package store

import (
	"context"
	"database/sql"
	"strconv"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// keepReport notes a report about a helper and suspends them when so many people
// reported within a day that the organisation wants it.
func (s *Store) keepReport(ctx context.Context, tx *sql.Tx, sc assist.Scene) error {
	r, org := sc.Report, string(sc.Session.Org)
	if r == nil {
		return nil
	}
	now := sc.Session.EndedAt
	if _, err := tx.ExecContext(ctx, `INSERT INTO helper_report (org, session, helper, sharer, at) VALUES ($1, $2, $3, $4, $5)`,
		org, string(sc.Session.ID), string(r.Helper), string(r.Sharer), ms(now)); err != nil {
		return err
	}
	var people int
	row := tx.QueryRowContext(ctx, `SELECT COUNT(DISTINCT sharer) FROM helper_report WHERE org = $1 AND helper = $2 AND at > $3 AND at > (SELECT lifted_at FROM person WHERE id = $2)`,
		org, string(r.Helper), ms(now.Add(-day)))
	if err := row.Scan(&people); err != nil || r.Suspend == 0 || people < r.Suspend {
		return err
	}
	return s.suspend(ctx, tx, sc.Session.Org, r.Helper, people, now)
}

func (s *Store) suspend(ctx context.Context, tx *sql.Tx, org identity.OrgID, p identity.PersonID, reports int, now time.Time) error {
	res, err := tx.ExecContext(ctx, `UPDATE person SET suspended_at = $1 WHERE org = $2 AND id = $3 AND suspended_at = 0`, ms(now), string(org), string(p))
	if err := oneRow(res, err, fault.ErrNotFound); err != nil {
		return ignoreNotFound(err) // suspended already
	}
	if err := wake(ctx, tx, org, p); err != nil {
		return err
	}
	return appendAudit(ctx, tx, now, identity.Entry{Org: org, Action: "person.suspend", Person: p, Details: map[string]string{"reports": strconv.Itoa(reports)}})
}

// LiftSuspension implements admin.Store. fault.ErrNotFound: nobody of this
// organisation who is suspended.
func (s *Store) LiftSuspension(ctx context.Context, org identity.OrgID, p identity.PersonID, now time.Time, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE person SET suspended_at = 0, lifted_at = $1 WHERE org = $2 AND id = $3 AND suspended_at > 0`, ms(now), string(org), string(p))
		if err := oneRow(res, err, fault.ErrNotFound); err != nil {
			return err
		}
		return appendAudit(ctx, tx, now, log)
	})
}

// suspended gives who may not give help after reports, the newest first.
func (s *Store) suspended(ctx context.Context, org identity.OrgID, w admin.Within) ([]admin.Suspension, error) {
	const most = 20
	f := where(`org = ?`, string(org)).and(`suspended_at > 0`)
	if !w.Everybody {
		list, args := marks(w.Groups)
		f.and(`id IN (SELECT member FROM group_member WHERE org = ? AND grp IN (`+list+`))`, append([]any{string(org)}, args...)...)
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT id, name, suspended_at FROM person WHERE `+f.sql.String()+` ORDER BY suspended_at DESC, id LIMIT `+strconv.Itoa(most), f.args...)
	return collect(rows, err, func(r scanner) (v admin.Suspension, err error) {
		err = r.Scan(&v.Person, &v.Name, moment{&v.Since})
		return v, err
	})
}

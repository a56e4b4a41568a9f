package store

import (
	"context"
	"database/sql"
	"math"
	"strings"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/identity"
)

// endSession writes the report row of a session that has just ended and ends its thread.
func endSession(ctx context.Context, tx *sql.Tx, sc assist.Scene) error {
	v := sc.Session
	sharer := sql.NullString{String: string(v.Sharer.Person), Valid: v.Sharer.Person != ""}
	_, err := tx.ExecContext(ctx, `INSERT INTO session_report (session, org, helper, sharer, kind, created_at, allowed_at, ended_at, connection, reason, ended_by, warnings)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
		string(v.ID), string(v.Org), string(v.Helper.Person), sharer, string(v.Kind), ms(v.Created), ms(v.Allowed), ms(v.EndedAt),
		string(v.Connection), string(v.Reason), string(v.EndedBy), joinList(v.Warnings))
	if err != nil {
		return err
	}
	return endChat(ctx, tx, sc)
}

// Reports implements admin.Store.
func (s *Store) Reports(ctx context.Context, org identity.OrgID, f admin.Filter) ([]admin.Report, error) {
	to, before := ms(f.To), ms(f.Before.EndedAt)
	if to == 0 {
		to = math.MaxInt64
	}
	if before == 0 {
		before = math.MaxInt64
	}
	like := "%" + likeEscaper.Replace(strings.ToLower(f.Name)) + "%"
	rows, err := s.reader.QueryContext(ctx, `SELECT r.session, r.helper, COALESCE(r.sharer, ''), h.name, COALESCE(p.name, ''), r.kind, r.created_at, r.allowed_at, r.ended_at, r.connection, r.reason, r.ended_by, r.warnings
		FROM session_report r JOIN person h ON h.id = r.helper LEFT JOIN person p ON p.id = r.sharer
		WHERE r.org = $1 AND r.ended_at >= $2 AND r.ended_at < $3 AND ($4 = '' OR r.reason = $4)
		  AND (LOWER(h.name) LIKE $5 ESCAPE '\' OR LOWER(COALESCE(p.name, '')) LIKE $5 ESCAPE '\')
		  AND (r.ended_at < $6 OR (r.ended_at = $6 AND r.session < $7))
		ORDER BY r.ended_at DESC, r.session DESC LIMIT $8`,
		string(org), ms(f.From), to, f.Reason, like, before, f.Before.Session, f.Limit)
	return collect(rows, err, scanReport)
}

// likeEscaper makes LIKE take what was typed literally.
var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func scanReport(r scanner) (v admin.Report, err error) {
	var created, allowed, ended int64
	var warnings string
	err = r.Scan(&v.Session, &v.Helper, &v.Sharer, &v.HelperName, &v.SharerName, &v.Kind, &created, &allowed, &ended, &v.Connection, &v.Reason, &v.EndedBy, &warnings)
	v.CreatedAt, v.AllowedAt, v.EndedAt, v.Warnings = fromMS(created), fromMS(allowed), fromMS(ended), splitList(warnings)
	return v, err
}

// Record implements admin.Store.
func (s *Store) Record(ctx context.Context, now time.Time, log identity.Entry) error {
	return s.write(ctx, func(tx *sql.Tx) error { return appendAudit(ctx, tx, now, log) })
}

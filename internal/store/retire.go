package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"tasuke/internal/identity"
)

// day is the unit of retention.
const day = 24 * time.Hour

// Retire deletes what each organisation no longer keeps: chat whose time is
// over, reports, sessions and audit lines past their retention, and what ran out
// by itself. What was deleted is overwritten in SQLite's file
// and its log.
func (s *Store) Retire(ctx context.Context, now time.Time) error {
	orgs, err := s.Orgs(ctx)
	if err != nil {
		return err
	}
	for _, id := range orgs {
		o, err := s.Org(ctx, id)
		if err != nil {
			return err
		}
		if err := s.write(ctx, func(tx *sql.Tx) error { return retire(ctx, tx, id, o.Settings, now) }); err != nil {
			return fmt.Errorf("retire data of %s: %w", id, err)
		}
	}
	return s.dialect.tidy(ctx, s.writer)
}

func retire(ctx context.Context, tx *sql.Tx, org identity.OrgID, settings identity.Settings, now time.Time) error {
	old := now.Add(-time.Duration(settings.SessionDays) * day)
	for _, step := range []struct {
		query string
		at    time.Time
	}{
		{`DELETE FROM chat_key WHERE keep_to > 0 AND keep_to <= $2 AND session IN (SELECT id FROM help_session WHERE org = $1)`, now},
		{`DELETE FROM chat_line WHERE session IN (SELECT id FROM help_session WHERE org = $1 AND state = 'ended' AND created_at <= $2) AND session NOT IN (SELECT session FROM chat_key)`, now},
		{`DELETE FROM session_report WHERE org = $1 AND ended_at <= $2`, old},
		{`DELETE FROM chat_line WHERE session IN (SELECT id FROM help_session WHERE org = $1 AND state = 'ended' AND created_at <= $2)`, old},
		{`DELETE FROM chat_key WHERE session IN (SELECT id FROM help_session WHERE org = $1 AND state = 'ended' AND created_at <= $2)`, old},
		{`DELETE FROM helper_report WHERE session IN (SELECT id FROM help_session WHERE org = $1 AND state = 'ended' AND created_at <= $2)`, old},
		{`DELETE FROM session_decision WHERE session IN (SELECT id FROM help_session WHERE org = $1 AND state = 'ended' AND created_at <= $2)`, old},
		{`DELETE FROM help_session WHERE org = $1 AND state = 'ended' AND created_at <= $2`, old},
		{`DELETE FROM wrong_code WHERE org = $1 AND at <= $2`, now.Add(-day)},
		{`DELETE FROM device_challenge WHERE org = $1 AND expires_at <= $2`, now},
		{`DELETE FROM device_ticket WHERE org = $1 AND expires_at <= $2`, now},
		{`DELETE FROM sign_in WHERE org = $1 AND (idle_at <= $2 OR absolute_at <= $2)`, now.Add(-day)},
	} {
		if _, err := tx.ExecContext(ctx, step.query, string(org), ms(step.at)); err != nil {
			return err
		}
	}
	return retireAudit(ctx, tx, org, now.Add(-time.Duration(settings.AuditDays)*day), now)
}

package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"tasuke/internal/admin"
	"tasuke/internal/identity"
)

func auditListing() *listing[auditRow] {
	return &listing[auditRow]{
		table: `audit a LEFT JOIN pseudonym x ON x.pseudonym = a.actor AND x.org = a.org LEFT JOIN person ap ON ap.id = x.person
			LEFT JOIN pseudonym y ON y.pseudonym = a.person AND y.org = a.org LEFT JOIN person bp ON bp.id = y.person`,
		columns: `a.number, a.at, a.actor, COALESCE(x.person, ''), COALESCE(ap.name, ''), a.action, a.object, COALESCE(y.person, ''), COALESCE(bp.name, ''), a.details, a.hash, a.token, a.token_name`,
		id:      "a.org", // one organisation's numbers are unique
		orders:  []order{{"number", "a.number", true}},
		fields: func(v *auditRow) []any {
			return []any{&v.Number, moment{&v.At}, &v.pseudonym, &v.Actor, &v.ActorName, &v.Action, &v.Object, &v.Person, &v.PersonName, &v.details, &v.Hash, &v.Token.ID, &v.Token.Name}
		},
		done: func(v *auditRow) error {
			v.BySystem = v.pseudonym == ""
			return json.Unmarshal([]byte(v.details), &v.Details)
		},
	}
}

type auditRow struct {
	admin.AuditLine
	pseudonym, details string
}

func (s *Store) auditFilter(ctx context.Context, org identity.OrgID, q admin.AuditQuery) (*filter, error) {
	f := where(`a.org = ?`, string(org)).
		when(q.Search != "", `a.action LIKE ? ESCAPE '\'`, beginning(q.Search)).
		when(q.Token != "", `a.token = ?`, string(q.Token)).
		when(q.Object != "", `a.object = ?`, q.Object).
		when(q.Number != 0, `a.number = ?`, q.Number).
		when(!q.From.IsZero(), `a.at >= ?`, ms(q.From)).
		when(!q.To.IsZero(), `a.at < ?`, ms(q.To))
	for _, by := range []struct {
		who       identity.PersonID
		condition string
	}{{q.Actor, `a.actor = ?`}, {q.Person, `a.person = ?`}} {
		if by.who == "" {
			continue
		}
		name := "nobody" // no pseudonym is: they are hexadecimal
		err := s.reader.QueryRowContext(ctx, `SELECT pseudonym FROM pseudonym WHERE org = $1 AND person = $2`, string(org), string(by.who)).Scan(&name)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		f.and(by.condition, name)
	}
	return f, nil
}

// ListAudit implements admin.AuditStore.
func (s *Store) ListAudit(ctx context.Context, org identity.OrgID, q admin.AuditQuery) (out admin.Page[admin.AuditLine], err error) {
	f, err := s.auditFilter(ctx, org, q)
	if err != nil {
		return out, err
	}
	page, err := auditListing().page(ctx, s.reader, f, q.List)
	for _, v := range page.Items {
		out.Items = append(out.Items, v.AuditLine)
	}
	out.Next = page.Next
	return out, err
}

// EachAudit implements admin.AuditStore.
func (s *Store) EachAudit(ctx context.Context, org identity.OrgID, q admin.AuditQuery, fn func(admin.AuditLine) error) error {
	filter := func() (*filter, error) { return s.auditFilter(ctx, org, q) }
	return auditListing().each(ctx, s.reader, filter, q.List, func(v auditRow) error { return fn(v.AuditLine) })
}

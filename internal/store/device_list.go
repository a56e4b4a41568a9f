package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"tasuke/internal/admin"
	"tasuke/internal/device"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
)

// clauses builds a WHERE with numbered parameters.
type clauses struct {
	text []string
	args []any
}

// and adds a clause in which every ? is the next argument.
func (c *clauses) and(text string, args ...any) {
	for _, a := range args {
		c.args = append(c.args, a)
		text = strings.Replace(text, "?", "$"+strconv.Itoa(len(c.args)), 1)
	}
	c.text = append(c.text, text)
}

// is adds a comparison unless value is empty.
func (c *clauses) is(column, value string) {
	if value != "" {
		c.and(column+" = ?", value)
	}
}

// Devices implements inventory.Devices. The inner query runs on one index; only
// what it chooses is read in full.
func (s *Store) Devices(ctx context.Context, org identity.OrgID, f inventory.Filter) ([]device.Device, error) {
	key, direction := "name_key", "ASC"
	switch f.Sort {
	case inventory.BySeen:
		key = "seen_at"
	case inventory.ByPlatform:
		key = "platform"
	case inventory.ByCompliance:
		key = "compliance"
	}
	var c clauses
	c.and("org = ?", string(org))
	c.is("platform", string(f.Platform))
	c.is("compliance", string(f.Compliance))
	c.is("enrolment", string(f.Enrolment))
	c.is("ownership", string(f.Ownership))
	c.is("grade", string(f.Grade))
	c.is("owner", string(f.Owner))
	if f.Search != "" {
		c.and(s.dialect.position+"(search, ?) > 0", strings.ToLower(f.Search))
	}
	if f.Group != "" {
		c.and("id IN (SELECT member FROM group_member WHERE org = ? AND grp = ?)", string(org), string(f.Group))
	}
	within(&c, org, f.Reach)
	compare := ">"
	if f.Descending {
		direction, compare = "DESC", "<"
	}
	if f.After.ID != "" {
		after, err := cursorKey(f)
		if err != nil {
			return nil, err
		}
		c.and("("+key+", id) "+compare+" (?, ?)", after, string(f.After.ID))
	}
	c.args = append(c.args, f.Limit)
	order := func(table string) string {
		return fmt.Sprintf("ORDER BY %[1]s.%[2]s %[3]s, %[1]s.id %[3]s", table, key, direction)
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT `+deviceColumns+deviceFrom+`WHERE d.id IN (SELECT i.id FROM device i WHERE `+strings.Join(c.text, " AND ")+" "+
		order("i")+` LIMIT $`+strconv.Itoa(len(c.args))+`) `+order("d"), c.args...)
	return collect(rows, err, scanDevice)
}

// cursorKey is the cursor's value as the column has it.
func cursorKey(f inventory.Filter) (any, error) {
	if f.Sort != inventory.BySeen {
		return f.After.Key, nil
	}
	seen, err := strconv.ParseInt(f.After.Key, 10, 64)
	if err != nil {
		return nil, admin.ErrCursor
	}
	return seen, nil
}

// within keeps to what a permission's scope covers.
func within(c *clauses, org identity.OrgID, reach identity.Scope) {
	if reach.AllDevices {
		return
	}
	var either []string
	if reach.AllPeople {
		either = append(either, "owner IS NOT NULL")
	}
	for column, groups := range map[string][]identity.GroupID{"owner": reach.People, "id": reach.Devices} {
		for _, g := range groups {
			c.args = append(c.args, string(org), string(g))
			either = append(either, fmt.Sprintf("%s IN (SELECT member FROM group_member WHERE org = $%d AND grp = $%d)", column, len(c.args)-1, len(c.args)))
		}
	}
	if either == nil {
		either = []string{"1 = 0"}
	}
	c.text = append(c.text, "("+strings.Join(either, " OR ")+")")
}

// CountDevices implements admin.ReportStore.
func (s *Store) CountDevices(ctx context.Context, org identity.OrgID, reach identity.Scope) (map[device.Compliance]int, error) {
	var c clauses
	c.and("org = ?", string(org))
	c.and("enrolment NOT IN (?, ?)", string(device.Retired), string(device.Revoked))
	within(&c, org, reach)
	out := map[device.Compliance]int{}
	rows, err := s.reader.QueryContext(ctx, `SELECT compliance, COUNT(*) FROM device WHERE `+strings.Join(c.text, " AND ")+` GROUP BY compliance`, c.args...)
	_, err = collect(rows, err, func(r scanner) (struct{}, error) {
		var state device.Compliance
		var n int
		err := r.Scan(&state, &n)
		out[state] = n
		return struct{}{}, err
	})
	return out, err
}

// DeviceHistory implements inventory.Devices.
func (s *Store) DeviceHistory(ctx context.Context, org identity.OrgID, id identity.DeviceID, limit int) (h inventory.History, err error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT r.session, COALESCE(h.name, ''), COALESCE(p.name, ''), r.created_at, r.allowed_at, r.ended_at, r.reason, r.warnings
		FROM session_report r LEFT JOIN person h ON h.id = r.helper LEFT JOIN person p ON p.id = r.sharer
		WHERE r.org = $1 AND r.device = $2 ORDER BY r.ended_at DESC LIMIT $3`, string(org), string(id), limit)
	h.Sessions, err = collect(rows, err, func(r scanner) (v inventory.Session, err error) {
		var created, allowed, ended int64
		var warnings string
		err = r.Scan(&v.ID, &v.Helper, &v.Sharer, &created, &allowed, &ended, &v.Reason, &warnings)
		v.Created, v.Allowed, v.EndedAt, v.Warnings = fromMS(created), fromMS(allowed), fromMS(ended), splitList(warnings)
		return v, err
	})
	if err != nil {
		return h, err
	}
	rows, err = s.reader.QueryContext(ctx, `SELECT a.number, a.at, COALESCE(p.name, ''), a.action, a.details
		FROM audit a LEFT JOIN pseudonym n ON n.org = a.org AND n.pseudonym = a.actor AND a.actor <> '' LEFT JOIN person p ON p.id = n.person
		WHERE a.org = $1 AND a.object = $2 ORDER BY a.number DESC LIMIT $3`, string(org), string(id), limit)
	h.Audit, err = collect(rows, err, func(r scanner) (l inventory.Line, err error) {
		var at int64
		var details string
		if err := r.Scan(&l.Number, &at, &l.Actor, &l.Action, &details); err != nil {
			return l, err
		}
		l.At = fromMS(at)
		return l, json.Unmarshal([]byte(details), &l.Details)
	})
	return h, err
}

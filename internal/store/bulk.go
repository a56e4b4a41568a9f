package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"tasuke/internal/assist"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Bulk writes much at once, in one transaction: for a demo of the size of a large
// organisation. It checks nothing; what it is given must be what the use cases
// would have kept. Not safe for concurrent use.
type Bulk struct {
	ctx     context.Context
	tx      *sql.Tx
	org     identity.OrgID
	tables  []*bulkTable // in the order in which they must be written
	people  *bulkTable
	members *bulkTable
	devices *bulkTable
	facts   *bulkTable
	held    *bulkTable // help sessions
	decided *bulkTable
	reports *bulkTable
	names   *bulkTable // pseudonyms
	audit   *bulkTable

	number int64 // of the last audit line
	hash   []byte
	known  map[identity.PersonID]string // pseudonyms
}

// Dated is an audit entry with its time.
type Dated struct {
	At time.Time
	identity.Entry
}

// Fill runs one transaction of bulk writing into an organisation.
func (s *Store) Fill(ctx context.Context, org identity.OrgID, fn func(b *Bulk) error) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		b := &Bulk{ctx: ctx, tx: tx, org: org}
		table := func(name, columns string) *bulkTable {
			t := &bulkTable{name: name, columns: columns, width: strings.Count(columns, ",") + 1}
			b.tables = append(b.tables, t)
			return t
		}
		b.people = table("person", "id, org, issuer, subject, name, title, company, department, email, domain, picture, locale, disabled, created_at, search")
		b.members = table("group_member", "org, grp, member")
		b.devices = table("device", "id, org, version, name, name_key, search, owner, platform, ownership, manufacturer, model, serial, external_id, enrolment, grade, public_key, "+
			"counter, cloned_at, created_at, enrolled_at, seen_at, compliance, result, bound, due_at")
		b.facts = table("device_fact", "device, name, source, value, at")
		b.held = table("help_session", "id, org, version, state, helper, sharer, code_hash, due_at, created_at, body")
		b.decided = table("session_decision", "session, at, seat, step, body")
		b.reports = table("session_report", "session, org, helper, sharer, kind, created_at, allowed_at, ended_at, connection, reason, ended_by, warnings, "+
			"helper_device, sharer_device, helper_platform, sharer_platform, helper_browser, sharer_browser, note, seconds, device")
		b.names = table("pseudonym", "org, person, pseudonym")
		b.audit = table("audit", "org, number, at, actor, action, object, person, details, hash")
		if err := b.begin(); err != nil {
			return err
		}
		if err := fn(b); err != nil {
			return err
		}
		return b.finish()
	})
}

func (b *Bulk) begin() error {
	row := b.tx.QueryRowContext(b.ctx, `SELECT number, hash FROM audit_head WHERE org = $1`, string(b.org))
	if err := row.Scan(&b.number, &b.hash); err != nil {
		return notFound(err)
	}
	b.known = map[identity.PersonID]string{}
	rows, err := b.tx.QueryContext(b.ctx, `SELECT person, pseudonym FROM pseudonym WHERE org = $1`, string(b.org))
	_, err = collect(rows, err, func(r scanner) (name string, err error) {
		var p identity.PersonID
		err = r.Scan(&p, &name)
		b.known[p] = name
		return name, err
	})
	return err
}

func (b *Bulk) finish() error {
	for _, t := range b.tables {
		if err := t.flush(b.ctx, b.tx); err != nil {
			return err
		}
	}
	res, err := b.tx.ExecContext(b.ctx, `UPDATE audit_head SET number = $1, hash = $2 WHERE org = $3`, b.number, b.hash, string(b.org))
	return oneRow(res, err, fault.ErrConflict)
}

// Person adds somebody who belongs to groups.
func (b *Bulk) Person(id identity.PersonID, f identity.Profile, at time.Time, groups ...identity.GroupID) error {
	err := b.add(b.people, string(id), string(b.org), f.Issuer, f.Subject, f.Name, f.Title, f.Company, f.Department, f.Email, f.Domain, "", f.Locale, false, ms(at), searchOf(f))
	for _, g := range groups {
		if err == nil {
			err = b.add(b.members, string(b.org), string(g), string(id))
		}
	}
	return err
}

// Device adds a device with facts and the result of evaluating them.
func (b *Bulk) Device(d device.Device, facts []device.Fact, due time.Time) error {
	args, err := deviceArgs(&d)
	if err == nil {
		err = b.add(b.devices, append(args, dueMS(due))...)
	}
	for _, f := range facts {
		if err == nil {
			err = b.add(b.facts, string(d.ID), string(f.Name), string(f.Source), f.Value, ms(f.At))
		}
	}
	return err
}

// Session adds a help session that has ended, with its report, its decisions and
// its audit lines.
func (b *Bulk) Session(sc assist.Scene, log []Dated) error {
	v := sc.Session
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := b.add(b.held, string(v.ID), string(v.Org), int64(len(log)), string(v.State), string(v.Helper.Person), nullText(string(v.Sharer.Person)), nil, dueMS(time.Time{}), ms(v.Created), string(body)); err != nil {
		return err
	}
	if err := b.add(b.reports, reportArgs(sc)...); err != nil {
		return err
	}
	for _, d := range sc.Decided {
		decision, err := json.Marshal(d.Decision)
		if err != nil {
			return err
		}
		if err := b.add(b.decided, string(v.ID), ms(d.At), string(d.Seat), d.Step, string(decision)); err != nil {
			return err
		}
	}
	for _, l := range log {
		if err := b.record(l); err != nil {
			return err
		}
	}
	return nil
}

// record adds a line to the chain, as appendEntry does.
func (b *Bulk) record(e Dated) (err error) {
	b.number++
	l := auditLine{Org: string(b.org), Number: b.number, At: ms(e.At), Action: e.Action, Object: e.Object, Details: e.Details}
	if l.Details == nil {
		l.Details = map[string]string{}
	}
	if l.Actor, err = b.pseudonym(e.By.Person()); err != nil {
		return err
	}
	if l.Person, err = b.pseudonym(e.Person); err != nil {
		return err
	}
	if b.hash, err = l.hash(b.hash); err != nil {
		return err
	}
	details, err := json.Marshal(l.Details)
	if err != nil {
		return err
	}
	return b.add(b.audit, l.Org, l.Number, l.At, l.Actor, l.Action, l.Object, l.Person, string(details), b.hash)
}

func (b *Bulk) pseudonym(p identity.PersonID) (string, error) {
	if p == "" || b.known[p] != "" {
		return b.known[p], nil
	}
	random := make([]byte, 16)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	b.known[p] = hex.EncodeToString(random)
	return b.known[p], b.add(b.names, string(b.org), string(p), b.known[p])
}

// bulkTable collects rows and inserts many with one statement.
type bulkTable struct {
	name, columns string
	width         int
	args          []any
	full          *sql.Stmt // inserts as many rows as there may be at once
}

// atOnce bounds the arguments of one statement.
const atOnce = 2000

// add takes a row; a full table is written, after those whose rows it names.
func (b *Bulk) add(t *bulkTable, row ...any) (err error) {
	t.args = append(t.args, row...)
	if len(t.args) < atOnce/t.width*t.width {
		return nil
	}
	for _, before := range b.tables {
		if before == t {
			break
		}
		if err := before.flush(b.ctx, b.tx); err != nil {
			return err
		}
	}
	if t.full == nil {
		if t.full, err = b.tx.PrepareContext(b.ctx, t.insert(atOnce/t.width)); err != nil {
			return err
		}
	}
	_, err = t.full.ExecContext(b.ctx, t.args...)
	t.args = t.args[:0]
	return err
}

func (t *bulkTable) insert(rows int) string {
	var q strings.Builder
	q.WriteString("INSERT INTO " + t.name + " (" + t.columns + ") VALUES ")
	for i := range rows * t.width {
		switch {
		case i == 0:
			q.WriteString("(")
		case i%t.width == 0:
			q.WriteString("), (")
		default:
			q.WriteString(", ")
		}
		q.WriteString("$" + strconv.Itoa(i+1))
	}
	return q.String() + ")"
}

func (t *bulkTable) flush(ctx context.Context, tx *sql.Tx) error {
	if len(t.args) == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, t.insert(len(t.args)/t.width), t.args...)
	t.args = nil
	return err
}

// Holdings counts what an organisation has.
type Holdings struct{ Orgs, People, Devices, Sessions int }

// Holdings counts what an organisation has, and the organisations.
func (s *Store) Holdings(ctx context.Context, org identity.OrgID) (h Holdings, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM organisation), (SELECT COUNT(*) FROM person WHERE org = $1),
		(SELECT COUNT(*) FROM device WHERE org = $1), (SELECT COUNT(*) FROM help_session WHERE org = $1)`, string(org)).Scan(&h.Orgs, &h.People, &h.Devices, &h.Sessions)
	return h, err
}

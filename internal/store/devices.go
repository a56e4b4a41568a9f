package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"tasuke/internal/access"
	"tasuke/internal/desk"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
)

const deviceColumns = `d.id, d.org, d.version, d.name, COALESCE(d.owner, ''), COALESCE(o.name, ''), d.platform, d.ownership, d.manufacturer, d.model, d.serial, COALESCE(d.external_id, ''),
	d.enrolment, d.grade, d.public_key, d.bound, d.counter, d.cloned_at, d.created_at, d.enrolled_at, d.seen_at, d.result`

const deviceFrom = ` FROM device d LEFT JOIN person o ON o.id = d.owner `

func scanDevice(r scanner) (d device.Device, err error) {
	var cloned, created, enrolled, seen int64
	var bound, result string
	err = r.Scan(&d.ID, &d.Org, &d.Version, &d.Name, &d.Owner, &d.OwnerName, &d.Platform, &d.Ownership, &d.Manufacturer, &d.Model, &d.Serial, &d.ExternalID,
		&d.Enrolment, &d.Grade, &d.Key, &bound, &d.Counter, &cloned, &created, &enrolled, &seen, &result)
	if err != nil {
		return d, notFound(err)
	}
	d.Cloned, d.Created, d.EnrolledAt, d.Seen = fromMS(cloned), fromMS(created), fromMS(enrolled), fromMS(seen)
	if err := json.Unmarshal([]byte(result), &d.Result); err != nil {
		return d, fmt.Errorf("decode result of device %s: %w", d.ID, err)
	}
	if bound == "" {
		return d, nil
	}
	if err := json.Unmarshal([]byte(bound), &d.Bound); err != nil {
		return d, fmt.Errorf("decode credential of device %s: %w", d.ID, err)
	}
	return d, nil
}

func deviceOf(ctx context.Context, q querier, org identity.OrgID, id identity.DeviceID) (device.Device, error) {
	return scanDevice(q.QueryRowContext(ctx, `SELECT `+deviceColumns+deviceFrom+`WHERE d.org = $1 AND d.id = $2`, string(org), string(id)))
}

// detailOf fills in what decisions about the device rest on.
func detailOf(ctx context.Context, q querier, d device.Device) (v inventory.Detail, err error) {
	v.Device = d
	if v.Groups, err = groupsOf(ctx, q, d.Org, string(d.ID)); err != nil {
		return v, err
	}
	if d.Owner != "" {
		if v.OwnerGroups, err = groupsOf(ctx, q, d.Org, string(d.Owner)); err != nil {
			return v, err
		}
	}
	v.Facts, err = factsOf(ctx, q, d.ID)
	return v, err
}

func factsOf(ctx context.Context, q querier, id identity.DeviceID) ([]device.Fact, error) {
	rows, err := q.QueryContext(ctx, `SELECT name, source, value, at FROM device_fact WHERE device = $1 ORDER BY name, source`, string(id))
	return collect(rows, err, func(r scanner) (f device.Fact, err error) {
		var at int64
		err = r.Scan(&f.Name, &f.Source, &f.Value, &at)
		f.At = fromMS(at)
		return f, err
	})
}

// Device implements inventory.Devices.
func (s *Store) Device(ctx context.Context, org identity.OrgID, id identity.DeviceID) (inventory.Detail, error) {
	d, err := deviceOf(ctx, s.reader, org, id)
	if err != nil {
		return inventory.Detail{}, err
	}
	return detailOf(ctx, s.reader, d)
}

// Rules implements inventory.Devices.
func (s *Store) Rules(ctx context.Context, org identity.OrgID) (*access.Rules, error) {
	c, err := s.configOf(ctx, s.reader, org)
	return c.Rules, err
}

// ChangeDevice implements inventory.Devices.
func (s *Store) ChangeDevice(ctx context.Context, org identity.OrgID, id identity.DeviceID, version int64, change inventory.Change) (v inventory.Detail, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		d, err := deviceOf(ctx, tx, org, id)
		if err != nil {
			return err
		}
		if v, err = detailOf(ctx, tx, d); err != nil {
			return err
		}
		log, err := change(&v)
		if err != nil {
			return err // of who may not, before anything of the device is told
		}
		if version != 0 && version != d.Version {
			return fault.ErrConflict
		}
		if err := wakeOwner(ctx, tx, org, d.Owner); err != nil {
			return err
		}
		if err := s.keepDevice(ctx, tx, &v); s.dialect.duplicate(err) {
			return inventory.ErrExternalID
		} else if err != nil {
			return err
		}
		return appendAudit(ctx, tx, s.now(), log)
	})
	return v, err
}

func wakeOwner(ctx context.Context, tx *sql.Tx, org identity.OrgID, owner identity.PersonID) error {
	if owner == "" {
		return nil
	}
	return wake(ctx, tx, org, owner)
}

// keepDevice saves a device with its facts, makes its groups follow its
// attributes, evaluates it, and looks at its owner's live sessions again.
func (s *Store) keepDevice(ctx context.Context, tx *sql.Tx, v *inventory.Detail) error {
	if err := putDevice(ctx, tx, &v.Device); err != nil {
		return err
	}
	for _, f := range v.Facts {
		if _, err := tx.ExecContext(ctx, `INSERT INTO device_fact (device, name, source, value, at) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (device, name, source) DO UPDATE SET value = excluded.value, at = excluded.at`, string(v.ID), string(f.Name), string(f.Source), f.Value, ms(f.At)); err != nil {
			return err
		}
	}
	c, err := s.configOf(ctx, tx, v.Org)
	if err != nil {
		return err
	}
	if _, err := place(ctx, tx, v.Org, c.Groups, thing{identity.OfDevices, string(v.ID), v.Attribute, nil}); err != nil {
		return err
	}
	if v.Groups, err = groupsOf(ctx, tx, v.Org, string(v.ID)); err != nil {
		return err
	}
	if err := s.evaluate(ctx, tx, v, c.Compliance); err != nil {
		return err
	}
	return wakeOwner(ctx, tx, v.Org, v.Owner)
}

// maxSearch bounds the text that is searched, in bytes: an index keeps it.
const maxSearch = 500

func searchText(d *device.Device) string {
	text := strings.ToLower(strings.Join([]string{d.Name, d.Serial, d.OwnerName, d.Model, d.ExternalID}, "\n"))
	if len(text) > maxSearch {
		text = strings.ToValidUTF8(text[:maxSearch], "")
	}
	return text
}

// putDevice inserts a device of version 0, or saves the next version of one.
func putDevice(ctx context.Context, tx *sql.Tx, d *device.Device) error {
	if d.Result.Compliance == "" {
		d.Result.Compliance = device.NotEvaluated
	}
	held := d.Version
	d.Version++
	args, err := deviceArgs(d)
	if err != nil {
		return err
	}
	if held == 0 {
		_, err := tx.ExecContext(ctx, `INSERT INTO device (id, org, version, name, name_key, search, owner, platform, ownership, manufacturer, model, serial, external_id, enrolment, grade, public_key,
			counter, cloned_at, created_at, enrolled_at, seen_at, compliance, result, bound, due_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, 0)`, args...)
		return err
	}
	res, err := tx.ExecContext(ctx, `UPDATE device SET version = $3, name = $4, name_key = $5, search = $6, owner = $7, platform = $8, ownership = $9, manufacturer = $10, model = $11, serial = $12,
		external_id = $13, enrolment = $14, grade = $15, public_key = $16, counter = $17, cloned_at = $18, created_at = $19, enrolled_at = $20, seen_at = $21, compliance = $22, result = $23, bound = $24
		WHERE id = $1 AND org = $2 AND version = $25`, append(args, held)...)
	return oneRow(res, err, fault.ErrConflict)
}

// boundText is a device's credential as it is kept.
func boundText(b *device.Bound) (string, error) {
	if b == nil {
		return "", nil
	}
	text, err := json.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("encode credential: %w", err)
	}
	return string(text), nil
}

// deviceArgs are the columns of a device but the last, due_at.
func deviceArgs(d *device.Device) ([]any, error) {
	result, err := json.Marshal(d.Result)
	if err != nil {
		return nil, fmt.Errorf("encode result: %w", err)
	}
	bound, err := boundText(d.Bound)
	return []any{string(d.ID), string(d.Org), d.Version, d.Name, strings.ToLower(d.Name), searchText(d), nullText(string(d.Owner)), string(d.Platform), string(d.Ownership), d.Manufacturer, d.Model,
		d.Serial, nullText(d.ExternalID), string(d.Enrolment), string(d.Grade), nullBytes(d.Key), d.Counter, ms(d.Cloned), ms(d.Created), ms(d.EnrolledAt), ms(d.Seen), string(d.Result.Compliance), string(result), bound}, err
}

func nullText(s string) sql.NullString { return sql.NullString{String: s, Valid: s != ""} }

// evaluate keeps what the compliance policies say of a device now.
func (s *Store) evaluate(ctx context.Context, tx *sql.Tx, v *inventory.Detail, policies []device.Policy) error {
	set, err := settingsOf(ctx, tx, v.Org)
	if err != nil {
		return err
	}
	v.Result = device.Evaluate(device.Inputs{
		Device: v.Device, Groups: append(append([]identity.GroupID{}, v.Groups...), v.OwnerGroups...), Facts: v.Facts, Policies: policies,
		Believed: time.Duration(set.ComplianceDays) * 24 * time.Hour, Now: s.now(),
	})
	result, err := json.Marshal(v.Result)
	if err != nil {
		return fmt.Errorf("encode result: %w", err)
	}
	_, err = tx.ExecContext(ctx, `UPDATE device SET compliance = $1, result = $2, due_at = $3, evaluated = (SELECT compliance_version FROM organisation o WHERE o.id = device.org) WHERE id = $4`, string(v.Result.Compliance), string(result), dueMS(v.Result.Due), string(v.ID))
	return err
}

// outdated tells that a device d of an organisation o must be evaluated again.
const outdated = `(d.due_at <= $1 OR d.evaluated < o.compliance_version)`

// EvaluateDue implements inventory.Devices. Devices of people in a live session
// come first and by themselves: somebody is looking at them. The others come in
// small transactions, because ending a session waits for the same writer.
func (s *Store) EvaluateDue(ctx context.Context, now time.Time, limit int) error {
	const together = 50
	live, err := s.devicesDue(ctx, `SELECT d.org, d.id FROM device d JOIN organisation o ON o.id = d.org
		WHERE d.owner IN (SELECT helper FROM help_session WHERE state <> 'ended' UNION SELECT sharer FROM help_session WHERE state <> 'ended') AND `+outdated+` LIMIT $2`, ms(now), limit)
	if err != nil || len(live) > 0 {
		return errors.Join(err, s.evaluateThese(ctx, live)) // the next turn does the others
	}
	due, err := s.devicesDue(ctx, `SELECT org, id FROM device WHERE due_at <= $1 ORDER BY due_at LIMIT $2`, ms(now), limit)
	if err != nil {
		return err
	}
	if len(due) == 0 {
		due, err = s.devicesDue(ctx, `SELECT d.org, d.id FROM organisation o JOIN device d ON d.org = o.id AND d.evaluated < o.compliance_version LIMIT $1`, limit)
	}
	for some := range slices.Chunk(due, together) {
		err = errors.Join(err, s.evaluateThese(ctx, some))
	}
	return err
}

func (s *Store) devicesDue(ctx context.Context, query string, args ...any) ([]device.Device, error) {
	rows, err := s.reader.QueryContext(ctx, query, args...)
	return collect(rows, err, func(r scanner) (d device.Device, err error) {
		err = r.Scan(&d.Org, &d.ID)
		return d, err
	})
}

// evaluateThese evaluates devices in one transaction.
func (s *Store) evaluateThese(ctx context.Context, due []device.Device) error {
	if len(due) == 0 {
		return nil
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		for _, d := range due {
			if err := s.evaluateOne(ctx, tx, d.Org, d.ID); err != nil && !errors.Is(err, fault.ErrNotFound) {
				return err
			}
		}
		return nil
	})
}

func (s *Store) evaluateOne(ctx context.Context, tx *sql.Tx, org identity.OrgID, id identity.DeviceID) error {
	d, err := deviceOf(ctx, tx, org, id)
	if err != nil {
		return err
	}
	v, err := detailOf(ctx, tx, d)
	if err != nil {
		return err
	}
	c, err := s.configOf(ctx, tx, org)
	if err != nil {
		return err
	}
	if err := s.evaluate(ctx, tx, &v, c.Compliance); err != nil || same(d.Result, v.Result) {
		return err
	}
	return wakeOwner(ctx, tx, org, d.Owner)
}

// same reports whether a session would see no difference.
func same(a, b device.Result) bool {
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	return err == nil && err2 == nil && string(x) == string(y)
}

// evaluateAll makes every device of the organisation due, in one row: policies,
// groups or settings changed.
func evaluateAll(ctx context.Context, tx *sql.Tx, org identity.OrgID) error {
	_, err := tx.ExecContext(ctx, `UPDATE organisation SET compliance_version = compliance_version + 1 WHERE id = $1`, string(org))
	return err
}

// Standing implements admin.Directory.
func (s *Store) Standing(ctx context.Context, org identity.OrgID, id identity.DeviceID) (device.Standing, error) {
	v, err := s.Device(ctx, org, id)
	return v.Standing(v.Groups, v.Grade), err
}

// DeviceTarget implements admin.Directory.
func (s *Store) DeviceTarget(ctx context.Context, org identity.OrgID, id identity.DeviceID) (identity.Target, error) {
	v, err := s.Device(ctx, org, id)
	return v.Target(), err
}

// presented gives what a sign-in of a person has proven at now.
func presented(ctx context.Context, q querier, org identity.OrgID, p identity.PersonID, proof identity.DeviceProof, now time.Time) (device.Standing, error) {
	if proof.Device == "" {
		return device.Standing{}, nil
	}
	if proof.Lost {
		return device.Standing{KeyLost: true}, nil
	}
	d, err := deviceOf(ctx, q, org, proof.Device)
	switch {
	case errors.Is(err, fault.ErrNotFound), err == nil && d.Owner != p:
		return device.Standing{}, nil
	case err != nil:
		return device.Standing{}, err
	case d.Enrolment == device.Revoked:
		return device.Standing{Revoked: true}, nil
	case d.Enrolment != device.Enrolled || now.Sub(proof.At) >= device.ProofFor:
		return device.Standing{}, nil
	}
	groups, err := groupsOf(ctx, q, org, string(d.ID))
	return d.Standing(groups, device.Grade(proof.Grade)), err
}

// presentedBy looks the sign-in up first.
func presentedBy(ctx context.Context, q querier, org identity.OrgID, p identity.PersonID, in identity.SignInID, now time.Time) (device.Standing, error) {
	proof, err := proofOf(ctx, q, org, p, in)
	if err != nil {
		return device.Standing{}, err
	}
	return presented(ctx, q, org, p, proof, now)
}

// proofOf is what a sign-in of a person has proven; one that is not there has
// proven nothing.
func proofOf(ctx context.Context, q querier, org identity.OrgID, p identity.PersonID, in identity.SignInID) (proof identity.DeviceProof, err error) {
	var at int64
	row := q.QueryRowContext(ctx, `SELECT device, device_at, device_grade, device_lost FROM sign_in WHERE org = $1 AND person = $2 AND id = $3`, string(org), string(p), string(in))
	if err := row.Scan(&proof.Device, &at, &proof.Grade, &proof.Lost); errors.Is(err, sql.ErrNoRows) {
		return identity.DeviceProof{}, nil
	} else if err != nil {
		return proof, fmt.Errorf("load proof: %w", err)
	}
	proof.At = fromMS(at)
	return proof, nil
}

// Presented implements inventory.Keys.
func (s *Store) Presented(ctx context.Context, a identity.Actor) (device.Standing, identity.Org, error) {
	o, _, err := orgOf(ctx, s.reader, a.Person.Org)
	if err != nil {
		return device.Standing{}, o, err
	}
	st, err := presentedBy(ctx, s.reader, a.Person.Org, a.Person.ID, a.SignIn.ID, s.now())
	return st, o, err
}

// Subject implements desk.Parties.
func (s *Store) Subject(ctx context.Context, org identity.OrgID, id identity.DeviceID) (v desk.Subject, err error) {
	d, err := s.Device(ctx, org, id)
	if err != nil {
		return v, err
	}
	if d.Enrolment == device.Enrolled {
		v.Device = d.Standing(d.Groups, d.Grade)
	}
	if d.Owner != "" {
		v.Owner, err = s.Somebody(ctx, org, d.Owner)
	}
	return v, err
}

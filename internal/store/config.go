package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sync"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// configs keeps each organisation's configuration as it was last read, with the
// version that it had.
type configs struct {
	mu   sync.Mutex
	kept map[identity.OrgID]configuration // guarded by mu
}

type configuration struct {
	admin.Configuration
	version int64
}

func (c *configs) get(org identity.OrgID, version int64) (configuration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, ok := c.kept[org]
	return v, ok && v.version == version
}

func (c *configs) put(org identity.OrgID, v configuration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil {
		c.kept = map[identity.OrgID]configuration{}
	}
	if c.kept[org].version < v.version {
		c.kept[org] = v
	}
}

// Configuration implements admin.ObjectStore.
func (s *Store) Configuration(ctx context.Context, org identity.OrgID) (admin.Configuration, error) {
	c, err := s.configOf(ctx, s.reader, org)
	return c.Configuration, err
}

// configOf gives the configuration. What a transaction that is still open
// changed is never kept, because it may be undone.
func (s *Store) configOf(ctx context.Context, q querier, org identity.OrgID) (configuration, error) {
	var version int64
	if err := q.QueryRowContext(ctx, `SELECT config_version FROM organisation WHERE id = $1`, string(org)).Scan(&version); err != nil {
		return configuration{}, notFound(err)
	}
	if c, ok := s.configs.get(org, version); ok {
		return c, nil
	}
	c, err := loadConfig(ctx, q, org, version)
	if err == nil && q == querier(s.reader) {
		s.configs.put(org, c)
	}
	return c, err
}

func loadConfig(ctx context.Context, q querier, org identity.OrgID, version int64) (configuration, error) {
	c := configuration{version: version, Configuration: admin.Configuration{
		Roles: map[identity.RoleID]identity.Role{}, Groups: map[identity.GroupID]identity.Group{}, Rules: &access.Rules{},
	}}
	for _, r := range identity.BuiltinRoles() {
		c.Roles[r.ID] = r
	}
	rows, err := q.QueryContext(ctx, `SELECT `+objectColumns+` FROM config_object WHERE org = $1 ORDER BY kind, name`, string(org))
	all, err := collect(rows, err, scanObject)
	for _, o := range all {
		switch v := o.Value.(type) {
		case identity.Role:
			c.Roles[v.ID] = v
		case identity.Group:
			c.Groups[v.ID] = v
		case identity.Assignment:
			c.Assignments = append(c.Assignments, v)
		case access.Policy:
			c.Rules.Policies = append(c.Rules.Policies, v)
		case device.Policy:
			c.Compliance = append(c.Compliance, v)
		case access.Location:
			c.Rules.Locations = append(c.Rules.Locations, v)
		}
	}
	return c, err
}

const objectColumns = `kind, id, name, version, created_at, updated_at, body`

func scanObject(r scanner) (admin.Object, error) {
	var o admin.Object
	var created, updated int64
	var body string
	if err := r.Scan(&o.Kind, &o.ID, &o.Name, &o.Version, &created, &updated, &body); err != nil {
		return o, notFound(err)
	}
	o.Created, o.Updated = fromMS(created), fromMS(updated)
	var err error
	switch o.Kind {
	case admin.Roles:
		o.Value, err = decodeObject(body, func(v *identity.Role) { v.ID = identity.RoleID(o.ID) })
	case admin.Groups:
		o.Value, err = decodeObject(body, func(v *identity.Group) { v.ID = identity.GroupID(o.ID) })
	case admin.Assignments:
		o.Value, err = decodeObject(body, func(v *identity.Assignment) { v.ID = identity.AssignmentID(o.ID) })
	case admin.Policies:
		o.Value, err = decodeObject(body, func(v *access.Policy) { v.ID = access.PolicyID(o.ID) })
	case admin.Locations:
		o.Value, err = decodeObject(body, func(v *access.Location) { v.ID = access.LocationID(o.ID) })
	case admin.Compliance:
		o.Value, err = decodeObject(body, func(v *device.Policy) { v.ID = device.PolicyID(o.ID) })
	default:
		err = fmt.Errorf("unknown kind %q", o.Kind)
	}
	return o, err
}

func decodeObject[T any](body string, identify func(*T)) (any, error) {
	var v T
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		return nil, fmt.Errorf("decode configuration: %w", err)
	}
	identify(&v)
	return v, nil
}

// Objects implements admin.ObjectStore.
func (s *Store) Objects(ctx context.Context, org identity.OrgID, kind admin.Kind) ([]admin.Object, error) {
	rows, err := s.reader.QueryContext(ctx, `SELECT `+objectColumns+` FROM config_object WHERE org = $1 AND kind = $2 ORDER BY name`, string(org), string(kind))
	return collect(rows, err, scanObject)
}

// Object implements admin.ObjectStore.
func (s *Store) Object(ctx context.Context, org identity.OrgID, kind admin.Kind, id string) (admin.Object, error) {
	return scanObject(s.reader.QueryRowContext(ctx, `SELECT `+objectColumns+` FROM config_object WHERE org = $1 AND kind = $2 AND id = $3`, string(org), string(kind), id))
}

// SaveObject implements admin.ObjectStore.
func (s *Store) SaveObject(ctx context.Context, org identity.OrgID, o admin.Object, log identity.Entry, guard admin.Guard) error {
	return s.configure(ctx, org, log, guard, func(tx *sql.Tx) error {
		if err := s.putObject(ctx, tx, org, o); err != nil {
			return err
		}
		if g, ok := o.Value.(identity.Group); ok {
			if err := regroup(ctx, tx, org, g); err != nil {
				return err
			}
		}
		return compliance(ctx, tx, org, o.Kind)
	})
}

func (s *Store) putObject(ctx context.Context, tx *sql.Tx, org identity.OrgID, o admin.Object) error {
	body, err := json.Marshal(o.Value)
	if err != nil {
		return fmt.Errorf("encode configuration: %w", err)
	}
	if o.Version == 0 {
		_, err = tx.ExecContext(ctx, `INSERT INTO config_object (org, kind, id, version, name, body, created_at, updated_at) VALUES ($1, $2, $3, 1, $4, $5, $6, $7)`,
			string(org), string(o.Kind), o.ID, o.Name, string(body), ms(o.Created), ms(o.Updated))
	} else {
		var res sql.Result
		res, err = tx.ExecContext(ctx, `UPDATE config_object SET version = version + 1, name = $1, body = $2, updated_at = $3 WHERE org = $4 AND kind = $5 AND id = $6 AND version = $7`,
			o.Name, string(body), ms(o.Updated), string(org), string(o.Kind), o.ID, o.Version)
		err = oneRow(res, err, fault.ErrConflict)
	}
	if s.dialect.duplicate(err) {
		return admin.ErrNameTaken
	}
	return err
}

// DeleteObject implements admin.ObjectStore.
func (s *Store) DeleteObject(ctx context.Context, org identity.OrgID, kind admin.Kind, id string, version int64, log identity.Entry, guard admin.Guard) error {
	return s.configure(ctx, org, log, guard, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM config_object WHERE org = $1 AND kind = $2 AND id = $3 AND version = $4`, string(org), string(kind), id, version)
		if err := oneRow(res, err, fault.ErrConflict); err != nil {
			return err
		}
		if kind != admin.Groups {
			return compliance(ctx, tx, org, kind)
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM group_member WHERE org = $1 AND grp = $2`, string(org), id)
		return err
	})
}

// compliance makes every device due when a change of this kind may alter what
// compliance policies say.
func compliance(ctx context.Context, tx *sql.Tx, org identity.OrgID, kind admin.Kind) error {
	if kind != admin.Groups && kind != admin.Compliance {
		return nil
	}
	return evaluateAll(ctx, tx, org)
}

// configure runs one change of the configuration: afterwards the guard looks at
// the whole, and every live session is due.
func (s *Store) configure(ctx context.Context, org identity.OrgID, log identity.Entry, guard admin.Guard, change func(tx *sql.Tx) error) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		// First of all, so that two changes at once wait for one another.
		if err := bumpConfig(ctx, tx, org); err != nil {
			return err
		}
		if err := change(tx); err != nil {
			return err
		}
		if err := s.guardConfig(ctx, tx, org, guard); err != nil {
			return err
		}
		if err := wakeAll(ctx, tx, org); err != nil {
			return err
		}
		return appendAudit(ctx, tx, s.now(), log)
	})
}

func bumpConfig(ctx context.Context, tx *sql.Tx, org identity.OrgID) error {
	res, err := tx.ExecContext(ctx, `UPDATE organisation SET config_version = config_version + 1 WHERE id = $1`, string(org))
	return oneRow(res, err, fault.ErrNotFound)
}

func (s *Store) guardConfig(ctx context.Context, tx *sql.Tx, org identity.OrgID, guard admin.Guard) error {
	if guard == nil {
		return nil
	}
	c, err := s.configOf(ctx, tx, org)
	if err != nil {
		return err
	}
	if c.Administrators, err = s.administrators(ctx, tx, org, c); err != nil {
		return err
	}
	return guard(c.Configuration)
}

// administrators lists the people who may manage roles and will not lose that
// right by time alone, with their groups and grants.
func (s *Store) administrators(ctx context.Context, q querier, org identity.OrgID, c configuration) ([]identity.Actor, error) {
	var through []identity.GroupID
	for _, a := range c.Assignments {
		if a.Expires.IsZero() && hasPermission(c.Roles[a.Role], identity.ManageRoles) {
			through = append(through, a.Members...)
		}
	}
	f := where(`p.org = ? AND NOT p.disabled`, string(org))
	inGroups(f, `p.id`, org, through)
	rows, err := q.QueryContext(ctx, `SELECT m.member, m.grp FROM person p JOIN group_member m ON m.org = p.org AND m.member = p.id WHERE `+f.sql.String()+` ORDER BY m.member, m.grp`, f.args...)
	var out []identity.Actor
	_, err = collect(rows, err, func(r scanner) (g identity.GroupID, err error) {
		p := identity.Person{Org: org}
		if err := r.Scan(&p.ID, &g); err != nil {
			return g, err
		}
		if len(out) == 0 || out[len(out)-1].Person.ID != p.ID {
			out = append(out, identity.Actor{Person: p})
		}
		last := &out[len(out)-1]
		last.Groups = append(last.Groups, g)
		return g, nil
	})
	for i := range out {
		out[i].Grants = c.grants(org, out[i].Groups, s.now())
	}
	return out, err
}

func scanText(r scanner) (v string, err error) {
	err = r.Scan(&v)
	return v, err
}

func hasPermission(r identity.Role, p identity.Permission) bool {
	for _, q := range r.Permissions {
		if q == p {
			return true
		}
	}
	return false
}

// wakeAll makes every live session of the organisation due at once.
func wakeAll(ctx context.Context, tx *sql.Tx, org identity.OrgID) error {
	_, err := tx.ExecContext(ctx, `UPDATE help_session SET due_at = 0 WHERE org = $1 AND state <> 'ended'`, string(org))
	return err
}

// keepAdministratorBut refuses to do without a person, already made powerless in
// tx, who was the last to administer the organisation.
func (s *Store) keepAdministratorBut(ctx context.Context, tx *sql.Tx, org identity.OrgID, p identity.PersonID) error {
	a := identity.Actor{Person: identity.Person{ID: p, Org: org}}
	if err := s.entitle(ctx, tx, &a, s.now()); err != nil || !a.Can(identity.ManageRoles, identity.Target{Org: org}).Allowed {
		return err
	}
	return s.guardConfig(ctx, tx, org, admin.Configuration.Governable)
}

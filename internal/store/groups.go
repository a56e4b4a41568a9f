package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/identity"
)

// groupsOf lists the groups that a person or device belongs to.
func groupsOf(ctx context.Context, q querier, org identity.OrgID, member string) ([]identity.GroupID, error) {
	rows, err := q.QueryContext(ctx, `SELECT grp FROM group_member WHERE org = $1 AND member = $2 ORDER BY grp`, string(org), member)
	return collect(rows, err, func(r scanner) (g identity.GroupID, err error) {
		err = r.Scan(&g)
		return g, err
	})
}

// grants lists what membership of these groups entitles to at now.
func (c configuration) grants(org identity.OrgID, groups []identity.GroupID, now time.Time) []identity.Grant {
	var out []identity.Grant
	for _, a := range c.Assignments {
		member := slices.ContainsFunc(a.Members, func(g identity.GroupID) bool { return slices.Contains(groups, g) })
		if member && (a.Expires.IsZero() || now.Before(a.Expires)) {
			out = append(out, identity.Grant{Assignment: a.ID, Role: a.Role, Org: org, Permissions: identity.Whole(c.Roles[a.Role].Permissions), Scope: a.Scope, Expires: a.Expires})
		}
	}
	return out
}

// entitle fills in the actor's groups and grants as they are now.
func (s *Store) entitle(ctx context.Context, q querier, a *identity.Actor, now time.Time) (err error) {
	if a.Groups, err = groupsOf(ctx, q, a.Person.Org, string(a.Person.ID)); err != nil {
		return err
	}
	c, err := s.configOf(ctx, q, a.Person.Org)
	a.Grants = c.grants(a.Person.Org, a.Groups, now)
	return err
}

// placePerson puts a person into the groups that follow from what their provider
// says of them, and takes them out of the others of that kind.
func (s *Store) placePerson(ctx context.Context, tx *sql.Tx, p identity.Person) error {
	c, err := s.configOf(ctx, tx, p.Org)
	if err != nil {
		return err
	}
	claims, err := claimGroupsOf(ctx, tx, p.Org, p.ID)
	if err != nil {
		return err
	}
	changed, err := place(ctx, tx, p.Org, c.Groups, thing{identity.OfPeople, string(p.ID), p.Attribute, claims})
	if err != nil || !changed {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE device SET due_at = 0 WHERE owner = $1`, string(p.ID)); err != nil {
		return err
	}
	return wake(ctx, tx, p.Org, p.ID)
}

// thing is what groups are made of: a person or a device.
type thing struct {
	of        identity.GroupOf
	id        string
	attribute func(identity.Attribute) string
	claims    []string
}

// place makes the membership of one thing follow the groups' rules and reports
// whether it changed.
func place(ctx context.Context, tx *sql.Tx, org identity.OrgID, groups map[identity.GroupID]identity.Group, t thing) (changed bool, err error) {
	in, err := groupsOf(ctx, tx, org, t.id)
	if err != nil {
		return false, err
	}
	for id, g := range groups {
		if g.Of != t.of || g.Kind == identity.Fixed {
			continue
		}
		should := g.Holds(t.attribute, t.claims)
		if should == slices.Contains(in, id) {
			continue
		}
		changed = true
		if err := setMember(ctx, tx, org, id, t.id, should); err != nil {
			return false, err
		}
	}
	return changed, nil
}

func setMember(ctx context.Context, tx *sql.Tx, org identity.OrgID, g identity.GroupID, member string, in bool) error {
	query := `DELETE FROM group_member WHERE org = $1 AND grp = $2 AND member = $3`
	if in {
		query = `INSERT INTO group_member (org, grp, member) VALUES ($1, $2, $3) ON CONFLICT (org, grp, member) DO NOTHING`
	}
	_, err := tx.ExecContext(ctx, query, string(org), string(g), member)
	return err
}

// regroup makes the members of one group anew, when its rule may have changed.
func regroup(ctx context.Context, tx *sql.Tx, org identity.OrgID, g identity.Group) error {
	if g.Kind == identity.Fixed {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM group_member WHERE org = $1 AND grp = $2`, string(org), string(g.ID)); err != nil {
		return err
	}
	if g.Kind == identity.FromClaim {
		_, err := tx.ExecContext(ctx, `INSERT INTO group_member (org, grp, member) SELECT org, $1, person FROM person_claim_group WHERE org = $2 AND name = $3`, string(g.ID), string(org), g.Claim)
		return err
	}
	members, err := matching(ctx, tx, org, g)
	if err != nil {
		return err
	}
	for _, id := range members {
		if err := setMember(ctx, tx, org, g.ID, id, true); err != nil {
			return err
		}
	}
	return nil
}

// matching lists whom or what a rule matches.
func matching(ctx context.Context, tx *sql.Tx, org identity.OrgID, g identity.Group) (ids []string, err error) {
	if g.Of == identity.OfDevices {
		return matchingDevices(ctx, tx, org, g)
	}
	rows, err := tx.QueryContext(ctx, `SELECT `+personColumns+` FROM person p WHERE p.org = $1`, string(org))
	people, err := collect(rows, err, scanPerson)
	for _, p := range people {
		if g.Holds(p.Attribute, nil) {
			ids = append(ids, string(p.ID))
		}
	}
	return ids, err
}

func matchingDevices(ctx context.Context, tx *sql.Tx, org identity.OrgID, g identity.Group) (ids []string, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT `+deviceColumns+deviceFrom+`WHERE d.org = $1`, string(org))
	devices, err := collect(rows, err, scanDevice)
	for _, d := range devices {
		if g.Holds(d.Attribute, nil) {
			ids = append(ids, string(d.ID))
		}
	}
	return ids, err
}

// SetMember implements admin.ObjectStore.
func (s *Store) SetMember(ctx context.Context, org identity.OrgID, m admin.Membership, log identity.Entry, guard admin.Guard) error {
	return s.configure(ctx, org, log, guard, func(tx *sql.Tx) error {
		if err := memberExists(ctx, tx, org, m); err != nil {
			return err
		}
		if err := setMember(ctx, tx, org, m.Group, m.Member, m.In); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `UPDATE device SET due_at = 0 WHERE org = $1 AND (id = $2 OR owner = $2)`, string(org), m.Member)
		return err
	})
}

func memberExists(ctx context.Context, tx *sql.Tx, org identity.OrgID, m admin.Membership) error {
	if m.Of == identity.OfDevices {
		_, err := deviceOf(ctx, tx, org, identity.DeviceID(m.Member))
		return err
	}
	_, err := personOf(ctx, tx, org, identity.PersonID(m.Member))
	return err
}

// GroupMembers implements admin.ObjectStore.
func (s *Store) GroupMembers(ctx context.Context, org identity.OrgID, g identity.Group, reach identity.Scope, after string, limit int) ([]admin.Member, error) {
	table, ids := "person", `SELECT member FROM group_member WHERE org = ? AND grp = ?`
	var c clauses
	c.and("org = ?", string(org))
	c.and("id IN ("+ids+") AND id > ?", string(org), string(g.ID), after)
	if g.Of == identity.OfDevices {
		table = "device"
		within(&c, org, reach)
	} else if !reach.AllPeople {
		list, args := marks(reach.People)
		c.and("id IN (SELECT member FROM group_member WHERE org = ? AND grp IN ("+list+"))", append([]any{string(org)}, args...)...)
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT id, name FROM `+table+` WHERE `+strings.Join(c.text, " AND ")+` ORDER BY id LIMIT `+strconv.Itoa(limit), c.args...)
	return collect(rows, err, func(r scanner) (m admin.Member, err error) {
		err = r.Scan(&m.ID, &m.Name)
		return m, err
	})
}

// joinRole puts a person into the group that has a built-in role over everything,
// and makes group and assignment when the organisation lacks them. It is how
// operators give out the first rights.
func (s *Store) joinRole(ctx context.Context, tx *sql.Tx, p identity.Person, role identity.RoleID, now time.Time) error {
	r, ok := identity.BuiltinRole(role)
	if !ok {
		return admin.ErrUnknownReference
	}
	c, err := s.configOf(ctx, tx, p.Org)
	if err != nil {
		return err
	}
	id := identity.GroupID(role)
	if _, known := c.Groups[id]; !known {
		if err := s.makeRoleGroup(ctx, tx, p.Org, r, now); err != nil {
			return err
		}
	}
	if err := setMember(ctx, tx, p.Org, id, string(p.ID), true); err != nil {
		return err
	}
	return wake(ctx, tx, p.Org, p.ID)
}

func (s *Store) makeRoleGroup(ctx context.Context, tx *sql.Tx, org identity.OrgID, r identity.Role, now time.Time) error {
	if err := bumpConfig(ctx, tx, org); err != nil {
		return err
	}
	id, name := identity.GroupID(r.ID), r.Name+"s"
	for _, o := range []admin.Object{
		{Kind: admin.Groups, Value: identity.Group{ID: id, Name: name, Of: identity.OfPeople, Kind: identity.Fixed}},
		{Kind: admin.Assignments, Value: identity.Assignment{ID: identity.AssignmentID(id), Name: name, Role: r.ID, Members: []identity.GroupID{id}, Scope: identity.Everything()}},
	} {
		o.ID, o.Name, o.Created, o.Updated = string(id), name, now, now
		if err := s.putObject(ctx, tx, org, o); err != nil {
			return err
		}
	}
	return nil
}

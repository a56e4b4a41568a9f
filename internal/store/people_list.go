package store

import (
	"context"
	"database/sql"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/identity"
)

func searchOf(f identity.Profile) string {
	return folded(f.Name, f.Email, f.Title, f.Department, f.Company)
}

// fillSearch makes what people are searched by for rows of earlier versions.
func (s *Store) fillSearch(ctx context.Context) error {
	rows, err := s.writer.QueryContext(ctx, `SELECT `+personColumns+` FROM person p WHERE p.search = ''`)
	people, err := collect(rows, err, scanPerson)
	if err != nil || len(people) == 0 {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		for _, p := range people {
			f := identity.Profile{Name: p.Name, Email: p.Email, Title: p.Title, Department: p.Department, Company: p.Company}
			if _, err := tx.ExecContext(ctx, `UPDATE person SET search = $1 WHERE id = $2`, searchOf(f), string(p.ID)); err != nil {
				return err
			}
		}
		return nil
	})
}

func peopleListing() *listing[identity.Actor] {
	return &listing[identity.Actor]{
		table: "person p", columns: personColumns, id: "p.id", fields: func(a *identity.Actor) []any { return personFields(&a.Person) },
		orders: []order{{"name", "p.search", false}, {"department", "p.department", false}, {"email", "p.email", false}, {"created", "p.created_at", true}},
	}
}

// ListPeople implements admin.PeopleStore.
func (s *Store) ListPeople(ctx context.Context, org identity.OrgID, q admin.PeopleQuery) (admin.Page[identity.Actor], error) {
	c, err := s.configOf(ctx, s.reader, org)
	if err != nil {
		return admin.Page[identity.Actor]{}, err
	}
	f := where(`p.org = ? AND p.search <> ?`, string(org), folded()). // who was erased has nothing to search
										when(q.Search != "", s.dialect.position+`(p.search, ?) > 0`, plain(q.Search)).
										when(q.Group != "", `p.id IN (SELECT member FROM group_member WHERE org = ? AND grp = ?)`, string(org), string(q.Group)).
										when(q.Department != "", `p.department = ?`, q.Department).
										when(q.Issuer != "", `p.issuer = ?`, q.Issuer)
	if q.Disabled != nil {
		f.and(`p.disabled = ?`, *q.Disabled)
	}
	if q.Role != "" {
		inGroups(f, `p.id`, org, c.holding(q.Role, s.now()))
	}
	if !q.Within.Everybody {
		inGroups(f, `p.id`, org, q.Within.Groups)
	}
	page, err := peopleListing().page(ctx, s.reader, f, q.List)
	if err != nil {
		return page, err
	}
	return page, s.entitleAll(ctx, org, c, page.Items)
}

// inGroups asks that the person in a column belongs to one of the groups.
func inGroups(f *filter, column string, org identity.OrgID, groups []identity.GroupID) {
	list, args := marks(groups)
	f.and(column+` IN (SELECT member FROM group_member WHERE org = ? AND grp IN (`+list+`))`, append([]any{string(org)}, args...)...)
}

// holding lists the groups whose members hold a role at now.
func (c configuration) holding(role identity.RoleID, now time.Time) (out []identity.GroupID) {
	for _, a := range c.Assignments {
		if a.Role == role && (a.Expires.IsZero() || now.Before(a.Expires)) {
			out = append(out, a.Members...)
		}
	}
	return out
}

// entitleAll fills in groups and grants of a page of people with one query.
func (s *Store) entitleAll(ctx context.Context, org identity.OrgID, c configuration, people []identity.Actor) error {
	ids := make([]identity.PersonID, 0, len(people))
	for _, a := range people {
		ids = append(ids, a.Person.ID)
	}
	list, args := marks(ids)
	f := where(`org = ?`, string(org)).and(`member IN (`+list+`)`, args...)
	rows, err := s.reader.QueryContext(ctx, `SELECT member, grp FROM group_member WHERE `+f.sql.String()+` ORDER BY member, grp`, f.args...)
	groups := map[identity.PersonID][]identity.GroupID{}
	_, err = collect(rows, err, func(r scanner) (g identity.GroupID, err error) {
		var member identity.PersonID
		err = r.Scan(&member, &g)
		groups[member] = append(groups[member], g)
		return g, err
	})
	for i := range people {
		people[i].Groups = groups[people[i].Person.ID]
		people[i].Grants = c.grants(org, people[i].Groups, s.now())
	}
	return err
}

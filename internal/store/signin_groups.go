package store

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"time"

	"tasuke/internal/identity"
)

// ClaimGroups lists the groups that a person's provider said they were in when
// they last signed in, in order.
func (s *Store) ClaimGroups(ctx context.Context, org identity.OrgID, person identity.PersonID) ([]string, error) {
	return claimGroupsOf(ctx, s.reader, org, person)
}

func claimGroupsOf(ctx context.Context, q querier, org identity.OrgID, person identity.PersonID) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT name FROM person_claim_group WHERE org = $1 AND person = $2`, string(org), string(person))
	names, err := collect(rows, err, func(r scanner) (name string, err error) {
		err = r.Scan(&name)
		return name, err
	})
	slices.Sort(names) // by bytes: the engines' collations differ
	return names, err
}

// replaceClaimGroups keeps what the provider says now. A change makes the
// person's live sessions due: rights may hang on it.
func replaceClaimGroups(ctx context.Context, tx *sql.Tx, p identity.Person, names []string, now time.Time) error {
	before, err := claimGroupsOf(ctx, tx, p.Org, p.ID)
	if err != nil {
		return err
	}
	left, joined := without(before, names), without(names, before)
	if len(left)+len(joined) == 0 {
		return nil
	}
	for _, name := range left {
		if _, err := tx.ExecContext(ctx, `DELETE FROM person_claim_group WHERE org = $1 AND person = $2 AND name = $3`, string(p.Org), string(p.ID), name); err != nil {
			return err
		}
	}
	for _, name := range joined {
		if _, err := tx.ExecContext(ctx, `INSERT INTO person_claim_group (org, person, name) VALUES ($1, $2, $3)`, string(p.Org), string(p.ID), name); err != nil {
			return err
		}
	}
	if err := wake(ctx, tx, p.Org, p.ID); err != nil {
		return err
	}
	return appendAudit(ctx, tx, now, identity.Entry{
		Org: p.Org, By: identity.InPerson(p.ID), Action: "person.groups", Person: p.ID,
		Details: map[string]string{"joined": strconv.Itoa(len(joined)), "left": strconv.Itoa(len(left))},
	})
}

// without returns those of sorted a that are not in sorted b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(v string) bool {
		_, there := slices.BinarySearch(b, v)
		return there
	})
}

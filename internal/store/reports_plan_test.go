package store

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tasuke/internal/admin"
)

// TestReportsAreFilteredByIndex asks SQLite how it finds pages of sessions: each
// filter in each order by an index that begins with the filter and needs no row.
func TestReportsAreFilteredByIndex(t *testing.T) {
	ctx := context.Background()
	s, err := Open(ctx, Options{DSN: "sqlite:" + filepath.Join(t.TempDir(), "db"), MasterKey: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	filters := map[string]admin.ReportQuery{
		"(org=?)":                  {},
		"(org=? AND reason=?)":     {Reason: "reported"},
		"(org=? AND connection=?)": {Connection: "relay_tcp"},
	}
	for want, q := range filters {
		for _, o := range reportListing().orders {
			q.Within.Everybody, q.Sort = true, o.name
			f, err := s.reportFilter(ctx, "acme", q)
			if err != nil {
				t.Fatal(err)
			}
			text, args, err := reportListing().query(f, q.List, 50)
			if err != nil {
				t.Fatal(err)
			}
			rows, err := s.reader.QueryContext(ctx, "EXPLAIN QUERY PLAN "+text, args...)
			plan, err := collect(rows, err, func(r scanner) (step string, err error) {
				var id, parent, unused int
				err = r.Scan(&id, &parent, &unused, &step)
				return step, err
			})
			if err != nil {
				t.Fatal(err)
			}
			chosen := slices.ContainsFunc(plan, func(step string) bool {
				return strings.HasPrefix(step, "SEARCH r USING COVERING INDEX session_report_") && strings.HasSuffix(step, want)
			})
			sorted := slices.DeleteFunc(slices.Clone(plan), func(step string) bool { return step != "USE TEMP B-TREE FOR ORDER BY" })
			if !chosen || len(sorted) > 1 { // the page itself is sorted, nothing more
				t.Errorf("%s, sorted by %s:\n%s", want, o.name, strings.Join(plan, "\n"))
			}
		}
	}
}

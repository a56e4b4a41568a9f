package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/identity"
)

// BenchmarkLists asks for pages of 100 000 people and as many sessions, with
// filters and searches that find much, little and nothing (goal: p95 < 50 ms).
func BenchmarkLists(b *testing.B) {
	const rows = 100_000
	ctx := context.Background()
	s, err := Open(ctx, Options{DSN: "sqlite:" + filepath.Join(b.TempDir(), "db"), MasterKey: make([]byte, 32)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	now := time.Now()
	if err := s.CreateOrganisation(ctx, identity.Org{ID: "acme", Settings: identity.DefaultSettings()}, now); err != nil {
		b.Fatal(err)
	}
	if err := s.write(ctx, func(tx *sql.Tx) error { return fillBench(ctx, tx, rows, now) }); err != nil {
		b.Fatal(err)
	}
	all := admin.Within{Everybody: true}
	var took []time.Duration
	for b.Loop() {
		for _, search := range []string{"", "person 99", "person 54321", "部 7", "nobody is called so"} {
			for _, desc := range []bool{false, true} {
				list := admin.List{Search: search, Descending: desc, Limit: 50}
				for _, ask := range []func() error{
					func() error {
						_, err := s.ListPeople(ctx, "acme", admin.PeopleQuery{List: list, Department: "Sales 3", Within: all})
						return err
					},
					func() error {
						_, err := s.ListPeople(ctx, "acme", admin.PeopleQuery{List: list, Within: all})
						return err
					},
					func() error {
						_, err := s.ListReports(ctx, "acme", admin.ReportQuery{List: list, Reason: "declined", Within: all})
						return err
					},
				} {
					start := time.Now()
					if err := ask(); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(start))
				}
			}
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "ms-p95")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-max")
}

func fillBench(ctx context.Context, tx *sql.Tx, rows int, now time.Time) error {
	reasons := []string{"sharer_ended", "declined", "helper_left", "no_answer"}
	for i := range rows {
		id, department := fmt.Sprintf("p%06d", i), fmt.Sprintf("Sales %d", i%20)
		f := identity.Profile{Name: fmt.Sprintf("Person %d", i), Title: fmt.Sprintf("部 %d", i%1000), Department: department, Email: id + "@acme.example", Company: "Acme"}
		if _, err := tx.ExecContext(ctx, `INSERT INTO person (id, org, issuer, subject, name, title, company, department, email, domain, picture, locale, disabled, created_at, search)
			VALUES ($1, 'acme', 'i', $1, $2, $3, 'Acme', $4, $5, '', '', '', FALSE, $6, $7)`, id, f.Name, f.Title, f.Department, f.Email, ms(now), searchOf(f)); err != nil {
			return err
		}
		at := ms(now) - int64(i)*60_000
		if _, err := tx.ExecContext(ctx, `INSERT INTO session_report (session, org, helper, sharer, kind, created_at, allowed_at, ended_at, connection, reason, ended_by, warnings)
			VALUES ($1, 'acme', $2, $3, 'view', $4, $4, $4, 'direct', $5, '', '')`, fmt.Sprintf("s%06d", i), fmt.Sprintf("p%06d", i%200), id, at, reasons[i%4]); err != nil {
			return err
		}
	}
	return nil
}

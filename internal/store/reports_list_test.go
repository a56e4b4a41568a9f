package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/assist"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

// TestReportsAreFoundByAnything fills in many at once, and compares what searches,
// filters, orders and pages give with what a plain walk over all of them gives.
func TestReportsAreFoundByAnything(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx, everybody := context.Background(), admin.Within{Everybody: true}
		fillReports(t, st)
		var all []admin.Report
		must(t, st.EachReport(ctx, "many", admin.ReportQuery{Within: everybody}, func(r admin.Report) error { all = append(all, r); return nil }))
		if len(all) != 400 {
			t.Fatalf("%d reports", len(all))
		}
		_, err := st.VerifyAudit(ctx, "many")
		must(t, err)
		for _, search := range []string{"", "ÁNGELA", "ángela 7", "nobody at all"} { // all, more and fewer than are looked up first, none
			for _, by := range []admin.ReportQuery{{}, {Reason: "declined"}, {Connection: "relay_tcp"}, {Reason: "declined", Connection: "relay_tcp"}} {
				for _, sort := range []string{"ended", "created", "seconds"} {
					for _, down := range []bool{false, true} {
						q := by
						q.List, q.Within = admin.List{Search: search, Sort: sort, Descending: down, Limit: 7}, everybody
						if got, want := walkReports(t, st, q), chooseReports(all, q); !slices.Equal(got, want) {
							t.Errorf("%+v: %d and not %d, or in another order", q, len(got), len(want))
						}
					}
				}
			}
		}
	})
}

// fillReports makes 130 people and 400 sessions.
func fillReports(t *testing.T, st *store.Store) {
	t.Helper()
	ctx := context.Background()
	must(t, st.CreateOrganisation(ctx, identity.Org{ID: "many", Settings: identity.DefaultSettings()}, at))
	person := func(i int) identity.Person {
		return identity.Person{ID: identity.PersonID(fmt.Sprintf("p%03d", i)), Org: "many", Name: fmt.Sprintf("%s %d", []string{"Ángela", "健二"}[i%2], i)}
	}
	must(t, st.Fill(ctx, "many", func(b *store.Bulk) error {
		for i := range 130 {
			p := person(i)
			if err := b.Person(p.ID, identity.Profile{Issuer: "https://idp", Subject: p.Name, Name: p.Name}, at); err != nil {
				return err
			}
		}
		for i := range 400 {
			start := at.Add(time.Duration(i*7%400) * time.Minute)
			sc := assist.Scene{Helper: seatedAs(person(i % 130)), Sharer: seatedAs(person((i*3 + 1) % 130))}
			sc.Session = assist.New(assist.SessionID(fmt.Sprintf("s%03d", i)), sc.Helper.Actor, nil, identity.DefaultSettings(), start)
			if sc.Helper.Person.ID != sc.Sharer.Person.ID {
				must(t, sc.Session.Redeem(sc.Sharer.Actor, start))
			}
			act := assist.Event{Act: assist.Cancel, Seat: assist.Helper, At: start.Add(time.Duration(i%13) * time.Second)}
			if i%3 == 0 && sc.Session.State == assist.Trust {
				act.Act, act.Seat = assist.Decline, assist.Sharer
			}
			must(t, sc.Session.Apply(act))
			if i%5 == 0 {
				sc.Session.Connection = "relay_tcp"
			}
			line := store.Dated{At: start, Entry: identity.Entry{Org: "many", By: identity.InPerson(sc.Helper.Person.ID), Action: "session.create", Object: string(sc.Session.ID)}}
			if err := b.Session(sc, []store.Dated{line}); err != nil {
				return err
			}
		}
		return nil
	}))
}

func seatedAs(p identity.Person) (s assist.Seated) {
	s.Person = p
	return s
}

func walkReports(t *testing.T, st *store.Store, q admin.ReportQuery) (ids []string) {
	t.Helper()
	for {
		page, err := st.ListReports(context.Background(), "many", q)
		must(t, err)
		for _, r := range page.Items {
			ids = append(ids, r.Session)
		}
		if q.Cursor = page.Next; q.Cursor == "" {
			return ids
		}
	}
}

// chooseReports is what a query means.
func chooseReports(all []admin.Report, q admin.ReportQuery) (ids []string) {
	found := slices.Clone(all)
	search := strings.ToLower(q.Search)
	found = slices.DeleteFunc(found, func(r admin.Report) bool {
		named := strings.Contains(strings.ToLower(r.HelperName), search) || strings.Contains(strings.ToLower(r.SharerName), search)
		return !named || q.Reason != "" && r.Reason != q.Reason || q.Connection != "" && r.Connection != q.Connection
	})
	key := map[string]func(admin.Report) int64{
		"ended": func(r admin.Report) int64 { return r.EndedAt.UnixMilli() }, "created": func(r admin.Report) int64 { return r.CreatedAt.UnixMilli() },
		"seconds": func(r admin.Report) int64 { return r.DurationSeconds },
	}[q.Sort]
	slices.SortFunc(found, func(a, b admin.Report) int {
		if key(a) != key(b) {
			return int(min(max(key(a)-key(b), -1), 1))
		}
		return strings.Compare(a.Session, b.Session)
	})
	if q.Descending {
		slices.Reverse(found)
	}
	for _, r := range found {
		ids = append(ids, r.Session)
	}
	return ids
}

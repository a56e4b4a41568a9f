package store_test

import (
	"context"
	"testing"

	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/store"
)

// TestErasingOnEachEngine: who is erased is nowhere by name, what they did stays,
// and the last administrator cannot be erased.
func TestErasingOnEachEngine(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		crowd(t, st, "boss", "anna", "bert")
		_, err := st.Provision(ctx, "crowd", "p00", identity.Profile{Issuer: "https://idp", Subject: "0", Name: "boss"}, []identity.RoleID{identity.Administrator}, at)
		must(t, err)
		by := func(p identity.PersonID) identity.Entry {
			return identity.Entry{Org: "crowd", By: identity.InPerson("p00"), Action: "person.erase", Person: p}
		}
		must(t, st.Record(ctx, at, identity.Entry{Org: "crowd", By: identity.InPerson("p01"), Action: "test.act", Object: "thing", Details: map[string]string{"chat:old": "true"}}))
		lines, err := st.ListAudit(ctx, "crowd", admin.AuditQuery{List: admin.List{Limit: 5}, Actor: "p01"})
		must(t, err)
		if len(lines.Items) != 1 || lines.Items[0].ActorName != "anna" || lines.Items[0].Details["chat:old"] != "true" {
			t.Errorf("before: %+v", lines.Items)
		}
		wantFault(t, st.ErasePerson(ctx, "crowd", "p00", at, by("p00")), admin.ErrLastAdministrator)
		wantFault(t, st.DisablePerson(ctx, "crowd", "p00", true, at, by("p00")), admin.ErrLastAdministrator)
		wantFault(t, st.ErasePerson(ctx, "acme", "p01", at, by("p01")), fault.ErrNotFound)
		must(t, st.ErasePerson(ctx, "crowd", "p01", at, by("p01")))
		if got := walk(t, st, admin.PeopleQuery{Within: admin.Within{Everybody: true}}); len(got) != 2 {
			t.Errorf("people %v", got)
		}
		lines, err = st.ListAudit(ctx, "crowd", admin.AuditQuery{List: admin.List{Limit: 5}, Object: "thing"})
		must(t, err)
		if len(lines.Items) != 1 || lines.Items[0].ActorName != "" || lines.Items[0].Actor != "" || lines.Items[0].BySystem {
			t.Errorf("after: %+v", lines.Items)
		}
		wantFault(t, st.DisablePerson(ctx, "crowd", "p01", false, at, by("p01")), fault.ErrNotFound)
		if _, err := st.VerifyAudit(ctx, "crowd"); err != nil {
			t.Error(err)
		}
		n, err := st.Numbers(ctx, "crowd", admin.Within{Groups: []identity.GroupID{"g"}, Own: "p02"}, at)
		if err != nil || len(n.Days) != 30 || n.Today.Sessions != 0 {
			t.Errorf("numbers %+v, %v", n, err)
		}
		if page, err := st.ListReports(ctx, "crowd", admin.ReportQuery{List: admin.List{Limit: 5, Search: "bert"}, Within: admin.Within{Own: "p02"}}); err != nil || len(page.Items) != 0 {
			t.Errorf("reports %+v, %v", page, err)
		}
		number := lines.Items[0].Number
		one, err := st.ListAudit(ctx, "crowd", admin.AuditQuery{List: admin.List{Limit: 5}, Number: number})
		if err != nil || len(one.Items) != 1 || one.Items[0].Number != number {
			t.Errorf("one line %+v, %v", one, err)
		}
		head, err := st.Head(ctx, "crowd")
		must(t, err)
		must(t, st.Compare(ctx, head))
	})
}

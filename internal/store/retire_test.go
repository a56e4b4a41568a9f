package store_test

import (
	"context"
	"testing"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/store"
)

func TestRetireLeavesAWholeChainOnBothEngines(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		ctx := context.Background()
		began := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		if err := st.CreateOrganisation(ctx, identity.Org{ID: "acme", Settings: identity.DefaultSettings()}, began); err != nil {
			t.Fatal(err)
		}
		for i := range 9 {
			if err := st.Record(ctx, began.AddDate(0, 0, i), identity.Entry{Org: "acme", Action: "test.line"}); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 { // the second time nothing is over any more
			if err := st.Retire(ctx, began.AddDate(0, 0, 365+4)); err != nil {
				t.Fatal(err)
			}
			if n, err := st.VerifyAudit(ctx, "acme"); err != nil || n != 5 {
				t.Fatalf("%d lines left, want four and the one that tells of it: %v", n, err)
			}
		}
	})
}

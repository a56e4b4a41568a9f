package store_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/store"
	"tasuke/internal/store/storetest"
)

// TestLookingChangesNothing: on each engine, empty and in use.
func TestLookingChangesNothing(t *testing.T) {
	ctx := context.Background()
	for name, dsn := range map[string]string{"sqlite": storetest.SQLite(t), "postgres": postgres.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			look := func() *store.Store {
				s, err := store.OpenReadOnly(ctx, store.Options{DSN: dsn, MasterKey: storetest.MasterKey()})
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = s.Close() })
				return s
			}
			if name == "postgres" {
				if found, newest, err := look().Schema(ctx); found != 0 || newest < 52 || err != nil {
					t.Errorf("an empty database: %d of %d, %v", found, newest, err)
				}
			} else if _, err := store.OpenReadOnly(ctx, store.Options{DSN: dsn, MasterKey: storetest.MasterKey()}); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("no file: %v", err)
			}
			s := storetest.Open(t, dsn)
			org := identity.Org{ID: "acme", Name: "Acme", Settings: identity.DefaultSettings()}
			if err := s.CreateOrganisation(ctx, org, time.Now()); err != nil {
				t.Fatal(err)
			}
			beside := look()
			found, newest, err := beside.Schema(ctx)
			orgs, orgsErr := beside.Orgs(ctx)
			if found != newest || err != nil || len(orgs) != 1 || orgsErr != nil {
				t.Errorf("beside a server: %d of %d, %v; %v, %v", found, newest, err, orgs, orgsErr)
			}
			org.ID = "other"
			if err := beside.CreateOrganisation(ctx, org, time.Now()); err == nil {
				t.Error("it can write")
			}
		})
	}
}

// TestLookingLeavesNoFiles beside a SQLite file that nobody has open.
func TestLookingLeavesNoFiles(t *testing.T) {
	ctx, dsn := context.Background(), storetest.SQLite(t)
	s, err := store.Open(ctx, store.Options{DSN: dsn, MasterKey: storetest.MasterKey()})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(dsn, "sqlite:")
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read it: %v, %v", info.Mode(), err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r, err := store.OpenReadOnly(ctx, store.Options{DSN: dsn, MasterKey: storetest.MasterKey()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Orgs(ctx); err != nil {
		t.Error(err)
	}
	during, _ := filepath.Glob(path + "*")
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	after, _ := os.ReadFile(path)
	if len(during) != 1 || string(before) != string(after) {
		t.Errorf("files %v; changed: %v", during, string(before) != string(after))
	}
}

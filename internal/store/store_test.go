package store_test

import (
	"context"
	"os"
	"testing"

	"tasuke/internal/store"
	"tasuke/internal/store/storetest"
)

var postgres storetest.Server

func TestMain(m *testing.M) { os.Exit(storetest.Main(m, &postgres)) }

func TestOpenMigratesAndAnswers(t *testing.T) {
	postgres.Each(t, func(t *testing.T, st *store.Store) {
		if err := st.Ping(context.Background()); err != nil {
			t.Fatal(err)
		}
	})
}

func TestOpenRefusesUnknownEngine(t *testing.T) {
	_, err := store.Open(context.Background(), store.Options{DSN: "mysql://x", MasterKey: storetest.MasterKey()})
	if err == nil {
		t.Fatal("opened a database of an unknown engine")
	}
}

package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/config"
	"tasuke/internal/inventory"
)

// demo starts a fresh demo on a free port.
func demo(t *testing.T) *Server {
	t.Helper()
	dir := t.TempDir()
	cfg, err := config.Load("", nil, []string{"base_url=http://localhost:1", "listen=127.0.0.1:0", "relay_host=127.0.0.1",
		"database=sqlite:" + filepath.Join(dir, "tasuke.db"), "master_key_file=" + filepath.Join(dir, "master.key")})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Start(context.Background(), cfg, Options{Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if _, err := s.Demo(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	return s
}

// summary is what a seed must always give.
type summary struct{ people, devices, sessions []string }

func summarise(t *testing.T, s *Server) (v summary) {
	t.Helper()
	ctx, all := context.Background(), admin.Within{Everybody: true}
	people, err := s.Store.ListPeople(ctx, DemoOrg, admin.PeopleQuery{List: admin.List{Limit: 500}, Within: all})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people.Items {
		v.people = append(v.people, p.Person.Name+p.Person.Email+p.Person.Department)
	}
	f := inventory.Filter{Limit: 500}
	f.Reach.AllDevices = true
	devices, err := s.Store.Devices(ctx, DemoOrg, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range devices {
		v.devices = append(v.devices, d.Name+d.Model+d.OwnerName+string(d.Result.Compliance))
	}
	err = s.Store.EachReport(ctx, DemoOrg, admin.ReportQuery{Within: all}, func(r admin.Report) error {
		v.sessions = append(v.sessions, r.HelperName+r.SharerName+r.Reason+r.Connection)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestALargeDemoIsInventedFromASeed: everything is there and whole, every session
// has ended, and the same seed gives the same.
func TestALargeDemoIsInventedFromASeed(t *testing.T) {
	size := Large{People: 300, Devices: 400, Sessions: 500, Seed: 7, Until: time.Now()}
	var made []summary
	for range 2 {
		s := demo(t)
		if err := s.FillDemo(context.Background(), size, func(string, int, int) {}); err != nil {
			t.Fatal(err)
		}
		v := summarise(t, s)
		if len(v.people) != size.People+6+len(staffRoles) || len(v.devices) != size.Devices || len(v.sessions) != size.Sessions {
			t.Fatalf("%d people, %d devices, %d sessions", len(v.people), len(v.devices), len(v.sessions))
		}
		lines, err := s.Store.VerifyAudit(context.Background(), DemoOrg)
		if err != nil || lines < int64(2*size.Sessions) {
			t.Errorf("the audit chain: %d lines, %v", lines, err)
		}
		live, err := s.Store.LiveSessions(context.Background(), DemoOrg)
		if err != nil || len(live) != 0 {
			t.Errorf("%d sessions have not ended, %v", len(live), err)
		}
		if err := s.FillDemo(context.Background(), size, func(string, int, int) { t.Error("filled again") }); err != nil {
			t.Error(err)
		}
		made = append(made, v)
	}
	for i, words := range [][]string{made[0].people, made[0].devices, made[0].sessions} {
		if again := [][]string{made[1].people, made[1].devices, made[1].sessions}[i]; !slices.Equal(words, again) {
			t.Errorf("the same seed gave something else")
		}
	}
}

func TestALargeDemoLeavesUsedDataAlone(t *testing.T) {
	s := demo(t)
	nothing := func(string, int, int) {}
	if err := s.FillDemo(context.Background(), Large{People: 10, Devices: 10, Sessions: 10}, nothing); err != nil {
		t.Fatal(err)
	}
	if err := s.FillDemo(context.Background(), LargeDemo(1), nothing); !errors.Is(err, ErrHoldsData) {
		t.Errorf("filled a database in use: %v", err)
	}
}

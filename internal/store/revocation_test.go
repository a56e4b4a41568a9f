package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"tasuke/internal/admin"
	"tasuke/internal/device"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
)

// BenchmarkRevocation prints the 95th percentile of the time from a change of a
// compliance policy until the device in the one live session has been evaluated
// and the session is due, out of TASUKE_DEVICES devices (default 2 000), while the
// others are being evaluated (goal: 2 s, of which the sweeps may take 0.6).
func BenchmarkRevocation(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("TASUKE_DEVICES"))
	if err != nil {
		n = 2_000
	}
	ctx, now := context.Background(), time.Now()
	s, err := Open(ctx, Options{DSN: "sqlite:" + b.TempDir() + "/t.db", MasterKey: make([]byte, 32)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	if err := s.CreateOrganisation(ctx, identity.Org{ID: "acme", Name: "acme", Settings: identity.DefaultSettings()}, now); err != nil {
		b.Fatal(err)
	}
	if _, err := s.Provision(ctx, "acme", "sharer", identity.Profile{Issuer: "i", Subject: "s"}, []identity.RoleID{identity.Administrator}, now); err != nil {
		b.Fatal(err)
	}
	tx, err := s.writer.Begin()
	if err != nil {
		b.Fatal(err)
	}
	for i := range n {
		d := inventory.Detail{}
		d.ID, d.Org, d.Name, d.Platform, d.ExternalID, d.Enrolment = identity.DeviceID(fmt.Sprint("d", i)), "acme", fmt.Sprint("PC-", i), identity.Windows, fmt.Sprint("x", i), device.Known
		if i == n/2 {
			d.Owner = "sharer"
		}
		if err := putDevice(ctx, tx, &d.Device); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO help_session (id, org, version, state, helper, sharer, code_hash, due_at, created_at, body) VALUES ('s', 'acme', 1, 'sharing', 'sharer', 'sharer', NULL, 0, 0, '{}')`); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	policy := device.Policy{ID: "p", Name: "p", Platform: identity.Windows}
	var took []time.Duration
	for version := int64(0); b.Loop(); version++ {
		began := time.Now()
		o := admin.Object{Kind: admin.Compliance, ID: "p", Name: "p", Version: version, Created: now, Updated: now, Value: policy}
		if err := s.SaveObject(ctx, "acme", o, identity.Entry{Org: "acme", Action: "compliance_policy.change"}, nil); err != nil {
			b.Fatal(err)
		}
		if err := s.EvaluateDue(ctx, time.Now(), 500); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
		if err := s.EvaluateDue(ctx, time.Now(), 500); err != nil { // the others go on
			b.Fatal(err)
		}
		var left int
		if err := s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM device d JOIN organisation o ON o.id = d.org WHERE d.owner = 'sharer' AND (d.due_at = 0 OR d.evaluated < o.compliance_version)`).Scan(&left); err != nil || left != 0 {
			b.Fatalf("the live device was not evaluated first: %v", err)
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

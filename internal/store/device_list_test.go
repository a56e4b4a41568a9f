package store

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"tasuke/internal/identity"
	"tasuke/internal/inventory"
)

// BenchmarkDeviceList prints the 95th percentile of a page of fifty out of
// TASUKE_DEVICES devices (default 2 000).
func BenchmarkDeviceList(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("TASUKE_DEVICES"))
	if err != nil {
		n = 2_000
	}
	ctx := context.Background()
	s, err := Open(ctx, Options{DSN: "sqlite:" + b.TempDir() + "/t.db", MasterKey: make([]byte, 32)})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	if err := s.CreateOrganisation(ctx, identity.Org{ID: "acme", Name: "acme", Settings: identity.DefaultSettings()}, time.Now()); err != nil {
		b.Fatal(err)
	}
	tx, err := s.writer.Begin()
	if err != nil {
		b.Fatal(err)
	}
	platforms := identity.Platforms()
	for i := range n {
		name := fmt.Sprintf("LAPTOP-%07d", (i*7919)%n)
		d := inventory.Detail{}
		d.ID, d.Org, d.Name, d.Serial, d.Model = identity.DeviceID(fmt.Sprint("d", i)), "acme", name, fmt.Sprintf("SN%08X", i*31), fmt.Sprint("Model ", i%90)
		d.Platform, d.ExternalID, d.Enrolment = platforms[i%len(platforms)], fmt.Sprint("x", i), "known"
		if err := putDevice(ctx, tx, &d.Device); err != nil {
			b.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	filters := map[string]inventory.Filter{
		"first page": {}, "search of many": {Search: "laptop"}, "search of one": {Search: fmt.Sprintf("SN%08X", (n/2)*31)}, "search of none": {Search: "nothing like it"},
		"filter": {Platform: identity.ChromeOS, Compliance: "compliant"}, "proof": {Grade: "client_certificate"}, "by time": {Sort: inventory.BySeen, Descending: true},
	}
	b.Run("count", func(b *testing.B) {
		var took []time.Duration
		for range b.N {
			began := time.Now()
			if _, err := s.CountDevices(ctx, "acme", identity.Everything()); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
	})
	for name, f := range filters {
		f.Limit, f.Reach = 51, identity.Everything()
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for range b.N {
				began := time.Now()
				if _, err := s.Devices(ctx, "acme", f); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}

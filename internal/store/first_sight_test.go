package store_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"tasuke/internal/device"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
	"tasuke/internal/store"
	"tasuke/internal/store/storetest"
)

// TestTwoFirstSightsOfOneDevice: two sign-ins show at once a certificate that
// names the same unknown device, and both have proven one and the same.
func TestTwoFirstSightsOfOneDevice(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { firstSights(t, storetest.Open(t, storetest.SQLite(t)), 1) })
	t.Run("postgres", func(t *testing.T) { firstSights(t, storetest.Open(t, postgres.Postgres(t)), 2) })
}

// firstSights has two transactions of which as many stand side by side before
// either writes: SQLite lets one after the other in.
func firstSights(t *testing.T, st *store.Store, together int) {
	ctx := context.Background()
	organisation(t, st, "acme")
	var side sync.WaitGroup
	side.Add(together)
	proofs := make([]inventory.Proof, 2)
	for i := range proofs {
		id := identity.SignInID(fmt.Sprint("s", i))
		person, err := st.SaveSignIn(ctx, newSignIn("acme", string(id), string(id), "mio"))
		must(t, err)
		must(t, st.SaveChallenge(ctx, inventory.Challenge{Nonce: string(id), Org: "acme", SignIn: id, Purpose: device.Show, Expires: time.Now().Add(time.Hour)}))
		var first sync.Once
		proofs[i] = inventory.Proof{
			Actor: identity.Actor{Person: person, SignIn: identity.SignIn{ID: id, Org: "acme"}}, Nonce: string(id), Purpose: device.Show,
			Names: []string{"mdm-1"}, Grade: device.ClientCertificate, Now: time.Now(),
			Unknown: &device.Device{ID: identity.DeviceID(fmt.Sprint("d", i)), Org: "acme", Name: "mdm-1", ExternalID: "mdm-1", Enrolment: device.Known, Created: time.Now()},
			Verify: func(d *device.Device) error {
				first.Do(func() {
					if together > 1 {
						side.Done()
						side.Wait()
					}
				})
				return d.Vouch(device.ClientCertificate, person, time.Now())
			},
		}
	}
	var both sync.WaitGroup
	shown, errs := make([]device.Device, 2), make([]error, 2)
	for i := range proofs {
		both.Go(func() { shown[i], errs[i] = st.Prove(ctx, proofs[i]) })
	}
	both.Wait()
	if errs[0] != nil || errs[1] != nil || shown[0].ID != shown[1].ID || shown[1].Enrolment != device.Enrolled {
		t.Errorf("%v, %v: %+v, %+v", errs[0], errs[1], shown[0].ID, shown[1].ID)
	}
}

// TestTwoImportsOfOneNewDevice: two imports name at once the same unknown device;
// one makes it known, and the other finds it.
func TestTwoImportsOfOneNewDevice(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) { imports(t, storetest.Open(t, storetest.SQLite(t)), 1) })
	t.Run("postgres", func(t *testing.T) { imports(t, storetest.Open(t, postgres.Postgres(t)), 2) })
}

// imports has as many transactions stand side by side as firstSights.
func imports(t *testing.T, st *store.Store, together int) {
	ctx := context.Background()
	organisation(t, st, "acme")
	var side, both sync.WaitGroup
	side.Add(together)
	told, errs := make([]inventory.Described, 2), make([]error, 2)
	for i := range told {
		var first sync.Once
		batch := inventory.Batch{
			Decide: func(d *inventory.Detail, is inventory.Description, _ *identity.Actor) (bool, error) {
				first.Do(func() {
					if together > 1 {
						side.Done()
						side.Wait()
					}
				})
				changed := d.Name != is.Name
				d.Name = is.Name
				return changed, nil
			},
			Log: func(inventory.Described) identity.Entry {
				return identity.Entry{Org: "acme", Action: "device.describe"}
			},
		}
		both.Go(func() {
			told[i], errs[i] = st.Describe(ctx, "acme", []inventory.Description{{ExternalID: "mdm-1", Name: "Mio's"}}, batch)
		})
	}
	both.Wait()
	if errs[0] != nil || errs[1] != nil || told[0].Created+told[1].Created != 1 || told[0].Unchanged+told[1].Unchanged != 1 {
		t.Errorf("%v, %v: %+v, %+v", errs[0], errs[1], told[0], told[1])
	}
	known, err := st.Devices(ctx, "acme", inventory.Filter{Reach: identity.Scope{AllDevices: true}, Limit: 9})
	if must(t, err); len(known) != 1 || known[0].ExternalID != "mdm-1" {
		t.Errorf("%+v", known)
	}
}

package inventory

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Certificates is what is believed of client certificates. Whether one is good is
// decided where it is shown.
type Certificates struct {
	Key           []byte           // seals assertions
	At            string           // address that asks for them; empty: nobody is asked
	FirstSight    bool             // one that names an unknown device enrols it
	Organisations []identity.OrgID // for which the authorities vouch; none: all
}

func (c Certificates) vouchFor(org identity.OrgID) bool {
	return c.At != "" && (len(c.Organisations) == 0 || slices.Contains(c.Organisations, org))
}

// ErrUnknown refuses a certificate that names no device of the organisation.
var ErrUnknown = fault.New(fault.NotFound, "device_unknown", "Your organisation does not know the device that this certificate names.", "Ask your administrator to add it.")

// Show proves to the actor's sign-in the device that a client certificate names.
func (v *Inventory) Show(ctx context.Context, a identity.Actor, sealed string) (device.Device, error) {
	if !v.Certificates.vouchFor(a.Person.Org) {
		return device.Device{}, device.ErrAssertion
	}
	now := v.Now()
	is, err := device.OpenAssertion(v.Certificates.Key, sealed, now)
	if err != nil {
		return device.Device{}, err
	}
	if is.Org != a.Person.Org || is.SignIn != a.SignIn.ID || len(is.Names) == 0 {
		return device.Device{}, device.ErrAssertion
	}
	p := Proof{
		Actor: a, Nonce: is.Nonce, Purpose: device.Show, Names: is.Names, Grade: device.ClientCertificate, Facts: ownFacts(a.From, now), Now: now,
		Details: map[string]string{"way": "certificate", "fingerprint": is.Fingerprint},
		Verify:  func(d *device.Device) error { return d.Vouch(device.ClientCertificate, a.Person, now) },
	}
	if v.Certificates.FirstSight {
		id, err := uuid.NewV7()
		if err != nil {
			return device.Device{}, fmt.Errorf("device id: %w", err)
		}
		p.Unknown = &device.Device{ID: identity.DeviceID(id.String()), Org: a.Person.Org, Name: is.Names[0], ExternalID: is.Names[0], Platform: a.From.Platform, Enrolment: device.Known, Created: now}
	}
	return v.Keys.Prove(ctx, p)
}

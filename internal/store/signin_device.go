package store

import (
	"context"
	"database/sql"
	"errors"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// claimDevice writes on a new sign-in which device its id token names, when the
// organisation knows it and it is the person's, or nobody's. A device that was
// revoked is written down as well: the sign-in is refused help on it.
func (s *Store) claimDevice(ctx context.Context, tx *sql.Tx, n identity.NewSignIn, p identity.Person) error {
	if n.Device.ID == "" {
		return nil
	}
	d, err := deviceNamed(ctx, tx, p.Org, n.Device.ID)
	if errors.Is(err, fault.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	a := identity.Actor{Person: p, SignIn: n.SignIn}
	if d.Enrolment == device.Revoked && d.Owner == p.ID {
		return writeProof(ctx, tx, a, d.ID, device.ProviderClaim, n.SignIn.Created)
	}
	was := d.Enrolment
	if d.Vouch(device.ProviderClaim, p, n.SignIn.Created) != nil {
		return nil // somebody else's, or out of use: nothing is proven
	}
	v, err := detailOf(ctx, tx, d)
	if err != nil {
		return err
	}
	if n.Device.Compliant != "" {
		v.Facts = append(v.Facts, device.Fact{Name: device.Declared, Value: n.Device.Compliant, Source: device.FromClaim, At: n.Device.At})
	}
	if err := s.keepDevice(ctx, tx, &v); err != nil {
		return err
	}
	if stronger, err := holdsStronger(ctx, tx, a, device.ProviderClaim, n.SignIn.Created); stronger || err != nil {
		return err
	}
	if err := writeProof(ctx, tx, a, v.ID, device.ProviderClaim, n.SignIn.Created); err != nil || was == device.Enrolled {
		return err
	}
	return appendAudit(ctx, tx, n.SignIn.Created, identity.Entry{Org: p.Org, By: identity.InPerson(p.ID), Action: "device.enrol", Object: string(v.ID),
		Details: map[string]string{"name": v.Name, "grade": string(device.ProviderClaim), "way": "provider"}})
}

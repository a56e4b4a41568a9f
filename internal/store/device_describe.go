package store

import (
	"context"
	"database/sql"
	"errors"

	"github.com/google/uuid"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
	"tasuke/internal/inventory"
)

// errPreview undoes a transaction that was only to tell what would change.
var errPreview = errors.New("only a preview")

// Describe implements inventory.Devices. A device that another batch has made known
// meanwhile is known at the next try.
func (s *Store) Describe(ctx context.Context, org identity.OrgID, all []inventory.Description, b inventory.Batch) (v inventory.Described, err error) {
	const tries = 5
	for range tries {
		if v, err = s.describe(ctx, org, all, b); !s.dialect.duplicate(err) {
			return v, err
		}
	}
	return v, fault.ErrUnavailable.WithCause(err)
}

func (s *Store) describe(ctx context.Context, org identity.OrgID, all []inventory.Description, b inventory.Batch) (v inventory.Described, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		v = inventory.Described{}
		owners, seen := map[string]*identity.Actor{}, map[string]bool{}
		for _, is := range all {
			if seen[is.ExternalID] {
				v.Refuse(is.Line, inventory.ErrTwice)
				continue
			}
			seen[is.ExternalID] = true
			if err := s.describeOne(ctx, tx, org, is, b, owners, &v); err != nil {
				return err
			}
		}
		if b.Preview || len(v.Errors) > 0 {
			return errPreview
		}
		return appendAudit(ctx, tx, s.now(), b.Log(v))
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return v, err
}

// describeOne applies one description; what is wrong with it is noted, and only
// a failure of the store stops the batch.
func (s *Store) describeOne(ctx context.Context, tx *sql.Tx, org identity.OrgID, is inventory.Description, b inventory.Batch, owners map[string]*identity.Actor, v *inventory.Described) error {
	d, err := s.described(ctx, tx, org, is.ExternalID)
	if err != nil {
		return err
	}
	owner, err := ownerOf(ctx, tx, org, is.Owner, owners)
	if errors.Is(err, fault.ErrNotFound) {
		v.Refuse(is.Line, inventory.ErrNoOwner)
		return nil
	}
	if err != nil {
		return err
	}
	before, isNew := d.Owner, d.Version == 0
	changed, err := b.Decide(&d, is, owner)
	if err != nil {
		if fault.Of(err).Kind == fault.Internal {
			return err
		}
		v.Refuse(is.Line, err)
		return nil
	}
	switch {
	case isNew:
		v.Created++
	case changed:
		v.Changed++
	default:
		v.Unchanged++
		return nil
	}
	if b.Preview || len(v.Errors) > 0 {
		return nil // nothing of this will be kept
	}
	if err := wakeOwner(ctx, tx, org, before); err != nil {
		return err
	}
	return s.keepDevice(ctx, tx, &d)
}

// deviceNamed loads a device by its external id, or gives fault.ErrNotFound.
func deviceNamed(ctx context.Context, tx *sql.Tx, org identity.OrgID, external string) (device.Device, error) {
	return scanDevice(tx.QueryRowContext(ctx, `SELECT `+deviceColumns+deviceFrom+`WHERE d.org = $1 AND d.external_id = $2`, string(org), external))
}

// described finds a device by its external id, or begins a new one.
func (s *Store) described(ctx context.Context, tx *sql.Tx, org identity.OrgID, external string) (inventory.Detail, error) {
	d, err := deviceNamed(ctx, tx, org, external)
	if err == nil {
		return detailOf(ctx, tx, d)
	}
	if !errors.Is(err, fault.ErrNotFound) {
		return inventory.Detail{}, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return inventory.Detail{}, err
	}
	now := s.now()
	return inventory.Detail{Device: device.Device{ID: identity.DeviceID(id.String()), Org: org, ExternalID: external, Enrolment: device.Known, Created: now}}, nil
}

// ownerOf finds a person by id or e-mail address; nil: none was named. An
// address that several people have names nobody.
func ownerOf(ctx context.Context, tx *sql.Tx, org identity.OrgID, named string, found map[string]*identity.Actor) (*identity.Actor, error) {
	if named == "" {
		return nil, nil
	}
	if a, ok := found[named]; ok {
		return a, nil
	}
	const enough = 2 // to know that there is more than one
	rows, err := tx.QueryContext(ctx, `SELECT `+personColumns+` FROM person p WHERE p.org = $1 AND (p.id = $2 OR LOWER(p.email) = LOWER($2)) LIMIT $3`, string(org), named, enough)
	people, err := collect(rows, err, scanPerson)
	if err != nil {
		return nil, err
	}
	if len(people) != 1 {
		return nil, fault.ErrNotFound
	}
	a := &identity.Actor{Person: people[0]}
	if a.Groups, err = groupsOf(ctx, tx, org, string(a.Person.ID)); err != nil {
		return nil, err
	}
	found[named] = a
	return a, nil
}

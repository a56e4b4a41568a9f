package store

import (
	"context"

	"tasuke/internal/device"
	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Standing implements admin.Directory.
func (s *Store) Standing(context.Context, identity.OrgID, identity.DeviceID) (device.Standing, error) {
	return device.Standing{}, fault.ErrNotFound
}

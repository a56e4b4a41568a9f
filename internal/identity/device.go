package identity

import "time"

// DeviceID is a UUID of ours for a device that the organisation knows. What a
// device is and whether it is compliant belongs to package device.
type DeviceID string

// DeviceProof is what a sign-in has proven about the device it runs on.
type DeviceProof struct {
	Device DeviceID // empty: nothing was proven
	At     time.Time
	Grade  string    // what the proof is worth, in the words of package device
	Lost   bool      // the browser was this device once and has lost its key
	Keyed  DeviceID  // the device whose profile key signed last; empty: none
	KeyAt  time.Time // when
}

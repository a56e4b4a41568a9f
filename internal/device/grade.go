package device

import "slices"

// Grade says what the proof of a device is worth. The zero value is that of no
// proof.
type Grade string

// The grades. See docs/adr/0030-device-grades.md for their order.
const (
	ProfileKey        Grade = "profile_key"        // a key that cannot be exported, in a browser profile
	PlatformKey       Grade = "platform_key"       // a credential of the device's own authenticator that is never synced
	ProviderClaim     Grade = "provider_claim"     // the identity provider names the device in a verified ID token
	ClientCertificate Grade = "client_certificate" // a certificate of the organisation's authority, checked by this server
)

// Grades lists the grades, the weakest first.
func Grades() []Grade { return []Grade{ProfileKey, PlatformKey, ProviderClaim, ClientCertificate} }

// AtLeast reports whether g is worth as much as least, or more.
func (g Grade) AtLeast(least Grade) bool {
	return slices.Index(Grades(), g) >= slices.Index(Grades(), least)
}

// Bound is a credential of the device's own authenticator (WebAuthn). Whether it
// was synced is checked each time it signs.
type Bound struct {
	ID      []byte
	Key     []byte // COSE_Key
	Counter uint32 // of the last signature; 0: the authenticator does not count
}

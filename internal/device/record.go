package device

import (
	"slices"
	"strings"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// Enrolment says how the organisation stands to a device.
type Enrolment string

// The states of enrolment.
const (
	Known    Enrolment = "known"    // described from outside, never proven
	Enrolled Enrolment = "enrolled" // its key is kept
	KeyLost  Enrolment = "key_lost" // its browser said that the key is gone
	Retired  Enrolment = "retired"  // not used any more
	Revoked  Enrolment = "revoked"  // its key must not be trusted any more
)

// Enrolments lists the states of enrolment.
func Enrolments() []Enrolment { return []Enrolment{Known, Enrolled, KeyLost, Retired, Revoked} }

// Ownership says whose a device is.
type Ownership string

// The kinds of ownership; empty: unknown.
const (
	Corporate Ownership = "corporate"
	Personal  Ownership = "personal"
)

// Ownerships lists the kinds of ownership.
func Ownerships() []Ownership { return []Ownership{Corporate, Personal} }

// Device is one device of an organisation.
type Device struct {
	ID           identity.DeviceID
	Org          identity.OrgID
	Version      int64
	Name         string
	Owner        identity.PersonID // empty: nobody's
	OwnerName    string            // as it is now; not kept with the device
	Platform     identity.Platform
	Ownership    Ownership
	Manufacturer string
	Model        string
	Serial       string
	ExternalID   string // as another system knows it; empty: not from outside
	Enrolment    Enrolment
	Grade        Grade     // the strongest way in which it was ever proven since it was enrolled
	Key          []byte    // public key (SubjectPublicKeyInfo); nil: none
	Bound        *Bound    // nil: none
	Counter      int64     // of the last signature
	Cloned       time.Time // when its key was seen in two places; zero: never
	Created      time.Time
	EnrolledAt   time.Time
	Seen         time.Time // when it was last proven or described
	Result       Result
}

// Attribute gives what rules of groups look at.
func (d Device) Attribute(a identity.Attribute) string {
	switch a {
	case identity.ByPlatform:
		return string(d.Platform)
	case identity.ByOwnership:
		return string(d.Ownership)
	case identity.ByManufacturer:
		return d.Manufacturer
	case identity.ByModel:
		return d.Model
	case identity.ByDeviceName:
		return d.Name
	}
	return ""
}

// Prove notes that the device was proven in this way now.
func (d *Device) Prove(by Grade, now time.Time) {
	d.Seen = now
	if !d.Grade.AtLeast(by) {
		d.Grade = by
	}
	if d.Enrolment == KeyLost {
		d.Enrolment = Enrolled // another browser of the person said so in vain
	}
}

// Forget takes away whatever could prove the device.
func (d *Device) Forget() { d.Key, d.Bound, d.Grade = nil, nil, "" }

// Standing is the device as a session sees it, proven by a proof of this grade.
func (d Device) Standing(groups []identity.GroupID, by Grade) Standing {
	return Standing{
		ID: d.ID, Name: d.Name, Grade: by, Weaker: !by.AtLeast(d.Grade), Groups: groups, Compliance: d.Result.Compliance, Broken: d.Result.Broken,
		Evaluated: d.Result.Newest, Stale: d.Result.Stale, Cloned: !d.Cloned.IsZero(),
	}
}

// maxText bounds every text of a device, in characters.
const maxText = 100

// ErrDevice refuses a device that cannot be kept; its reasons name the member.
var ErrDevice = fault.New(fault.Invalid, "device_invalid", "The device is not described properly.", "Correct the members named in the reasons.")

// Check refuses a device that cannot be kept.
func (d Device) Check() error {
	var bad []fault.Reason
	for member, text := range map[string]string{"name": d.Name, "manufacturer": d.Manufacturer, "model": d.Model, "serial": d.Serial, "externalId": d.ExternalID} {
		if identity.CleanText(text) != text || len([]rune(text)) > maxText || member == "name" && text == "" {
			bad = append(bad, fault.Reason{Code: "member_invalid", Subject: member})
		}
	}
	if d.Platform != "" && !slices.Contains(identity.Platforms(), d.Platform) {
		bad = append(bad, fault.Reason{Code: "member_invalid", Subject: "platform"})
	}
	if d.Ownership != "" && !slices.Contains(Ownerships(), d.Ownership) {
		bad = append(bad, fault.Reason{Code: "member_invalid", Subject: "ownership"})
	}
	if bad != nil {
		slices.SortFunc(bad, func(a, b fault.Reason) int { return strings.Compare(a.Subject, b.Subject) })
		return ErrDevice.WithReasons(bad...)
	}
	return nil
}

// FactName names something that can be known of a device.
type FactName string

// The facts. Those of versions are dotted numbers, the others true or false.
const (
	OSVersion      FactName = "os_version"
	BrowserVersion FactName = "browser_version"
	DiskEncryption FactName = "disk_encryption"
	Firewall       FactName = "firewall"
	Antivirus      FactName = "antivirus"
	ScreenLock     FactName = "screen_lock"
	SecureBoot     FactName = "secure_boot"
	Rooted         FactName = "rooted"
)

// FactNames lists the facts.
func FactNames() []FactName {
	return []FactName{OSVersion, BrowserVersion, DiskEncryption, Firewall, Antivirus, ScreenLock, SecureBoot, Rooted}
}

// version reports whether the fact is a version.
func (n FactName) version() bool { return n == OSVersion || n == BrowserVersion }

// Source says who told a fact.
type Source string

// The sources of facts.
const (
	FromBrowser Source = "browser" // what the browser says of itself; can only count against the device
	FromImport  Source = "import"
	FromAPI     Source = "api"
)

// Fact is one thing known of a device.
type Fact struct {
	Name   FactName
	Value  string
	Source Source
	At     time.Time
}

// ErrFact refuses a fact that nothing can be made of.
var ErrFact = fault.New(fault.Invalid, "fact_invalid", "A fact about a device cannot be read.", "Versions are numbers with dots, everything else is true or false.")

// Check refuses a fact that nothing can be made of, or one from the future.
func (f Fact) Check(now time.Time) error {
	const ahead = 5 * time.Minute // how far clocks may differ
	ok := slices.Contains(FactNames(), f.Name) && !f.At.After(now.Add(ahead)) && !f.At.IsZero()
	if f.Name.version() {
		_, read := ParseVersion(f.Value)
		ok = ok && read
	} else {
		ok = ok && (f.Value == "true" || f.Value == "false")
	}
	if !ok {
		return ErrFact.WithReasons(fault.Reason{Code: "fact_invalid", Subject: string(f.Name)})
	}
	return nil
}

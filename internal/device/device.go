// Package device is what an organisation knows of the devices its people use:
// the device and its key, facts about it with their source and age, compliance
// policies, and what follows from both. It is pure: no clock, network, database
// or randomness. Who may see or change devices is decided by identity; whether a
// session may go on because of one, by access.
package device

import (
	"time"

	"tasuke/internal/identity"
)

// Compliance is what the compliance policies say of a device as a whole.
type Compliance string

// The results of product.md. A device that nothing is known of is not evaluated.
const (
	Compliant     Compliance = "compliant"
	InGracePeriod Compliance = "in_grace_period"
	NotCompliant  Compliance = "not_compliant"
	NotEvaluated  Compliance = "not_evaluated"
)

// Compliances lists the results, the best first.
func Compliances() []Compliance {
	return []Compliance{Compliant, InGracePeriod, NotCompliant, NotEvaluated}
}

// Standing is a device as a help session sees it: whether it is proven and
// whether it can be trusted.
type Standing struct {
	ID         identity.DeviceID // empty: not enrolled, or nothing was proven
	Name       string
	Groups     []identity.GroupID
	Compliance Compliance
	Broken     []Finding // rules that are not met, the worst first
	Evaluated  time.Time // how old the newest fact is that this rests on; zero: never
	KeyLost    bool      // this browser's enrolment was known and its key is gone
}

// Enrolled reports whether the device is known and proven.
func (s Standing) Enrolled() bool { return s.ID != "" }

// Finding is one rule of a compliance policy that a device does not meet.
type Finding struct {
	Rule    string    // for example "disk_encryption"
	Policy  string    // the policy's name
	Since   time.Time // when it was first not met
	GraceTo time.Time // until then it counts as in grace period; zero: no grace
}

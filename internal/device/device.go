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
	Grade      Grade // of this proof
	Weaker     bool  // the device was proven by something stronger before
	Groups     []identity.GroupID
	Compliance Compliance
	Broken     []Finding // rules that are not met, the worst first
	Evaluated  time.Time // how old the newest fact is that this rests on; zero: never
	Stale      bool      // facts that a rule needs are too old to be believed
	Cloned     bool      // its key seems to be in more than one browser
	KeyLost    bool      // this browser's enrolment was known and its key is gone
	Revoked    bool      // this browser proved a device whose key the organisation revoked
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

// WarningCode names what a helper is warned of before and during a session.
type WarningCode string

// The warnings. None blocks by itself.
const (
	WarnUnknown      WarningCode = "device_unknown" // not enrolled, or nothing was proven
	WarnKeyLost      WarningCode = "key_lost"       // was enrolled; the browser lost the key
	WarnCloned       WarningCode = "device_cloned"
	WarnWeaker       WarningCode = "proof_weaker" // it was proven by something stronger before
	WarnNotCompliant WarningCode = "not_compliant"
	WarnInGrace      WarningCode = "in_grace_period"
	WarnNotEvaluated WarningCode = "not_evaluated"
	WarnStale        WarningCode = "facts_stale"
)

// WarningCodes lists the warnings, the worst first.
func WarningCodes() []WarningCode {
	return []WarningCode{WarnKeyLost, WarnUnknown, WarnCloned, WarnWeaker, WarnNotCompliant, WarnInGrace, WarnStale, WarnNotEvaluated}
}

// Warning is one thing that a helper is warned of.
type Warning struct {
	Code      WarningCode
	Findings  []Finding // not_compliant, in_grace_period: the rules
	Evaluated time.Time // how old the newest fact is; zero: there is none
}

// Warnings says what a helper must be warned of, the worst first.
func (s Standing) Warnings() []Warning {
	switch {
	case s.KeyLost:
		return []Warning{{Code: WarnKeyLost}}
	case !s.Enrolled():
		return []Warning{{Code: WarnUnknown}}
	}
	var out []Warning
	warn := func(yes bool, code WarningCode, findings []Finding) {
		if yes {
			out = append(out, Warning{Code: code, Findings: findings, Evaluated: s.Evaluated})
		}
	}
	warn(s.Cloned, WarnCloned, nil)
	if s.Weaker {
		out = append(out, Warning{Code: WarnWeaker})
	}
	warn(s.Compliance == NotCompliant, WarnNotCompliant, s.Broken)
	warn(s.Compliance == InGracePeriod, WarnInGrace, s.Broken)
	warn(s.Stale, WarnStale, nil)
	warn(s.Compliance == NotEvaluated && !s.Stale, WarnNotEvaluated, nil)
	return out
}

package device

import (
	"slices"
	"strconv"
	"time"

	"tasuke/internal/fault"
	"tasuke/internal/identity"
)

// PolicyID names a compliance policy inside its organisation.
type PolicyID string

// Policy says what devices of one platform must be like.
type Policy struct {
	ID          PolicyID
	Name        string
	Description string
	Platform    identity.Platform
	Everything  bool               // all devices of the platform
	Groups      []identity.GroupID // groups of devices, or of the people who own them
	Rules       []Rule
}

// RuleKind names what a rule asks for.
type RuleKind string

// The kinds of rules.
const (
	MinOS           RuleKind = "os_version_min"
	MaxOS           RuleKind = "os_version_max"
	MinBrowser      RuleKind = "browser_version_min"
	MaxBrowser      RuleKind = "browser_version_max"
	NeedsEncryption RuleKind = "disk_encryption"
	NeedsFirewall   RuleKind = "firewall"
	NeedsAntivirus  RuleKind = "antivirus"
	NeedsScreenLock RuleKind = "screen_lock"
	NeedsSecureBoot RuleKind = "secure_boot"
	NotRooted       RuleKind = "not_rooted"
	NeedsDeclared   RuleKind = "declared_compliant"
	LastContact     RuleKind = "last_contact" // Value: within so many days
)

// RuleKinds lists the kinds of rules.
func RuleKinds() []RuleKind {
	return []RuleKind{MinOS, MaxOS, MinBrowser, MaxBrowser, NeedsEncryption, NeedsFirewall, NeedsAntivirus, NeedsScreenLock, NeedsSecureBoot, NotRooted, NeedsDeclared, LastContact}
}

// fact names what the rule looks at; empty: at no fact.
func (k RuleKind) fact() FactName {
	switch k {
	case MinOS, MaxOS:
		return OSVersion
	case MinBrowser, MaxBrowser:
		return BrowserVersion
	case NotRooted:
		return Rooted
	case LastContact:
		return ""
	default:
		return FactName(k)
	}
}

// Rule is one thing that a policy asks for.
type Rule struct {
	Kind  RuleKind
	Value string        // a version, or days; empty where the kind needs none
	Grace time.Duration // how long a device may break it and count as in grace period
}

const (
	maxRules       = 50
	maxGroups      = 200
	maxGrace       = 365 * 24 * time.Hour
	maxContactDays = 365
)

// ErrPolicy refuses a compliance policy that cannot be kept.
var ErrPolicy = fault.New(fault.Invalid, "compliance_policy_invalid", "The compliance policy is not complete.", "Choose a platform, groups or all devices, and at least one rule with a proper value.")

// Check refuses a policy that cannot be kept; its reasons name the member.
func (p Policy) Check() error {
	var bad []fault.Reason
	need := func(ok bool, member string) {
		if !ok {
			bad = append(bad, fault.Reason{Code: "member_invalid", Subject: member})
		}
	}
	need(slices.Contains(identity.Platforms(), p.Platform), "platform")
	need((p.Everything || len(p.Groups) > 0) && len(p.Groups) <= maxGroups, "groups")
	need(len(p.Rules) > 0 && len(p.Rules) <= maxRules, "rules")
	seen := map[RuleKind]bool{}
	for _, r := range p.Rules {
		need(r.valid() && !seen[r.Kind], string(r.Kind))
		seen[r.Kind] = true
	}
	if bad != nil {
		return ErrPolicy.WithReasons(bad...)
	}
	return identity.CheckName(p.Name, p.Description)
}

func (r Rule) valid() bool {
	if !slices.Contains(RuleKinds(), r.Kind) || r.Grace < 0 || r.Grace > maxGrace {
		return false
	}
	switch {
	case r.Kind == LastContact:
		days, err := strconv.Atoi(r.Value)
		return err == nil && days >= 1 && days <= maxContactDays
	case r.Kind.fact().version():
		_, ok := ParseVersion(r.Value)
		return ok
	}
	return r.Value == ""
}

// about reports whether the policy is about a device in these groups, its owner's included.
func (p Policy) about(d *Device, groups []identity.GroupID) bool {
	in := func(g identity.GroupID) bool { return slices.Contains(groups, g) }
	return p.Platform == d.Platform && (p.Everything || slices.ContainsFunc(p.Groups, in))
}

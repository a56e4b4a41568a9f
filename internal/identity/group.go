package identity

import (
	"slices"
	"strings"

	"tasuke/internal/fault"
)

// GroupID names a group inside its organisation.
type GroupID string

// GroupOf says what a group consists of.
type GroupOf string

// What groups consist of.
const (
	OfPeople  GroupOf = "people"
	OfDevices GroupOf = "devices"
)

// GroupKind says who belongs to a group.
type GroupKind string

// The kinds of groups.
const (
	Fixed     GroupKind = "fixed" // whom an administrator put in
	FromClaim GroupKind = "claim" // whose provider names the group at sign-in
	ByRule    GroupKind = "rule"  // whose attributes match
)

// Group is a set of people or of devices.
type Group struct {
	ID          GroupID
	Name        string
	Description string
	Of          GroupOf
	Kind        GroupKind
	Claim       string // FromClaim: the group's name or id at the provider
	Rule        []Term // ByRule: every term must match
}

// Attribute names what a rule looks at.
type Attribute string

// Attributes of people and of devices.
const (
	ByDepartment Attribute = "department"
	ByDomain     Attribute = "domain"
	ByTitle      Attribute = "title"
	ByCompany    Attribute = "company"
	ByIssuer     Attribute = "issuer"

	ByPlatform     Attribute = "platform"
	ByOwnership    Attribute = "ownership"
	ByManufacturer Attribute = "manufacturer"
	ByModel        Attribute = "model"
	ByDeviceName   Attribute = "device_name"
)

// Attributes lists the attributes of what a group consists of.
func Attributes(of GroupOf) []Attribute {
	if of == OfDevices {
		return []Attribute{ByPlatform, ByOwnership, ByManufacturer, ByModel, ByDeviceName}
	}
	return []Attribute{ByDepartment, ByDomain, ByTitle, ByCompany, ByIssuer}
}

// Operator compares an attribute with values, without regard to case.
type Operator string

// The operators. Each is true when it holds for one of the values, but IsNot,
// which must hold for all.
const (
	Is         Operator = "is"
	IsNot      Operator = "is_not"
	Contains   Operator = "contains"
	StartsWith Operator = "starts_with"
)

// Operators lists the operators.
func Operators() []Operator { return []Operator{Is, IsNot, Contains, StartsWith} }

// Term is one comparison of a rule.
type Term struct {
	Attribute Attribute
	Operator  Operator
	Values    []string
}

// holds compares the attribute's value.
func (t Term) holds(value string) bool {
	value = strings.ToLower(value)
	match := func(v string) bool {
		v = strings.ToLower(v)
		switch t.Operator {
		case Contains:
			return strings.Contains(value, v)
		case StartsWith:
			return strings.HasPrefix(value, v)
		default:
			return value == v
		}
	}
	return slices.ContainsFunc(t.Values, match) != (t.Operator == IsNot)
}

// Holds reports whether somebody or something with these attributes, and named
// so by their provider, belongs to a group that is not fixed.
func (g Group) Holds(attribute func(Attribute) string, claims []string) bool {
	switch g.Kind {
	case FromClaim:
		return g.Claim != "" && slices.Contains(claims, g.Claim)
	case ByRule:
		return len(g.Rule) > 0 && !slices.ContainsFunc(g.Rule, func(t Term) bool { return !t.holds(attribute(t.Attribute)) })
	}
	return false
}

// Attribute gives what rules look at.
func (p Person) Attribute(a Attribute) string {
	switch a {
	case ByDepartment:
		return p.Department
	case ByDomain:
		return p.Domain
	case ByTitle:
		return p.Title
	case ByCompany:
		return p.Company
	case ByIssuer:
		return p.Issuer
	}
	return ""
}

// ErrGroup refuses a group whose membership cannot be told.
var ErrGroup = fault.New(fault.Invalid, "group_rule_invalid", "The group does not say who belongs to it.", "Name a group of the provider, or write at least one complete rule.")

// Check refuses a group that cannot be kept.
func (g Group) Check() error {
	if err := CheckName(g.Name, g.Description); err != nil {
		return err
	}
	switch {
	case g.Of != OfPeople && g.Of != OfDevices, g.Kind == FromClaim && (g.Of != OfPeople || g.Claim == "" || len(g.Claim) > maxDescription):
		return ErrGroup
	case g.Kind == ByRule:
		return g.checkRule()
	case g.Kind != Fixed && g.Kind != FromClaim:
		return ErrGroup
	}
	return nil
}

func (g Group) checkRule() error {
	if len(g.Rule) == 0 || len(g.Rule) > maxListed {
		return ErrGroup
	}
	for _, t := range g.Rule {
		known := slices.Contains(Attributes(g.Of), t.Attribute) && slices.Contains(Operators(), t.Operator)
		if !known || len(t.Values) == 0 || len(t.Values) > maxListed || slices.Contains(t.Values, "") && t.Operator != Is && t.Operator != IsNot {
			return ErrGroup
		}
	}
	return nil
}

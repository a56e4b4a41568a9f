package wire

import (
	"time"

	"tasuke/internal/device"
	"tasuke/internal/identity"
)

// NewDevice maps a device.
func NewDevice(d device.Device) Device {
	out := Device{
		ID: string(d.ID), Version: d.Version, Name: d.Name, Platform: string(d.Platform), Ownership: string(d.Ownership),
		Manufacturer: d.Manufacturer, Model: d.Model, Serial: d.Serial, ExternalID: d.ExternalID, Enrolment: string(d.Enrolment), Grade: string(d.Grade),
		Compliance: string(d.Result.Compliance), Stale: d.Result.Stale, Cloned: !d.Cloned.IsZero(),
		CreatedAt: d.Created.UTC(), EnrolledAt: TimeOf(d.EnrolledAt), SeenAt: TimeOf(d.Seen),
	}
	if d.Owner != "" {
		out.Owner = &Named{ID: string(d.Owner), Name: d.OwnerName}
	}
	return out
}

// NewFacts maps facts.
func NewFacts(facts []device.Fact) []Fact {
	out := make([]Fact, 0, len(facts))
	for _, f := range facts {
		out = append(out, Fact{Name: string(f.Name), Value: f.Value, Source: string(f.Source), At: f.At.UTC()})
	}
	return out
}

// NewFindings maps findings.
func NewFindings(findings []device.Finding) []Finding {
	out := make([]Finding, 0, len(findings))
	for _, f := range findings {
		out = append(out, Finding{Rule: f.Rule, Policy: f.Policy, Since: TimeOf(f.Since), GraceTo: TimeOf(f.GraceTo)})
	}
	return out
}

// NewWarnings maps warnings.
func NewWarnings(warnings []device.Warning) []Warning {
	out := make([]Warning, 0, len(warnings))
	for _, w := range warnings {
		out = append(out, Warning{Code: string(w.Code), Findings: NewFindings(w.Findings), EvaluatedAt: TimeOf(w.Evaluated)})
	}
	return out
}

// NewCompliancePolicy maps a compliance policy.
func NewCompliancePolicy(st Stamp, p device.Policy) CompliancePolicy {
	out := CompliancePolicy{Stamp: st, CompliancePolicyBody: CompliancePolicyBody{
		Name: p.Name, Description: p.Description, Platform: string(p.Platform), Everything: p.Everything, Groups: stringsOf(p.Groups), Rules: []ComplianceRule{},
	}}
	for _, r := range p.Rules {
		out.Rules = append(out.Rules, ComplianceRule{Kind: string(r.Kind), Value: r.Value, GraceHours: int(r.Grace / time.Hour)})
	}
	return out
}

// Domain reverses NewCompliancePolicy.
func (b CompliancePolicyBody) Domain() (device.Policy, error) {
	out := device.Policy{Name: b.Name, Description: b.Description, Platform: identity.Platform(b.Platform), Everything: b.Everything, Groups: wordsOf[identity.GroupID](b.Groups)}
	for _, r := range b.Rules {
		out.Rules = append(out.Rules, device.Rule{Kind: device.RuleKind(r.Kind), Value: r.Value, Grace: time.Duration(r.GraceHours) * time.Hour})
	}
	return out, nil
}

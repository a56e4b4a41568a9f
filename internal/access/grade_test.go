package access_test

import (
	"testing"

	"tasuke/internal/access"
	"tasuke/internal/device"
)

// TestAGradeIsRequired: every grade is enough for itself and for the weaker ones,
// and a device that nothing was proven of is never enough.
func TestAGradeIsRequired(t *testing.T) {
	proven := append([]device.Grade{""}, device.Grades()...)
	for least, wanted := range device.Grades() {
		for have, grade := range proven {
			r := situation()
			r.Device.Grade = grade
			if grade == "" {
				r.Device = device.Standing{}
				r.Org.Settings.Unenrolled = true
			}
			p := blocking(access.Conditions{})
			p.Control = access.Control{Require: []access.Requirement{{Kind: access.RequireGrade, Value: string(wanted)}}}
			r.Rules = &access.Rules{Policies: []access.Policy{p}}
			d := access.Evaluate(r)
			if d.Allowed != (have > least) {
				t.Errorf("proven by %q where %q is required: %+v", grade, wanted, d)
			}
			if !d.Allowed && d.Reasons[0].Code != "device_grade_required" {
				t.Errorf("reasons %+v", d.Reasons)
			}
		}
	}
	p := blocking(access.Conditions{})
	p.Control = access.Control{Require: []access.Requirement{{Kind: access.RequireGrade, Value: "header"}}}
	if p.Check() == nil {
		t.Error("a grade that is none was accepted")
	}
}

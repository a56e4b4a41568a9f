package device

import (
	"slices"
	"strconv"
	"time"

	"tasuke/internal/identity"
)

// Inputs is what the compliance of a device follows from.
type Inputs struct {
	Device   Device             // with the result of last time
	Groups   []identity.GroupID // of the device and of its owner
	Facts    []Fact
	Policies []Policy
	Believed time.Duration // how long facts are believed
	Now      time.Time
}

// Result is what compliance policies say of a device. Its zero value is that of
// a device nobody has looked at.
type Result struct {
	Compliance Compliance
	Broken     []Finding // the worst first
	Unknown    []Finding // rules for which there is no fact that may be believed
	Newest     time.Time // of the facts it rests on; zero: none
	Stale      bool      // a fact that a rule needs is too old
	Due        time.Time // when the answer may change by time alone; zero: never
}

// Evaluate applies all policies that are about the device. A device without one
// is not evaluated. What a browser says of itself counts only against it.
func Evaluate(in Inputs) Result {
	r := Result{Compliance: NotEvaluated}
	asked := 0
	for _, p := range in.Policies {
		if !p.about(&in.Device, in.Groups) {
			continue
		}
		for _, rule := range p.Rules {
			asked++
			r.judge(&in, p, rule)
		}
	}
	slices.SortStableFunc(r.Broken, func(a, b Finding) int { return a.GraceTo.Compare(b.GraceTo) })
	switch {
	case slices.ContainsFunc(r.Broken, func(f Finding) bool { return !in.Now.Before(f.GraceTo) }):
		r.Compliance = NotCompliant
	case len(r.Broken) > 0:
		r.Compliance = InGracePeriod
	case asked > 0 && len(r.Unknown) == 0:
		r.Compliance = Compliant
	}
	return r
}

// answer is what a rule comes to.
type answer int

const (
	unknown answer = iota
	met
	broken
)

// judge applies one rule.
func (r *Result) judge(in *Inputs, p Policy, rule Rule) {
	f := Finding{Rule: string(rule.Kind), Policy: p.Name}
	switch r.ask(in, rule) {
	case unknown:
		r.Unknown = append(r.Unknown, f)
	case broken:
		f.Since = in.since(f)
		if rule.Grace > 0 {
			f.GraceTo = f.Since.Add(rule.Grace)
			if in.Now.Before(f.GraceTo) {
				r.due(f.GraceTo)
			}
		}
		r.Broken = append(r.Broken, f)
	}
}

// since is when the rule was first found not met.
func (in *Inputs) since(f Finding) time.Time {
	for _, b := range in.Device.Result.Broken {
		if b.Rule == f.Rule && b.Policy == f.Policy {
			return b.Since
		}
	}
	return in.Now
}

func (r *Result) due(at time.Time) {
	if r.Due.IsZero() || at.Before(r.Due) {
		r.Due = at
	}
}

// ask finds out whether the rule is met. Of several facts that are believed, the
// newest trusted one counts; a browser's own word only when it fails.
func (r *Result) ask(in *Inputs, rule Rule) answer {
	if rule.Kind == LastContact {
		return r.contact(in, rule)
	}
	var best, own *Fact
	old := false
	for i := range in.Facts {
		f := &in.Facts[i]
		switch {
		case f.Name != rule.Kind.fact():
		case !in.Now.Before(f.At.Add(in.Believed)):
			old = old || f.Source != FromBrowser
		case f.Source == FromBrowser:
			own = newer(own, f)
		default:
			best = newer(best, f)
		}
	}
	if own != nil && !rule.satisfied(own.Value) && (best == nil || own.At.After(best.At)) {
		return r.rest(own, in.Believed, broken)
	}
	if best == nil {
		r.Stale = r.Stale || old
		return unknown
	}
	if rule.satisfied(best.Value) {
		return r.rest(best, in.Believed, met)
	}
	return r.rest(best, in.Believed, broken)
}

func newer(a, b *Fact) *Fact {
	if a == nil || b.At.After(a.At) {
		return b
	}
	return a
}

// rest notes that the answer rests on a fact, until it is too old.
func (r *Result) rest(f *Fact, believed time.Duration, a answer) answer {
	if f.At.After(r.Newest) {
		r.Newest = f.At
	}
	r.due(f.At.Add(believed))
	return a
}

func (r *Result) contact(in *Inputs, rule Rule) answer {
	days, err := strconv.Atoi(rule.Value)
	if err != nil || in.Device.Seen.IsZero() {
		return unknown
	}
	until := in.Device.Seen.AddDate(0, 0, days)
	if !in.Now.Before(until) {
		return broken
	}
	r.due(until)
	return met
}

// satisfied compares a fact's value with what the rule asks for.
func (r Rule) satisfied(value string) bool {
	if r.Kind.fact().version() {
		have, ok := ParseVersion(value)
		want, known := ParseVersion(r.Value)
		if !ok || !known {
			return false
		}
		if r.Kind == MinOS || r.Kind == MinBrowser {
			return have.Compare(want) >= 0
		}
		return have.Compare(want) <= 0
	}
	return (value == "true") != (r.Kind == NotRooted)
}

package device

import (
	"math/rand/v2"
	"testing"
	"time"

	"tasuke/internal/identity"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

func fact(n FactName, value string, s Source, age time.Duration) Fact {
	return Fact{Name: n, Value: value, Source: s, At: noon.Add(-age)}
}

func inputs(rules []Rule, facts ...Fact) Inputs {
	return Inputs{
		Device: Device{Platform: identity.Windows, Seen: noon.Add(-2 * day)}, Facts: facts, Believed: 30 * day, Now: noon,
		Policies: []Policy{{Name: "laptops", Platform: identity.Windows, Everything: true, Rules: rules}},
	}
}

func TestEvaluate(t *testing.T) {
	encrypted := []Rule{{Kind: NeedsEncryption}}
	graced := []Rule{{Kind: NeedsEncryption, Grace: 3 * day}}
	broken := fact(DiskEncryption, "false", FromImport, day)
	earlier := func(in Inputs, since time.Time) Inputs {
		in.Device.Result.Broken = []Finding{{Rule: "disk_encryption", Policy: "laptops", Since: since}}
		return in
	}
	elsewhere := inputs(encrypted, fact(DiskEncryption, "true", FromAPI, 0))
	elsewhere.Device.Platform = identity.MacOS
	grouped := inputs(encrypted, broken)
	grouped.Policies[0].Everything, grouped.Policies[0].Groups = false, []identity.GroupID{"finance"}
	inGroup := grouped
	inGroup.Groups = []identity.GroupID{"finance"}
	for name, c := range map[string]struct {
		in    Inputs
		want  Compliance
		stale bool
	}{
		"no policy":                        {Inputs{Device: Device{Platform: identity.Windows}, Now: noon}, NotEvaluated, false},
		"a policy of another platform":     {elsewhere, NotEvaluated, false},
		"a policy of another group":        {grouped, NotEvaluated, false},
		"a policy of its group":            {inGroup, NotCompliant, false},
		"no fact":                          {inputs(encrypted), NotEvaluated, false},
		"met":                              {inputs(encrypted, fact(DiskEncryption, "true", FromImport, day)), Compliant, false},
		"the browser's word is not enough": {inputs(encrypted, fact(DiskEncryption, "true", FromBrowser, 0)), NotEvaluated, false},
		"the browser's word counts against": {inputs([]Rule{{Kind: MinBrowser, Value: "120"}}, fact(BrowserVersion, "109", FromBrowser, 0),
			fact(BrowserVersion, "130", FromAPI, day)), NotCompliant, false},
		"what was reported after it wins": {inputs([]Rule{{Kind: MinBrowser, Value: "120"}}, fact(BrowserVersion, "109", FromBrowser, day),
			fact(BrowserVersion, "130", FromAPI, 0)), Compliant, false},
		"the newest report wins":         {inputs(encrypted, broken, fact(DiskEncryption, "true", FromAPI, 0)), Compliant, false},
		"too old to be believed":         {inputs(encrypted, fact(DiskEncryption, "true", FromImport, 30*day)), NotEvaluated, true},
		"not met":                        {inputs(encrypted, broken), NotCompliant, false},
		"not met, grace begins":          {inputs(graced, broken), InGracePeriod, false},
		"grace has run out":              {earlier(inputs(graced, broken), noon.Add(-3*day)), NotCompliant, false},
		"grace has not run out":          {earlier(inputs(graced, broken), noon.Add(-3*day+1)), InGracePeriod, false},
		"met again":                      {earlier(inputs(graced, fact(DiskEncryption, "true", FromAPI, 0)), noon.Add(-9*day)), Compliant, false},
		"version met":                    {inputs([]Rule{{Kind: MinOS, Value: "10.0.22631"}}, fact(OSVersion, "10.0.22631.0", FromAPI, 0)), Compliant, false},
		"version too old":                {inputs([]Rule{{Kind: MinOS, Value: "10.0.22631"}}, fact(OSVersion, "10.0.9999", FromAPI, 0)), NotCompliant, false},
		"version too new":                {inputs([]Rule{{Kind: MaxOS, Value: "14"}}, fact(OSVersion, "14.0.1", FromAPI, 0)), NotCompliant, false},
		"rooted":                         {inputs([]Rule{{Kind: NotRooted}}, fact(Rooted, "true", FromAPI, 0)), NotCompliant, false},
		"not rooted":                     {inputs([]Rule{{Kind: NotRooted}}, fact(Rooted, "false", FromAPI, 0)), Compliant, false},
		"seen lately":                    {inputs([]Rule{{Kind: LastContact, Value: "3"}}), Compliant, false},
		"not seen for long":              {inputs([]Rule{{Kind: LastContact, Value: "2"}}), NotCompliant, false},
		"one unknown of two":             {inputs([]Rule{{Kind: NeedsEncryption}, {Kind: NeedsFirewall}}, fact(DiskEncryption, "true", FromAPI, 0)), NotEvaluated, false},
		"one broken beside one in grace": {inputs([]Rule{{Kind: NeedsEncryption, Grace: day}, {Kind: NeedsFirewall}}, broken, fact(Firewall, "false", FromAPI, 0)), NotCompliant, false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Evaluate(c.in); got.Compliance != c.want || got.Stale != c.stale {
				t.Errorf("%+v, want %s, stale %v", got, c.want, c.stale)
			}
		})
	}
}

// TestABrowserNeverMakesADeviceCompliant: taking away what browsers say never
// makes a result worse, whatever else is known (security.md A19).
func TestABrowserNeverMakesADeviceCompliant(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		in := randomInputs(r)
		with := Evaluate(in)
		var others []Fact
		for _, f := range in.Facts {
			if f.Source != FromBrowser {
				others = append(others, f)
			}
		}
		in.Facts = others
		without := Evaluate(in)
		if with.Compliance == Compliant && without.Compliance != Compliant {
			t.Fatalf("%+v made it compliant", in)
		}
		if len(with.Broken) < len(without.Broken) {
			t.Fatalf("%+v hid a finding", in)
		}
	}
}

// TestTheAnswerHoldsUntilItIsDue: by time alone nothing changes before Due.
func TestTheAnswerHoldsUntilItIsDue(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 20_000 {
		in := randomInputs(r)
		first := Evaluate(in)
		in.Device.Result = first
		in.Now = noon.Add(time.Duration(r.Int64N(int64(60 * day))))
		if !first.Due.IsZero() && !in.Now.Before(first.Due) {
			continue
		}
		if again := Evaluate(in); again.Compliance != first.Compliance || again.Stale != first.Stale || len(again.Broken) != len(first.Broken) {
			t.Fatalf("%+v\nfirst %+v\nlater %+v", in, first, again)
		}
	}
}

func randomInputs(r *rand.Rand) Inputs {
	var rules []Rule
	for _, k := range RuleKinds() {
		if r.IntN(4) > 0 {
			continue
		}
		rule := Rule{Kind: k, Grace: time.Duration(r.IntN(3)) * day}
		if k.fact().version() || k == LastContact {
			rule.Value = []string{"1", "2", "30"}[r.IntN(3)]
		}
		rules = append(rules, rule)
	}
	in := inputs(rules)
	for range r.IntN(8) {
		f := Fact{Name: FactNames()[r.IntN(len(FactNames()))], Value: []string{"true", "false"}[r.IntN(2)], Source: []Source{FromBrowser, FromImport, FromAPI}[r.IntN(3)], At: noon.Add(-time.Duration(r.IntN(40)) * day)}
		if f.Name.version() {
			f.Value = []string{"1", "2.5", "31"}[r.IntN(3)]
		}
		in.Facts = append(in.Facts, f)
	}
	return in
}

func TestVersions(t *testing.T) {
	for _, bad := range []string{"", ".", "1.", "1..2", "a", "-1", "1.2.3.4.5.6.7", "1234567890", "1 2"} {
		if _, ok := ParseVersion(bad); ok {
			t.Errorf("%q is taken for a version", bad)
		}
	}
	for _, c := range []struct {
		a, b string
		want int
	}{{"1", "1.0.0", 0}, {"1.10", "1.9", 1}, {"109", "110.0.1", -1}} {
		a, _ := ParseVersion(c.a)
		b, _ := ParseVersion(c.b)
		if got := a.Compare(b); got != c.want {
			t.Errorf("%s against %s: %d", c.a, c.b, got)
		}
	}
}

func TestPoliciesAreChecked(t *testing.T) {
	good := Policy{Name: "p", Platform: identity.Linux, Everything: true, Rules: []Rule{{Kind: NeedsFirewall}}}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(p *Policy){
		"no platform":     func(p *Policy) { p.Platform = "" },
		"for nobody":      func(p *Policy) { p.Everything = false },
		"no rule":         func(p *Policy) { p.Rules = nil },
		"unknown rule":    func(p *Policy) { p.Rules = []Rule{{Kind: "sunny"}} },
		"a rule twice":    func(p *Policy) { p.Rules = append(p.Rules, p.Rules[0]) },
		"value too much":  func(p *Policy) { p.Rules = []Rule{{Kind: NeedsFirewall, Value: "1"}} },
		"no version":      func(p *Policy) { p.Rules = []Rule{{Kind: MinOS}} },
		"no days":         func(p *Policy) { p.Rules = []Rule{{Kind: LastContact, Value: "0"}} },
		"grace too long":  func(p *Policy) { p.Rules = []Rule{{Kind: NeedsFirewall, Grace: 366 * day}} },
		"grace backwards": func(p *Policy) { p.Rules = []Rule{{Kind: NeedsFirewall, Grace: -1}} },
	} {
		p := good
		p.Rules = append([]Rule{}, good.Rules...)
		if spoil(&p); p.Check() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestWarningsNameEverythingOnce(t *testing.T) {
	for _, c := range []struct {
		s    Standing
		want []WarningCode
	}{
		{Standing{}, []WarningCode{WarnUnknown}},
		{Standing{KeyLost: true}, []WarningCode{WarnKeyLost}},
		{Standing{ID: "d", Compliance: Compliant}, nil},
		{Standing{ID: "d", Compliance: NotEvaluated}, []WarningCode{WarnNotEvaluated}},
		{Standing{ID: "d", Compliance: NotEvaluated, Stale: true}, []WarningCode{WarnStale}},
		{Standing{ID: "d", Compliance: NotCompliant, Cloned: true}, []WarningCode{WarnCloned, WarnNotCompliant}},
		{Standing{ID: "d", Compliance: InGracePeriod}, []WarningCode{WarnInGrace}},
	} {
		got := c.s.Warnings()
		if len(got) != len(c.want) {
			t.Fatalf("%+v warns of %+v", c.s, got)
		}
		for i := range got {
			if got[i].Code != c.want[i] {
				t.Errorf("%+v warns of %+v", c.s, got)
			}
		}
	}
}

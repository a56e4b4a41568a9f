package identity_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"tasuke/internal/identity"
)

func TestParseDomain(t *testing.T) {
	for in, want := range map[string]string{
		"example.org":                    "example.org",
		"  Example.ORG.\n":               "example.org",
		"mail.example.co.uk":             "mail.example.co.uk",
		"Bücher.example":                 "xn--bcher-kva.example",
		"faß.de":                         "xn--fa-hia.de",
		"例え.テスト.example":                 "xn--r8jz45g.xn--zckzah.example",
		"助け。jp":                          "xn--08jw74h.jp",
		"xn--bcher-kva.example":          "xn--bcher-kva.example",
		"ＡＣＭＥ.example":                   "acme.example",
		"acme.internal":                  "acme.internal",
		strings.Repeat("a", 63) + ".org": strings.Repeat("a", 63) + ".org",
	} {
		if got, err := identity.ParseDomain(in); err != nil || got != want {
			t.Errorf("%q became %q, %v; want %q", in, got, err, want)
		}
	}
	for in, want := range map[string]error{
		"":                                  identity.ErrDomainName,
		"example":                           identity.ErrDomainName,
		"https://example.org/":              identity.ErrDomainName,
		"somebody@example.org":              identity.ErrDomainName,
		"ex ample.org":                      identity.ErrDomainName,
		"-example.org":                      identity.ErrDomainName,
		"_tasuke.example.org":               identity.ErrDomainName,
		"*.example.org":                     identity.ErrDomainName,
		"example..org":                      identity.ErrDomainName,
		"192.0.2.1":                         identity.ErrDomainName,
		"xn--a.example":                     identity.ErrDomainName,
		"exa\u202emple.org":                 identity.ErrDomainName,
		strings.Repeat("a", 64) + ".org":    identity.ErrDomainName,
		strings.Repeat("abcd.", 60) + "org": identity.ErrDomainName,
		"co.uk":                             identity.ErrDomainPublic,
		"github.io":                         identity.ErrDomainPublic,
	} {
		if got, err := identity.ParseDomain(in); !errors.Is(err, want) {
			t.Errorf("%q became %q, %v; want %v", in, got, err, want)
		}
	}
}

func TestADomainIsShownAsPeopleWriteIt(t *testing.T) {
	if got := (identity.Domain{Name: "xn--bcher-kva.example"}).Unicode(); got != "bücher.example" {
		t.Error(got)
	}
	o := identity.Org{VerifiedDomains: []string{"xn--bcher-kva.example", "acme.example"}}
	for domain, want := range map[string]bool{"bücher.example": true, "Bücher.Example": true, "acme.example": true, "sub.acme.example": false, "": false, "bucher.example": false} {
		if o.Verified(domain) != want {
			t.Errorf("%q is verified: %v", domain, !want)
		}
	}
}

func TestJudge(t *testing.T) {
	d := identity.Domain{Token: "abc"}
	for _, c := range []struct {
		texts []string
		want  identity.DomainProblem
	}{
		{[]string{"v=spf1 -all", " tasuke-verification=abc "}, ""},
		{[]string{"tasuke-verification=ABC"}, identity.RecordWrong},
		{[]string{"tasuke-verification=abcd"}, identity.RecordWrong},
		{nil, identity.RecordMissing},
	} {
		if got := d.Judge(c.texts); got != c.want {
			t.Errorf("%q: %q, want %q", c.texts, got, c.want)
		}
	}
}

// TestADomainsLife: each look, its day, and what the domain is then.
func TestADomainsLife(t *testing.T) {
	type look struct {
		day     float64
		problem identity.DomainProblem
		want    identity.DomainState
	}
	for name, looks := range map[string][]look{
		"verified at once":    {{0, "", identity.DomainVerified}, {1, "", identity.DomainVerified}},
		"verified at last":    {{0, identity.RecordMissing, identity.DomainFailed}, {1, identity.ResolverTimeout, identity.DomainFailed}, {2, "", identity.DomainVerified}},
		"lost and back":       {{0, "", identity.DomainVerified}, {1, identity.RecordMissing, identity.DomainWarning}, {7, identity.RecordWrong, identity.DomainWarning}, {7.5, "", identity.DomainVerified}, {8, identity.RecordMissing, identity.DomainWarning}},
		"lost for good":       {{0, "", identity.DomainVerified}, {1, identity.RecordWrong, identity.DomainWarning}, {8, identity.RecordWrong, identity.DomainFailed}},
		"lost, then silence":  {{0, "", identity.DomainVerified}, {1, identity.RecordMissing, identity.DomainWarning}, {8, identity.ResolverFailed, identity.DomainFailed}},
		"resolver away":       {{0, "", identity.DomainVerified}, {5, identity.ResolverUnreachable, identity.DomainVerified}, {10, "", identity.DomainVerified}, {39, identity.ResolverTimeout, identity.DomainVerified}},
		"resolver never back": {{0, "", identity.DomainVerified}, {30, identity.ResolverTimeout, identity.DomainWarning}, {37, identity.ResolverTimeout, identity.DomainFailed}},
		"taken meanwhile":     {{0, "", identity.DomainVerified}, {1, identity.DomainTaken, identity.DomainFailed}},
	} {
		begin := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
		d := identity.Domain{State: identity.DomainPending, Token: "abc", Created: begin}
		for _, l := range looks {
			now := begin.Add(time.Duration(l.day * 24 * float64(time.Hour)))
			d = d.Looked([]string{"other\u202e"}, l.problem, now)
			if d.State != l.want || d.Problem != l.problem || !d.Checked.Equal(now) || !d.Next.After(now) {
				t.Errorf("%s, day %v: %+v, want %s", name, l.day, d, l.want)
			}
			if (l.problem == identity.RecordWrong) != (len(d.Found) == 1 && d.Found[0] == "other") {
				t.Errorf("%s, day %v: found %q", name, l.day, d.Found)
			}
			if (d.State == identity.DomainWarning) != !d.GraceEnds().IsZero() {
				t.Errorf("%s, day %v: grace ends %s", name, l.day, d.GraceEnds())
			}
		}
	}
}

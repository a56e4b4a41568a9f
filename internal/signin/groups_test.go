package signin_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"tasuke/internal/identity"
)

// groupsNow signs somebody in and returns the groups that are kept for them.
func groupsNow(t *testing.T, w *world, f *fake) []string {
	t.Helper()
	b := w.browser(t)
	if p := f.back(b, f.begin(w, b), nil); p.url.Path != "/join" {
		t.Fatalf("%s\n%s", p.url, w.log)
	}
	got, err := w.store.ClaimGroups(context.Background(), "acme", b.me().Person.ID)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestGroupsFromClaims(t *testing.T) {
	w, f := fakeWorld(t)
	for name, c := range map[string]struct {
		claim string // configured name
		value any    // of the claim groups
		want  []string
	}{
		"texts":        {"", []any{"b", "/acme/Help Desk", "b"}, []string{"/acme/Help Desk", "b"}},
		"one text":     {"", "help", []string{"help"}},
		"objects":      {"", []any{map[string]any{"name": "n", "id": "i"}, map[string]any{"value": "v", "display": "d"}, map[string]any{"other": "x"}}, []string{"i", "v"}},
		"a mixture":    {"", []any{1, nil, true, []any{"x"}, "kept"}, []string{"kept"}},
		"an object":    {"", map[string]any{"a": "b"}, nil},
		"a number":     {"", 7, nil},
		"nothing":      {"", nil, nil},
		"unprintable":  {"", []any{"a\x00b", "a\nb", "a\u202eb", "", strings.Repeat("x", 257), "ok"}, []string{"ok"}},
		"case matters": {"", []any{"Help", "help"}, []string{"Help", "help"}},
		"another name": {"https://acme.example/roles", []any{"not this"}, []string{"role"}},
	} {
		f.config.Claims.Groups = c.claim
		f.info = func(m map[string]any) { m["groups"], m["https://acme.example/roles"] = c.value, []string{"role"} }
		if got := groupsNow(t, w, f); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	f.config.Claims.Groups = ""
	f.info = func(m map[string]any) {
		var many []string
		for i := range 6000 {
			many = append(many, fmt.Sprintf("g%05d", i))
		}
		m["groups"] = many
	}
	if got := groupsNow(t, w, f); len(got) != 5000 {
		t.Errorf("%d groups", len(got))
	}
}

// overage is what an Entra token says instead of more than 200 groups.
func overage(f *fake) {
	before := f.claims
	f.claims = func(c map[string]any) {
		before(c)
		c["_claim_names"] = map[string]any{"groups": "src1"}
		c["_claim_sources"] = map[string]any{"src1": map[string]any{"endpoint": f.issuer + "/must-not-be-asked"}}
	}
}

func TestGroupsFromGraph(t *testing.T) {
	w, f := graphWorld(t, megan, status(http.StatusNotFound))
	inToken := f.claims
	f.claims = func(c map[string]any) { inToken(c); c["groups"] = []string{"from-the-token"} }
	if got := groupsNow(t, w, f); !slices.Equal(got, []string{"from-the-token"}) {
		t.Fatalf("%q", got)
	}
	f.claims = inToken
	overage(f)
	f.serve["/g/me"] = text("application/json", megan)
	f.serve["/g/me/photo/$value"] = status(http.StatusNotFound)
	pages := 0
	next := ""
	f.serve["/g/me/transitiveMemberOf"] = func(rw http.ResponseWriter, r *http.Request) {
		pages++
		if r.URL.Query().Get("$skiptoken") == "2" {
			text("application/json", `{"value":[{"@odata.type":"#microsoft.graph.group","id":"00000000-0000-4000-8000-000000000003"}]}`)(rw, r)
			return
		}
		text("application/json;odata.metadata=minimal", `{"@odata.context":"x","@odata.nextLink":"`+next+`","value":[
			{"@odata.type":"#microsoft.graph.group","id":"11111111-0000-4000-8000-000000000001"},
			{"@odata.type":"#microsoft.graph.directoryRole","id":"22222222-0000-4000-8000-000000000002"}]}`)(rw, r)
	}
	f.config.Graph = f.issuer + "/g"
	next = f.issuer + "/g/me/transitiveMemberOf?$select=id&$top=999&$skiptoken=2"
	want := []string{"00000000-0000-4000-8000-000000000003", "11111111-0000-4000-8000-000000000001"}
	if got := groupsNow(t, w, f); !slices.Equal(got, want) || pages != 2 || f.canary.Load() != 0 {
		t.Fatalf("%q in %d pages, canary %d", got, pages, f.canary.Load())
	}
	for name, link := range map[string]string{
		"elsewhere": "http://169.254.169.254/latest", "another path": f.issuer + "/other", "look-alike": f.issuer + "/graph/me", "for ever": f.issuer + "/g/me/transitiveMemberOf?$skiptoken=1",
	} {
		next = link
		b := w.browser(t)
		wantError(t, f.back(b, f.begin(w, b), nil), "provider_unreachable")
		if b.me() != nil || f.canary.Load() != 0 {
			t.Fatalf("%s: signed in", name)
		}
	}
	f.serve["/g/me/transitiveMemberOf"] = status(http.StatusTooManyRequests)
	b := w.browser(t)
	wantError(t, f.back(b, f.begin(w, b), nil), "provider_unreachable")
}

// Without Graph nobody knows the groups: none is better than a wrong one.
func TestGroupsElsewhereWithoutGraph(t *testing.T) {
	w, f := fakeWorld(t)
	f.claims = func(map[string]any) {}
	overage(f)
	if got := groupsNow(t, w, f); got != nil || f.canary.Load() != 0 || !strings.Contains(w.log.String(), "groups left out") {
		t.Fatalf("%q\n%s", got, w.log)
	}
	f.claims = func(c map[string]any) { c["hasgroups"] = true }
	f.config.Source, f.config.Graph = identity.FromGraph, f.issuer+"/g"
	b := w.browser(t)
	wantError(t, f.back(b, f.begin(w, b), nil), "provider_unreachable")
}

package servertest_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tasuke/internal/api"
	"tasuke/internal/identity"
)

const signedIn = "signed in"

// kind says what the id of a request names.
type kind string

const (
	ofNothing  kind = ""
	ofPeople   kind = "person"
	ofDevices  kind = "device"
	ofSessions kind = "help session"
	ofSeats    kind = "seat"
	ofReports  kind = "report"
	ofSignIns  kind = "sign-in"
	ofAccounts kind = "local account"
	ofTokens   kind = "token"
	ofDomains  kind = "domain"
	ofObjects  kind = "configured thing"
)

// kinds says what {id} or {name} names below each collection. An operation below another
// one fails the test until it is added.
var kinds = map[string]kind{
	"people": ofPeople, "devices": ofDevices, "help-sessions": ofSessions, "reports": ofReports, "sign-ins": ofSignIns, "local-people": ofAccounts,
	"tokens": ofTokens, "domains": ofDomains, "roles": ofObjects, "groups": ofObjects, "assignments": ofObjects, "policies": ofObjects, "locations": ofObjects, "compliance-policies": ofObjects,
}

// schema is what bodies are made from.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Enum       []any              `json:"enum"`
	Required   []string           `json:"required"`
	Properties map[string]*schema `json:"properties"`
	Minimum    float64            `json:"minimum"`
}

// route is one operation; or one of them with one more id in its body.
type route struct {
	method     string
	path       string              // below /api/v1/, with its parameters
	permission string              // as docs/protocol.md has it
	beside     identity.Permission // needed as well
	also       identity.Permission // needed over the thing, before all else
	wide       bool                // needs its permission over everybody
	person     bool                // not for programs
	kind       kind
	in         string // member of the body that names the thing; empty: the path does
	matched    bool   // needs If-Match
	body       *schema
	csv        bool
	choices    map[string]string // parameters of the path that are not ids
}

func (r route) call() string {
	if r.in != "" {
		return r.method + " " + r.path + " with " + r.in
	}
	return r.method + " " + r.path
}

// listed reads permission and meaning of every call out of the protocol's document.
func listed(t *testing.T) map[string][]string {
	t.Helper()
	b, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `((?:GET|POST|PUT|DELETE|PATCH) /api/v1/[^`]*)` \\| ([a-z_ ]+) \\| (.*) \\|$").FindAllStringSubmatch(string(b), -1) {
		out[m[1]] = m[2:]
	}
	return out
}

// operation is what is needed of one in the description.
type operation struct {
	Parameters []struct {
		Name   string `json:"name"`
		In     string `json:"in"`
		Schema schema `json:"schema"`
	} `json:"parameters"`
	RequestBody struct {
		Content map[string]struct {
			Schema schema `json:"schema"`
		} `json:"content"`
	} `json:"requestBody"`
}

// table reads every operation from the description of the running code.
func table(t *testing.T) ([]route, map[string]*schema) {
	t.Helper()
	b, err := api.Describe("test")
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Paths      map[string]map[string]operation `json:"paths"`
		Components struct {
			Schemas map[string]*schema `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	permissions := listed(t)
	var out []route
	for path, methods := range d.Paths {
		for method, op := range methods {
			r := route{method: strings.ToUpper(method), path: strings.TrimPrefix(path, api.Prefix+"/")}
			said := permissions[r.method+" "+path]
			if said == nil {
				t.Fatalf("%s %s: docs/protocol.md does not say what it needs", r.method, path)
			}
			r.permission, r.wide = said[0], strings.Contains(said[1], "over everybody")
			if m := regexp.MustCompile(`^[^(;]*\(needs ([a-z_]+) too\)`).FindStringSubmatch(said[1]); m != nil {
				r.beside = identity.Permission(m[1])
			}
			r.read(t, op)
			out = append(append(out, r), r.variants()...)
		}
	}
	slices.SortFunc(out, func(a, b route) int { return strings.Compare(a.path+a.method+a.in, b.path+b.method+b.in) })
	return out, d.Components.Schemas
}

// read fills in what the description says of an operation.
func (r *route) read(t *testing.T, op operation) {
	t.Helper()
	call := r.method + " " + r.path
	r.person = (r.permission == signedIn || r.permission == string(identity.OfferRemoteAssistance) || call == "POST tokens") && call != "GET me"
	r.choices = map[string]string{}
	for _, p := range op.Parameters {
		switch {
		case p.Name == "If-Match":
			r.matched = true
		case p.In == "path" && (p.Name == "id" || p.Name == "name"):
			collection, _, _ := strings.Cut(r.path, "/")
			if r.kind = kinds[collection]; r.kind == ofNothing {
				t.Fatalf("%s: say in this test what its {%s} names", call, p.Name)
			}
		case p.In == "path" && len(p.Schema.Enum) > 0:
			r.choices[p.Name], _ = p.Schema.Enum[len(p.Schema.Enum)-1].(string)
		case p.In == "path" && p.Name != "member":
			t.Fatalf("%s: say in this test what its {%s} names", call, p.Name)
		}
	}
	if r.kind == ofSessions && r.permission == signedIn {
		r.kind = ofSeats
	}
	for media, content := range op.RequestBody.Content {
		s := content.Schema
		r.body, r.csv = &s, media == "text/csv"
	}
}

// variants are the operation with a thing named in its body, or a member in its
// path: who asks needs rights over that as well.
func (r route) variants() (out []route) {
	v := r
	switch r.method + " " + r.path {
	case "POST help-sessions":
		v.kind, v.in, v.also = ofDevices, "device", identity.ReadDevices
		out = append(out, v)
	case "POST enrolment-links":
		v.kind, v.in = ofDevices, "device"
		out = append(out, v)
		v.kind, v.in = ofPeople, "owner"
		out = append(out, v)
	case "PUT groups/{id}/members/{member}", "DELETE groups/{id}/members/{member}":
		v.kind, v.in = ofPeople, "member"
		out = append(out, v)
	}
	return out
}

package api_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tasuke/internal/api"
	"tasuke/internal/assist"
	"tasuke/internal/identity"
)

// description is what these tests need of OpenAPI.
type description struct {
	Paths map[string]map[string]struct {
		Permission string         `json:"x-permission"`
		Summary    string         `json:"summary"`
		Responses  map[string]any `json:"responses"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]struct {
			Properties map[string]struct {
				Enum []string `json:"enum"`
			} `json:"properties"`
		} `json:"schemas"`
	} `json:"components"`
}

func described(t *testing.T) description {
	t.Helper()
	api.Conventions()
	b, err := api.Describe("test")
	if err != nil {
		t.Fatal(err)
	}
	var d description
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	if len(d.Paths) < 10 {
		t.Fatalf("only %d paths are described", len(d.Paths))
	}
	return d
}

// permissionsByCall lists "METHOD path" → declared permission.
func permissionsByCall(t *testing.T) map[string]string {
	out := map[string]string{}
	for path, methods := range described(t).Paths {
		for method, op := range methods {
			out[strings.ToUpper(method)+" "+path] = op.Permission
		}
	}
	return out
}

// publicCalls are the operations that need no sign-in: all of them, by intent.
var publicCalls = []string{"GET /api/v1/check"}

func TestEveryOperationDeclaresItsPermission(t *testing.T) {
	for call, permission := range permissionsByCall(t) {
		if permission == api.Public && slices.Contains(publicCalls, call) {
			continue
		}
		if permission != api.SignedIn && !identity.Permission(permission).Known() {
			t.Errorf("%s declares %q", call, permission)
		}
	}
}

func TestTheProtocolDocumentListsEveryCall(t *testing.T) {
	doc := protocol(t)
	row := regexp.MustCompile("(?m)^\\| `((?:GET|POST|PUT|DELETE) /api/v1/[^`]*)` \\| ([a-z_ ]+) \\|")
	listed := map[string]string{}
	for _, m := range row.FindAllStringSubmatch(doc, -1) {
		listed[m[1]] = strings.ReplaceAll(m[2], "signed in", api.SignedIn)
	}
	for call, permission := range permissionsByCall(t) {
		if listed[call] != permission {
			t.Errorf("%s needs %s, but the document says %q", call, permission, listed[call])
		}
		delete(listed, call)
	}
	for call := range listed {
		t.Errorf("the document lists %s, which does not exist", call)
	}
}

func TestTheProtocolDocumentListsEveryMessageAndAct(t *testing.T) {
	doc, d := protocol(t), described(t)
	for _, list := range []struct {
		heading string
		want    []string
	}{
		{"| From the page |", d.Components.Schemas["FromBrowser"].Properties["type"].Enum},
		{"| From the server |", d.Components.Schemas["FromServer"].Properties["type"].Enum},
		{"| On the pictures’ socket |", d.Components.Schemas["PictureMessage"].Properties["type"].Enum},
		{"| Act |", seatActs()},
	} {
		got := firstColumn(doc, list.heading)
		slices.Sort(got)
		slices.Sort(list.want)
		if !slices.Equal(got, list.want) {
			t.Errorf("%s lists %v, want %v", list.heading, got, list.want)
		}
	}
}

// seatActs are the acts that a seat may do.
func seatActs() (out []string) {
	for _, a := range assist.Acts() {
		if a != assist.AdminEnd && a != assist.Withdraw {
			out = append(out, string(a))
		}
	}
	return out
}

func protocol(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// firstColumn reads the words in the first column of the table under a heading.
func firstColumn(doc, heading string) (out []string) {
	_, rest, _ := strings.Cut(doc, heading)
	table, _, _ := strings.Cut(rest, "\n\n")
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z_]+)` \\|").FindAllStringSubmatch(table, -1) {
		out = append(out, m[1])
	}
	return out
}

package api

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/access"
	"tasuke/internal/admin"
	"tasuke/internal/fault"
	"tasuke/internal/httpx"
	"tasuke/internal/identity"
	"tasuke/internal/signin"
	"tasuke/internal/wire"
)

// refusalsOf is where an operation keeps its faults until they are described.
const refusalsOf = "refusals"

// needed says in words who may call an operation.
func needed(permission string, security []map[string][]string) string {
	words := "Needs the permission " + permission + "."
	switch permission {
	case Public:
		return "Needs no sign-in."
	case SignedIn:
		words = "Needs a sign-in and no permission."
	}
	if len(security) < len(byPrograms()) {
		words += " API tokens are refused."
	}
	return words
}

// illustrate gives every operation examples, and names the codes it refuses with.
// Examples are put together from those of the members.
func (a *API) illustrate() {
	d := a.huma.OpenAPI()
	for _, at := range d.Paths {
		for _, op := range []*huma.Operation{at.Get, at.Post, at.Put, at.Delete} {
			if op == nil {
				continue
			}
			if op.RequestBody != nil {
				exemplify(d.Components.Schemas, op.RequestBody.Content)
			}
			for _, answer := range op.Responses {
				exemplify(d.Components.Schemas, answer.Content)
			}
			a.refuse(op)
		}
	}
}

// refuse describes each status that an operation refuses with.
func (a *API) refuse(op *huma.Operation) {
	byStatus := map[int][]*fault.Fault{}
	for _, f := range refusals(op) {
		a.codes[op.OperationID] = append(a.codes[op.OperationID], f.Code)
		s := httpx.Status(f.Kind)
		if !slices.ContainsFunc(byStatus[s], func(g *fault.Fault) bool { return g.Code == f.Code }) {
			byStatus[s] = append(byStatus[s], f)
		}
	}
	problem := httpx.ProblemOf(fault.ErrInternal)
	schema := op.Responses[strconv.Itoa(problem.Status)].Content[problem.ContentType("")].Schema
	for status, faults := range byStatus {
		lines := make([]string, 0, len(faults))
		for _, f := range faults {
			lines = append(lines, "`"+f.Code+"`: "+f.Text)
		}
		op.Responses[strconv.Itoa(status)] = &huma.Response{Description: strings.Join(lines, "\n"),
			Content: map[string]*huma.MediaType{problem.ContentType(""): {Schema: schema}}}
	}
}

// refusals are an operation's own, the most telling, and then those of its kind.
func refusals(op *huma.Operation) []*fault.Fault {
	out, _ := op.Metadata[refusalsOf].([]*fault.Fault)
	out = append(slices.Clone(out), fault.ErrInternal)
	if len(op.Parameters) > 0 || op.RequestBody != nil {
		out = append(out, fault.ErrInvalid, fault.ErrText)
	}
	if op.RequestBody != nil {
		out = append(out, fault.ErrTooLarge)
	}
	if strings.Contains(op.Path, "{id}") || strings.Contains(op.Path, "{name}") {
		out = append(out, fault.ErrNotFound)
	}
	switch permission, _ := op.Extensions[needs].(string); permission {
	case Public:
		return out
	case SignedIn:
	case string(identity.OfferRemoteAssistance):
		out = append(out, access.ErrRefused)
	default:
		out = append(out, identity.ErrNotPermitted, access.ErrRefused)
	}
	if len(op.Security) < len(byPrograms()) {
		out = append(out, admin.ErrProgram)
	}
	return append(out, fault.ErrSignInRequired, signin.ErrToken)
}

// exemplify gives JSON an example.
func exemplify(r huma.Registry, content map[string]*huma.MediaType) {
	if json := content["application/json"]; json != nil && json.Schema != nil {
		json.Example = exampleOf(r, json.Schema)
	}
}

// whole are the examples of bodies whose members must go together.
func whole() map[string]any {
	return map[string]any{
		"Settings": wire.NewSettings(identity.DefaultSettings(), 3),
		"Redeem":   wire.Redeem{Code: "4060-R0GX"},
		"Act":      wire.Act{Text: "view-1"},
		"GroupBody": wire.GroupBody{Name: "Finance", Description: "Everybody in the finance department", Of: "people", Kind: "rule",
			Rule: []wire.Term{{Attribute: "department", Operator: "is", Values: []string{"Finance"}}}},
		"PolicyBody": wire.NewPolicy(wire.Stamp{}, access.Policy{Name: "Helpers need a second factor", Description: "Asked of everybody who helps", State: access.On,
			Seats: []access.Seat{access.Helper}, Include: access.Who{Everyone: true}, Control: access.Control{Require: []access.Requirement{{Kind: access.RequireMFA}}}}).PolicyBody,
	}
}

// exampleOf puts together what fits a schema: its own example, else one of the
// words it lists, else an example of each member. Nil: it has none.
func exampleOf(r huma.Registry, s *huma.Schema) any {
	if s.Ref != "" {
		if v := whole()[path.Base(s.Ref)]; v != nil {
			return v
		}
		s = r.SchemaFromRef(s.Ref)
	}
	switch {
	case len(s.Examples) > 0:
		return s.Examples[0]
	case len(s.Enum) > 0:
		return s.Enum[max(slices.IndexFunc(s.Enum, func(v any) bool { return v != "" }), 0)]
	}
	switch s.Type {
	case huma.TypeArray:
		return []any{exampleOf(r, s.Items)}
	case huma.TypeObject:
		out := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
			out[name] = exampleOf(r, s.Properties[name])
		}
		return out
	case huma.TypeInteger, huma.TypeNumber:
		if s.Minimum != nil {
			return *s.Minimum
		}
		return 1
	case huma.TypeBoolean:
		return false
	}
	return map[string]any{"date-time": "2026-11-24T09:30:00Z", "date": "2026-11-24", "uuid": "0199f2c4-7b1e-7c3a-9d55-3f1d2b6a8e01"}[s.Format]
}

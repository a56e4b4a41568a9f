package api_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"tasuke/internal/api"
)

func eachOperation(t *testing.T, fn func(t *testing.T, schemas huma.Registry, op *huma.Operation)) {
	api.Conventions()
	d := api.New(http.NewServeMux(), api.Options{}).OpenAPI()
	for path, item := range d.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete} {
			if op != nil {
				t.Run(op.Method+" "+path, func(t *testing.T) { fn(t, d.Components.Schemas, op) })
			}
		}
	}
}

func TestEveryOperationIsDescribed(t *testing.T) {
	eachOperation(t, func(t *testing.T, _ huma.Registry, op *huma.Operation) {
		if op.Summary == "" {
			t.Error("it has no summary")
		}
		if own, _, _ := strings.Cut(op.Description, "Needs "); strings.TrimSpace(own) == "" {
			t.Error("it has no description but who may call it")
		}
	})
}

func TestEveryRefusalNamesItsCodes(t *testing.T) {
	eachOperation(t, func(t *testing.T, _ huma.Registry, op *huma.Operation) {
		for status, answer := range op.Responses {
			if problem := answer.Content["application/problem+json"]; problem != nil && !strings.HasPrefix(answer.Description, "`") {
				t.Errorf("%s is described by %q", status, answer.Description)
			}
		}
	})
}

func TestEveryBodyHasAnExampleThatFitsIt(t *testing.T) {
	eachOperation(t, func(t *testing.T, schemas huma.Registry, op *huma.Operation) {
		if op.RequestBody != nil {
			fits(t, schemas, "the request", huma.ModeWriteToServer, op.RequestBody.Content)
		}
		for status, answer := range op.Responses {
			fits(t, schemas, "the answer "+status, huma.ModeReadFromServer, answer.Content)
		}
	})
}

func fits(t *testing.T, schemas huma.Registry, what string, mode huma.ValidateMode, content map[string]*huma.MediaType) {
	t.Helper()
	for mediaType, m := range content {
		if mediaType != "application/json" {
			continue
		}
		if m.Example == nil {
			t.Errorf("%s has no example", what)
			continue
		}
		b, err := json.Marshal(m.Example)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(b, &v); err != nil {
			t.Fatal(err)
		}
		var found huma.ValidateResult
		huma.Validate(schemas, m.Schema, huma.NewPathBuffer(nil, 0), mode, v, &found)
		for _, e := range found.Errors {
			t.Errorf("%s: %v", what, e)
		}
	}
}

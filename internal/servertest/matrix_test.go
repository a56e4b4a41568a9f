package servertest_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"tasuke/internal/api"
	"tasuke/internal/servertest"
)

// TestNobodyDoesWhatTheyMayNot calls every operation that the description lists:
// as a stranger, and as somebody without the permission it declares.
func TestNobodyDoesWhatTheyMayNot(t *testing.T) {
	b, err := api.Describe("test")
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		Paths map[string]map[string]struct {
			Permission string `json:"x-permission"`
		} `json:"paths"`
	}
	if err := json.Unmarshal(b, &d); err != nil {
		t.Fatal(err)
	}
	w := servertest.Start(t)
	stranger, sharer := w.Stranger(), w.SignIn("kenji")
	fill := strings.NewReplacer("{id}", "01a2055d-93c5-7e53-bee2-cc34d1a63d11", "{act}", "end", "{member}", "nobody", "{purpose}", "prove")
	calls := 0
	for path, methods := range d.Paths {
		for method, op := range methods {
			method, path := strings.ToUpper(method), fill.Replace(path)
			calls++
			if op.Permission == api.Public {
				if err := stranger.Try(method, path, bodyOf(method, path), nil); err != nil {
					t.Errorf("a stranger: %s %s: %v", method, path, err)
				}
				continue
			}
			stranger.Refused("sign_in_required", method, path, bodyOf(method, path))
			if op.Permission != api.SignedIn {
				var p *servertest.Problem
				if err := sharer.Try(method, path, bodyOf(method, path), nil); !errors.As(err, &p) || p.Status != 403 {
					t.Errorf("somebody without %s: %s %s: %v", op.Permission, method, path, err)
				}
			}
		}
	}
	if calls < 30 {
		t.Errorf("only %d operations were tried", calls)
	}
}

// bodyOf is a body that fits the operation, so that it is refused for who asks.
func bodyOf(method, path string) any {
	switch {
	case method == "GET" || method == "DELETE":
		return nil
	case strings.HasSuffix(path, "/redeem"):
		return map[string]any{"code": "4060-R0GX"}
	case strings.HasSuffix(path, "/bye"):
		return map[string]any{"page": "0123456789abcdef"}
	case strings.HasSuffix(path, "/why-not"):
		return map[string]any{"permission": "view_audit"}
	}
	return map[string]any{}
}

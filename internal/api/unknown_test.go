package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestUnknownAddressIsAProblem: what is no operation is refused like everything else.
func TestUnknownAddressIsAProblem(t *testing.T) {
	mux := http.NewServeMux()
	New(mux, Options{Version: "test"})
	w := httptest.NewRecorder()
	mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, Prefix+"/nothing", nil))
	if w.Code != http.StatusNotFound || w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), `"not_found"`) {
		t.Errorf("%d %s %s", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
}

// TestAWrongMethodIsToldSo: 405 with the methods that the address has.
func TestAWrongMethodIsToldSo(t *testing.T) {
	mux := http.NewServeMux()
	New(mux, Options{Version: "test"})
	for call, want := range map[string]string{
		"PATCH /roles/x":           "GET, PUT, DELETE",
		"DELETE /roles":            "GET, POST",
		"GET /domains/x.org/check": "POST",
		"POST /reports/sessions":   "GET",
		"POST /nothing":            "",
		"DELETE /roles/x/y":        "",
	} {
		method, path, _ := strings.Cut(call, " ")
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(method, Prefix+path, nil))
		code := http.StatusMethodNotAllowed
		if want == "" {
			code = http.StatusNotFound
		}
		if w.Code != code || w.Header().Get("Allow") != want || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d, Allow %q, %s", call, w.Code, w.Header().Get("Allow"), w.Body)
		}
	}
}

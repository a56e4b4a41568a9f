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

package server

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tasuke/internal/config"
)

func TestMasterKeyIsMadeOnceAndKeptPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sub", "master.key")
	first, err := masterKey(path)
	if err != nil || len(first) != 32 {
		t.Fatalf("%d bytes, %v", len(first), err)
	}
	if again, err := masterKey(path); err != nil || string(again) != string(first) {
		t.Errorf("another key at the second start: %v", err)
	}
	if err := os.Chmod(path, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := masterKey(path); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("a key that others can read: %v", err)
	}
	if err := os.WriteFile(path, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := masterKey(path); err == nil {
		t.Error("took a damaged key")
	}
}

func TestPagesAreServedCompressedAndTyped(t *testing.T) {
	files := fstest.MapFS{
		"join.html": {Data: []byte("<p>join")}, "join.html.gz": {Data: []byte("gz")}, "join.html.br": {Data: []byte("br")},
		"assets/a-1.js": {Data: []byte("1")}, "assets/a-1.css": {Data: []byte("2")},
	}
	mux := http.NewServeMux()
	mountPages(mux, files)
	for _, tt := range []struct{ path, accept, body, kind, encoding, cache string }{
		{"/join", "", "<p>join", "text/html; charset=utf-8", "", "no-cache"},
		{"/join", "gzip", "gz", "text/html; charset=utf-8", "gzip", "no-cache"},
		{"/join", "gzip, br", "br", "text/html; charset=utf-8", "br", "no-cache"},
		{"/assets/a-1.js", "br", "1", "text/javascript; charset=utf-8", "", "public, max-age=31536000, immutable"},
		{"/assets/a-1.css", "", "2", "text/css; charset=utf-8", "", "public, max-age=31536000, immutable"},
	} {
		r := httptest.NewRequest(http.MethodGet, tt.path, nil)
		r.Header.Set("Accept-Encoding", tt.accept)
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		h := w.Header()
		if w.Body.String() != tt.body || h.Get("Content-Type") != tt.kind || h.Get("Content-Encoding") != tt.encoding || h.Get("Cache-Control") != tt.cache {
			t.Errorf("%s (%s): %q %v", tt.path, tt.accept, w.Body, h)
		}
	}
	for _, path := range []string{"/assets/../join.html", "/assets/", "/assets/none.js", "/join.html", "/.git/config"} {
		r := httptest.NewRequest(http.MethodGet, "/x", nil)
		r.URL.Path = path
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, r)
		if w.Code == http.StatusOK {
			t.Errorf("%s was served", path)
		}
	}
}

func TestAddressBehindAProxy(t *testing.T) {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = "127.0.0.1:5000"
	r.Header.Add("X-Forwarded-For", "203.0.113.9, 198.51.100.7")
	behind := &Server{cfg: config.Config{BehindProxy: true}}
	if got := behind.clientAddr(r); got.String() != "198.51.100.7" {
		t.Errorf("behind a proxy: %s", got)
	}
	if got := (&Server{}).clientAddr(r); got.String() != "127.0.0.1" {
		t.Errorf("a forged header was believed: %s", got)
	}
}

package server

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// pages maps addresses to HTML files of the front end.
func pages() map[string]string {
	return map[string]string{
		"/{$}": "index.html", "/join": "join.html", "/help": "help.html", "/check": "check.html", "/enrol": "enrol.html", "/admin": "admin.html", "/admin/{rest...}": "admin.html",
		"/signin/error": "signin-error.html", "/signin/first": "signin-first.html", "/api/docs": "docs.html",
	}
}

// mountPages serves the built front end. Pages are asked for anew each time;
// assets carry their hash in their name and may be kept for ever.
func mountPages(mux *http.ServeMux, files fs.FS) {
	for address, name := range pages() {
		mux.Handle("GET "+address, static(files, "no-cache", func(*http.Request) string { return name }))
	}
	mux.Handle("GET /assets/", static(files, "public, max-age=31536000, immutable", func(r *http.Request) string {
		return strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	}))
	for _, address := range []string{"/favicon.svg", "/favicon.ico"} { // browsers ask for the second by themselves
		mux.Handle("GET "+address, static(files, "public, max-age=86400", func(*http.Request) string { return "favicon.svg" }))
	}
}

// static serves one file, compressed beforehand where the browser takes it.
func static(files fs.FS, cache string, name func(*http.Request) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file := name(r)
		body, encoding := variant(files, file, r.Header.Get("Accept-Encoding"))
		if body == nil {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", contentType(file))
		h.Set("Cache-Control", cache)
		h.Add("Vary", "Accept-Encoding")
		if encoding != "" {
			h.Set("Content-Encoding", encoding)
		}
		_, _ = w.Write(body) // the browser has gone: nobody is left to tell
	})
}

// variant reads the file as br, gzip or plain, whichever exists and is accepted.
func variant(files fs.FS, name, accepted string) (body []byte, encoding string) {
	for _, v := range []struct{ suffix, encoding string }{{".br", "br"}, {".gz", "gzip"}, {"", ""}} {
		if v.encoding != "" && !strings.Contains(accepted, v.encoding) {
			continue
		}
		if b, err := fs.ReadFile(files, name+v.suffix); err == nil {
			return b, v.encoding
		}
	}
	return nil, ""
}

// contentType names what a file is; scripts and styles must be exact, because
// browsers are told not to guess.
func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".html":
		return "text/html; charset=utf-8"
	}
	if t := mime.TypeByExtension(path.Ext(name)); t != "" {
		return t
	}
	return "application/octet-stream"
}
